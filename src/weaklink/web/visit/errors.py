"""Error pages: what happened, what is safe, what to do next. Never the details of a bug."""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from weaklink.bootstrap import House
from weaklink.case.case_file import CaseError
from weaklink.redaction import log, tell
from weaklink.store.refusals import StoreAwayError
from weaklink.web.visit.forms import wanted
from weaklink.web.visit.languages import spoken, template
from weaklink.web.visit.visit import Visit, is_guest, show, visit

Handler = Callable[[Request, Exception], Awaitable[Response]]
OF_THE_SERVER = 500  # and above: then nothing more is read
CALENDAR = "/calendar/"


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


async def on_store_error(request: Request, error: Exception) -> Response:
    """The answer could not be kept, for example because the disk is full."""
    log.error("a change was refused: %s", error)
    return _page(request, 507)


async def on_away(request: Request, error: Exception) -> Response:
    """The database cannot be reached or read."""
    log.error("the store fails: %s", error)
    return _page(request, 503)


async def on_gone(request: Request, error: Exception) -> Response:  # noqa: ARG001
    """A change to what was erased in the meantime, or that another change was ahead of."""
    return _page(request, 409)


async def on_disconnect(request: Request, error: Exception) -> Response:  # noqa: ARG001
    """Whoever asked went away in the middle: nobody reads the answer, and nothing failed."""
    return Response(status_code=400)


async def on_bug(request: Request, error: Exception) -> Response:
    """Something of ours went wrong. The log gets kind and place, never what was said."""
    tell_bug(request, error)
    return _page(request, 500)


def tell_bug(request: Request, error: Exception) -> None:
    """Write a fault down with its page; not with the address: that of a calendar holds its secret."""
    tell(error, f"serving {getattr(request.scope.get('endpoint'), '__name__', 'a page')}")


def _page(request: Request, status: int, detail: str = "") -> Response:
    page = ErrorPage(status=status, detail=detail)
    if _may_read(request, status):
        with contextlib.suppress(StoreAwayError):
            return show(request, "visit/error.html", page, status)
    return _unread(request, page)


def _unread(request: Request, page: ErrorPage) -> Response:
    """The page with nothing of what is kept: for when that cannot be read, or must not be."""
    house: House = request.app.state.house
    known: Visit | None = getattr(request.state, "visit", None)
    language = house.settings.language
    if known is not None:
        language = known.house.settings.language
    else:
        language = spoken(request.headers.get("accept-language", ""), language)
    nothing: dict[str, object] = {"theme": "", "csrf": "", "links": [], "in_training": False, "aside": []}
    frame = {**nothing, "lang": language, "edition": house.library.edition}
    context = {**frame, **msgspec.structs.asdict(page)}
    return HTMLResponse(template("visit/error.html", language).render(context), page.status)


def _may_read(request: Request, status: int) -> bool:
    """Whether the page may show what the runner likes. Who only knows an address learns nothing of them."""
    guest = is_guest(request) or request.url.path.startswith(CALENDAR)
    return status < OF_THE_SERVER and not guest
