"""Plan: the week, the running first, then the moves; or what is in conflict in a wish."""

from __future__ import annotations

import datetime
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from weaklink.care.kept_plan import changes_of, is_older
from weaklink.case.assessment import Assessment
from weaklink.case.plan import Item, LeftOut, Plan, Session
from weaklink.exchange.paper import is_available
from weaklink.library.reading import Library
from weaklink.library.records import Area
from weaklink.library.wording import Wording, spoken_name
from weaklink.quantities import WEEKDAYS, Side
from weaklink.reasoning.safety_net import is_safety_net
from weaklink.training.plan.plan_document import session_document
from weaklink.web.course.plan_now import PlanNow, plan_followed, plan_of_now
from weaklink.web.figures.live_figure import live_figure
from weaklink.web.visit.assessments import assessment_of
from weaklink.web.visit.changing import change
from weaklink.web.visit.visit import Visit, form_of, show, visit
from weaklink.web.words.day_words import said_day
from weaklink.web.words.dose_words import detail_words, dose_words, minutes_words
from weaklink.web.words.own_days import own_day
from weaklink.web.words.plan_change_words import MadeAnew, change_lines

PLACE_OF_NOTE = {
    "effort": "effort",
    "minor": "effort",
    "calibrate": "effort",
    "pain-limit": "hurts",
    "bone-limit": "hurts",
    "if-it-hurts": "hurts",
    "weeks-grow": "next",
    "from-week": "next",
    "retest": "next",
}


async def plan_page(request: Request) -> Response:
    """GET /plan."""
    return await _answer(request, "plan/plan.html")


async def sheet_page(request: Request) -> Response:
    """GET /plan/print."""
    return await _answer(request, "plan/sheet.html")


async def make_anew(request: Request) -> Response:
    """POST /plan: the plan made anew from what is said now and today's knowledge."""
    await form_of(request)
    await change(visit(request), dict, because="knowledge")
    return RedirectResponse("/plan", status_code=303)


async def _answer(request: Request, template: str) -> Response:
    seen = visit(request)
    found = await assessment_of(seen, best_plan=True)
    if found is None or found.plan_refused:
        return RedirectResponse(seen.leads_to, status_code=303)
    if "days" not in seen.table:
        return RedirectResponse("/week", status_code=303)
    plan = plan_followed(seen, found)
    if plan is None or found.plan is None:
        return show(request, "plan/conflict.html", _conflict(seen, found))
    now = await plan_of_now(seen, plan)
    if now.closed:
        return RedirectResponse(seen.leads_to, status_code=303)
    shown = plan_context(seen, found, now)
    if template == "plan/sheet.html":
        shown["week_number"] = now.week  # of the course: paper has a box for each of its weeks
    return show(request, template, {**shown, "session_due": now.due, "made_anew": _made_anew(seen)})


def _made_anew(seen: Visit) -> MadeAnew:
    """Why the plan that is kept was made, what that changed, and whether there is newer knowledge."""
    kept = seen.kept_plan
    if kept is None or seen.episode is None:
        return MadeAnew()
    word = seen.wording.word
    offer = MadeAnew(
        older=is_older(kept, seen.house.library),
        older_says=word("plan.older"),
        older_button=word("plan.older.make"),
    )
    if kept.because in ("", "first"):
        return offer
    plans = seen.house.records.plans(seen.episode.id)
    changes = changes_of(plans[1] if len(plans) > 1 else None, kept)
    return msgspec.structs.replace(
        offer,
        because=word(f"plan.because.{kept.because}"),
        day=said_day(kept.created_at.astimezone().date(), seen.today, seen.wording),
        lines=change_lines(changes, seen.house.library, seen.wording),
    )


def _conflict(seen: Visit, found: Assessment) -> dict[str, Any]:
    assert found.conflict is not None
    say = seen.wording.say
    return {
        "back": "/week",
        "conflicts": [say(message) for message in found.conflict.conflicts],
        "nearest": [
            {"says": say(message), "values": dict(message.values)} for message in found.conflict.nearest
        ],
        "values": seen.table,
    }


