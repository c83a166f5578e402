"""The course: a plan and a diary folded into where a runner stands now, with a reason for every change.

A pure fold over the days of a diary. Whatever order entries came in, the same diary gives the same course,
and a fold that was kept up to some day goes on as if it had never stopped.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

import msgspec

from weaklink.case.diary import Asked, Morning
from weaklink.case.prescribed_move import is_prescribed
from weaklink.quantities import Message
from weaklink.training.course.day_told import DAY
from weaklink.training.course.doorway import Doorway, Guide, WeekBegun
from weaklink.training.course.past import Past
from weaklink.training.course.session_record import MoveRecord, SessionRecord
from weaklink.training.course.slot import (
    Asking,
    Change,
    after_a_break,
    after_session,
    as_last_asked,
    beside_others,
    colour_of_move,
    hurt_at_its_easiest,
    leading_back,
    of_prescribed,
)
from weaklink.training.dose.calibration import corrected
from weaklink.training.dose.dose import DEFAULT_RIR
from weaklink.training.dose.pain_profile import Colour, PainProfile
from weaklink.training.dose.restrictions import LATER_FROM_WEEK
from weaklink.training.dose.training_state import Decision, Performed, Rung, SlotState
from weaklink.training.programme.doors import through
from weaklink.training.programme.evidence import DoorEvidence
from weaklink.training.programme.foothold import Foothold
from weaklink.training.programme.phases import stage_of
from weaklink.training.progression.away import had_fever
from weaklink.training.progression.lighter_week import lighter_week
from weaklink.training.progression.next_dose import morning_red
from weaklink.training.progression.rebasing import rebased

STIFFER_MIN = 10  # minutes of morning stiffness more than the morning before; design
SHORTENED = ("short", "away", "lighter")  # days whose dose says nothing of what a whole session asks for
# A move without an easier way hurt: of ours the easiest, and every one of the physiotherapist.
PAINFUL_AT_ITS_EASIEST = ("easiest-painful", "prescribed-painful")
HELD = 9  # the place of a held dose among the reasons of its session; moves come before
GREEN_TO_OPEN = 2  # green sessions before anything that has to wait (contract)
LATELY_DAYS = 14  # and both within so many days, as what a lighter week is told of; design
MORNING_COUNTS_DAYS = 7  # an older morning says nothing about the pain before a session; design
STIFFENING_DAYS = 28  # what a week of stiffness is held against; design
STIFFENING_MORNINGS = 2  # of the week at least; design


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """One sentence on one dose: which session, which slot, by which rule."""

    id: str  # session or week, and slot: the same diary gives the same id
    date: datetime.date
    session: str
    slot: str
    exercise: str
    action: str
    rule: str
    because: Message

    @property
    def changes_dose(self) -> bool:
        """Whether the dose is another one after it."""
        return self.action != "hold"


class Course(msgspec.Struct, frozen=True, kw_only=True):
    """Where a runner stands. `sessions` are those of the last weeks; `reasons` those since the kept fold."""

    doses: dict[str, SlotState]  # by slot
    reasons: tuple[Reason, ...]
    reasons_before: int = 0  # how many were decided before those
    last_reason: Mapping[str, Reason] = {}  # of a session, by slot
    last_change: Mapping[str, Reason] = {}  # of a session, by exercise
    last_session: tuple[Reason, ...] = ()  # of the last session in which anything was done
    sessions: tuple[SessionRecord, ...]
    last: SessionRecord | None = None  # the last session in which anything was done
    last_colour: Colour = "green"
    tried: Mapping[str, int] = {}  # how many moves were done in each slot
    unlocked: bool  # what has to wait was opened: third week, after two green sessions
    easiest_painful: tuple[str, ...]  # sessions in which an easiest variant was red
    lighter: tuple[int, ...]  # numbers of the lighter weeks so far
    bias: int = 0  # repetitions to add to what is said to be left
    foothold: Foothold | None = None  # in the programme that is followed
    known: DoorEvidence | None = None  # what opens its doors


class StageRungs(msgspec.Struct, frozen=True, kw_only=True):
    """The rungs of the moves of one stage, before what has to wait is open and after."""

    early: Mapping[str, Rung]
    late: Mapping[str, Rung]


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """What the fold needs to know of the runner: rungs they may use, pain profile, effort, days, start."""

    early: Mapping[str, Rung]  # until what has to wait is open
    late: Mapping[str, Rung]
    profile: PainProfile
    target: int = DEFAULT_RIR
    began: datetime.date
    days: frozenset[int]  # weekdays of the plan's sessions, Monday is 0
    first_doses: Mapping[str, SlotState]  # by slot, as the plan begins them
    bias: int = 0  # repetitions to add to what is said to be left
    guide: Guide | None = None  # of the programme that is followed
    stages: Mapping[str, StageRungs] = {}  # what each stage of it changes
    named: Mapping[str, str] = {}  # by slot, a move of the physiotherapist in own words

    def rungs(self, *, unlocked: bool, foothold: Foothold | None = None) -> Mapping[str, Rung]:
        """The rungs a runner may use: what has to wait opens in the third week, after two green sessions."""
        base = self.late if unlocked else self.early
        own = self.of_stage(foothold, unlocked=unlocked)
        return {**base, **own} if own else base

    def of_stage(self, foothold: Foothold | None, *, unlocked: bool) -> Mapping[str, Rung]:
        """What the stage of a foothold changes in them."""
        if self.guide is None or foothold is None:
            return {}
        found = self.stages.get(stage_of(self.guide.programme, foothold))
        return {} if found is None else found.late if unlocked else found.early


class CourseFold(msgspec.Struct, kw_only=True, omit_defaults=True):
    """What is carried from session to session. `reasons` are those since it was kept last."""

    doses: dict[str, SlotState] = {}
    reasons: list[Reason] = []
    reasons_before: int = 0
    last_reason: dict[str, Reason] = {}
    last_change: dict[str, Reason] = {}
    last_session: list[Reason] = []
    last: SessionRecord | None = None
    last_colour: Colour = "green"
    greens: list[datetime.date] = []  # the last green sessions since the last one that was not
    easiest: list[str] = []
    tried: dict[str, int] = {}
    asked: dict[str, Asked] = {}  # by slot, what was asked for last
    lighter: list[int] = []
    turned: int = 1  # the last week that was looked at for a lighter one
    weeks: dict[int, tuple[int, int]] = {}  # week since the last lighter one -> bad sessions, all sessions
    unlocked: bool = False
    doorway: Doorway = msgspec.field(default_factory=Doorway)

    def close(
        self, rules: Rules, past: Past, until: datetime.date, today: datetime.date | None = None
    ) -> None:
        """Go on with the sessions of the days before a day that were not counted yet.

        Args:
            past: with everything told of those days, and of the mornings after them.
            today: the last day whose week may begin; None: `until`.
        """
        mornings = {day: told for day, told in past.mornings.items() if told.day >= rules.began}
        for record in past.sessions_until(until, rules.began):
            _turn_weeks(self, rules, past, record.date)
            if record.trained:
                frame = _frame(record, self.last, mornings, rules)
                fever = self.last is not None and had_fever(past.away, self.last.date, record.date)
                _train(self, rules, record, msgspec.structs.replace(frame, fever=fever))
                if rules.guide is not None:
                    self.doorway.train(rules.guide, record)
        if past.cleared_until(until):
            self.easiest = []
        if rules.guide is not None:
            self.doorway.move_about(rules.guide, past, until)
            _pass_doors(self, rules, rules.guide, past, today or until)

    def finish(self, rules: Rules, past: Past, today: datetime.date) -> Course:
        """Where the runner stands on a day. The fold is at its end afterwards."""
        self.close(rules, past, today + DAY, today)
        _turn_weeks(self, rules, past, today)
        records = (r for r in past.sessions if rules.began <= r.date <= today)
        return Course(
            doses=self.doses,
            reasons=tuple(self.reasons),
            reasons_before=self.reasons_before,
            last_reason=self.last_reason,
            last_change=self.last_change,
            last_session=tuple(self.last_session),
            sessions=tuple(sorted(records, key=lambda one: (one.date, one.session))),
            last=self.last,
            last_colour=self.last_colour,
            tried=self.tried,
            unlocked=self.unlocked,
            easiest_painful=tuple(self.easiest),
            lighter=tuple(self.lighter),
            bias=rules.bias,
            foothold=self.doorway.foothold if rules.guide is not None else None,
            known=self._known(rules, past, today),
        )

    def _known(self, rules: Rules, past: Past, today: datetime.date) -> DoorEvidence | None:
        foothold = self.doorway.foothold
        if rules.guide is None or foothold is None:
            return None
        return self.doorway.evidence(rules.guide, past, today, foothold)

    def is_through(self, rules: Rules, past: Past, day: datetime.date) -> bool:
        """Whether the programme that is followed is gone through up to a day; yes where there is none."""
        guide, known = rules.guide, self._known(rules, past, day)
        foothold = self.doorway.foothold
        if guide is None or foothold is None or known is None:
            return True
        return through(guide.programme, foothold, known, guide.gates)

    def count(self, record: SessionRecord, *, calm: bool) -> None:
        """A green session counts once half of its moves were begun; any other colour ends the row."""
        asked = {one.slot for one in record.asked}
        if not calm:
            self.greens = []
        elif 2 * len(asked & {move.slot for move in record.moves}) >= len(asked):
            self.greens = [*self.greens, record.date][-GREEN_TO_OPEN:]

    def unlock(self, week: int, date: datetime.date) -> None:
        """Open what has to wait, once it is the third week and the last two sessions were green.

        Two from before a long pause do not count: what is new does not come on the day of a return.
        """
        lately = bool(self.greens) and (date - self.greens[0]).days <= LATELY_DAYS
        self.unlocked |= week >= LATER_FROM_WEEK and len(self.greens) == GREEN_TO_OPEN and lately

    def add(self, reasons: Iterable[Reason]) -> None:
        """Reasons for what was decided."""
        for reason in reasons:
            self.reasons.append(reason)
            if self.last is not None and reason.session == self.last.session:
                self.last_session.append(reason)
            if reason.session:
                self.last_reason[reason.slot] = reason
            if reason.session and reason.changes_dose:
                self.last_change[reason.exercise] = reason


def fold_of(rules: Rules) -> CourseFold:
    """A course that has not begun."""
    fold = CourseFold(doses=dict(rules.first_doses))
    if rules.guide is not None:
        fold.doorway.begin(rules.guide)
    return fold


def week_of(date: datetime.date, began: datetime.date) -> int:
    """The week of the course a day is in, from 1."""
    return max(0, (date - began).days) // 7 + 1


def _train(fold: CourseFold, rules: Rules, record: SessionRecord, frame: Performed) -> None:
    """One session: every slot's next dose with its reason."""
    colour = worst(colour_of_move(move, rules.profile) for move in record.moves)
    asking = Asking(
        rungs=rules.rungs(unlocked=fold.unlocked, foothold=fold.doorway.foothold),
        profile=rules.profile,
        target=rules.target,
        kind_of_day=record.kind_of_day,
        red_session=colour == "red",
        named=rules.named,
    )
    # A red morning after it takes the green from a session: nothing opens and nothing is offered on it.
    calm = colour == "green" and not morning_red(frame, rules.profile) and not frame.stiffening
    fold.last, fold.last_session = record, []
    fold.last_colour = "amber" if colour == "green" and not calm else colour
    fold.count(record, calm=calm)
    before = len(fold.reasons)
    for slot in dict.fromkeys(move.slot for move in record.moves):
        changes = _of_slot(fold, record, slot, asking, (frame, rules.bias))
        fold.add(_reason(record, slot, number, c) for number, c in enumerate(changes))
    if record.kind_of_day not in SHORTENED:
        fold.asked |= {one.slot: one for one in record.asked}
    if asking.red_session:
        _hold_all(fold, record, asking.rungs)
    told = any(reason.rule.startswith(PAINFUL_AT_ITS_EASIEST) for reason in fold.reasons[before:])
    each = ((_performed(move, frame, rules.bias), move) for move in record.moves)
    if told or any(hurt_at_its_easiest(done, move, asking) for done, move in each):
        fold.easiest.append(record.session)
    week = week_of(record.date, rules.began)
    bad, all_of_it = fold.weeks.get(week, (0, 0))
    fold.weeks[week] = (bad + (not calm), all_of_it + 1)


