"""What if: one muscle group weaker, the motion the same, who takes over. Closed while a referral stands."""

from __future__ import annotations

import functools
from importlib.resources import files

import anyio.to_thread
import msgspec
from markupsafe import Markup
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from weaklink.body.names import LEGS, Leg
from weaklink.library.wording import spoken_name
from weaklink.mechanics.redistribution import Redistribution, redistribution
from weaklink.web.drawing.load_figure import VIEWS, load_figure
from weaklink.web.figures.runner_pack import OwnStep, own_step, pack_address, runner_pack
from weaklink.web.visit.assessments import assessment_of
from weaklink.web.visit.static_files import static_url
from weaklink.web.visit.typed_form import accepted, number_or_said, read_form
from weaklink.web.visit.visit import Visit, form_of, show, visit
from weaklink.web.what_if import own_step_page
from weaklink.web.what_if.what_if_words import Speaker, WhatIfAnswer, vocabulary
from weaklink.web.words.muscle_groups import (
    FULL,
    LEAST,
    STEP,
    MuscleGroup,
    areas_without_muscles,
    muscle_groups,
    strengths,
    weaknesses,
)

# Where the page begins (our choice): a loss the template stride still carries. Not a measure of anybody.
PRESET_PERCENT = 60
PRESET_SIDE: Leg = "right"
FIGURE_MODULE = "figures/figure.js"


class Sliders(msgspec.Struct, frozen=True, kw_only=True):
    """Where the sliders stand."""

    side: Leg
    percents: dict[str, int]
    chosen: str  # the group whose slider is at hand
    because: str = ""  # why it is this one


class SlidersForm(msgspec.Struct, frozen=True, kw_only=True):
    """What the form says but for its sliders: there is one for each muscle group of the knowledge."""

    side: Leg = PRESET_SIDE


class BackLink(msgspec.Struct, frozen=True, kw_only=True):
    """The page one came from, in words."""

    url: str
    words: str


class GroupSlider(msgspec.Struct, frozen=True, kw_only=True):
    """One slider; `chosen` is the one at hand."""

    id: str
    name: str
    members: str
    percent: int
    says: str
    chosen: bool


class StepPart(msgspec.Struct, frozen=True, kw_only=True):
    """The form that carries the step to the runner; `kept` says that it was just saved."""

    fields: list[own_step_page.StepField]
    errors: dict[str, str]
    kept: bool


class WhatIfPage(msgspec.Struct, frozen=True, kw_only=True):
    """What the page shows; addresses are for its script, that of the figure is empty where none moves."""

    back: BackLink
    answer: WhatIfAnswer
    groups: list[GroupSlider]
    least: int
    notch: int
    side: Leg
    figures: list[Markup]
    preset: str
    without: tuple[str, ...]
    step: StepPart
    pack_url: str
    worker_url: str
    figure_url: str
    vocabulary: dict[str, object]


async def what_if_page(request: Request) -> Response:
    """GET /what-if: the runner's own weak link where an assessment names one."""
    seen = visit(request)
    if await _is_referred(seen):
        return RedirectResponse("/referral", status_code=303)
    return await _page(seen, await _preset(seen))


async def show_what_if(request: Request) -> Response:
    """POST /what-if: the same page with the sliders as sent; what a page without JavaScript uses."""
    form = await form_of(request)
    seen = visit(request)
    if await _is_referred(seen):
        return RedirectResponse("/referral", status_code=303)
    return await _page(seen, _sliders(form, seen))


async def keep_step(request: Request) -> Response:
    """POST /what-if/step: height, mass, speed and cadence, kept in the runner's settings."""
    form = await form_of(request)
    errors = await own_step_page.kept(visit(request), form)
    seen = visit(request)
    if await _is_referred(seen):
        return RedirectResponse("/referral", status_code=303)
    if not errors:
        return RedirectResponse("/what-if?saved=1#step", status_code=303)
    said = {name: str(value) for name, value in form.items()}
    step = StepPart(fields=own_step_page.fields_of(seen, said), errors=errors, kept=False)
    return await _page(seen, await _preset(seen), step, status=422)


async def _is_referred(seen: Visit) -> bool:
    found = await assessment_of(seen)
    return found is not None and found.disposition.refers


