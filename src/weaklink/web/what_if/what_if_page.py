"""What if: one muscle group weaker, the motion the same, who takes over. Closed while a referral stands."""

from __future__ import annotations

import functools
from importlib.resources import files
from typing import Any

import anyio.to_thread
import msgspec
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
from weaklink.web.visit.forms import number_or_text
from weaklink.web.visit.static_files import static_url
from weaklink.web.visit.visit import Visit, form_of, show, visit
from weaklink.web.what_if import own_step_page
from weaklink.web.what_if.what_if_words import Answer, Speaker, vocabulary
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
PRESET_AREA, PRESET_PERCENT = "glute-med", 60
PRESET_SIDE: Leg = "right"
FIGURE_MODULE = "figures/figure.js"


class Sliders(msgspec.Struct, frozen=True, kw_only=True):
    """Where the sliders stand."""

    side: Leg
    percents: dict[str, int]
    chosen: str  # the group whose slider is at hand
    because: str = ""  # why it is this one


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
    return await _page(seen, _sliders(form, muscle_groups(seen.house.library)))


async def keep_step(request: Request) -> Response:
    """POST /what-if/step: height, mass, speed and cadence, kept in the runner's settings."""
    errors = await own_step_page.kept(request)
    seen = visit(request)
    if await _is_referred(seen):
        return RedirectResponse("/referral", status_code=303)
    if not errors:
        return RedirectResponse("/what-if?saved=1#step", status_code=303)
    said = {name: str(value) for name, value in (await form_of(request)).items()}
    step = {"fields": own_step_page.fields_of(seen, said), "errors": errors, "kept": False}
    return await _page(seen, await _preset(seen), step, status=422)


async def _is_referred(seen: Visit) -> bool:
    found = await assessment_of(seen)
    return found is not None and found.disposition.refers


async def _preset(seen: Visit) -> Sliders:
    """The leading weak link of the assessment, where it is a weakness the leg model can show."""
    groups = {group.id for group in muscle_groups(seen.house.library)}
    standard = Sliders(side=PRESET_SIDE, percents={PRESET_AREA: PRESET_PERCENT}, chosen=PRESET_AREA)
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


def _sliders(form: FormData, groups: tuple[MuscleGroup, ...]) -> Sliders:
    """The sliders of a form.

    Raises: HTTPException 422 naming the field that is not one of ours.
    """
    side = next((leg for leg in LEGS if leg == form.get("side", PRESET_SIDE)), None)
    if side is None:
        raise HTTPException(422, "side: expected right or left.")
    percents = {}
    for group in groups:
        percent = number_or_text(form.get(f"strength.{group.id}", str(FULL)))
        if not isinstance(percent, int) or not LEAST <= percent <= FULL:
            raise HTTPException(422, f"strength.{group.id}: expected a whole number from {LEAST} to {FULL}.")
        percents[group.id] = percent
    chosen = next((name for name, percent in percents.items() if percent < FULL), groups[0].id)
    return Sliders(side=side, percents=percents, chosen=chosen)


async def _page(
    seen: Visit, sliders: Sliders, step: dict[str, Any] | None = None, status: int = 200
) -> Response:
    groups = muscle_groups(seen.house.library)
    shares = strengths(groups, sliders.percents)
    own = own_step(seen.runner.settings)
    weak = tuple(sorted(shares.items()))
    found = await anyio.to_thread.run_sync(_solved, own, sliders.side, weak) if weak else None
    speaker = Speaker(seen.wording, seen.house.library, groups)
    answer = speaker.answer(sliders.side, sliders.percents, found)
    context = _context(seen, sliders, groups, speaker) | _drawn(seen, sliders.side, set(shares), answer)
    context |= {"answer": answer, "step": step or _step(seen), "pack_url": pack_address(own)}
    return show(seen.request, "what_if/what_if.html", context, status)


@functools.lru_cache(maxsize=64)
def _solved(own: OwnStep, side: Leg, weak: tuple[tuple[str, float], ...]) -> Redistribution:
    """The model's answer; the same question is answered once."""
    (leg,) = redistribution(runner_pack(own), weaknesses(dict(weak), side))
    return leg


def _step(seen: Visit) -> dict[str, Any]:
    saved = seen.request.query_params.get("saved") == "1"
    return {"fields": own_step_page.fields_of(seen), "errors": {}, "kept": saved}


def _context(
    seen: Visit, sliders: Sliders, groups: tuple[MuscleGroup, ...], speaker: Speaker
) -> dict[str, Any]:
    word = seen.wording.word
    known = seen.episode is not None
    return {
        "back": {
            "url": "/result" if known else "/",
            "words": word("what-if.back" if known else "what-if.start"),
        },
        "groups": [_group(group, sliders, speaker) for group in groups],
        "least": LEAST,
        "notch": STEP,
        "side": sliders.side,
        "preset": sliders.because,
        "without": areas_without_muscles(seen.house.library),
        "worker_url": static_url("what_if/what_if_worker.js"),
        "vocabulary": vocabulary(seen.wording, seen.house.library, groups),
    }


def _group(group: MuscleGroup, sliders: Sliders, speaker: Speaker) -> dict[str, Any]:
    percent = sliders.percents.get(group.id, FULL)
    return {
        "id": group.id,
        "name": group.name,
        "members": ", ".join(group.members),
        "percent": percent,
        "says": speaker.strength(percent),
        "chosen": group.id == sliders.chosen,
    }


def _drawn(seen: Visit, side: str, weak: set[str], answer: Answer) -> dict[str, Any]:
    title = seen.wording.word("what-if.figure")
    figures = [load_figure(view, weak, answer.lit, side, title if view == "side" else "") for view in VIEWS]
    moving = files("weaklink.web").joinpath("static", *FIGURE_MODULE.split("/")).is_file()
    return {"figures": figures, "figure_url": static_url(FIGURE_MODULE) if moving else ""}