def _of_slot(
    fold: CourseFold, record: SessionRecord, slot: str, asking: Asking, done: tuple[Performed, int]
) -> list[Change]:
    """What one session changes in one slot; `done` is what its moves share, and the bias of what is said."""
    frame, off = done
    moves = [move for move in record.moves if move.slot == slot]
    if is_prescribed(slot):
        # Its dose is the physiotherapist's: nothing is remembered that could change it.
        return of_prescribed(moves, asking)
    # A slot the plan does not hold any more is only kept, so that nothing done is lost.
    state = fold.doses.get(slot) or _as_asked(record, slot) or SlotState(exercise=moves[0].exercise, sets=1)
    known = slot in fold.tried
    slots = (one.slot for one in record.asked if one.slot != slot)
    others = {fold.doses[name].exercise for name in slots if name in fold.doses}
    back_up = leading_back(state.exercise, slot, asking.rungs)
    asking = msgspec.structs.replace(asking, rungs=beside_others(state.exercise, others, back_up))
    back = after_a_break(state, frame.pause_days, asking.rungs, fever=frame.fever) if known else None
    start = back.state if back is not None else state
    performed = [_performed(move, frame, off) for move in moves]
    if record.kind_of_day == "away":
        # What is held with what happens to be at hand says nothing about the weights at home.
        performed = [msgspec.structs.replace(one, load=None) for one in performed]
    changes = after_session(start, performed, moves, asking)
    changes = [back, *changes] if back is not None else list(changes)
    fold.doses[slot] = changes[-1].state if changes else state
    fold.tried[slot] = fold.tried.get(slot, 0) + len(moves)
    return changes


