"""What exercises load, for the book: where records and model disagree, and EMG beside the model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from weaklink.library.load_claims import Disagreement, disagreements, emg_orders, peaks
from weaklink.library.load_summary import LITTLE, MUCH, SOME, LoadSummary
from weaklink.library.reading import Library

KIND_WORDS = {
    "said-not-loaded": "The record says it trains this; in the model it hardly works.",
    "part-not-loaded": "The record says it trains this; in the model most of its muscles hardly work.",
    "loaded-not-said": "In the model this works most; the record does not say so.",
    "said-not-lengthened": "The record says it stretches this; in the model it is hardly longer here.",
}
WHY_WORDS = {
    "quick": "quick: the push of the ground was not measured",
    "travels": "drawn steps, not measured ones",
    "machine": "depends on what the machine is set to",
    "not-carried": "the drawn pose would not hold itself up",
    "not-computed": "not computed",
    "at-its-limit": "the model runs out of muscle: only the order counts",
    "pressed": "works against nothing: pressed on purpose",
}
LISTED = 5


def load_context(library: Library, loads: Mapping[str, LoadSummary]) -> dict[str, Any]:
    """What the book's part on loads shows."""
    found = disagreements(library, loads)
    return {
        "loads": loads,
        "load_words": {name: load_in_words(load) for name, load in loads.items()},
        "disagreements": found,
        "unexplained": [one for one in found if not one.explained],
        "kind_words": KIND_WORDS,
        "shares": {(one.exercise, one.about): share_in_words(one) for one in found},
        "emg_orders": emg_orders(library, loads),
        "not_loaded": [
            (name, WHY_WORDS[load.why])
            for name, load in loads.items()
            if load.why in WHY_WORDS and name in library.exercises
        ],
        "thresholds": {"much": MUCH, "some": SOME, "little": LITTLE},
    }


def share_in_words(one: Disagreement) -> str:
    """The muscle of a disagreement and its share, e.g. "gluteus medius 13 %"."""
    name = one.muscle.replace("-", " ")
    return name if one.kind == "said-not-lengthened" else f"{name} {one.share:.0%}"


def load_in_words(load: LoadSummary) -> str:
    """One movement's load as one line, most first; its reason where there is none."""
    if load.why == "stretch":
        long = [f"{one.muscle.replace('-', ' ')} {one.share:.0%}" for one in load.lengthened[:LISTED]]
        return "longest: " + ", ".join(long) if long else ""
    told = [
        f"{one.muscle.replace('-', ' ')} {one.amount} ({one.low:.0%} to {one.high:.0%})"
        + (", other leg" if one.leg == "other" else "")
        for one in load.muscles
        if peaks(load)[one.muscle] == one.peak and one.amount in ("much", "some")
    ]
    parts = [WHY_WORDS.get(load.why, ""), ", ".join(told[:LISTED])]
    return "; ".join(part for part in parts if part)
