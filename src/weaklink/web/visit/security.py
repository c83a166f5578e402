"""Security around every request: host, origin, body size, form token, and the headers of every answer."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from weaklink.redaction import tell
from weaklink.web.visit.strangers import BY_DEVICE

LONGEST_BODY = 512 * 1024
FORWARDED = "This came by way of a proxy. Start weaklink with --proxy-name: then devices have to be paired."
BELOW_A_PATH = "weaklink is not served below a path; give it a name of its own: docs/hosting.md says how."
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
}
ALWAYS = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
FAULT = (
    "Something went wrong here, and it is not your fault. What was saved before is safe. Try it once more."
)
# Not Strict: a link from elsewhere, as from one's calendar, would come without it and get another one.
VISITOR = "weaklink-visitor"
VISITOR_BYTES = 32
VISITOR_VALUE = re.compile(r"[\w-]{43}", re.ASCII)  # so many bytes, as text
VISITOR_DAYS = 400  # the longest that browsers keep one
KEPT = (200, 206, 304)  # answers that are a file, whole, in part, or the one that is there already
NOT_KEPT = [*ALWAYS, (b"cache-control", b"no-store")]


class Security:
    """Refuses what does not come from our own pages, and hardens what goes out. Pure ASGI."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str], *, proxied: bool = False) -> None:
        self.app = app
        self.hosts = hosts
        self.proxied = proxied  # whether requests may come from elsewhere by way of somebody else

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer why not."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        refusal = self.refusal(scope["method"], Headers(scope=scope))
        if refusal is not None:
            await refusal(scope, receive, _Hardened(send, scope["path"]))
            return
        hardened = _Hardened(send, scope["path"])
        try:
            await self.app(scope, limited(receive), hardened)
        except ClientDisconnect:
            return
        except Exception as error:
            # Whatever fails in the pages ends here: a server would print it, words and all.
            tell(error, "answering a request")
            if not hardened.begun:
                await PlainTextResponse(FAULT, status_code=500)(scope, receive, hardened)

    def refusal(self, method: str, headers: Headers) -> PlainTextResponse | None:
        """The answer to a request that may not pass; None when it may."""
        host = headers.get("host", "")
        if hostname(host) not in self.hosts:
            return PlainTextResponse("This host name is not served here.", status_code=400)
        if not self.proxied and was_forwarded(headers):
            return PlainTextResponse(FORWARDED, status_code=400)
        if headers.get("x-forwarded-prefix", "/").strip("/"):
            return PlainTextResponse(BELOW_A_PATH, status_code=400)
        if _declared_length(headers) > LONGEST_BODY:
            return PlainTextResponse(_too_large(LONGEST_BODY), status_code=413)
        if method not in SAFE_METHODS and _from_elsewhere(headers, host):
            return PlainTextResponse("This request did not come from weaklink's own pages.", status_code=403)
        return None


def form_token(request: Request, key: str, form: str = "page") -> str:
    """The token for the forms of this visitor's session, made with the key of the house.

    Another visitor's does not fit, and nobody can make one without the key. The same session has the same one
    after a restart, so a form that was open, or kept for the way without signal, can be sent.
    """
    said = f"{form}:{_session(request)}".encode()
    return hmac.new(key.encode(), said, hashlib.sha256).hexdigest()


def _session(request: Request) -> str:
    """What tells this visitor's session from others: the paired device, else a cookie of the browser."""
    device = request.scope.get(BY_DEVICE)
    if device is not None:
        return f"device {device.id}"
    kept: str = request.cookies.get(_visitor_cookie(request), "")
    if not VISITOR_VALUE.fullmatch(kept):
        kept = getattr(request.state, "visitor", "") or secrets.token_urlsafe(VISITOR_BYTES)
        request.state.visitor = kept
    return kept


def remember_visitor(request: Request, response: Response) -> None:
    """Give a browser that had no session yet the one for which this answer's forms were made."""
    made = getattr(request.state, "visitor", "")
    if made:
        response.set_cookie(
            _visitor_cookie(request),
            made,
            max_age=VISITOR_DAYS * 86_400,
            secure=request.url.scheme == "https",
            httponly=True,
            samesite="lax",
        )


def _visitor_cookie(request: Request) -> str:
    return f"__Host-{VISITOR}" if request.url.scheme == "https" else VISITOR


def plain_answer(status: int, words: str) -> bytes:
    """A whole answer, for what the server refuses before there is a request; the connection ends with it."""
    head = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}", "content-type: text/plain; charset=utf-8"]
    head += [f"content-length: {len(words.encode())}", "connection: close"]
    head += [f"{name.decode()}: {value.decode()}" for name, value in NOT_KEPT]
    return "\r\n".join([*head, "", words]).encode()


def was_forwarded(headers: Headers) -> bool:
    """Whether a proxy says that it passes somebody's request on."""
    return any(
        name in ("forwarded", "via", "x-real-ip") or name.startswith("x-forwarded-") for name in headers
    )


def hostname(host: str) -> str:
    """The name in a Host header, without port and brackets; empty when it cannot be read."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _declared_length(headers: Headers) -> int:
    length = headers.get("content-length", "0")
    return int(length) if length.isascii() and length.isdigit() else 0


def _from_elsewhere(headers: Headers, host: str) -> bool:
    # Browsers send at least one of the two with every unsafe request; programs send neither.
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != host


def _too_large(most: int) -> str:
    return f"The request is larger than {most} bytes."


def limited(receive: Receive, most: int = LONGEST_BODY) -> Receive:
    """The same request, cut off with 413 where its body is larger than `most` bytes."""
    total = 0

    async def counted() -> Message:
        nonlocal total
        message = await receive()
        total += len(message.get("body", b""))
        if total > most:
            raise HTTPException(413, _too_large(most))
        return message

    return counted


class _Hardened:
    """Passes an answer on with our headers."""

    def __init__(self, send: Send, path: str) -> None:
        self.begun = False
        self._send = send
        self._is_file = path.startswith("/static/")

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.begun = True
            # A browser may keep a file, and not that there is none: unless told, it keeps 404 and 405, too.
            ours = ALWAYS if self._is_file and message["status"] in KEPT else NOT_KEPT
            names = {name for name, _ in ours}
            theirs = [pair for pair in message.get("headers", ()) if pair[0].lower() not in names]
            message = {**message, "headers": [*theirs, *ours]}
        await self._send(message)