def _as_asked(record: SessionRecord, slot: str) -> SlotState | None:
    """A slot of an earlier plan as its first session asked for it."""
    asked = next((one for one in record.asked if one.slot == slot), None)
    if asked is None:
        return None
    return SlotState(
        exercise=asked.exercise, sets=asked.sets, reps=asked.reps, hold_s=asked.hold_s, load=asked.load
    )


def _pass_doors(fold: CourseFold, rules: Rules, guide: Guide, past: Past, today: datetime.date) -> None:
    """The weeks of the course that began since: a phase may begin with each."""
    for number in range(fold.doorway.week + 1, week_of(today, rules.began) + 1):
        bad, all_of_it = fold.weeks.get(number - 1, (0, 0))
        week = WeekBegun(
            number=number,
            begins=rules.began + datetime.timedelta(days=7 * (number - 1)),
            course_began=rules.began,
            green=bool(all_of_it) and not bad,
            bad_weeks=_bad_weeks_before(fold, number, 0),
        )
        fold.doorway.week = number
        if fold.doorway.pass_week(guide, past, week):
            _enter(fold, rules)


def _enter(fold: CourseFold, rules: Rules) -> None:
    """Another stage: what was done already goes on from where it stands, in the stage's own numbers."""
    now = rules.of_stage(fold.doorway.foothold, unlocked=True)
    for name, rung in now.items():
        known = fold.doses.get(name) or next((s for s in fold.doses.values() if s.exercise == name), None)
        if known is not None and known.exercise == name:
            fold.doses[name] = rebased(known, rung, calm=fold.last_colour == "green")