def plan_context(seen: Visit, found: Assessment, now: PlanNow) -> dict[str, Any]:
    """Everything the plan page and the sheet show; of the week that is asked for, else of the one now."""
    plan = now.plan
    number = _query_number(seen, "week", len(plan.weeks), now.plan_week)
    week = plan.weeks[number - 1]
    chosen = _query_number(seen, "session", len(week.sessions))
    session = week.sessions[chosen - 1]
    word = seen.wording.word
    # What waited at the start may be there by now.
    there = {item.id for one in week.sessions for item in one.items}
    left_out = [thing for thing in plan.left_out if thing.id not in there]
    return {
        "back": "/result",
        **_opening(seen, found, now, number, week.sessions, session),
        "week": _strip(seen, week.sessions, session, now.today if number == now.plan_week else None),
        "week_number": number,
        "weeks": _weeks(seen, now, number),
        "load": _load(seen, session),
        "sessions": _tabs(seen, week.sessions, session, number),
        "session_name": word("plan.session", day=word(f"word.{session.day}")),
        "moves": [
            _move(seen, item, plan, _change(seen, now, item, number))
            for item in session.items
            if item.kind != "load-advice"
        ],
        "own_day": own_day(session_document(session, seen.wording.say), seen.house.library, seen.wording),
        "run_day": around_runs(week.run_day_stretches, seen.house.library, seen.wording),
        "left_out": [_left_out(seen, thing) for thing in left_out if not _only_waits(thing)],
        "left_later": [_left_out(seen, thing) for thing in left_out if _only_waits(thing)],
        **notes_of(plan, seen.wording),
        "pdf": is_available(),
        "shared": False,
        "name": seen.runner.name,
        "date": seen.house.clock.now().date().isoformat(),
    }


def _query_number(seen: Visit, name: str, most: int, usual: int = 1) -> int:
    raw = seen.request.query_params.get(name, str(usual))
    return min(max(int(raw), 1), most) if raw.isascii() and raw.isdigit() and len(raw) < 4 else usual


def _opening(
    seen: Visit, found: Assessment, now: PlanNow, number: int, sessions: tuple[Session, ...], session: Session
) -> dict[str, Any]:
    plan, word = now.plan, seen.wording.word
    tag, says = heading_of(found, plan, seen.house.library, seen.wording)
    area, side = _area_of(found, plan, seen.house.library)
    return {
        "tag": tag,
        "sentence": word(
            f"plan.sentence{_which(now, number)}", number=number, count=len(sessions), minutes=session.minutes
        ),
        "lede": word(
            "plan.lede.upkeep" if now.upkeep else "plan.lede",
            number=number,
            weeks=len(plan.weeks),
            minutes=sum(s.minutes for s in sessions),
        ),
        "says": _of_the_week(seen, now, number),
        "heading": plan.heading,
        "heading_says": says,
        "figure": {"area": area.id, "side": side, "described": spoken_name(area)} if area else None,
    }


def _which(now: PlanNow, number: int) -> str:
    return "" if number == now.plan_week else ".other"


def _of_the_week(seen: Visit, now: PlanNow, number: int) -> list[str]:
    """What is different in the week that counts; of another one, that its doses are those of the start."""
    if number == now.plan_week:
        return [seen.wording.say(message) for message in now.says]
    return [seen.wording.word("plan.as-made")] if now.begun else []


def _weeks(seen: Visit, now: PlanNow, number: int) -> dict[str, Any] | None:
    """The way to the weeks before and after; None where there is one week."""
    count = len(now.plan.weeks)
    if count == 1:
        return None
    return {
        "says": seen.wording.word("plan.week-of", number=number, weeks=count),
        "before": f"/plan?week={number - 1}" if number > 1 else "",
        "after": f"/plan?week={number + 1}" if number < count else "",
        "now": "" if number == now.plan_week else "/plan",
    }


def heading_of(found: Assessment, plan: Plan, library: Library, wording: Wording) -> tuple[str, str]:
    """What the plan is for: the area with its side, and why it is not a full plan ("" if it is one)."""
    area, side = _area_of(found, plan, library)
    tag = f"{spoken_name(area)}, {wording.word(f'word.{side}')}".rstrip(", ") if area else ""
    says = "" if plan.heading == "full" else wording.word(f"plan.heading.{plan.heading}")
    whole = plan.heading == "prevention"
    return wording.word("plan.tag.prevention") if whole else tag[:1].upper() + tag[1:], says


def _area_of(found: Assessment, plan: Plan, library: Library) -> tuple[Area | None, Side]:
    area = library.areas.get(plan.areas[0]) if plan.areas else None
    sides = (row.side for row in found.differential.hypotheses if area is not None and row.area == area.id)
    return area, next(sides, "left")


