"""Load packs for the solver in the browser: the shipped motion to keep, the runner's own never kept."""

from __future__ import annotations

import gzip

import anyio.to_thread
from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from weaklink.bootstrap import House
from weaklink.web.api.problems import documented
from weaklink.web.figures.runner_pack import MOTION, TEMPLATE, own_step, packed

BINARY = "application/octet-stream"
FOR_EVER = "public, max-age=31536000, immutable"
router = APIRouter(prefix="/api/v1")


@router.get(
    "/load-packs/{motion}",
    response_class=Response,
    responses={200: {"description": "The load pack", "content": {BINARY: {}}}, **documented(404, 422)},
)
async def own_load_pack(request: Request, motion: str) -> Response:
    """The loads of a motion for the runner of this house, carried to a known size and pace."""
    house: House = request.app.state.house
    runner, _ = house.present()
    _must_be_known(motion)
    return _sent(request, await anyio.to_thread.run_sync(packed, own_step(runner.settings)))


async def shipped_load_pack(request: Request) -> Response:
    """The loads of a motion as shipped; its address holds a digest."""
    _must_be_known(request.path_params["motion"])
    response = _sent(request, await anyio.to_thread.run_sync(packed, TEMPLATE))
    response.headers["cache-control"] = FOR_EVER if "v" in request.query_params else "no-cache"
    return response


SHIPPED = Route("/static/packs/{motion}", shipped_load_pack)


def _must_be_known(motion: str) -> None:
    if motion != MOTION:
        raise HTTPException(404, f"There is no load pack {motion!r}; known: {MOTION}.")


def _sent(request: Request, content: bytes) -> Response:
    headers = {"vary": "accept-encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(content, media_type=BINARY, headers={**headers, "content-encoding": "gzip"})
    return Response(gzip.decompress(content), media_type=BINARY, headers=headers)
