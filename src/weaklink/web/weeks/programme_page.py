"""Programme: where the runner stands in the phases, what opens the next one, and what is asked for it."""

from __future__ import annotations

import uuid
from typing import Literal

import msgspec
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from weaklink.care.programme_now import ProgrammeNow, offered, programme_now
from weaklink.case.diary import Answer, Reviewed
from weaklink.case.values import Table
from weaklink.library.programme_records import Programme, ProgrammePhase
from weaklink.training.programme.doors import SeenDoor
from weaklink.training.programme.phases import in_order
from weaklink.web.course.followed import Followed, followed, keep_and_go_on
from weaklink.web.course.told_form import FormPart, ToldForm, accepted_entries, read_part, stamp_of
from weaklink.web.visit.changing import change
from weaklink.web.visit.typed_form import FormReading, Pain, read_form
from weaklink.web.visit.visit import form_of, show

PAGE = "/programme"
MARKS: dict[str, bool | None] = {"met": True, "not-yet": False, "not-said": None}


class ReviewForm(msgspec.Struct, frozen=True):
    """What the doors ask; each question is read as a part of its own."""


class AnswerForm(msgspec.Struct, frozen=True):
    """One question with yes, no or not sure."""

    said: Answer | None = None


class MomentForm(msgspec.Struct, frozen=True):
    """Pain in one moment."""

    pain: Pain | None = None


