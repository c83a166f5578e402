"""Exercise: steps, cues, cheats, when to stop, what is easier, what is known about it."""

from __future__ import annotations

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from weaklink.case.assessment import Assessment
from weaklink.case.plan import Item, Plan
from weaklink.library.records import Exercise, Prescription
from weaklink.library.wording import spoken_name
from weaklink.web.course.plan_now import plan_followed, plan_of_now
from weaklink.web.figures.live_figure import LiveFigure, live_figure
from weaklink.web.plan.exercise_load_page import LoadSection, load_section
from weaklink.web.result.remark_form import remark_of
from weaklink.web.visit.assessments import assessment_of
from weaklink.web.visit.visit import Visit, show, visit
from weaklink.web.words.dose_words import detail_words, dose_words
from weaklink.web.words.evidence_lines import source_link


class ExerciseWords(msgspec.Struct, frozen=True, kw_only=True):
    """One exercise in words. `common`: other names; `article`: what the article says about the dose."""

    id: str
    name: str
    stretch: bool
    common: str
    why: str
    position: str
    steps: list[str]
    cues: list[str]
    cheats: list[str]
    stop_if: list[str]
    dose: str
    dose_basis: str
    tempo: str
    needs: str
    level: int
    note: str
    article: str


class ExerciseLink(msgspec.Struct, frozen=True):
    """Another exercise and where it is."""

    name: str
    url: str