def _strip(
    seen: Visit, sessions: tuple[Session, ...], here: Session, today: datetime.date | None
) -> list[dict[str, Any]]:
    hard = set(seen.table.get("hard_runs", []))
    minutes = {session.day: session.minutes for session in sessions}
    word = seen.wording.word
    strip = []
    for day in WEEKDAYS:
        kind = "train" if day in minutes else "hard" if day in hard else "rest"
        lines = [f"{minutes[day]}", word("dose.minutes")] if day in minutes else [word(f"plan.day.{kind}")]
        if day in minutes and day in hard:
            lines.append(word("plan.day.hard"))
        strip.append(
            {
                "name": word(f"word.{day}.short"),
                "kind": kind,
                "lines": lines,
                "here": day == here.day,
                "today": today is not None and day == WEEKDAYS[today.weekday()],
            }
        )
    return strip


def _load(seen: Visit, session: Session) -> dict[str, Any] | None:
    lines = load_lines(session, seen.wording)
    return {"sentence": lines[0], "lines": lines[1:]} if lines else None


def load_lines(session: Session, wording: Wording) -> list[str]:
    """What is advised about running, most important first."""
    advice = next((item for item in session.items if item.kind == "load-advice"), None)
    return [wording.say(message) for message in advice.because] if advice else []


def _tabs(seen: Visit, sessions: tuple[Session, ...], here: Session, week: int) -> list[dict[str, Any]]:
    return [
        {
            "name": seen.wording.word(f"word.{session.day}"),
            "minutes": session.minutes,
            "here": session == here,
            "url": f"/plan?week={week}&session={number}",
        }
        for number, session in enumerate(sessions, 1)
    ]


def _change(seen: Visit, now: PlanNow, item: Item, number: int) -> dict[str, str] | None:
    """What last changed the dose of a move, and when; the doses of other weeks are as they were made."""
    reason = now.reasons.get(item.id) if number == now.plan_week else None
    if reason is None or now.today is None:
        return None
    day = said_day(reason.date, now.today, seen.wording)
    return {"says": seen.wording.say(reason.because), "day": day, "rule": reason.rule}


def _move(seen: Visit, item: Item, plan: Plan, change: dict[str, str] | None) -> dict[str, Any]:
    exercise = seen.house.library.exercises[item.id]
    easier = seen.house.library.exercises.get(item.easier)
    because = [seen.wording.say(message) for message in item.because]
    dose = seen.house.library.doses.get(item.source)
    return {
        "id": item.id,
        "url": f"/exercises/{item.id}",
        "name": exercise.name,
        "live": live_figure(seen, item.id),
        "dose": dose_words(item, seen.wording),
        "why": because[0] if because else exercise.why,
        "weak": bool(plan.areas and plan.heading != "prevention" and plan.areas[0] in item.areas),
        "minutes": minutes_words(item.seconds, seen.wording),
        "cap": item.cap[:1].upper() + item.cap[1:],
        "easier": easier.name if easier else seen.wording.word("plan.easier.stop"),
        "easier_url": f"/exercises/{easier.id}" if easier else "",
        "because": [*because[1:], *detail_words(item, seen.wording)],
        "source": dose.basis if dose else "",
        "change": change,
    }


def around_runs(stretches: tuple[Item, ...], library: Library, wording: Wording) -> list[dict[str, Any]]:
    """The stretches before runs, then those after them, each with its dose."""
    return [_around_run(item, library, wording) for item in stretches]


def _around_run(item: Item, library: Library, wording: Wording) -> dict[str, Any]:
    return {
        "id": item.id,
        "url": f"/exercises/{item.id}",
        "name": library.exercises[item.id].name,
        "dose": dose_words(item, wording),
        "when": wording.word(f"plan.{item.when}"),
    }


def notes_of(plan: Plan, wording: Wording) -> dict[str, list[str]]:
    """The plan's notes where a reader looks for them: how hard, if it hurts, what comes next, the rest."""
    sorted_notes: dict[str, list[str]] = {"effort": [], "hurts": [], "next": [], "notes": []}
    for note in plan.notes:
        by_id = PLACE_OF_NOTE.get(note.id.removeprefix("training.note-"), "notes")
        place = "hurts" if is_safety_net(note) else by_id
        sorted_notes[place].append(wording.say(note))
    return sorted_notes


def _only_waits(thing: LeftOut) -> bool:
    """Whether something is left out for its level or its equipment, not for safety."""
    return thing.because.id.startswith(("training.withheld-level", "training.withheld-equipment"))


def _left_out(seen: Visit, thing: LeftOut) -> dict[str, str]:
    exercise = seen.house.library.exercises.get(thing.id)
    name = exercise.name if exercise else seen.wording.word(f"plan.left-out.{thing.id}")
    because = seen.wording.say(thing.because)
    return {"name": name, "because": because, "url": f"/exercises/{thing.id}" if exercise else ""}
