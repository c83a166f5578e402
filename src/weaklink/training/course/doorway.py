"""The doorway: what a diary shows of a programme's doors, week by week, and where the runner stands by it.

A phase begins with a week of the course, never in the middle of one; the calendar alone opens nothing.
"""

from __future__ import annotations

import contextlib
import datetime
import math
from collections.abc import Iterable, Mapping

import msgspec

from weaklink.case.diary import Morning, RunDone, Tested, Walked
from weaklink.case.given import Result
from weaklink.case.results import read_results
from weaklink.library.ladders import ways_up
from weaklink.library.milestones import main_move, ways_of
from weaklink.library.programme_records import GateRecord, Milestone, Programme
from weaklink.library.reading import Library
from weaklink.library.records import ClinicalTest
from weaklink.quantities import Side
from weaklink.training.course.past import Past
from weaklink.training.course.session_record import MoveRecord, SessionRecord
from weaklink.training.dose.setting import Setting
from weaklink.training.dose.weights import EPLEY, maximum_kg
from weaklink.training.programme.doors import (
    beginning,
    every_door,
    gates_behind,
    gates_open,
    moved_back,
    moved_on,
    watched,
)
from weaklink.training.programme.evidence import (
    DoorEvidence,
    MoveShown,
    Ways,
    Whose,
    key_of,
    shows,
    stops_of,
    whose,
)
from weaklink.training.programme.foothold import Foothold
from weaklink.training.programme.phases import in_order, stage_of

USUAL_DAYS = 14  # the first mornings say what is usual
MORNINGS_TO_TELL = 3  # of a week; with fewer nobody can say it was settled; design
WORSE_PAIN, WORSE_MIN = 2, 10  # a morning so much above the usual is worse; design
BAD_WEEKS_BACK = 2  # in a row, with more bad sessions than good ones: a phase back (rule X2); design
NIGHTS_DAYS = 14  # of nights and rests that count; design


class Guide(msgspec.Struct, frozen=True, kw_only=True):
    """What the doorway needs to know of a runner: the programme with its gates, and whose it is."""

    programme: Programme
    gates: Mapping[str, GateRecord]
    whose: Whose
    tests: Mapping[str, ClinicalTest] = {}  # those a door asks for
    shares: Mapping[str, float] = {}  # of the body that moves, by exercise
    harder: Mapping[str, frozenset[str]] = {}  # ways up from the exercises doors name
    apart: frozenset[str] = frozenset()  # exercises whose work no place that hurts feels
    gated: frozenset[str] = frozenset()  # exercises that wait for a gate


def guide_of(plan: Setting) -> Guide | None:
    """The guide of a runner; None where no programme is followed."""
    programme, library = plan.programme, plan.library
    if programme is None:
        return None
    ways = [way for one in every_door(programme, library.gates) for way in (one, *one.any_of)]
    named = sorted({way.test for way in ways if way.test})
    return Guide(
        programme=programme,
        gates={gate.id: gate for gate in gates_behind(programme, library.gates)},
        whose=whose(plan.given),
        tests={name: library.clinical_tests[name] for name in named if name in library.clinical_tests},
        shares=_shares(programme, library),
        harder=_harder(sorted({way.exercise for way in ways if way.exercise}), library),
        apart=frozenset(one.id for one in library.exercises.values() if plan.works_apart(one)),
        gated=frozenset(one.id for one in library.exercises.values() if one.gate),
    )


def _shares(programme: Programme, library: Library) -> dict[str, float]:
    """How much of the body moves in each move of a programme that can be held heavier."""
    moves = sorted({name for phase in programme.phases for move in phase.moves for name in ways_of(move)})
    weighted = {name: library.exercises[name].weighted for name in moves if name in library.exercises}
    return {name: one.body_share for name, one in weighted.items() if one is not None}


def _harder(names: Iterable[str], library: Library) -> dict[str, frozenset[str]]:
    known = (library.exercises[name] for name in names if name in library.exercises)
    return {one.id: frozenset(ways_up(one, library.exercises)) for one in known}