class ExerciseSource(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is known about an exercise, how well, and where it stands."""

    says: str
    mark: str
    source: str
    url: str


class ExercisePage(msgspec.Struct, frozen=True, kw_only=True):
    """What the page shows; `cap`: a limit that holds for this runner."""

    back: str
    exercise: ExerciseWords
    described: str
    live: LiveFigure | None
    cap: str
    easier: list[ExerciseLink]
    harder: list[ExerciseLink]
    followed_by: ExerciseLink | None
    not_for: list[str]
    evidence: list[ExerciseSource]
    remark: object  # what the part about remarks shows: see result/parts/remark.html
    load: LoadSection | None


async def exercise_page(request: Request) -> Response:
    """GET /exercises/{exercise}. While a referral stands, no exercise is shown at all."""
    seen = visit(request)
    found = await assessment_of(seen, best_plan="days" in seen.table)
    if found is not None and found.disposition.refers:
        return RedirectResponse("/referral", status_code=303)
    exercise = seen.house.library.exercises.get(request.path_params["exercise"])
    if exercise is None or exercise.status == "retired":
        raise HTTPException(404, "There is no such exercise.")
    item = await _planned(seen, found, exercise)
    return show(request, "plan/exercise.html", _page(seen, exercise, item, await _load(seen, exercise)))


async def _load(seen: Visit, exercise: Exercise) -> LoadSection | None:
    """What it loads; a new movement is computed at its first need, off the event loop."""
    if not seen.house.figures.has(exercise.id):
        return None
    return load_section(seen, exercise, await run_in_threadpool(seen.house.loads.summary, exercise.id))


async def _planned(seen: Visit, found: Assessment | None, exercise: Exercise) -> Item | None:
    """The exercise as the plan gives it now, else as a later week will; None where it is on no plan."""
    plan = plan_followed(seen, found) if found is not None and found.plan is not None else None
    if plan is None:
        return None
    if seen.kept_plan is None:
        return _item_of(exercise, plan, 1)
    now = await plan_of_now(seen, plan)
    return None if now.closed else _item_of(exercise, now.plan, now.plan_week)


def _item_of(exercise: Exercise, plan: Plan, first: int) -> Item | None:
    weeks = (*plan.weeks[first - 1 :], *plan.weeks[: first - 1])
    items = (item for week in weeks for session in week.sessions for item in session.items)
    return next((item for item in items if item.id == exercise.id), None)


def _page(seen: Visit, exercise: Exercise, item: Item | None, load: LoadSection | None) -> ExercisePage:
    library = seen.house.library
    harder = library.exercises.get(exercise.harder)
    brought = library.exercises.get(exercise.followed_by)
    return ExercisePage(
        back="/plan" if item else "/",
        exercise=_words(seen, exercise, item),
        described=seen.wording.word("exercise.described", name=exercise.name),
        live=live_figure(seen, exercise.id),
        cap=item.cap[:1].upper() + item.cap[1:] if item else "",
        easier=[_link(library.exercises[name]) for name in exercise.easier if name in library.exercises],
        harder=[_link(harder)] if harder else [],
        followed_by=_link(brought) if brought else None,
        not_for=_not_for(seen, exercise),
        evidence=_evidence(seen, exercise),
        remark=remark_of(seen, "exercise", exercise.id),
        load=load,
    )


def _link(exercise: Exercise) -> ExerciseLink:
    return ExerciseLink(exercise.name, f"/exercises/{exercise.id}")


def _words(seen: Visit, exercise: Exercise, item: Item | None) -> ExerciseWords:
    word, said = seen.wording.word, exercise.article_dose.rstrip(".")
    return ExerciseWords(
        id=exercise.id,
        name=exercise.name,
        stretch=bool(exercise.stretches) and not exercise.areas,
        common=", ".join(exercise.common_names),
        why=exercise.why,
        position=exercise.position,
        steps=exercise.steps,
        cues=exercise.cues,
        cheats=exercise.cheats,
        stop_if=exercise.stop_if,
        dose=dose_words(item, seen.wording) if item else range_words(seen, exercise),
        dose_basis=seen.house.library.doses[exercise.dose].basis,
        tempo=" ".join(detail_words(item, seen.wording)) if item else "",
        needs=", ".join(word(f"equipment.{thing}") for thing in exercise.needs),
        level=exercise.level,
        note=exercise.note,
        article=word("exercise.article", dose=said) if said else "",
    )


def range_words(seen: Visit, exercise: Exercise) -> str:
    """The dose as the ranges it is chosen from, e.g. "2-3 sets of 12-25"."""
    base = seen.house.library.doses[exercise.dose].gives
    own = exercise.own_dose or Prescription()
    sets, reps, hold = own.sets or base.sets, own.reps or base.reps, own.hold_s or base.hold_s
    word = seen.wording.word
    parts = []
    if sets:
        parts.append(word("exercise.sets", range=_range(sets, seen), most=sets[1]))
    if reps:
        parts.append(word("exercise.reps", range=_range(reps, seen), most=reps[1]))
    if hold:
        parts.append(word("exercise.hold", range=_range(hold, seen)))
    return ", ".join(parts)


def _range(pair: tuple[int, int], seen: Visit) -> str:
    low, high = pair
    return str(low) if low == high else seen.wording.word("exercise.range", low=low, high=high)


def _not_for(seen: Visit, exercise: Exercise) -> list[str]:
    library = seen.house.library
    names = []
    for record_id in exercise.never_in:
        record = (
            library.conditions.get(record_id)
            or library.guards.get(record_id)
            or library.regions.get(record_id)
        )
        if record is not None:
            names.append(spoken_name(record))
    later = [seen.wording.word("exercise.later", cap=cap) for cap in _caps(exercise)]
    if not names:
        return later
    return [seen.wording.word("exercise.not-for", names=", ".join(dict.fromkeys(names))), *later]


def _muscle(seen: Visit, name: str) -> str:
    muscle = seen.house.library.muscles.get(name)
    return spoken_name(muscle).lower() if muscle else name.replace("-", " ")


def _caps(exercise: Exercise) -> list[str]:
    return list(dict.fromkeys(later.cap for later in exercise.later_in))


def _evidence(seen: Visit, exercise: Exercise) -> list[ExerciseSource]:
    library = seen.house.library
    lines = [ExerciseSource(says=load, source="", mark="mixed", url="") for load in exercise.loads]
    for emg in exercise.emg:
        says = seen.wording.word("exercise.emg", muscle=_muscle(seen, emg.muscle), value=emg.value)
        lines.append(ExerciseSource(says=says, mark=emg.mark, **source_link(library, emg.source)))
    for cited in exercise.sources:
        link = source_link(library, cited.cite)
        lines.append(ExerciseSource(says=cited.supports, mark=cited.mark, **link))
    return lines
