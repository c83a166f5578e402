"""Error pages: what happened, what is safe, what to do next. Never the details of a bug."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from weaklink.case.case_file import CaseError
from weaklink.web.visit.forms import wanted
from weaklink.web.visit.visit import show, visit

Handler = Callable[[Request, Exception], Awaitable[Response]]
log = logging.getLogger("weaklink")


class ErrorPage(msgspec.Struct, frozen=True, kw_only=True):
    """What the page of an error shows; `detail` says what would be right."""

    status: int
    detail: str = ""


async def on_http_error(request: Request, error: Exception) -> Response:
    """A page that is not there, or a request that is not allowed."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    return _page(request, status)


async def on_case_error(request: Request, error: Exception) -> Response:
    """An answer that cannot be read; everything said before is kept."""
    assert isinstance(error, CaseError)
    detail = wanted(error, visit(request).wording)
    return _page(request, 422, detail)


async def on_unreadable(request: Request, error: Exception) -> Response:  # noqa: ARG001
    """A form that cannot be read at all."""
    return _page(request, 422)


async def on_store_error(request: Request, error: Exception) -> Response:  # noqa: ARG001
    """The answer could not be kept, for example because the disk is full."""
    return _page(request, 507)


async def on_gone(request: Request, error: Exception) -> Response:  # noqa: ARG001
    """Whoever asked has gone before the request was whole: nothing was done, and nobody reads this."""
    return Response(status_code=400)


async def on_bug(request: Request, error: Exception) -> Response:
    """Something of ours went wrong. The log gets the kind and place, never what was said."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "unknown place"
    # Not the address: that of a calendar holds its secret.
    page = getattr(request.scope.get("endpoint"), "__name__", "a page")
    log.error("%s at %s while serving %s", type(error).__name__, where, page)
    return _page(request, 500)


def _page(request: Request, status: int, detail: str = "") -> Response:
    return show(request, "visit/error.html", ErrorPage(status=status, detail=detail), status)
