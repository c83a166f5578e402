"""What exercises and tests load, for programs: muscles with their range, and every phase."""

from __future__ import annotations

import anyio.to_thread
import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from weaklink.bootstrap import House
from weaklink.library.load_claims import disagreements
from weaklink.mechanics.exercise_load import BODY
from weaklink.mechanics.leg_geometry import MissingExtraError
from weaklink.mechanics.variants import VARIANTS
from weaklink.web.api.problems import documented, problem
from weaklink.web.api.shapes import Document

router = APIRouter(prefix="/api/v1")


@router.get("/exercise-loads/{movement}", responses=documented(404, 409, 422))
async def exercise_load(request: Request, movement: str) -> JSONResponse:
    """Each muscle's greatest share of its capacity with its range, and its activation in every phase.

    409 when the movement is new and the extra that computes loads is not installed.
    """
    house: House = request.app.state.house
    if movement not in house.library.movements:
        return problem(404, "No such movement", f"no exercise or test {movement!r} that moves")
    try:
        found = await anyio.to_thread.run_sync(_document, house, movement)
    except MissingExtraError as error:
        return problem(409, "The load is not computed", str(error), rules=[])
    return JSONResponse(found)


def _document(house: House, movement: str) -> Document:
    activations = house.loads.activations(movement)
    summary = house.loads.summary(movement)
    found = disagreements(house.library, {movement: summary})
    return {
        **msgspec.to_builtins(summary),
        "times_s": house.figures.baked(movement).times_s.tolist(),
        "activations": activations,
        "disagreements": msgspec.to_builtins(found),
        "body": {"mass_kg": BODY.mass_kg, "height_m": BODY.height_m},
        "variants": [variant.id for variant in VARIANTS],
    }
