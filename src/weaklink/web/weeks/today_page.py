"""Today: what to do today, in one screen."""

from __future__ import annotations

import datetime
import math
import uuid
from collections.abc import Mapping

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from weaklink.care.follow_up import runs_wait
from weaklink.care.programme_now import programme_now
from weaklink.care.referral import closing_document
from weaklink.care.train import SessionRequest, Today
from weaklink.case.diary import SessionEnded
from weaklink.case.prescribed_move import is_prescribed
from weaklink.quantities import WEEKDAYS
from weaklink.training.plan.own_routine import own_items
from weaklink.training.plan.plan_document import ItemDocument, own_item_document
from weaklink.training.session.session_pack import PackItem
from weaklink.web.course.day_wishes import MINUTES, DayWish, keep_wish, read_wish, wish_of
from weaklink.web.course.followed import followed, keep_and_go_on
from weaklink.web.course.open_session import open_of
from weaklink.web.course.smaller import keep_size, make_smaller, offer_of
from weaklink.web.course.told_form import accepted_entries
from weaklink.web.course.training import Training, session_today, training_for
from weaklink.web.visit.visit import form_of, show, visit
from weaklink.web.words.day_words import said_day
from weaklink.web.words.own_days import OurMoveLine, OwnMoveLine, ours, own_line

PAGE = "/today"
AROUND_RUNS = ("before-run", "after-run")


class FitToday(msgspec.Struct, frozen=True, kw_only=True):
    """What today may be fitted to: minutes wished, nothing at hand, minutes planned, and those to choose."""

    minutes: int | None
    away: bool
    planned: int
    choices: list[int]


class GuidedMove(msgspec.Struct, frozen=True, kw_only=True):
    """One move of today's session with its dose; `both`: on each side; `theirs`: from the physiotherapist."""

    id: str
    name: str
    sets: int
    reps: int | None
    hold_s: int | None
    both: bool
    theirs: bool = False


class SessionOfToday(msgspec.Struct, frozen=True, kw_only=True):
    """Today's session: its minutes, its moves, and what is said about it."""

    minutes: int
    moves: list[GuidedMove]
    says: list[str]


class RunSet(msgspec.Struct, frozen=True, kw_only=True):
    """The stretches before or after a run, with their minutes."""

    when: str
    minutes: int
    moves: list[OurMoveLine]


class LeftSession(msgspec.Struct, frozen=True, kw_only=True):
    """A session that was begun and not ended: its sets so far, of all; `session` names it in the form."""

    session: str
    episode: str
    done: int
    of: int


class AwayToday(msgspec.Struct, frozen=True, kw_only=True):
    """What is in the way: why, until which day ("": nobody knows), and whether its end was told today."""

    why: str
    until: str
    over: bool


class SmallerOffer(msgspec.Struct, frozen=True, kw_only=True):
    """A smaller plan: what was done of what was planned lately, how many sessions a week it is, and when."""

    done: int
    planned: int
    sessions: int
    days: str


class TodayPage(msgspec.Struct, frozen=True, kw_only=True):
    """What the page shows; `closing` says whom to see where the plan is closed.

    `review`: so many questions say whether the next phase opens, and it is time to ask.
    """

    kind: str
    left: LeftSession | None
    away: AwayToday | None
    smaller: SmallerOffer | None
    id: str
    episode: str
    tomorrow: str
    why: str
    day: str
    next_in: int
    next_day: str
    pack: SessionOfToday | None
    closing: Mapping[str, object] | None
    run_sets: list[RunSet]
    own: list[OwnMoveLine]
    upkeep: bool
    sent_on: bool
    review: int
    ask_url: str
    wish: FitToday | None


async def today_page(request: Request) -> Response:
    """GET /today."""
    seen = visit(request)
    try:
        found = await training_for(seen)
    except HTTPException:
        return RedirectResponse(seen.leads_to, status_code=303)
    if found is None:
        return RedirectResponse("/referral", status_code=303)
    day = found.server_day()
    wish = wish_of(seen, day)
    today = await session_today(found, day, wish.asked(found.episode_id))
    planned = (
        today
        if wish == DayWish()
        else await session_today(found, day, SessionRequest(episode=found.episode_id))
    )
    return show(request, "weeks/today.html", _page(found, today, day, _wish(wish, planned)))


async def fit_today(request: Request) -> Response:
    """POST /today: less time today, or nothing at hand."""
    form = await form_of(request)
    seen = visit(request)
    if seen.episode is None:
        return RedirectResponse(seen.leads_to, status_code=303)
    day = seen.house.clock.now().astimezone().date()
    await keep_wish(seen, read_wish(form), day)
    return RedirectResponse(PAGE, status_code=303)


async def end_session(request: Request) -> Response:
    """POST /session/end: the session that was left ends as what it was; what was done of it counts."""
    form = await form_of(request)
    here = await followed(request, str(form.get("episode", "")))
    if isinstance(here, Response):
        return here
    record = open_of(here.training)
    if record is None or record.session != str(form.get("session", "")):
        return RedirectResponse(PAGE, status_code=303)  # it ended meanwhile
    at = here.seen.house.clock.now().astimezone()
    name = str(uuid.uuid5(uuid.NAMESPACE_OID, f"end {record.session}"))
    ended = SessionEnded(id=name, at=at, session=record.session, how="stopped")
    return await keep_and_go_on(request, accepted_entries((ended,), here, form), PAGE)


