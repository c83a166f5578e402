"""The outcome of some weeks of training: better, the same, worse, or cannot tell, and what follows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

import msgspec

from weaklink.case.given import Result
from weaklink.library.reading import Library
from weaklink.library.records import ClinicalTest
from weaklink.quantities import Message, Side
from weaklink.training.course.pain_trend import ENOUGH_TRAINED, has_stalled, is_better, is_worse

Says = Literal["better", "same", "worse", "cannot-tell"]
Next = Literal["maintenance", "go-on", "professional", "ask"]
CLEAR_RATING = 2  # on a scale from -5 to +5
CLEAR_ACTIVITIES = 2.0  # mean of one's own activities, 0..10 (from memory)
FIRST_WEEK = 4
# In a programme, most of it done: tendon and bone take longer than joint, muscle and back (rule U1); design.
PROGRAMME_WEEKS: dict[str, int] = {"tendon": 12, "tendon-compressed": 12, "bone": 12}
OTHER_PROGRAMME_WEEKS = 8
PROGRAMME_SHARE = 0.7
NEVER = 10_000  # weeks
DECISION_WEEK = 6
LAST_WEEK = 8


class Now(msgspec.Struct, frozen=True, kw_only=True):
    """How it is, in our own words. Activities are 0 (cannot) to 10 (as before); None: not said."""

    pain: int | None = None
    rating: int | None = None  # change since the start, -5 much worse .. +5 much better
    activities: dict[str, int] = {}
    weekly_km: float | None = None


class TestChange(msgspec.Struct, frozen=True, kw_only=True):
    """One test on one side, before and after. `cannot-tell`: within its own error, or that is not known."""

    __test__ = False  # not a test of ours, whatever its name says to a test runner

    test: str
    side: Side
    before: float
    after: float
    says: Says
    because: Message


class ScoreChange(msgspec.Struct, frozen=True, kw_only=True):
    """The total of one questionnaire, the first time and the newest."""

    questionnaire: str
    before: float
    after: float
    says: Says
    because: Message


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What the weeks did and what comes next."""

    says: Says
    next: Next
    because: tuple[Message, ...]
    tests: tuple[TestChange, ...] = ()
    scores: tuple[ScoreChange, ...] = ()


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """How it was and how it is, so many full weeks later.

    `share`: of the planned sessions that were done. `painful`: whether the course began with pain; without,
    only worse can be told.
    """

    start: Now
    now: Now
    weeks: int
    share: float
    painful: bool = True
    least_weeks: int = FIRST_WEEK  # before what was won is only kept


def outcome(
    compared: Compared, tests: tuple[TestChange, ...] = (), scores: tuple[ScoreChange, ...] = ()
) -> Outcome:
    """The verdict after some weeks and the next step (stepped care).

    Args:
        scores: of questionnaires; one that is clearly worse counts, one that is better never decides.
    """
    start, now = compared.start, compared.now
    signs = dict(_signs(start, now))
    worse_score = any(score.says == "worse" for score in scores)
    says = "worse" if worse_score else _verdict(signs, painful=compared.painful)
    because = tuple(
        Message(f"outcome.{name}-{sign}", _values(name, start, now)) for name, sign in signs.items()
    )
    return Outcome(
        says=says,
        next=_next(says, compared),
        because=(*because, *(score.because for score in scores)),
        tests=tests,
        scores=scores,
    )


def weeks_of_programme(tissues: Iterable[str], share: float) -> int:
    """How many weeks of a programme come before upkeep; with too little of it done it does not come.

    Args:
        tissues: the pain profiles of what is trained for; the slowest of them counts.
        share: 0..1 of the planned sessions that were done.
    """
    if share < PROGRAMME_SHARE:
        return NEVER
    return max((PROGRAMME_WEEKS.get(one, OTHER_PROGRAMME_WEEKS) for one in tissues), default=0)