class Doorway(msgspec.Struct, kw_only=True, omit_defaults=True):
    """What was seen up to a day. `usual` are number, pain and minutes of the first mornings, summed."""

    foothold: Foothold | None = None
    shown: dict[str, int] = {}
    usual: tuple[int, int, int] = (0, 0, 0)
    settled: int | None = None
    week: int = 1  # the last one that was looked at
    green_weeks: int = 0  # in a row
    stopped: datetime.date | None = None  # when a move the sore place feels was last stopped for pain

    def train(self, guide: Guide, record: SessionRecord) -> None:
        """Count what one session shows."""
        if any(move.hurt and move.exercise not in guide.apart for move in record.moves):
            self.stopped = record.date
        ways = Ways(main=frozenset(self._main_ways(guide)), harder=guide.harder, gated=guide.gated)
        done = [_shown(move, record, guide) for move in record.moves]
        for one in watched(guide.programme, guide.gates):
            limit = guide.programme.pain_most
            if any(shows(one, move, ways, guide.whose, limit) for move in done):
                self._count(one)

    def _count(self, one: Milestone) -> None:
        self.shown[key_of(one)] = self.shown.get(key_of(one), 0) + 1

    def _main_ways(self, guide: Guide) -> list[str]:
        """The exercises that count as the main move until this phase."""
        order = in_order(guide.programme)
        place = next((n for n, p in enumerate(order) if self.foothold and p.id == self.foothold.phase), 0)
        moves = [(phase, move) for phase in order[: place + 1] for move in phase.moves]
        found = main_move(moves)
        return ways_of(found[1]) if found is not None else []

    def move_about(self, guide: Guide, past: Past, until: datetime.date) -> None:
        """Count the runs and walks of the days before a day, and the first mornings."""
        for entry in past.entries_until(until):
            if isinstance(entry, RunDone | Walked):
                self._go(guide, entry)

    def _go(self, guide: Guide, entry: RunDone | Walked) -> None:
        kind = "run" if isinstance(entry, RunDone) else "walk"
        for one in watched(guide.programme, guide.gates):
            if one.pain == kind and is_enough(one, entry, guide.programme):
                self._count(one)

    # --- the week ---

    def begin(self, guide: Guide) -> None:
        """Stand where a course begins; another programme than before begins anew."""
        if self.foothold is None or self.foothold.programme != guide.programme.id:
            start = DoorEvidence(
                whose=guide.whose,
                tests=guide.whose.tests,
                pains={**guide.whose.pains},
                stops=stops_of(guide.tests.values()),
            )
            self.foothold = beginning(guide.programme, start, guide.gates)

    def pass_week(self, guide: Guide, past: Past, week: WeekBegun) -> bool:
        """A new week of the course begins: look at the doors. True where another stage begins with it."""
        self.begin(guide)
        assert self.foothold is not None
        stage = stage_of(guide.programme, self.foothold)
        self._look_at_mornings(past, week)
        self.green_weeks = self.green_weeks + 1 if week.green else 0
        foothold = msgspec.structs.replace(self.foothold, week=week.number)
        if self.green_weeks >= BAD_WEEKS_BACK:
            foothold = msgspec.structs.replace(foothold, wide=foothold.weeks_in)
        known = self.evidence(guide, past, week.begins, foothold)
        bad = week.bad_weeks >= BAD_WEEKS_BACK and foothold.weeks_in > BAD_WEEKS_BACK
        moved = moved_back(guide.programme, foothold) if bad else None
        if moved is None:
            foothold = self._with_gates(guide, foothold, known)
            moved = (
                None if self._was_stopped(week) else moved_on(guide.programme, foothold, known, guide.gates)
            )
        self.foothold = moved or foothold
        return stage_of(guide.programme, self.foothold) != stage

    def _was_stopped(self, week: WeekBegun) -> bool:
        """Whether a move was stopped for pain in the week before: then no phase begins."""
        return self.stopped is not None and self.stopped >= week.last_began

    def _with_gates(self, guide: Guide, foothold: Foothold, known: DoorEvidence) -> Foothold:
        found = gates_open(guide.programme, known, guide.gates)
        return msgspec.structs.replace(foothold, open=tuple(dict.fromkeys((*foothold.open, *found))))

    def _look_at_mornings(self, past: Past, week: WeekBegun) -> None:
        mornings = [m for date, m in past.mornings.items() if week.last_began <= date < week.begins]
        if (week.begins - week.course_began).days <= USUAL_DAYS:
            number, pain, stiff = self.usual
            told = [(m.pain, m.stiff_min) for m in mornings]
            self.usual = (
                number + len(told),
                pain + sum(one[0] for one in told),
                stiff + sum(one[1] for one in told),
            )
        if len(mornings) < MORNINGS_TO_TELL:
            self.settled = None
            return
        worse = any(self._is_worse(morning) for morning in mornings)
        self.settled = 0 if worse else (self.settled or 0) + 1

    def _is_worse(self, morning: Morning) -> bool:
        number, pain, stiff = self.usual
        if not number:
            return False
        return morning.pain - pain / number >= WORSE_PAIN or morning.stiff_min - stiff / number >= WORSE_MIN

    def evidence(self, guide: Guide, past: Past, day: datetime.date, foothold: Foothold) -> DoorEvidence:
        """Everything that opens doors, up to a day."""
        pains: dict[str, int] = {**guide.whose.pains}
        pains |= {name: told[1] for name, told in past.reviewed.pains.items()}
        return DoorEvidence(
            whose=guide.whose,
            weeks_in=foothold.weeks_in,
            tests=_tests(guide, past),
            stops=stops_of(guide.tests.values()),
            shown=dict(self.shown),
            settled=self.settled,
            answers={name: told[1] for name, told in past.reviewed.answers.items()},
            pains=pains | _nights(past, day),
            open=frozenset(foothold.open),
        )