class DoorLine(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that has to be so; `met` None: not known yet. `how`: where it is shown, an address or "".

    `so_far` says how often it was done, where that counts and it is not enough yet.
    """

    says: str
    met: bool | None
    others: list[str]
    so_far: str
    how: str
    how_says: str


class StationLine(msgspec.Struct, frozen=True, kw_only=True):
    """One phase of the way: done, here or ahead, and the week it may begin at the soonest."""

    number: int
    name: str
    where: Literal["done", "here", "ahead"]
    soonest: int


class AskedLine(msgspec.Struct, frozen=True, kw_only=True):
    """A question: its field, what it says, the moment of a pain ("": yes or no), what was said last."""

    field: str
    says: str
    moment: str
    last: str
    sent: str


class ProgrammePage(msgspec.Struct, frozen=True, kw_only=True):
    """What the page shows; `kind` says whether a programme is followed, could be, or neither."""

    kind: Literal["followed", "offered", "none", "closed"]
    name: str = ""
    draft: bool = False
    phase: str = ""
    number: int = 0
    of: int = 0
    week: int = 0
    next_phase: str = ""
    soonest: int = 0
    doors: list[DoorLine] = []
    phases: list[StationLine] = []
    asked: list[AskedLine] = []
    says: list[str] = []
    teaches: list[str] = []
    course: str = ""
    id: str = ""
    episode: str = ""
    errors: dict[str, str] = {}


async def programme_page(request: Request) -> Response:
    """GET /programme."""
    here = await followed(request)
    return here if isinstance(here, Response) else _page(here)


async def keep_review(request: Request) -> Response:
    """POST /programme: what the doors asked, or whether the programme is followed."""
    form = await form_of(request)
    here = await followed(request, str(form.get("episode", "")))
    if isinstance(here, Response):
        return here
    does = str(form.get("does", ""))
    if does in ("follow", "leave"):
        return await _choose(here, follow=does == "follow")
    if does != "review":
        raise HTTPException(422, "does: one of review, follow, leave.")
    now = programme_now(here.following, here.began, here.today)
    if now is None:
        return RedirectResponse(PAGE, status_code=303)
    told = read_review(here, now, form)
    if told.read.errors:
        return _page(here, told)
    return await keep_and_go_on(request, accepted_entries(told.entries, here, form), PAGE)


async def _choose(here: Followed, *, follow: bool) -> Response:
    """Follow the programme, or train without its phases. Nothing that was told is lost."""

    def chosen(table: Table) -> Table:
        return {**table, "programme": follow}

    await change(here.seen, chosen, because="week")
    return RedirectResponse(PAGE, status_code=303)


def read_review(here: Followed, now: ProgrammeNow, form: FormData) -> ToldForm:
    """The answers to what a door asks, from their form; left empty is not said."""
    wording, stamp = here.seen.wording, stamp_of(here, form)
    read: FormReading[ReviewForm] = read_form(form, ReviewForm, wording)
    answers: dict[str, Answer] = {}
    pains: dict[str, int] = {}
    wrong: dict[str, str] = {}
    for one in now.asked:
        field = field_of(one.name)
        if one.moment:
            moment = read_part(form, MomentForm, wording, FormPart({"pain": field}))
            wrong |= moment.errors
            if moment.value is not None and moment.value.pain is not None:
                pains[one.name] = moment.value.pain
        else:
            answer = read_part(form, AnswerForm, wording, FormPart({"said": field}))
            wrong |= answer.errors
            if answer.value is not None and answer.value.said is not None:
                answers[one.name] = answer.value.said
    if not (answers or pains or wrong):
        wrong["review"] = wording.word("programme.wanted")
    told = Reviewed(id=stamp.id, at=stamp.at, answers=answers, pains=pains)
    return ToldForm(read.but(wrong), () if wrong else (told,))


def field_of(name: str) -> str:
    """The name of a question's field in the form."""
    return f"review.{name}"


# --- the page -----------------------------------------------------------------------------------------------


def _page(here: Followed, refused: ToldForm | None = None) -> Response:
    now = programme_now(here.following, here.began, here.today)
    page = _offered(here) if now is None else _followed(here, now, refused)
    page = msgspec.structs.replace(page, id=str(uuid.uuid4()), episode=here.training.episode_id)
    return show(here.seen.request, "weeks/programme.html", page, 422 if page.errors else 200)


def _offered(here: Followed) -> ProgrammePage:
    if here.closed:
        return ProgrammePage(kind="closed")
    found = offered(here.following)
    if found is None:
        return ProgrammePage(kind="none")
    return msgspec.structs.replace(_about(found), phases=_ahead(found))


def _ahead(programme: Programme) -> list[StationLine]:
    return [
        StationLine(number=number, name=one.name, where="ahead", soonest=one.earliest_week)
        for number, one in enumerate(in_order(programme), 1)
    ]


def _about(programme: Programme) -> ProgrammePage:
    return ProgrammePage(
        kind="offered",
        name=programme.name,
        draft=programme.status == "draft",
        course=programme.course,
        teaches=programme.teaches,
    )


def _followed(here: Followed, now: ProgrammeNow, refused: ToldForm | None) -> ProgrammePage:
    place = now.phases.index(now.phase) + 1
    ahead = now.ahead
    return msgspec.structs.replace(
        _about(now.programme),
        kind="followed",
        phase=now.phase.name,
        number=place,
        of=len(now.phases),
        week=now.week,
        next_phase="" if ahead is None else ahead.phase.name,
        soonest=0 if ahead is None or ahead.earliest_week <= now.of_course + 1 else ahead.earliest_week,
        doors=[] if ahead is None else [_door(here, one) for one in ahead.seen],
        phases=[_phase(now, number, one) for number, one in enumerate(now.phases, 1)],
        asked=_asked(here, now, refused),
        says=list(now.phase.says),
        errors=refused.read.errors if refused is not None else {},
    )


def _phase(now: ProgrammeNow, number: int, one: ProgrammePhase) -> StationLine:
    place = now.phases.index(now.phase) + 1
    where: Literal["done", "here", "ahead"] = "here"
    if number != place:
        where = "done" if number < place else "ahead"
    later = where == "ahead" and one.earliest_week > now.of_course
    return StationLine(number=number, name=one.name, where=where, soonest=one.earliest_week if later else 0)


def _door(here: Followed, door: SeenDoor) -> DoorLine:
    how, says = ("", "") if door.met == "met" else _how(here, door)
    others = [one.says for one in door.others]
    counts = door.met != "met" and door.times > 1
    return DoorLine(
        says=door.says,
        met=MARKS[door.met],
        others=others,
        so_far=here.seen.wording.word("programme.so-far", done=door.done, times=door.times) if counts else "",
        how=how,
        how_says=says,
    )


def _how(here: Followed, door: SeenDoor) -> tuple[str, str]:
    """Where a door is shown: the page of its test, or the run or the walk in the diary."""
    word, library = here.seen.wording.word, here.seen.house.library
    if door.test in library.clinical_tests:
        return f"/tests/{door.test}", word("programme.do-test")
    if door.by:
        return f"/diary#{door.by}", word(f"programme.tell-{door.by}")
    return "", ""


def _asked(here: Followed, now: ProgrammeNow, refused: ToldForm | None) -> list[AskedLine]:
    word = here.seen.wording.word
    said = refused.read.said if refused is not None else {}
    found = []
    for one in now.asked:
        last = "" if not one.said else word("programme.last", said=_said(here, one.moment, one.said))
        moment = word(f"pain.{one.name}") if one.moment else ""
        field = field_of(one.name)
        found.append(
            AskedLine(field=field, says=one.says, moment=moment, last=last, sent=said.get(field, ""))
        )
    return found


def _said(here: Followed, moment: bool, said: str) -> str:
    word = here.seen.wording.word
    return word("weeks.pain", number=int(said)) if moment else word(f"programme.{said}")
