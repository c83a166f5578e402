"""The course: a plan and a diary folded into where a runner stands now, with a reason for every change.

A pure fold over what the diary says. Whatever order entries came in, the same diary gives the same course.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

import msgspec

from weaklink.case.diary import AnyEntry, Asked, Morning
from weaklink.quantities import Message
from weaklink.training.course.lighter_week import lighter_week
from weaklink.training.course.progression import morning_red
from weaklink.training.course.session_record import MoveRecord, SessionRecord, session_records
from weaklink.training.course.slot import (
    Asking,
    Change,
    after_a_break,
    after_session,
    as_last_asked,
    colour_of_move,
)
from weaklink.training.dose.calibration import bias, corrected
from weaklink.training.dose.dose import DEFAULT_RIR
from weaklink.training.dose.pain_profile import Colour, PainProfile
from weaklink.training.dose.restrictions import LATER_FROM_WEEK
from weaklink.training.dose.training_state import Decision, Performed, Rung, SlotState

STIFFER_MIN = 10  # minutes of morning stiffness more than the morning before; design
SHORTENED = ("short", "away")  # days whose dose says nothing of what a whole session asks for
HELD = 9  # the place of a held dose among the reasons of its session; moves come before
GREEN_TO_OPEN = 2  # green sessions before anything that has to wait (contract)
LATELY_DAYS = 14  # and both within so many days; design
MORNING_COUNTS_DAYS = 7  # an older morning says nothing about the pain before a session; design


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
    """Where a runner stands."""

    doses: dict[str, SlotState]  # by slot
    reasons: tuple[Reason, ...]
    sessions: tuple[SessionRecord, ...]
    colours: dict[str, Colour]  # by session that was trained
    unlocked: bool  # what has to wait was opened: third week, after two green sessions
    easiest_painful: tuple[str, ...]  # sessions in which an easiest variant was red
    lighter: tuple[int, ...]  # numbers of the lighter weeks so far
    bias: int = 0  # repetitions to add to what is said to be left

    @property
    def last(self) -> SessionRecord | None:
        """The last session in which anything was done."""
        return next((s for s in reversed(self.sessions) if s.trained), None)


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """What the fold needs to know of the runner: rungs they may use, pain profile, effort, days, start."""

    early: Mapping[str, Rung]  # until what has to wait is open
    late: Mapping[str, Rung]
    profile: PainProfile
    target: int = DEFAULT_RIR
    began: datetime.date
    days: frozenset[int]  # weekdays of the plan's sessions, Monday is 0
    first_doses: Mapping[str, SlotState]  # by slot, as the plan begins them

    def rungs(self, *, unlocked: bool) -> Mapping[str, Rung]:
        """The rungs a runner may use: what has to wait opens in the third week, after two green sessions."""
        return self.late if unlocked else self.early


class _Fold(msgspec.Struct, kw_only=True):
    """What is carried from session to session."""

    doses: dict[str, SlotState] = {}
    reasons: list[Reason] = []
    colours: dict[str, Colour] = {}
    greens: list[datetime.date] = []  # the green sessions since the last one that was not
    easiest: list[str] = []
    seen: set[str] = set()  # slots that were trained
    asked: dict[str, Asked] = {}  # by slot, what was asked for last
    lighter: list[int] = []
    bad: dict[int, list[bool]] = {}  # week -> whether each session was bad

    unlocked: bool = False

    def count(self, record: SessionRecord, *, calm: bool) -> None:
        """A green session counts once half of its moves were begun; any other colour ends the row."""
        asked = {one.slot for one in record.asked}
        if not calm:
            self.greens = []
        elif 2 * len(asked & {move.slot for move in record.moves}) >= len(asked):
            self.greens = [*self.greens, record.date]

    def unlock(self, week: int, date: datetime.date) -> None:
        """Open what has to wait, once it is the third week and the last two sessions were green.

        Two from before a long pause do not count: what is new does not come on the day of a return.
        """
        last = self.greens[-GREEN_TO_OPEN:]
        lately = bool(last) and (date - last[0]).days <= LATELY_DAYS
        self.unlocked |= week >= LATER_FROM_WEEK and len(last) == GREEN_TO_OPEN and lately


def course(entries: Iterable[AnyEntry], rules: Rules, today: datetime.date) -> Course:
    """Where the runner stands on a day, from the diary's standing entries."""
    told = [entry for entry in entries if entry.day >= rules.began]
    records = [r for r in session_records(told) if r.date <= today]
    mornings = {entry.date: entry for entry in told if isinstance(entry, Morning)}
    off, fold = bias(told), _Fold(doses=dict(rules.first_doses))
    before: SessionRecord | None = None
    for record in records:
        _turn_weeks(fold, rules, record.date)
        if record.trained:
            _train(fold, rules, record, _frame(record, before, mornings, rules), off)
            before = record
    _turn_weeks(fold, rules, today)
    return Course(
        doses=fold.doses,
        reasons=tuple(fold.reasons),
        sessions=tuple(records),
        colours=fold.colours,
        unlocked=fold.unlocked,
        easiest_painful=tuple(fold.easiest),
        lighter=tuple(fold.lighter),
        bias=off,
    )