class WeekBegun(msgspec.Struct, frozen=True, kw_only=True):
    """A week of the course as it begins, and what the one before it was.

    `green`: something was trained in it and nothing of that was bad; `bad_weeks` so many in a row before it.
    """

    number: int
    begins: datetime.date
    course_began: datetime.date
    green: bool = False
    bad_weeks: int = 0

    @property
    def last_began(self) -> datetime.date:
        """The first day of the week before."""
        return self.begins - datetime.timedelta(days=7)


def _shown(move: MoveRecord, record: SessionRecord, guide: Guide) -> MoveShown:
    asked = next((one for one in record.asked if one.slot == move.slot), None)
    whole = asked is not None and asked.exercise == move.exercise and move.completed >= 1
    return MoveShown(
        exercise=move.exercise,
        sets=asked.sets if asked is not None and whole else 0,
        whole=whole,
        reps=move.reps,
        bare_reps=bare_reps(move, guide),
        hold_s=asked.hold_s if asked is not None and whole else None,
        kg=move.load.total_kg if move.load is not None else None,
        pain=None if move.hurt else move.pain,
    )


def bare_reps(move: MoveRecord, guide: Guide) -> int | None:
    """What repetitions with a weight are worth without one (Epley); None where that cannot be told."""
    body = guide.shares.get(move.exercise, 0.0) * (guide.whose.mass_kg or 0.0)
    if move.reps is None or move.load is None or not body:
        return None
    maximum = maximum_kg(body + move.load.total_kg, move.reps, 0)
    return None if maximum is None else math.floor(EPLEY * (maximum / body - 1))


def is_enough(one: Milestone, entry: RunDone | Walked, programme: Programme) -> bool:
    """Whether a run or a walk is long and calm enough for a milestone; pain not said is not calm."""
    limit = programme.pain_most if one.pain_most is None else one.pain_most
    if isinstance(entry, RunDone) and one.pain_most is None and programme.running_pain_most is not None:
        limit = programme.running_pain_most
    long = one.minutes is None or (entry.minutes is not None and entry.minutes >= one.minutes)
    calm = entry.pain is not None and entry.pain <= limit
    return long and calm and not (one.without_limp and entry.limped)


def _tests(guide: Guide, past: Past) -> dict[str, Mapping[Side, Result]]:
    """The newest result of each test; those of the start where none was done since."""
    found = dict(guide.whose.tests)
    told = sorted((e for e in past.outcomes if isinstance(e, Tested)), key=lambda e: (e.at, e.id))
    for entry in told:
        for name in guide.tests.keys() & entry.tests.keys():
            with contextlib.suppress(ValueError):  # an earlier knowledge may have known other results
                found[name] = read_results(entry.tests[name], guide.tests[name])
    return found


def _nights(past: Past, day: datetime.date) -> dict[str, int]:
    """The worst night and the worst rest that mornings of the last two weeks told of."""
    since = day - datetime.timedelta(days=NIGHTS_DAYS)
    lately = [m for date, m in past.mornings.items() if since <= date < day]
    found = {"night": _most(m.night for m in lately), "rest": _most(m.rest for m in lately)}
    return {name: worst for name, worst in found.items() if worst is not None}


def _most(told: Iterable[int | None]) -> int | None:
    return max((pain for pain in told if pain is not None), default=None)
