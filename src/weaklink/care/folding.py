"""Folding: a diary read day by day under what is known of a runner, kept at a day and gone on with there.

A fold that was kept is only another way to the same end: what it leads to is what the whole diary leads to.
"""

from __future__ import annotations

import datetime
import functools
import hashlib
from collections.abc import Callable, Sequence
from functools import cached_property
from importlib.resources import files
from pathlib import Path

import msgspec

from weaklink.care.ports import KeptFold
from weaklink.care.watch import Watch, watch_from
from weaklink.reader import Reader
from weaklink.training.course.course import Course, CourseFold, Rules, fold_of
from weaklink.training.course.day_told import DayTold
from weaklink.training.course.past import Past
from weaklink.training.course.weeks import Weeks

DAY = datetime.timedelta(days=1)


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """What a fold is made under. Another frame is another fold, from the first day on."""

    weeks: Weeks
    rules: Rules

    @property
    def key(self) -> str:
        """A digest of everything in it that the fold depends on; the day of today does not count."""
        given = self.weeks.given
        said = (given.first_pain, bool(given.pain_at), given.tests, given.km_per_week)
        parts = (code_edition(), self.weeks.library.edition, self.rules, said)
        return hashlib.sha256(msgspec.json.encode(parts, order="deterministic")).hexdigest()[:32]


@functools.cache
def code_edition() -> str:
    """A digest of the code a fold is made by: what was kept by another is made anew."""
    digest = hashlib.sha256()
    for chapter in ("case", "running", "training", "care"):
        for path in sorted(Path(str(files("weaklink") / chapter)).rglob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:32]


class Fold(msgspec.Struct, kw_only=True):
    """A diary folded up to a day: what was told, the course, and what the weeks say."""

    past: Past
    course: CourseFold
    watch: Watch

    def close(self, frame: Frame, until: datetime.date) -> None:
        """Go on to a day: everything told of the days before it is there."""
        self.course.close(frame.rules, self.past, until)
        self.past.count(until)
        self._look_through(frame, until)
        self.watch.close(frame.weeks, frame.rules.profile, self.past, until)
        self.past.let_go(until)

    def finish(self, frame: Frame) -> tuple[Course, Watch, Past]:
        """Where it leads on the day of the frame. The fold is at its end afterwards."""
        course = self.course.finish(frame.rules, self.past, frame.weeks.today)
        self.past.count(frame.weeks.today + DAY)
        self._look_through(frame, frame.weeks.today)
        self.watch.finish(frame.weeks, frame.rules.profile, self.past)
        return course, self.watch, self.past

    def _look_through(self, frame: Frame, day: datetime.date) -> None:
        """Whether the programme is gone through, where a report asks: only with one does upkeep begin."""
        if self.past.reports_until(day + DAY):
            self.watch.through = self.course.is_through(frame.rules, self.past, day)


FOLDS = Reader(Fold)


class Diary(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """A diary as it is read: a fold that was kept at a day, the days since, and those before, when needed.

    Without a fold `days` are all. `earlier` reads those before, from a day on and before another.
    `holds` gets the folds to keep: as they are before the last day, and before some others.
    """

    days: Sequence[DayTold]
    kept: KeptFold | None = None
    earlier: Callable[[datetime.date | None, datetime.date | None], Sequence[DayTold]] = lambda *_: ()
    holds: Callable[[KeptFold], None] | None = None

    @cached_property
    def past(self) -> Past:
        """Everything that was told; what is known of the runner makes no difference to it."""
        kept = self.kept
        found = ONLY_PAST.read(kept.fold).past if kept is not None else Past()
        for day in self.days:
            found.take(day)
        return found

    def counted(self, today: datetime.date) -> Past:
        """The same with everything up to a day counted."""
        kept = self.kept
        found = ONLY_PAST.read(kept.fold).past if kept is not None else Past()
        for day in self.days:
            found.take(day)
        found.count(today + DAY)
        return found

    def days_from(
        self, since: datetime.date | None = None, until: datetime.date | None = None
    ) -> Sequence[DayTold]:
        """The days from one on and before another, oldest first; without either all, which is not quick."""
        first, last = since or datetime.date.min, until or datetime.date.max
        before: Sequence[DayTold] = ()
        if self.kept is not None and first < self.kept.day:
            before = self.earlier(since, min(last, self.kept.day))
        return [*before, *(day for day in self.days if first <= day.day < last)]

    def fold(self, frame: Frame) -> Fold:
        """The whole diary folded up to its last day: on from what was kept, or from the first day."""
        key, done = frame.key, None
        if self.kept is not None and self.kept.key == key:
            fold, days = FOLDS.read(self.kept.fold), self.days
            done = self.kept.day
        else:
            fold = Fold(past=Past(), course=fold_of(frame.rules), watch=watch_from(frame.weeks))
            days = self.days_from()
        worth = _worth_keeping(days) if self.holds is not None else set[datetime.date]()
        for day in days:
            fold.close(frame, day.day)
            if self.holds is not None and day.day in worth - {done}:
                self.holds(KeptFold(day=day.day, key=key, fold=_packed(fold)))
            fold.past.take(day)
        return fold

    def course_under(self, frame: Frame) -> Course:
        """The course of the whole diary under another frame, from its first day; nothing of it is kept."""
        course, _, _ = Diary(days=self.days_from()).fold(frame).finish(frame)
        return course


def _worth_keeping(days: Sequence[DayTold]) -> set[datetime.date]:
    """The days before which a fold is kept: the last one, and some before it, ever further apart.

    An old entry that changes is read on from the fold before it; the older, the rarer that is.
    """
    kept: dict[int, datetime.date] = {}
    for day in days:
        kept[(days[-1].day - day.day).days.bit_length()] = day.day
    return set(kept.values())


class _OnlyPast(msgspec.Struct):
    past: Past


ONLY_PAST = Reader(_OnlyPast)


def _packed(fold: Fold) -> bytes:
    """A fold as it is kept; the reasons up to here are kept beside it."""
    told = len(fold.course.reasons)
    found, fold.course.reasons = fold.course.reasons, []
    fold.course.reasons_before += told
    packed = msgspec.json.encode(fold)
    fold.course.reasons, fold.course.reasons_before = found, fold.course.reasons_before - told
    return packed
