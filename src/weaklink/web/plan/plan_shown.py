"""The plan as page and sheet show it: one week, and one session of it, as values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

from weaklink.case.assessment import Assessment
from weaklink.case.plan import Item, LeftOut, PrescribedItem, Session
from weaklink.exchange.paper import is_available
from weaklink.library.wording import spoken_name
from weaklink.quantities import WEEKDAYS, Weekday
from weaklink.training.plan.plan_document import session_document
from weaklink.training.programme.phases import phase_of
from weaklink.web.course.plan_now import PlanNow
from weaklink.web.drawing.body_figures import LitArea
from weaklink.web.figures.live_figure import LiveFigure, live_figure
from weaklink.web.plan.plan_words import (
    RunDayMove,
    around_runs,
    heading_of,
    load_lines,
    notes_of,
    weak_link_of,
)
from weaklink.web.visit.visit import Visit
from weaklink.web.words.day_words import said_day
from weaklink.web.words.dose_words import detail_words, dose_words, minutes_words
from weaklink.web.words.own_days import WovenDay, own_day
from weaklink.web.words.plan_change_words import MadeAnew

OF_A_WEAK_LINK = ("training.because-likely", "training.because-possible")

ALIKE_MINUTES = 5  # sessions of a week that differ by no more are as long as each other


class WeekCell(msgspec.Struct, frozen=True, kw_only=True):
    """One day of the strip; `here`: it is shown below."""

    name: str
    kind: Literal["train", "hard", "rest"]
    lines: list[str]
    here: bool
    today: bool


class OtherWeeks(msgspec.Struct, frozen=True, kw_only=True):
    """Which week this is, and the addresses of others, "" where there is none."""

    says: str
    before: str
    after: str
    now: str


class RunningFirst(msgspec.Struct, frozen=True):
    """What is advised about running: the most important sentence, and the others."""

    sentence: str
    lines: list[str]


class SessionTab(msgspec.Struct, frozen=True, kw_only=True):
    """One session of the week to choose; `here`: it is shown."""

    name: str
    minutes: int
    here: bool
    url: str


class DoseChange(msgspec.Struct, frozen=True, kw_only=True):
    """What last changed a dose, on which day, by which rule."""

    says: str
    day: str
    rule: str


class MoveCard(msgspec.Struct, frozen=True, kw_only=True):
    """One move of a session: its dose, why it is there, what is easier, and what last changed its dose."""

    id: str
    url: str
    name: str
    live: LiveFigure | None
    dose: str
    why: str
    why_weak: bool  # the reason itself says that it trains a weak link
    weak: bool
    minutes: str
    cap: str
    easier: str
    easier_url: str
    because: list[str]
    source: str
    change: DoseChange | None


class TheirMove(msgspec.Struct, frozen=True, kw_only=True):
    """One move of the physiotherapist: its dose as it was given, whose it is, and why it waits."""

    id: str
    url: str
    name: str
    dose: str
    minutes: str
    says: list[str]
    waits: bool


class LeftOutLine(msgspec.Struct, frozen=True, kw_only=True):
    """Something a reader would expect, and why it is not there."""

    name: str
    because: str
    url: str
    same: list[LeftOutLine] = []  # others for the very same reason


class PlanPage(msgspec.Struct, frozen=True, kw_only=True):
    """What page and sheet show of one week and one session of it. `shared`: a stranger reads it."""

    back: str = "/result"
    tag: str
    sentence: str
    lede: str
    phase: str
    says: list[str]
    heading: str
    heading_says: str
    figure: LitArea | None
    week: list[WeekCell]
    week_number: int
    weeks: OtherWeeks | None
    load: RunningFirst | None
    sessions: list[SessionTab]
    session_name: str
    theirs: list[TheirMove]
    moves: list[MoveCard]
    own_day: WovenDay | None
    run_day: list[RunDayMove]
    left_out: list[LeftOutLine]
    left_later: list[LeftOutLine]
    effort: list[str]
    hurts: list[str]
    next: list[str]
    notes: list[str]
    pdf: bool
    shared: bool = False
    name: str
    date: str
    session_due: bool
    made_anew: MadeAnew = MadeAnew()


class ChosenSession(msgspec.Struct, frozen=True, kw_only=True):
    """The week and the session a reader looks at, of the plan as it is now."""

    seen: Visit
    found: Assessment
    now: PlanNow
    number: int  # of the week, from 1
    sessions: tuple[Session, ...]
    session: Session
    stretches: tuple[Item, ...]

    @property
    def is_now(self) -> bool:
        """Whether this is the week that counts now."""
        return self.number == self.now.plan_week


def plan_shown(seen: Visit, found: Assessment, now: PlanNow) -> PlanPage:
    """Everything the plan page and the sheet show; of the week that is asked for, else of the one now."""
    return _page(_chosen(seen, found, now))


def _chosen(seen: Visit, found: Assessment, now: PlanNow) -> ChosenSession:
    number = _query_number(seen, "week", len(now.plan.weeks), now.plan_week)
    week = now.plan.weeks[number - 1]
    return ChosenSession(
        seen=seen,
        found=found,
        now=now,
        number=number,
        sessions=week.sessions,
        session=week.sessions[_query_number(seen, "session", len(week.sessions)) - 1],
        stretches=week.run_day_stretches,
    )


def _page(it: ChosenSession) -> PlanPage:
    seen, plan, library, wording = it.seen, it.now.plan, it.seen.house.library, it.seen.wording
    tag, heading_says = heading_of(it.found, plan, library, wording)
    notes, left_out = notes_of(plan, wording), _not_there(it)
    return PlanPage(
        tag=tag,
        sentence=_sentence(it),
        lede=_lede(it),
        phase=_phase(it),
        says=_of_the_week(it),
        heading=plan.heading,
        heading_says=heading_says,
        figure=_figure(it),
        week=_strip(it),
        week_number=it.number,
        weeks=_weeks(it),
        load=_load(seen, it.session),
        sessions=_tabs(it),
        session_name=wording.word("plan.session", day=wording.word(f"word.{it.session.day}")),
        theirs=[_their_move(seen, item) for item in it.session.prescribed],
        moves=[_move(it, item) for item in it.session.items if item.kind != "load-advice"],
        own_day=own_day(session_document(it.session, wording.say), library, wording),
        run_day=around_runs(it.stretches, library, wording),
        left_out=_together([_left_out(seen, thing) for thing in left_out if not _only_waits(thing)]),
        left_later=[_left_out(seen, thing) for thing in left_out if _only_waits(thing)],
        effort=notes.effort,
        hurts=notes.hurts,
        next=notes.next,
        notes=notes.notes,
        pdf=is_available(),
        name=seen.runner.name,
        date=seen.house.clock.now().date().isoformat(),
        session_due=it.now.due,
    )


def _phase(it: ChosenSession) -> str:
    """The programme that is followed and its phase, or that there is one; empty without, and in upkeep."""
    follows, programmes = it.now.plan.follows, it.seen.house.library.programmes
    if follows is None or it.now.upkeep or follows.programme not in programmes:
        return it.seen.wording.word("programme.offer") if it.now.offered else ""
    programme = programmes[follows.programme]
    return it.seen.wording.word(
        "programme.phase", programme=programme.name, phase=phase_of(programme, follows.phase).name
    )


def _query_number(seen: Visit, name: str, most: int, usual: int = 1) -> int:
    raw = seen.request.query_params.get(name, str(usual))
    return min(max(int(raw), 1), most) if raw.isascii() and raw.isdigit() and len(raw) < 4 else usual


def _not_there(it: ChosenSession) -> list[LeftOut]:
    # What waited at the start may be there by now.
    there = {item.id for one in it.sessions for item in one.items}
    return [thing for thing in it.now.plan.left_out if thing.id not in there]


def _sentence(it: ChosenSession) -> str:
    key = "plan.sentence" if it.is_now else "plan.sentence.other"
    lengths = [session.minutes for session in it.sessions]
    if max(lengths) - min(lengths) > ALIKE_MINUTES:
        key += ".from-to"
    return it.seen.wording.word(
        key,
        number=it.number,
        count=len(lengths),
        minutes=it.session.minutes,
        least=min(lengths),
        most=max(lengths),
    )


def _lede(it: ChosenSession) -> str:
    return it.seen.wording.word(
        "plan.lede.upkeep" if it.now.upkeep else "plan.lede",
        number=it.number,
        weeks=len(it.now.plan.weeks),
        minutes=sum(s.minutes for s in it.sessions),
    )


def _of_the_week(it: ChosenSession) -> list[str]:
    """What is different in the week that counts; of another one, that its doses are those of the start."""
    if it.is_now:
        return [it.seen.wording.say(message) for message in it.now.says]
    return [it.seen.wording.word("plan.as-made")] if it.now.begun else []


def _figure(it: ChosenSession) -> LitArea | None:
    area, side = weak_link_of(it.found, it.seen.house.library)
    return LitArea(area=area.id, side=side, described=spoken_name(area)) if area else None


def _weeks(it: ChosenSession) -> OtherWeeks | None:
    """The way to the weeks before and after; None where there is one week."""
    count, number = len(it.now.plan.weeks), it.number
    if count == 1:
        return None
    return OtherWeeks(
        says=it.seen.wording.word("plan.week-of", number=number, weeks=count),
        before=f"/plan?week={number - 1}" if number > 1 else "",
        after=f"/plan?week={number + 1}" if number < count else "",
        now="" if it.is_now else "/plan",
    )


def _strip(it: ChosenSession) -> list[WeekCell]:
    today = it.now.today if it.is_now else None
    return [_cell(it, day, today is not None and day == WEEKDAYS[today.weekday()]) for day in WEEKDAYS]


def _cell(it: ChosenSession, day: Weekday, today: bool) -> WeekCell:
    word = it.seen.wording.word
    minutes = next((str(session.minutes) for session in reversed(it.sessions) if session.day == day), "")
    hard = day in it.seen.table.get("hard_runs", [])
    kind: Literal["train", "hard", "rest"] = "train" if minutes else "hard" if hard else "rest"
    lines = [minutes, word("dose.minutes")] if minutes else [word(f"plan.day.{kind}")]
    if minutes and hard:
        lines.append(word("plan.day.hard"))
    name = word(f"word.{day}.short")
    return WeekCell(name=name, kind=kind, lines=lines, here=day == it.session.day, today=today)


def _load(seen: Visit, session: Session) -> RunningFirst | None:
    lines = load_lines(session, seen.wording)
    return RunningFirst(lines[0], lines[1:]) if lines else None


def _tabs(it: ChosenSession) -> list[SessionTab]:
    return [
        SessionTab(
            name=it.seen.wording.word(f"word.{session.day}"),
            minutes=session.minutes,
            here=session == it.session,
            url=f"/plan?week={it.number}&session={number}",
        )
        for number, session in enumerate(it.sessions, 1)
    ]


def _change(it: ChosenSession, item: Item) -> DoseChange | None:
    """What last changed the dose of a move, and when; the doses of other weeks are as they were made."""
    reason, wording = it.now.reasons.get(item.id) if it.is_now else None, it.seen.wording
    if reason is None or it.now.today is None:
        return None
    day = said_day(reason.date, it.now.today, wording)
    return DoseChange(says=wording.say(reason.because), day=day, rule=reason.rule)


def _move(it: ChosenSession, item: Item) -> MoveCard:
    seen, library = it.seen, it.seen.house.library
    exercise, easier = library.exercises[item.id], library.exercises.get(item.easier)
    because = [seen.wording.say(message) for message in item.because]
    dose = library.doses.get(item.source)
    return MoveCard(
        id=item.id,
        url=f"/exercises/{item.id}",
        name=exercise.name,
        live=live_figure(seen, item.id),
        dose=dose_words(item, seen.wording),
        why=because[0] if because else exercise.why,
        weak=_is_for_the_weak_link(it, item),
        why_weak=bool(item.because) and item.because[0].id in OF_A_WEAK_LINK,
        minutes=minutes_words(item.seconds, seen.wording),
        cap=item.cap[:1].upper() + item.cap[1:],
        easier=easier.name if easier else seen.wording.word("plan.easier.stop"),
        easier_url=f"/exercises/{easier.id}" if easier else "",
        because=[*because[1:], *detail_words(item, seen.wording)],
        source=dose.basis if dose else "",
        change=_change(it, item),
    )


def _their_move(seen: Visit, item: PrescribedItem) -> TheirMove:
    return TheirMove(
        id=item.exercise,
        url=f"/exercises/{item.exercise}" if item.exercise else "",
        name=item.name,
        dose=dose_words(item, seen.wording),
        minutes=minutes_words(item.seconds, seen.wording),
        says=[seen.wording.say(message) for message in item.because],
        waits=item.waits,
    )


def _is_for_the_weak_link(it: ChosenSession, item: Item) -> bool:
    row = it.found.differential.weak_link
    why = (f"training.because-{row.verdict}", row.area) if row is not None else None
    return bool(item.because) and (item.because[0].id, item.because[0].values.get("area")) == why


def _only_waits(thing: LeftOut) -> bool:
    """Whether something is left out for its level, its phase or its equipment, not for safety."""
    waits = ("training.withheld-level", "training.withheld-equipment", "training.withheld-phase")
    return thing.because.id.startswith(waits)


def _together(lines: Iterable[LeftOutLine]) -> list[LeftOutLine]:
    """What is left out for the same reason, in the place of the first."""
    found: dict[str, LeftOutLine] = {}
    for line in lines:
        reason = line.because.removeprefix(line.name)
        first = found.get(reason)
        found[reason] = msgspec.structs.replace(first, same=[*first.same, line]) if first else line
    return list(found.values())


def _left_out(seen: Visit, thing: LeftOut) -> LeftOutLine:
    exercise = seen.house.library.exercises.get(thing.id)
    name = exercise.name if exercise else seen.wording.word(f"plan.left-out.{thing.id}")
    url = f"/exercises/{thing.id}" if exercise else ""
    return LeftOutLine(name=name, because=seen.wording.say(thing.because), url=url)