def _hold_all(fold: CourseFold, record: SessionRecord, rungs: Mapping[str, Rung]) -> None:
    """After red pain no slot stands above what was last asked for in it, trained in this session or not."""
    for slot, asked in fold.asked.items():
        change = as_last_asked(fold.doses[slot], asked, rungs) if slot in fold.doses else None
        if change is not None:
            fold.doses[slot] = change.state
            fold.add([_reason(record, slot, HELD, change)])


def _frame(
    record: SessionRecord,
    before: SessionRecord | None,
    mornings: Mapping[datetime.date, Morning],
    rules: Rules,
) -> Performed:
    """What all moves of a session share: the day, the mornings around it, sessions missed before."""
    known = [date for date in mornings if 0 <= (record.date - date).days < MORNING_COUNTS_DAYS]
    this = mornings[max(known)] if known else None
    after = mornings.get(record.date + datetime.timedelta(days=1))
    # Against the least of a week: what grows a little with every session is seen as well.
    stiff = [mornings[date].stiff_min for date in known]
    stiffer = after is not None and bool(stiff) and after.stiff_min >= min(stiff) + STIFFER_MIN
    return Performed(
        day=(record.date - rules.began).days,
        pain_before=_pain_before(record, this, after, rules.profile),
        pain_next_morning=after.pain if after is not None else None,
        stiffer_next_morning=stiffer,
        stiffening=_stiffens(mornings, record.date),
        pause_days=(record.date - before.date).days if before is not None else 0,
    )


