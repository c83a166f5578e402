"""The gate: on the home network nothing but the way in is answered to a device that was not paired."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from anyio.to_thread import run_sync
from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from weaklink.quantities import WeaklinkError
from weaklink.web.home.addresses import AddressError, is_home, read_address
from weaklink.web.home.devices import Device
from weaklink.web.home.pairing import Pairing
from weaklink.web.visit.security import hostname, limited, was_forwarded
from weaklink.web.visit.strangers import BY_DEVICE, FROM_NETWORK

COOKIE = "__Host-weaklink-device"  # the prefix binds it to this origin: Secure, the whole path, no domain
COOKIE_DAYS = 400  # the longest that browsers keep one; the server ends sessions earlier
PAIR = "/pair"
READING = ("GET", "HEAD")
ENDED = "Everything was erased. Start weaklink again on the computer, as before; then pair this device."
LONGEST_FROM_STRANGERS = 8 * 1024  # bytes of a body: a code and a name
# What a page needs before anybody is known, and the pictures of a plan that was handed on. The moving figure
# is left out: its body is drawn to a runner's size.
OPEN = re.compile(
    r"/static/(?:[\w-]+/)+[\w.-]+\.(?:js|css|woff2|txt)|/static/marks/[\w-]+\.(?:svg|png)"
    r"|/static/figures/(moves|maps)/[\w-]+\.svg|/manifest\.webmanifest"
)
# Addresses that a runner made to hand on: the secret in it is the key, for reading this one thing.
HANDED_ON = re.compile(r"/(?:calendar/([\w-]{16,})\.ics|shared/([\w-]{16,}))")


class Door(NamedTuple):
    """How one listener decides."""

    needs_pairing: Callable[[Scope, Headers], bool]
    opens: Callable[[str], bool]  # whether a secret of an address that was handed on is a good one
    scheme: str = "https"


class Gate:
    """Lets paired devices through. Pure ASGI; stands between the security checks and the pages."""

    def __init__(self, app: ASGIApp, pairing: Pairing, door: Door) -> None:
        self.app = app
        self.pairing = pairing
        self.door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer why not."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        headers = Headers(scope=scope)
        if not self.door.needs_pairing(scope, headers):
            await self.app(scope, receive, send)
            return
        scope = {**scope, "scheme": self.door.scheme, FROM_NETWORK: True}
        try:
            refusal = await self._refusal(scope, session_of(headers), headers)
        except WeaklinkError:  # devices that cannot be read are none
            refusal = PlainTextResponse("Paired devices cannot be read on the computer.", status_code=503)
        if scope.get(BY_DEVICE) is None:
            receive = limited(receive, LONGEST_FROM_STRANGERS)
        await (refusal or self.app)(scope, receive, send)

    async def _refusal(self, scope: Scope, token: str, headers: Headers) -> Response | None:
        if not _is_near(scope):
            return PlainTextResponse("weaklink is served on the home network only.", status_code=403)
        if self.pairing.is_ended and not _is_file(scope["method"], scope["path"]):
            return _gone()
        device = self.pairing.device(token)
        scope[BY_DEVICE] = device
        if device is not None:
            await self._note(device)
            return None
        if self._is_open(scope["method"], scope["path"]):
            return None
        return turned_away(scope, headers, revoked=self.pairing.was_revoked(token))

    async def _note(self, device: Device) -> None:
        if self.pairing.not_seen_today(device):
            await run_sync(self.pairing.saw, device)

    def _is_open(self, method: str, path: str) -> bool:
        if path == PAIR:
            return True
        if method not in READING:
            return False
        handed_on = HANDED_ON.fullmatch(path)
        if handed_on:
            return self.door.opens(handed_on[1] or handed_on[2])
        return _is_file(method, path)


def from_network(scope: Scope, headers: Headers) -> bool:  # noqa: ARG001
    """The rule of a listener on the home network: everybody has to be paired."""
    return True


def behind_proxy(local_hosts: frozenset[str]) -> Callable[[Scope, Headers], bool]:
    """The rule of the local listener behind a proxy: only this machine itself needs no pairing."""

    def needs_pairing(scope: Scope, headers: Headers) -> bool:  # noqa: ARG001
        return hostname(headers.get("host", "")) not in local_hosts or was_forwarded(headers)

    return needs_pairing


def session_of(headers: Headers) -> str:
    """The session that a request carries; empty when none."""
    found = cookie_parser(headers.get("cookie", "")).get(COOKIE, "")
    return found if len(found) <= 100 else ""


def turned_away(scope: Scope, headers: Headers, *, revoked: bool) -> Response:
    """The answer to a device that is not paired: pages lead to the pairing page, programs get 401."""
    refused: Response
    if scope["path"].startswith("/api/"):
        problem = {"type": "about:blank", "title": "Not paired", "status": 401}
        refused = JSONResponse(problem, 401, media_type="application/problem+json")
    elif scope["method"] in READING and headers.get("sec-fetch-mode", "navigate") == "navigate":
        refused = RedirectResponse(PAIR, status_code=303)
    else:
        refused = PlainTextResponse("This device is not paired.", status_code=401)
    if revoked:
        # What an installed page keeps on a device that was shown the door goes with its session.
        refused.headers["clear-site-data"] = '"cache", "storage"'
        forget(refused)
    return refused


def remember(response: Response, token: str, max_age_s: int = COOKIE_DAYS * 86_400) -> None:
    """Give a device its session."""
    response.set_cookie(
        COOKIE, token, max_age=max_age_s, path="/", secure=True, httponly=True, samesite="strict"
    )


def forget(response: Response) -> None:
    """Take a device's session away."""
    remember(response, "", max_age_s=0)


def _is_file(method: str, path: str) -> bool:
    return method in READING and OPEN.fullmatch(path) is not None and ".." not in path


def _gone() -> Response:
    """The answer of a network that was ended by an erasure: nothing comes back by itself."""
    refused = PlainTextResponse(ENDED, status_code=503)
    refused.headers["clear-site-data"] = '"cache", "storage"'
    forget(refused)
    return refused


def _is_near(scope: Scope) -> bool:
    """Whether the other end is on the home network: a port opened in the router changes nothing."""
    client = scope.get("client")
    try:
        return client is not None and is_home(read_address(client[0]))
    except AddressError:
        return False
