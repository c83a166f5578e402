"""Resources of the API: assessments, plans, the next question, and the knowledge itself."""

from __future__ import annotations

import anyio.to_thread
import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from weaklink.bootstrap import House
from weaklink.care.answer import answer, conflict_document
from weaklink.care.catalogue import clinical_test_documents, question_documents
from weaklink.care.schema import case_schema
from weaklink.care.screen_shown import screen_shown
from weaklink.case.assessment import Assessment
from weaklink.case.case_file import read_given
from weaklink.case.given import Given
from weaklink.library.reading import Library
from weaklink.library.records import Record
from weaklink.library.wording import shipped_wording
from weaklink.reasoning.hanging import SINCE
from weaklink.reasoning.interview import PAINS, Told, next_step
from weaklink.training.plan.plan_document import plan_document
from weaklink.web.api.problems import documented, problem
from weaklink.web.api.shapes import CaseBody, Document, InterviewBody, ScreenShape
from weaklink.web.visit.assessments import KeptAssessments

router = APIRouter(prefix="/api/v1")
PUBLIC_KINDS = (
    "areas",
    "regions",
    "muscles",
    "conditions",
    "weak-links",
    "red-flags",
    "exercises",
    "sources",
)


def house_of(request: Request) -> House:
    """The house a request is served in."""
    house: House = request.app.state.house
    return house


async def assessed(request: Request, body: CaseBody) -> Assessment:
    """The assessment of a request's case, made off the event loop.

    Raises: CaseError naming the key.
    """
    house = house_of(request)
    given = read_given(body.given, house.library, assume_unanswered_no=False)
    kept: KeptAssessments = request.app.state.assessments
    return await kept.of(given, house.library, best_plan=True)


@router.post("/assessments", responses=documented(400, 403, 409, 413, 422))
async def make_assessment(request: Request, body: CaseBody) -> JSONResponse:
    """How urgent, what is likely and why, what to test next, and a plan where one may be made."""
    found = await assessed(request, body)
    return JSONResponse(answer(found, shipped_wording(house_of(request).settings.language)))


@router.post("/plans", responses={200: {"description": "A plan"}, **documented(400, 403, 409, 413, 422)})
async def make_plan(request: Request, body: CaseBody) -> JSONResponse:
    """A plan, or 409 with the ids of the rules that refuse one."""
    found = await assessed(request, body)
    wording = shipped_wording(house_of(request).settings.language)
    if found.plan is not None:
        return JSONResponse(plan_document(found.plan, wording.say))
    if found.conflict is not None:
        worded = conflict_document(found.conflict, wording)
        return problem(
            409, "The wish cannot be met", " ".join(worded["conflicts"] + worded["nearest"]), rules=[]
        )
    reasons = [wording.say(rule.because) for rule in found.disposition.rules if rule.id in found.plan_refused]
    detail = " ".join(reasons) or "Some safety questions are not answered yet."
    return problem(409, "No plan is made here", detail, rules=list(found.plan_refused))


@router.post("/next-question", responses=documented(400, 403, 409, 413, 422))
async def next_question(request: Request, body: InterviewBody) -> ScreenShape:
    """The next screen of the interview for what is known so far; null when enough is known."""
    house = house_of(request)
    given = None if body.given is None else read_given(body.given, house.library, assume_unanswered_no=False)
    told = Told(given=given, aim=body.aim, left=_left(body, given, house.library))
    step = await anyio.to_thread.run_sync(next_step, told, house.library)
    if step is None:
        return ScreenShape(screen=None, kind=None, title=None, asks=[], questions=[], number=0, at_most=0)
    shown = screen_shown(step, given, house.library, shipped_wording(house.settings.language))
    documents = {entry["id"]: entry for entry in question_documents(house.library)}
    return ScreenShape(
        screen=step.screen,
        kind=step.kind,
        title=shown.title,
        asks=list(step.questions),
        questions=[documents[name] for name in step.questions if name in documents],
        number=step.number,
        at_most=step.at_most,
    )


def _left(body: InterviewBody, given: Given | None, library: Library) -> frozenset[str]:
    """What was left open. Who keeps no account of it is asked questions only, and the story once."""
    if body.left is not None:
        return frozenset(body.left)
    story = library.story
    begun = story is not None and given is not None and not given.answers.keys().isdisjoint(story.questions)
    return frozenset({SINCE, PAINS, *([story.id] if story is not None and begun else [])})


@router.get("/questions")
async def questions(request: Request) -> list[Document]:
    """Every question with its possible answers."""
    return question_documents(house_of(request).library)


@router.get("/clinical-tests")
async def clinical_tests(request: Request) -> list[Document]:
    """Every test with how its result is written down."""
    return clinical_test_documents(house_of(request).library)


@router.get("/schema")
async def schema(request: Request) -> Document:
    """The JSON Schema of case and answer."""
    return case_schema(house_of(request).library)


@router.get("/knowledge/{kind}/{record_id}", responses=documented(404, 422))
async def record(request: Request, kind: str, record_id: str) -> JSONResponse:
    """One record of the knowledge as it stands in its file."""
    found: Record | None = None
    if kind in PUBLIC_KINDS:
        found = house_of(request).library.of_kind(kind).get(record_id)
    if found is None:
        return problem(
            404, "No such record", f"no {kind!r} record {record_id!r}; kinds: {', '.join(PUBLIC_KINDS)}"
        )
    return JSONResponse(msgspec.to_builtins(found))
