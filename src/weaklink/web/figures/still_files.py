"""Stills: the pictures of movements as files that pages refer to and browsers keep."""

from __future__ import annotations

import gzip

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from weaklink.bootstrap import House
from weaklink.figure.still import SIZE
from weaklink.web.drawing.body_map import VIEWS, body_symbol, regions_of
from weaklink.web.drawing.move_pictures import SYMBOL


async def still_file(request: Request) -> Response:
    """GET /static/figures/moves/{move}.svg: one picture. An address with its key may be kept for ever."""
    house: House = request.app.state.house
    move = request.path_params["move"]
    if not house.figures.has(move):
        raise HTTPException(404, "There is no such picture.")
    drawing = await run_in_threadpool(house.figures.still, move, request.query_params.get("side") == "left")
    width, height = SIZE
    box = f'viewBox="0 0 {width} {height}"'
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" {box}><symbol id="{SYMBOL}" {box}>{drawing}</symbol>'
        f'<use href="#{SYMBOL}"/></svg>'
    )
    return _svg(svg, request)


def _svg(svg: str, request: Request) -> Response:
    lasting = "v" in request.query_params
    kept = "private, max-age=31536000, immutable" if lasting else "no-cache"
    headers = {"cache-control": kept, "vary": "accept-encoding"}
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(svg, media_type="image/svg+xml", headers=headers)
    packed = gzip.compress(svg.encode(), compresslevel=6, mtime=0)
    return Response(packed, media_type="image/svg+xml", headers={**headers, "content-encoding": "gzip"})


async def body_file(request: Request) -> Response:
    """GET /static/figures/maps/{view}.svg: the body to tap, from the front or the back."""
    house: House = request.app.state.house
    view = next((view for view in VIEWS if view == request.path_params["view"]), None)
    if view is None:
        raise HTTPException(404, "There is no such picture.")
    found = await run_in_threadpool(house.figures.body_map, view, regions_of(view))
    return _svg(body_symbol(found.drawing), request)