def _stiffens(mornings: Mapping[datetime.date, Morning], day: datetime.date) -> bool:
    """Whether no morning of the week up to the next one is near the second best of four weeks: it creeps up.

    One morning alone is no measure: stiffness that was left out stands as none.
    """
    stiff = {(day - date).days: told.stiff_min for date, told in mornings.items()}
    week = [minutes for ago, minutes in stiff.items() if -1 <= ago < MORNING_COUNTS_DAYS]
    before = sorted(minutes for ago, minutes in stiff.items() if -1 <= ago < STIFFENING_DAYS)
    return len(week) >= STIFFENING_MORNINGS and min(week) >= before[1] + STIFFER_MIN


def _pain_before(
    record: SessionRecord, this: Morning | None, after: Morning | None, profile: PainProfile
) -> int:
    """The pain a next morning is held against: that of the morning, else what was said at the session.

    A red morning is no less than the one before only because that was bad days ago: not when there was less
    before the session.
    """
    if this is None or after is None:
        return this.pain if this is not None else record.pain_before or 0
    rose = this.date != record.date and record.pain_before is not None and record.pain_before < after.pain
    return min(this.pain, after.pain) if rose and profile.colour(after.pain) == "red" else this.pain


def _performed(move: MoveRecord, frame: Performed, off: int) -> Performed:
    return msgspec.structs.replace(
        frame,
        pain=move.pain or 0,  # pain nobody spoke of holds no dose back
        spreads=move.spreads,
        this_hurts=move.hurt,
        rir=corrected(move.rir, off),
        left_s=move.left_s,
        load=move.load,
        reps=move.reps,
        completed=move.completed,
        faulty=move.faulty,
    )


def _reason(record: SessionRecord, slot: str, number: int, change: Change) -> Reason:
    return Reason(
        id=f"{record.session}/{slot}/{number}",
        date=record.date,
        session=record.session,
        slot=slot,
        exercise=change.state.exercise,
        action=change.action,
        rule=change.rule,
        because=change.because,
    )


def _turn_weeks(fold: CourseFold, rules: Rules, past: Past, date: datetime.date) -> None:
    """What a new week brings: what has to wait may open, and a lighter week may be due."""
    week = week_of(date, rules.began)
    fold.unlock(week, date)
    for number in range(fold.turned + 1, week + 1):
        last = fold.lighter[-1] if fold.lighter else 0
        bad = _bad_weeks_before(fold, number, last)
        # Only weeks with training count: a pause was a lighter time by itself.
        weeks = sum(last < trained < number for trained in fold.weeks)
        decided = {slot: lighter_week(state, weeks, bad) for slot, state in fold.doses.items()}
        found = {slot: decision for slot, decision in decided.items() if decision is not None}
        if found:
            fold.lighter.append(number)
            fold.weeks = {week: told for week, told in fold.weeks.items() if week > number - 1}
            start = rules.began + datetime.timedelta(days=7 * (number - 1))
            fewer = _with_fewer_sets(fold, rules, past, start)
            fold.add(_reason_of_week(number, start, slot, found[slot]) for slot in fewer if slot in found)
    fold.turned = max(fold.turned, week)


def _with_fewer_sets(fold: CourseFold, rules: Rules, past: Past, start: datetime.date) -> list[str]:
    """The slots a lighter week takes sets from: trained lately, with more than one; stretches keep theirs."""
    rungs = rules.rungs(unlocked=True, foothold=fold.doorway.foothold)
    lately = [s for s in past.sessions if start - datetime.timedelta(days=LATELY_DAYS) <= s.date < start]
    trained = {move.slot for record in lately for move in record.moves}
    return [
        slot
        for slot, state in fold.doses.items()
        if slot in trained and state.sets > 1 and state.exercise in rungs
    ]


def _reason_of_week(number: int, start: datetime.date, slot: str, decision: Decision) -> Reason:
    return Reason(
        id=f"week-{number}/{slot}",
        date=start,
        session="",
        slot=slot,
        exercise=decision.state.exercise,
        action=decision.action,
        rule=decision.rule,
        because=decision.because,
    )


def _bad_weeks_before(fold: CourseFold, week: int, last_lighter: int) -> int:
    """Weeks in a row, just before this one, with more bad sessions than good ones."""
    count = 0
    for number in range(week - 1, last_lighter, -1):
        bad, all_of_it = fold.weeks.get(number, (0, 0))
        if 2 * bad <= all_of_it:
            break
        count += 1
    return count


def worst(colours: Iterable[Colour]) -> Colour:
    """The worst of some colours; green of none."""
    found = set(colours)
    return "red" if "red" in found else "amber" if "amber" in found else "green"
