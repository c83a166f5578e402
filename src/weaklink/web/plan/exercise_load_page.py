"""What an exercise loads, as the exercise page says it: words, a range, and EMG beside it."""

from __future__ import annotations

import msgspec

from weaklink.library.load_summary import LoadSummary, MuscleLoad
from weaklink.library.records import Exercise
from weaklink.library.wording import spoken_name
from weaklink.web.visit.visit import Visit
from weaklink.web.words.evidence_lines import source_link

LISTED = 6  # muscles with a line of their own
TOLD_NM = 15.0  # smaller moments of the trunk are not worth a sentence
NAMED = 4


class Measured(msgspec.Struct, frozen=True, kw_only=True):
    """What an EMG study measured, and where it stands."""

    says: str
    source: str
    url: str


class MuscleLine(msgspec.Struct, frozen=True, kw_only=True):
    """One muscle: its common and its exact name, how much it works, the share and its span in percent."""

    name: str
    exact: str
    word: str
    share: str
    span: tuple[int, int] | None
    notes: list[str]
    measured: list[Measured]


class LoadSection(msgspec.Struct, frozen=True, kw_only=True):
    """The part "What it loads": a line for each muscle, then sentences, and what the numbers do not say."""

    intro: str = ""
    lines: list[MuscleLine] = []
    sentences: list[str]
    measured: list[Measured] = []
    limits: list[str]


def load_section(seen: Visit, exercise: Exercise, load: LoadSummary) -> LoadSection:
    """The part "What it loads": muscles with a line each, sentences after them (see parts/load.html)."""
    if load.why == "stretch":
        return _stretch(seen, load)
    told = [one for one in load.muscles if one.leg != "other" and one.amount in ("much", "some")]
    numbers = load.why == ""
    listed = {one.muscle for one in told[:LISTED]}
    return LoadSection(
        intro=seen.wording.word("load.model") if told else "",
        lines=[_line(seen, exercise, one, numbers=numbers) for one in told[:LISTED]],
        sentences=[*_why(seen, load), *_beside(seen, load), *_trunk(seen, load, told=bool(told))],
        measured=[
            fact
            for name in dict.fromkeys(emg.muscle for emg in exercise.emg if emg.muscle not in listed)
            for fact in _measured(seen, exercise, name, key="load.emg-of")
        ],
        limits=[*_explained(exercise), *_limits(seen, load, told=bool(told))],
    )


def _line(seen: Visit, exercise: Exercise, one: MuscleLoad, *, numbers: bool) -> MuscleLine:
    word = seen.wording.word
    low, high = (round(100 * share) for share in (one.low, one.high))
    share = word("load.range" if low != high else "load.single", low=low, high=high)
    name, exact = _called(seen, one.muscle)
    return MuscleLine(
        name=name,
        exact=exact,
        word=word(f"load.{one.amount}"),
        share=share if numbers else "",
        span=(low, max(high, low + 1)) if numbers else None,
        notes=[word("load.unsure")] if one.unsure else [],
        measured=_measured(seen, exercise, one.muscle),
    )


def _measured(seen: Visit, exercise: Exercise, muscle: str, key: str = "load.emg") -> list[Measured]:
    """What EMG studies say of a muscle in this exercise."""
    name = muscle_name(seen, muscle).lower()
    return [
        Measured(
            says=seen.wording.word(key, value=emg.value, muscle=name),
            **source_link(seen.house.library, emg.source),
        )
        for emg in exercise.emg
        if emg.muscle == muscle
    ]


def _why(seen: Visit, load: LoadSummary) -> list[str]:
    return [seen.wording.word(f"load.why.{load.why}")] if load.why else []


def _beside(seen: Visit, load: LoadSummary) -> list[str]:
    """Muscles that work a little, and what the other leg does."""
    found = []
    less = [one.muscle for one in load.muscles if one.leg != "other" and one.amount == "little"]
    other = [one.muscle for one in load.muscles if one.leg == "other" and one.amount in ("much", "some")]
    for key, names in (("load.less", less), ("load.other", other)):
        if names:
            found.append(seen.wording.word(key, names=_names(seen, names[:NAMED])))
    return found


def _trunk(seen: Visit, load: LoadSummary, *, told: bool) -> list[str]:
    sides = {"load.back": load.back_nm, "load.front": load.front_nm, "load.side": load.side_nm}
    word = seen.wording.word
    said = [word(key, newton_metres=round(nm / 5) * 5) for key, nm in sides.items() if nm >= TOLD_NM]
    alone = [word("load.trunk-only")] if said and not told and not load.why else []
    return [*alone, *said, *([word("load.trunk")] if said else [])]


def _limits(seen: Visit, load: LoadSummary, *, told: bool) -> list[str]:
    word = seen.wording.word
    pull = [word("load.pull", newtons=round(load.pulls_n))] if load.pulls_n and told else []
    return [*pull, *([word("load.blind")] if told else [])]


def _explained(exercise: Exercise) -> list[str]:
    """Why model and record differ, where they do."""
    return list(dict.fromkeys(exercise.load_explained.values()))


def _stretch(seen: Visit, load: LoadSummary) -> LoadSection:
    """What a stretch lengthens."""
    word = seen.wording.word
    names = [one.muscle for one in load.lengthened if one.leg != "other"][:NAMED]
    said = word("load.lengthens", names=_names(seen, names)) if names else word("load.lengthens.none")
    return LoadSection(sentences=[said], limits=[word("load.lengthens.model")])


def _names(seen: Visit, muscles: list[str]) -> str:
    return ", ".join(muscle_name(seen, name).lower() for name in muscles)


def _called(seen: Visit, name: str) -> tuple[str, str]:
    """A muscle's common name, and the anatomical one beside it where they differ."""
    common = muscle_name(seen, name)
    muscle = seen.house.library.muscles.get(name)
    exact = muscle.name if muscle and muscle.name.lower() != common.lower() else ""
    return common[:1].upper() + common[1:], exact


def muscle_name(seen: Visit, name: str) -> str:
    """A muscle as runners hear it."""
    muscle = seen.house.library.muscles.get(name)
    return spoken_name(muscle) if muscle else name.replace("-", " ").capitalize()