async def answer_smaller(request: Request) -> Response:
    """POST /today/smaller: the smaller plan that was offered is taken, or the plan stays."""
    form = await form_of(request)
    here = await followed(request)
    if isinstance(here, Response):
        return here
    offer = offer_of(here.training, here.following, here.today)
    if offer is not None and form.get("wanted") == "1":
        await make_smaller(here.training, offer)
    elif offer is not None:
        await keep_size(here.training, here.today)
    return RedirectResponse(PAGE, status_code=303)


def _wish(wish: DayWish, planned: Today) -> FitToday | None:
    """What today may be fitted to: the shorter times, and nothing at hand; None without a session."""
    if planned.pack is None:
        return None
    minutes = planned.pack.minutes
    choices = [choice for choice in MINUTES if choice < minutes or choice == wish.minutes]
    return FitToday(minutes=wish.minutes, away=wish.away, planned=minutes, choices=choices)


def _page(found: Training, today: Today, day: datetime.date, wish: FitToday | None) -> TodayPage:
    closed, word, due = today.following.closed, found.wording.word, today.due
    left = None if today.following.refused else _left(found)
    return TodayPage(
        kind="left" if left is not None else _kind(today),
        left=left,
        away=_away(found, today, day),
        smaller=_smaller(found, today, day) if left is None and today.away is None else None,
        id=str(uuid.uuid4()),
        episode=found.episode_id,
        tomorrow=(day + datetime.timedelta(days=1)).isoformat(),
        why=due.why if due else "",
        day=word(f"word.{WEEKDAYS[day.weekday()]}"),
        next_in=(due.next_date - day).days if due else 0,
        next_day=word(f"word.{WEEKDAYS[due.next_date.weekday()]}") if due else "",
        pack=_pack(today),
        closing=closing_document(today.following, found.house.library, found.wording) if closed else None,
        run_sets=[] if today.following.refused else _run_sets(found, today, day),
        own=[] if today.following.refused else _own(found, today, day),
        upkeep=today.following.stage.phase == "upkeep",
        sent_on=today.following.is_sent_on,
        review=_review(found, today, day),
        ask_url=found.seen.leads_to,
        wish=wish,
    )


def _review(found: Training, today: Today, day: datetime.date) -> int:
    """How many questions say whether the next phase opens, where it is time to ask them."""
    now = programme_now(today.following, found.course(day).began, day)
    return len(now.asked) if now is not None and now.due else 0


def _kind(today: Today) -> str:
    if today.following.closed:
        return "closed"
    return "due" if today.pack is not None else (today.why_not or "rest-day")


def _away(found: Training, today: Today, day: datetime.date) -> AwayToday | None:
    away = today.away
    if away is None or today.following.refused:
        return None
    until = said_day(away.until, day, found.wording) if away.until is not None else ""
    ended = any(one.why == "back" and one.at > away.at for one in today.following.past.away)
    return AwayToday(why=away.why, until=until, over=ended)


def _smaller(found: Training, today: Today, day: datetime.date) -> SmallerOffer | None:
    offer = offer_of(found, today.following, day)
    if offer is None:
        return None
    days = ", ".join(found.wording.word(f"word.{name}") for name in offer.days)
    return SmallerOffer(done=offer.done, planned=offer.planned, sessions=len(offer.days), days=days)


def _left(found: Training) -> LeftSession | None:
    record = open_of(found)
    if record is None:
        return None
    return LeftSession(
        session=record.session, episode=found.episode_id, done=record.sets_done, of=record.sets_asked
    )


def _own(found: Training, today: Today, day: datetime.date) -> list[OwnMoveLine]:
    """The moves of one's own routine on this weekday, with what to leave out for now."""
    week = today.due.plan_week if today.due is not None else 1
    items = own_items(WEEKDAYS[day.weekday()], today.following.setting, week)
    return [own_line(own_item_document(item, found.wording.say), found.wording) for item in items]


def _pack(today: Today) -> SessionOfToday | None:
    pack = today.pack
    if pack is None:
        return None
    moves = [_guided(item) for item in pack.items]
    return SessionOfToday(minutes=pack.minutes, moves=moves, says=list(pack.says))


def _guided(item: PackItem) -> GuidedMove:
    rung = item.rungs[0]
    return GuidedMove(
        id=rung.exercise,
        name=rung.name,
        sets=rung.sets,
        reps=rung.reps,
        hold_s=rung.hold_s,
        both=len(rung.sides) > 1,
        theirs=is_prescribed(item.slot),
    )


def _run_sets(found: Training, today: Today, day: datetime.date) -> list[RunSet]:
    """The stretches before and after a run, of the week that counts now, each set with its minutes.

    None while a run had better wait.
    """
    if runs_wait(today.following, day):
        return []
    number = today.due.plan_week if today.due is not None else 1
    weeks = today.plan.weeks
    stretches = weeks[min(number, len(weeks)) - 1].run_day_stretches if weeks else []
    sets = {when: [item for item in stretches if item.when == when] for when in AROUND_RUNS}
    return [_run_set(found, when, items) for when, items in sets.items() if items]


def _run_set(found: Training, when: str, items: list[ItemDocument]) -> RunSet:
    minutes = math.ceil(sum(item.seconds for item in items) / 60)
    return RunSet(when=when, minutes=minutes, moves=ours(items, found.house.library, found.wording))
