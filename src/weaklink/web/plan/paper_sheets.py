"""Sheets: what stands on the two papers, in the runner's words, from a plan or a referral and the diary."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

import msgspec

from weaklink.care.folding import Diary
from weaklink.care.referral import Referral, Said
from weaklink.case.assessment import Assessment
from weaklink.case.plan import Item, Plan, PrescribedItem, Session
from weaklink.exchange.letter_sheet import LetterSheet, PainChart, Part
from weaklink.exchange.plan_sheet import PlanSheet, Rule, SheetMove
from weaklink.library.reading import Library
from weaklink.library.wording import Wording
from weaklink.store.figure_store import Figures
from weaklink.training.course.past import felt_in
from weaklink.training.course.rungs import training_days
from weaklink.training.plan.plan_document import PlanDocument
from weaklink.web.course.plan_now import PlanNow
from weaklink.web.plan.plan_words import around_runs, heading_of, load_lines, notes_of
from weaklink.web.words.dose_words import dose_words

WEEKS = 4
DAYS_OF_A_WEEK = 7
MOST_DAYS = 84  # of the pain chart


class Addressee(msgspec.Struct, frozen=True, kw_only=True):
    """For whom a paper is made: the knowledge and the words it is in, their name, the day of printing."""

    library: Library
    wording: Wording
    date: datetime.date
    name: str = ""
    language: str = "en"


def sheet_of(found: Assessment, now: PlanNow, addressee: Addressee, figures: Figures) -> PlanSheet:
    """The plan sheet of a week and the three after it; draws what was never drawn, which takes a moment.

    The boxes begin with the week of the course, the moves are those of the week of the plan that counts now.
    """
    plan, library, wording, word = now.plan, addressee.library, addressee.wording, addressee.wording.word
    week = plan.weeks[min(now.plan_week, len(plan.weeks)) - 1]
    session = max(week.sessions, key=lambda one: len(one.items) + len(one.prescribed))
    tag, says = heading_of(found, plan, library, wording)
    opening = word("plan.sentence", count=len(week.sessions), minutes=session.minutes)
    return PlanSheet(
        title=tag or word("plan.session", day=word(f"word.{session.day}")),
        opening=tuple(line for line in (says, f"{opening} {word('paper.boxes')}") if line),
        name=addressee.name,
        name_label=word("paper.name"),
        date=addressee.date.isoformat(),
        language=addressee.language,
        sessions_a_week=len(week.sessions),
        weeks=_weeks(now.week, wording),
        moves=(
            *(_their_move(item, wording, figures) for item in session.prescribed if not item.waits),
            *(_move(item, library, wording, figures) for item in session.items if item.kind != "load-advice"),
        ),
        pain=Rule(heading=word("paper.pain"), lines=(word("paper.pain-says"),)),
        rules=_rules(plan, session, week.run_day_stretches, library, wording),
        foot=word("paper.foot", edition=plan.edition),
    )


def _weeks(first: int, wording: Wording) -> tuple[str, str, str, str]:
    one, two, three, four = (
        wording.word("paper.week", number=number) for number in range(first, first + WEEKS)
    )
    return one, two, three, four


def _move(item: Item, library: Library, wording: Wording, figures: Figures) -> SheetMove:
    exercise = library.exercises[item.id]
    lines = (item.cap[:1].upper() + item.cap[1:], exercise.cues[0] if exercise.cues else exercise.why)
    return SheetMove(
        name=exercise.name,
        dose=dose_words(item, wording),
        lines=tuple(line for line in lines if line),
        drawing=figures.still(item.id, item.side == "left") if figures.has(item.id) else "",
    )


def _their_move(item: PrescribedItem, wording: Wording, figures: Figures) -> SheetMove:
    return SheetMove(
        name=item.name,
        dose=dose_words(item, wording),
        lines=(wording.say(item.because[0]),),
        drawing=figures.still(item.exercise, item.side == "left") if figures.has(item.exercise) else "",
    )


def _rules(
    plan: Plan, session: Session, around: tuple[Item, ...], library: Library, wording: Wording
) -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    word, notes = wording.word, notes_of(plan, wording)
    runs = [
        word("paper.around-run", name=one.name, dose=one.dose, when=one.when)
        for one in around_runs(around, library, wording)
    ]
    hurts = Rule(heading=word("paper.hurts"), lines=tuple(notes.hurts))
    others = (
        Rule(heading=word("paper.effort"), lines=tuple(notes.effort)),
        Rule(heading=word("paper.running"), lines=tuple(load_lines(session, wording))),
        Rule(heading=word("paper.around-runs"), lines=tuple(runs)),
    )
    return (hurts,), tuple(rule for rule in others if rule.lines)


def letter_of(
    made: Referral, addressee: Addressee, done: tuple[Said, ...] = (), pain: PainChart | None = None
) -> LetterSheet:
    """The letter of a referral, with what the diary says if there is one."""
    word = addressee.wording.word
    rules = tuple(Said("", f"{rule.says} {rule.contradicts}".rstrip()) for rule in made.rules)
    return LetterSheet(
        title=word("paper.letter"),
        opening=(),
        name=addressee.name,
        name_label=word("paper.name"),
        date=addressee.date.isoformat(),
        language=addressee.language,
        soon=word("paper.soon", soon=made.soon),
        parts=(
            Part(heading=word("paper.why"), lines=rules),
            Part(heading=word("paper.told"), lines=made.history),
            Part(
                heading=word("paper.until-then"),
                lines=tuple(Said("", line) for line in made.until_then),
            ),
            Part(heading=word("paper.done"), lines=done),
        ),
        notes=word("paper.notes"),
        foot=word("paper.letter-foot", edition=addressee.library.edition),
        pain=pain or PainChart(),
    )


def done_lines(diary: Diary, plan: PlanDocument, today: datetime.date, wording: Wording) -> tuple[Said, ...]:
    """Sessions, doses and pain of a diary, counted. Names no exercise."""
    word, past = wording.word, diary.counted(today)
    if past.first is None:
        return ()
    began, done = past.first_session or today, past.counted
    counted = done.so_far(began, today, training_days(plan))
    sessions = word(
        "paper.sessions-says",
        done=counted.sessions_done,
        planned=counted.sessions_planned,
        began=began.isoformat(),
    )
    lines = [Said(word("paper.sessions"), sessions)]
    if done.sets:
        lines.append(Said(word("paper.sets"), word("paper.sets-says", sets=done.sets, minutes=done.minutes)))
    if done.stopped:
        lines.append(Said(word("paper.stopped"), word("paper.stopped-says", count=done.stopped)))
    trend = _trend(_worst_lately(diary), began, wording)
    return (*lines, Said(word("paper.trend"), trend)) if trend else tuple(lines)


def _worst_lately(diary: Diary) -> Mapping[datetime.date, int]:
    """The worst pain of every day of the diary's last twelve weeks."""
    last = diary.past.last
    days = diary.days_from(last - datetime.timedelta(days=MOST_DAYS)) if last is not None else ()
    return felt_in(days).worst


def _trend(worst: Mapping[datetime.date, int], began: datetime.date, wording: Wording) -> str:
    """The worst pain of each week."""
    weeks: dict[int, int] = {}
    for day, pain in worst.items():
        number = (day - began).days // DAYS_OF_A_WEEK + 1
        weeks[number] = max(pain, weeks.get(number, 0))
    word = wording.word
    return ", ".join(
        word("paper.trend-week", number=number, pain=pain) for number, pain in sorted(weeks.items())
    )


def pain_chart(diary: Diary, wording: Wording) -> PainChart:
    """The worst pain of every day of the diary, at most the last twelve weeks."""
    worst = _worst_lately(diary)
    if not worst:
        return PainChart()
    last = max(worst)
    first = max(min(worst), last - datetime.timedelta(days=MOST_DAYS - 1))
    days = [first + datetime.timedelta(days=n) for n in range((last - first).days + 1)]
    return PainChart(
        days=tuple(worst.get(day) for day in days),
        caption=wording.word("paper.chart"),
        first=first.isoformat(),
        last=last.isoformat(),
    )
