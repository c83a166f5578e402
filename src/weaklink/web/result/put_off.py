"""Put off: the tests a runner said cannot be done, each with its reason. No result, and never a zero."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

from weaklink.web.visit.visit import Visit

Because = Literal["equipment", "hurts", "space", "dare", ""]  # "" is no reason given
REASONS: tuple[Because, ...] = ("equipment", "hurts", "space", "dare")
STEP = "skipped"  # the step that keeps them


class PutOffLine(msgspec.Struct, frozen=True, kw_only=True):
    """One test that was put off, and why; the reason may be empty."""

    name: str
    url: str
    because: str


def put_off(seen: Visit) -> Mapping[str, str]:
    """The tests that were put off, each with its reason; what an older edition kept has none."""
    kept = seen.episode.steps.get(STEP) if seen.episode else None
    if isinstance(kept, dict):
        return {name: why if why in REASONS else "" for name, why in kept.items()}
    return {name: "" for name in kept if isinstance(name, str)} if isinstance(kept, list) else {}


def put_off_with(seen: Visit, test: str, because: Because) -> dict[str, object]:
    """The steps after a test was put off; said again without a reason, the reason stays."""
    before = put_off(seen)
    return {STEP: {**before, test: because or before.get(test, "")}}


def because_words(because: str, seen: Visit) -> str:
    """A reason in words, or nothing."""
    return seen.wording.word(f"tests.put-off.{because}") if because else ""


def put_off_lines(seen: Visit) -> list[PutOffLine]:
    """Every test that was put off and not done since, in words."""
    tests, done = seen.house.library.clinical_tests, seen.given.tests if seen.given else {}
    return [
        PutOffLine(name=tests[name].name, url=f"/tests/{name}", because=because_words(why, seen))
        for name, why in sorted(put_off(seen).items())
        if name in tests and name not in done
    ]