def _signs(start: Now, now: Now) -> Iterator[tuple[str, Says]]:
    if start.pain is not None and now.pain is not None:
        worse, better = is_worse(start.pain, now.pain), is_better(start.pain, now.pain)
        yield "pain", "worse" if worse else "better" if better else "same"
    if now.rating is not None:
        yield "rating", _by_size(now.rating, CLEAR_RATING)
    change = activities_change(start.activities, now.activities)
    if change is not None:
        yield "activities", _by_size(change, CLEAR_ACTIVITIES)


def _by_size(change: float, clear: float) -> Says:
    return "better" if change >= clear else "worse" if change <= -clear else "same"


def activities_change(start: Mapping[str, int], now: Mapping[str, int]) -> float | None:
    """The mean change over activities said both times; None without any."""
    both = sorted(set(start) & set(now))
    return sum(now[name] - start[name] for name in both) / len(both) if both else None


def _verdict(signs: Mapping[str, Says], *, painful: bool) -> Says:
    found = set(signs.values())
    if "worse" in found:
        return "worse"
    if not painful:
        return "same" if found else "cannot-tell"
    # Without a word on pain or on the change as a whole nothing can be told.
    if not {"pain", "rating"} & set(signs):
        return "cannot-tell"
    return "better" if "better" in found else "same"


def _next(says: Says, compared: Compared) -> Next:
    start, now, weeks = compared.start, compared.now, compared.weeks
    if says == "worse":
        return "professional"
    if says == "cannot-tell":
        return "ask"
    if says == "better":
        return "maintenance" if weeks >= compared.least_weeks else "go-on"
    if not compared.painful:
        return "go-on"
    enough = compared.share >= ENOUGH_TRAINED
    if start.pain is None or now.pain is None:
        return "professional" if weeks >= LAST_WEEK or (weeks >= DECISION_WEEK and enough) else "go-on"
    return "professional" if has_stalled(start.pain, now.pain, 7 * weeks, enough=enough) else "go-on"


def _values(name: str, start: Now, now: Now) -> dict[str, str | int | float]:
    if name == "pain":
        return {"before": start.pain or 0, "after": now.pain or 0}
    if name == "rating":
        return {"rating": now.rating or 0}
    return {"change": round(activities_change(start.activities, now.activities) or 0.0, 1)}


# --- tests -------------------------------------------------------------------------------------------------


def test_changes(
    before: Mapping[str, Mapping[Side, Result]], after: Mapping[str, Mapping[Side, Result]], library: Library
) -> tuple[TestChange, ...]:
    """Every test that was done both times with a number, side by side, in id order."""
    return tuple(
        _change(library.clinical_tests[test], side, old.value, new.value)
        for test in sorted(set(before) & set(after))
        if test in library.clinical_tests
        for side in sorted(set(before[test]) & set(after[test]))
        for old, new in [(before[test][side], after[test][side])]
        if old.value is not None and new.value is not None
    )


def _change(test: ClinicalTest, side: Side, before: float, after: float) -> TestChange:
    says = change_beyond_error(test, before, after)
    unknown = least_change(test, before) is None
    message = "outcome.test-error-unknown" if unknown else f"outcome.test-{says}"
    values: dict[str, str | int | float] = {"test": test.id, "side": side, "before": before, "after": after}
    return TestChange(
        test=test.id, side=side, before=before, after=after, says=says, because=Message(message, values)
    )


def least_change(test: ClinicalTest, before: float) -> float | None:
    """The smallest change that is more than the test's own error, in its unit; None where nobody knows."""
    if test.least_change is not None:
        return test.least_change
    if test.least_change_percent is not None:
        return test.least_change_percent / 100 * before
    return None


def change_beyond_error(test: ClinicalTest, before: float, after: float) -> Says:
    """Better or worse only beyond the test's own error; else it cannot be told."""
    error = least_change(test, before)
    if error is None or test.better == "none" or abs(after - before) <= error:
        return "cannot-tell"
    return "better" if (after > before) == (test.better == "higher") else "worse"


test_changes.__test__ = False  # type: ignore[attr-defined]