def week_of(date: datetime.date, began: datetime.date) -> int:
    """The week of the course a day is in, from 1."""
    return max(0, (date - began).days) // 7 + 1


def missed_between(before: datetime.date, date: datetime.date, days: frozenset[int]) -> int:
    """Planned sessions missed between two sessions; one done a day later is not missed."""
    span = (date - before).days
    planned = sum((before + datetime.timedelta(days=n)).weekday() in days for n in range(1, span + 1))
    return max(0, planned - 1)


def _train(fold: _Fold, rules: Rules, record: SessionRecord, frame: Performed, off: int) -> None:
    """One session: every slot's next dose with its reason."""
    colour = worst(colour_of_move(move, rules.profile) for move in record.moves)
    asking = Asking(
        rungs=rules.rungs(unlocked=fold.unlocked),
        profile=rules.profile,
        target=rules.target,
        day=(record.date - rules.began).days,
        kind_of_day=record.kind_of_day,
        red_session=colour == "red",
    )
    # A red morning after it takes the green from a session: nothing opens and nothing is offered on it.
    calm = colour == "green" and not morning_red(frame, rules.profile)
    fold.colours[record.session] = "amber" if colour == "green" and not calm else colour
    fold.count(record, calm=calm)
    for slot in dict.fromkeys(move.slot for move in record.moves):
        changes = _of_slot(fold, record, slot, asking, (frame, off))
        fold.reasons += [_reason(record, slot, number, c) for number, c in enumerate(changes)]
    if record.kind_of_day not in SHORTENED:
        fold.asked |= {one.slot: one for one in record.asked}
    if asking.red_session:
        _hold_all(fold, record, asking.rungs)
    reasons = (reason for reason in fold.reasons if reason.session == record.session)
    if any(reason.rule.startswith("easiest-painful") for reason in reasons):
        fold.easiest.append(record.session)
    fold.bad.setdefault(week_of(record.date, rules.began), []).append(not calm)


def _of_slot(
    fold: _Fold, record: SessionRecord, slot: str, asking: Asking, done: tuple[Performed, int]
) -> list[Change]:
    """What one session changes in one slot; `done` is what its moves share, and the bias of what is said."""
    frame, off = done
    moves = [move for move in record.moves if move.slot == slot]
    # A slot the plan does not hold any more is only kept, so that nothing done is lost.
    state = fold.doses.get(slot) or SlotState(exercise=moves[0].exercise, sets=1)
    known = slot in fold.seen
    back = after_a_break(state, frame.missed_before if known else 0, asking.rungs)
    paid = back is not None or not known  # the pause is answered already, or it was no pause of this slot
    session = msgspec.structs.replace(frame, missed_before=0) if paid else frame
    start = back.state if back is not None else state
    changes = after_session(start, [_performed(move, session, off) for move in moves], moves, asking)
    changes = [back, *changes] if back is not None else list(changes)
    fold.doses[slot] = changes[-1].state if changes else state
    fold.seen.add(slot)
    return changes


def _hold_all(fold: _Fold, record: SessionRecord, rungs: Mapping[str, Rung]) -> None:
    """After red pain no slot stands above what was last asked for in it, trained in this session or not."""
    for slot, asked in fold.asked.items():
        change = as_last_asked(fold.doses[slot], asked, rungs) if slot in fold.doses else None
        if change is not None:
            fold.doses[slot] = change.state
            fold.reasons.append(_reason(record, slot, HELD, change))


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
        missed_before=missed_between(before.date, record.date, rules.days) if before is not None else 0,
    )


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
        pain=move.pain,
        spreads=move.spreads,
        this_hurts=move.hurt,
        rir=corrected(move.rir, off),
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


def _turn_weeks(fold: _Fold, rules: Rules, date: datetime.date) -> None:
    """What a new week brings: what has to wait may open, and a lighter week may be due."""
    week = week_of(date, rules.began)
    fold.unlock(week, date)
    for number in range(max([*fold.lighter, 1]) + 1, week + 1):
        last = fold.lighter[-1] if fold.lighter else 0
        bad = _bad_weeks_before(fold, number, last)
        # Only weeks with training count: a pause was a lighter time by itself.
        weeks = sum(trained in fold.bad for trained in range(last + 1, number))
        decided = {slot: lighter_week(state, weeks, bad) for slot, state in fold.doses.items()}
        found = {slot: decision for slot, decision in decided.items() if decision is not None}
        if found:
            fold.lighter.append(number)
            start = rules.began + datetime.timedelta(days=7 * (number - 1))
            fold.reasons += [
                _reason_of_week(number, start, slot, decision) for slot, decision in found.items()
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


def _bad_weeks_before(fold: _Fold, week: int, last_lighter: int) -> int:
    """Weeks in a row, just before this one, with more bad sessions than good ones."""
    count = 0
    for number in range(week - 1, last_lighter, -1):
        found = fold.bad.get(number, [])
        if not found or 2 * sum(found) <= len(found):
            break
        count += 1
    return count


def worst(colours: Iterable[Colour]) -> Colour:
    """The worst of some colours; green of none."""
    found = set(colours)
    return "red" if "red" in found else "amber" if "amber" in found else "green"
