"""The pain trend: what mornings, runs and sessions say over weeks, and when that is a reason to stop."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from weaklink.case.diary import AnyEntry, Morning, Reported, RunDone, Walked
from weaklink.case.given import Given
from weaklink.training.dose.pain_profile import PainProfile

RISING_MORNINGS = 3  # design
BAD_RUNS = 3  # design
RUNS_DAYS = 14  # who runs once a week has two runs in it; design
RISING_DAYS = 5  # every other morning at the least; design
RISING_POINTS = 2
CLEAR_CHANGE = 2  # piva-2009 and others: 2 points or 30 %
CLEAR_SHARE = 0.3
FIRST_CHECK_DAY = 14  # worse at two weeks
RETEST_DAY = 28  # no less at all at four weeks of enough training
DECISION_DAY = 42  # not clearly less at six
LAST_DAY = 56  # unchanged at eight weeks whatever was trained
ENOUGH_TRAINED = 0.7
WEEK = 7


class Felt010(msgspec.Struct, frozen=True, order=True):
    """Pain 0..10 on a day, whatever it was said about."""

    date: datetime.date
    pain: int


def _pains(entries: Iterable[AnyEntry]) -> Iterator[Felt010]:
    for entry in entries:
        if isinstance(entry, Morning | RunDone | Walked):
            if entry.pain is not None:
                yield Felt010(entry.date, entry.pain)
        elif isinstance(entry, Reported) and entry.pain_worst is not None:
            yield Felt010(entry.day, entry.pain_worst)


def baseline(given: Given) -> int:
    """The pain a course began with: the most of what was said about moving."""
    moving = [pain for moment, pain in given.first_pain.items() if moment not in ("night", "rest")]
    return max(moving, default=0)


def worst_by_day(found: Iterable[Felt010]) -> dict[datetime.date, int]:
    """The worst pain of each day on which any was said."""
    by_day: dict[datetime.date, int] = {}
    for one in found:
        by_day[one.date] = max(one.pain, by_day.get(one.date, 0))
    return by_day


class PainByDay(msgspec.Struct, frozen=True, kw_only=True):
    """What a diary tells of pain, by day: the worst of all, the worst of runs, and stiff mornings [min]."""

    worst: Mapping[datetime.date, int] = {}
    runs: Mapping[datetime.date, int] = {}
    stiff: Mapping[datetime.date, int] = {}


def pain_by_day(entries: Iterable[AnyEntry]) -> PainByDay:
    """The pain of entries by day; what was felt in sessions stands beside it."""
    told = tuple(entries)
    return PainByDay(
        worst=worst_by_day(_pains(told)),
        runs=worst_by_day(_pains(entry for entry in told if isinstance(entry, RunDone))),
        stiff={entry.date: entry.stiff_min for entry in told if isinstance(entry, Morning)},
    )


def worst_in_week(by_day: Mapping[datetime.date, int], last: datetime.date) -> int | None:
    """The pain that was reached on two of the seven days that end on a day; None when nothing was said.

    The worst single day does not count: one bad day is not a trend. With only one day, that one.
    """
    days = (last - datetime.timedelta(days=n) for n in range(WEEK))
    ranked = sorted((by_day[day] for day in days if day in by_day), reverse=True)
    return ranked[min(1, len(ranked) - 1)] if ranked else None


def lesser_of_last_runs(by_run: Mapping[datetime.date, int], last: datetime.date) -> int | None:
    """The pain both of the last two runs of two weeks reached; None without two.

    Calm sessions between them do not hide what comes back with every run.
    """
    days = sorted(day for day in by_run if 0 <= (last - day).days < RUNS_DAYS)[-2:]
    return min(by_run[day] for day in days) if len(days) == 2 else None


def is_rise(mornings: Sequence[Felt010], profile: PainProfile) -> bool:
    """Whether pain rose on three mornings in a row, clearly, and ended red for the tissue.

    In a row are mornings that were told one after another; a morning left out between two does not hide it.
    """
    if len(mornings) < RISING_MORNINGS or (mornings[-1].date - mornings[0].date).days >= RISING_DAYS:
        return False
    rises = all(after.pain > before.pain for before, after in itertools.pairwise(mornings))
    last, first = mornings[-1].pain, mornings[0].pain
    return rises and last - first >= RISING_POINTS and profile.colour(last) == "red"


def is_much_worse(run: RunDone, start: int, profile: PainProfile) -> bool:
    """Whether a run ended in a limp or in red pain clearly above that of the start."""
    return run.limped or _is_clearly_red(run.pain, start, profile)


def _is_clearly_red(pain: int | None, start: int, profile: PainProfile) -> bool:
    return pain is not None and is_worse(start, pain) and profile.colour(pain) == "red"


def after_a_red_run(entries: Iterable[AnyEntry], profile: PainProfile, today: datetime.date) -> bool:
    """Whether the last free run of a week was red or ended in a limp, and no calm walk came since.

    Turns of the walk-run ladder have their own rules.
    """
    told = tuple(entries)
    # A run that a clock puts into tomorrow counts as well.
    runs = [e for e in told if isinstance(e, RunDone) and not e.step and (today - e.date).days < WEEK]
    last = max((run.date for run in runs), default=None)
    if last is None or not any(_was_bad(run, profile) for run in runs if run.date == last):
        return False
    walks = (e for e in told if isinstance(e, Walked) and last < e.date)
    return not any(profile.colour(w.pain) == "green" and not w.limped for w in walks)


def _was_bad(run: RunDone, profile: PainProfile) -> bool:
    return run.limped or profile.colour(run.pain or 0) == "red"


def most_of(*felt: int | None) -> int | None:
    """The most of some pains; None when none is known."""
    return max((pain for pain in felt if pain is not None), default=None)


def is_worse(start: int, now: int | None) -> bool:
    """Whether pain is clearly worse than at the start."""
    return now is not None and now - start >= CLEAR_CHANGE


def is_better(start: int, now: int | None) -> bool:
    """Whether pain is clearly less than at the start: by 2 points or by 30 %, and at least by one."""
    return now is not None and start - now >= min(CLEAR_CHANGE, max(1.0, CLEAR_SHARE * start))


class EndOfWeek(msgspec.Struct, frozen=True, kw_only=True):
    """The end of a week: its date, how many days it went on, the share 0..1 of sessions done by then."""

    date: datetime.date
    day: int
    share: float


def is_time_to_be_seen(start: int, felt: PainByDay, end: EndOfWeek, profile: PainProfile) -> bool:
    """Whether it was time to be seen at the end of a week.

    Worse at two weeks or later, and no longer green. With at least 70 % of the sessions: no less at all at
    four weeks (the first re-test), not clearly less at six (the decision). Not clearly less at eight weeks
    whatever was trained. Without a number in the last seven days nothing is concluded.

    Args:
        start: pain at the start of the course.
        end: from 14 days on.
    """
    now = most_of(worst_in_week(felt.worst, end.date), lesser_of_last_runs(felt.runs, end.date))
    if now is None:
        return False
    if is_worse(start, now) and profile.colour(now) != "green":
        return True
    return start >= CLEAR_CHANGE and has_stalled(start, now, end.day, enough=end.share >= ENOUGH_TRAINED)


def has_stalled(start: int, now: int, day: int, *, enough: bool) -> bool:
    """Whether pain is as it was for longer than it should be. `enough`: most sessions were done."""
    if day >= LAST_DAY or (day >= DECISION_DAY and enough):
        return not is_better(start, now)
    return day >= RETEST_DAY and enough and now >= start
