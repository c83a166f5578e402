"""The certificate page: the only thing that the home network gets without encryption."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from mimetypes import guess_type

import msgspec
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from weaklink.web.home.addresses import AddressError, is_home, read_address
from weaklink.web.home.devices import Served
from weaklink.web.home.keys import Keys
from weaklink.web.home.pairing_page import fingerprint_lines
from weaklink.web.visit.languages import template
from weaklink.web.visit.static_files import static_content

Handler = Callable[[Request], Awaitable[Response]]
CERTIFICATE = "/weaklink-ca.crt"
MEDIA_TYPE = "application/x-x509-ca-cert"
# What the page looks like; every other file stays behind the gate.
FILES = (
    "visit/tokens.css",
    "visit/site.css",
    "weeks/weeks.css",
    "home/pairing.css",
    "fonts/commissioner.woff2",
    "marks/mark.svg",
)


class CertificatePage(msgspec.Struct, frozen=True, kw_only=True):
    """What the page shows: its language, the authority, where the encrypted pages are."""

    lang: str
    name: str
    fingerprint: list[str]
    pages: tuple[str, ...]


def certificate_page(keys: Keys, language: str, served: Callable[[], Served | None]) -> Starlette:
    """A page, a certificate, and nothing else.

    Args:
        served: where the pages are now; the addresses may change while it runs.
    """

    async def page(_request: Request) -> Response:
        now = served()
        if now is None:
            return PlainTextResponse("Not served just now. Try again in a moment.", status_code=503)
        page = CertificatePage(
            lang=language,
            name=keys.authority_name,
            fingerprint=fingerprint_lines(now),
            pages=now.pages,
        )
        shown = msgspec.structs.asdict(page)
        return HTMLResponse(template("home/certificate.html", language).render(shown))

    async def certificate(_request: Request) -> Response:
        return Response(keys.authority_file, media_type=MEDIA_TYPE)

    async def file(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in FILES:
            raise HTTPException(404)
        return Response(static_content(name), media_type=guess_type(name)[0] or "application/octet-stream")

    routes = [("/", page), (CERTIFICATE, certificate), ("/static/{name:path}", file)]
    return Starlette(routes=[Route(path, near_only(handler)) for path, handler in routes])


def near_only(handler: Handler) -> Handler:
    """The same handler, for the home network only."""

    async def guarded(request: Request) -> Response:
        try:
            near = request.client is not None and is_home(read_address(request.client.host))
        except AddressError:
            near = False
        if not near:
            return PlainTextResponse("weaklink is served on the home network only.", status_code=403)
        return await handler(request)

    return guarded