async def _preset(seen: Visit) -> Sliders:
    """The leading weak link of the assessment, where it is a weakness the leg model can show."""
    groups = {group.id for group in muscle_groups(seen.house.library)}
    first = next(area.id for area in seen.house.library.areas.values() if area.what_if_first)
    standard = Sliders(side=PRESET_SIDE, percents={first: PRESET_PERCENT}, chosen=first)
    found = await assessment_of(seen)
    ranked = found.differential.hypotheses if found is not None else ()
    leading = next(
        (one for one in ranked if one.kind == "strength" and one.verdict in ("likely", "possible")), None
    )
    if leading is None:
        return standard
    if leading.area not in groups:
        name = spoken_name(seen.house.library.areas[leading.area])
        return msgspec.structs.replace(standard, because=seen.wording.word("what-if.no-units", area=name))
    side: Leg = next((leg for leg in LEGS if leg == leading.side), PRESET_SIDE)
    return Sliders(
        side=side, percents={leading.area: PRESET_PERCENT}, chosen=leading.area,
        because=seen.wording.word("what-if.from-result"),
    )  # fmt: skip


def _sliders(form: FormData, seen: Visit) -> Sliders:
    """The sliders of a form.

    Raises: HTTPException 422 naming the field that is not one of ours.
    """
    side = accepted(read_form(form, SlidersForm, seen.wording)).side
    groups = muscle_groups(seen.house.library)
    percents = {}
    for group in groups:
        percent = number_or_said(str(form.get(f"strength.{group.id}", FULL)))
        if not isinstance(percent, int) or not LEAST <= percent <= FULL:
            raise HTTPException(422, f"strength.{group.id}: expected a whole number from {LEAST} to {FULL}.")
        percents[group.id] = percent
    chosen = next((name for name, percent in percents.items() if percent < FULL), groups[0].id)
    return Sliders(side=side, percents=percents, chosen=chosen)


async def _page(seen: Visit, sliders: Sliders, step: StepPart | None = None, status: int = 200) -> Response:
    groups = muscle_groups(seen.house.library)
    shares = strengths(groups, sliders.percents)
    own = own_step(seen.runner.settings)
    weak = tuple(sorted(shares.items()))
    found = await anyio.to_thread.run_sync(_solved, own, sliders.side, weak) if weak else None
    speaker = Speaker(seen.wording, seen.house.library, groups)
    answer = speaker.answer(sliders.side, sliders.percents, found)
    page = WhatIfPage(
        back=_back(seen),
        answer=answer,
        groups=[_group(group, sliders, speaker) for group in groups],
        least=LEAST,
        notch=STEP,
        side=sliders.side,
        figures=_figures(seen, sliders.side, set(shares), answer),
        preset=sliders.because,
        without=areas_without_muscles(seen.house.library),
        step=step or _step(seen),
        pack_url=pack_address(own),
        worker_url=static_url("what_if/what_if_worker.js"),
        figure_url=_figure_url(),
        vocabulary=vocabulary(seen.wording, seen.house.library, groups),
    )
    return show(seen.request, "what_if/what_if.html", page, status)


@functools.lru_cache(maxsize=64)
def _solved(own: OwnStep, side: Leg, weak: tuple[tuple[str, float], ...]) -> Redistribution:
    """The model's answer; the same question is answered once."""
    (leg,) = redistribution(runner_pack(own), weaknesses(dict(weak), side))
    return leg


def _step(seen: Visit) -> StepPart:
    saved = seen.request.query_params.get("saved") == "1"
    return StepPart(fields=own_step_page.fields_of(seen), errors={}, kept=saved)


def _back(seen: Visit) -> BackLink:
    known = seen.episode is not None
    words = seen.wording.word("what-if.back" if known else "what-if.start")
    return BackLink(url="/result" if known else "/", words=words)


def _group(group: MuscleGroup, sliders: Sliders, speaker: Speaker) -> GroupSlider:
    percent = sliders.percents.get(group.id, FULL)
    return GroupSlider(
        id=group.id,
        name=group.name,
        members=", ".join(group.members),
        percent=percent,
        says=speaker.strength(percent),
        chosen=group.id == sliders.chosen,
    )


def _figures(seen: Visit, side: Leg, weak: set[str], answer: WhatIfAnswer) -> list[Markup]:
    title = seen.wording.word("what-if.figure")
    return [load_figure(view, weak, answer.lit, side, title if view == "side" else "") for view in VIEWS]


def _figure_url() -> str:
    moving = files("weaklink.web").joinpath("static", *FIGURE_MODULE.split("/")).is_file()
    return static_url(FIGURE_MODULE) if moving else ""
