"""Pairing: the page where a new device types its code, and the page where devices are added and revoked."""

from __future__ import annotations

import hmac
import re
from typing import Literal
from urllib.parse import parse_qsl

import msgspec
from anyio.to_thread import run_sync
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from weaklink.bootstrap import House
from weaklink.web.home.devices import LONGEST_NAME, Device, Served
from weaklink.web.home.gate import remember
from weaklink.web.home.pairing import Pairing, Tried
from weaklink.web.home.pairing_code import DIGITS, GOOD_FOR, Verdict, grouped
from weaklink.web.visit.security import form_token
from weaklink.web.visit.strangers import BY_DEVICE, FROM_NETWORK
from weaklink.web.visit.typed_form import accepted, read_form
from weaklink.web.visit.visit import form_of, show, visit

MOST_FIELDS = 10
# What a browser says about its machine, most telling first; systems have the same name everywhere.
SYSTEMS = (("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
           ("Macintosh", "Mac"), ("Linux", "Linux"))  # fmt: skip


class PairForm(msgspec.Struct, frozen=True, kw_only=True):
    """What a new device says."""

    code: str = ""
    name: str = ""


class PairPage(msgspec.Struct, frozen=True, kw_only=True):
    """What the pairing page shows; its token is its own."""

    csrf: str
    verdict: Verdict | Literal[""]
    tries_left: int
    name: str
    longest: int
    digits: int
    paired: bool
    needed: bool


class DevicesForm(msgspec.Struct, frozen=True, kw_only=True):
    """What a button of the page says: make a code, or show a device (or "all") the door."""

    does: Literal["code", "revoke"]
    device: str = ""


class DeviceLine(msgspec.Struct, frozen=True, kw_only=True):
    """One paired device as pages list it; `this` is the one that asks."""

    id: str
    name: str
    paired: str
    seen: str
    this: bool


class DevicesPage(msgspec.Struct, frozen=True, kw_only=True):
    """What the page of the devices shows; pictures are SVG, empty when there is none."""

    served: Served | None
    here: bool
    code: str
    until: str
    minutes: int
    pair_picture: str
    certificate_picture: str
    fingerprint: list[str]
    devices: list[DeviceLine]


async def pair_page(request: Request) -> Response:
    """GET /pair. Anybody on the network sees it, so it says nothing about the runner."""
    return _pair_page(request)


async def try_code(request: Request) -> Response:
    """POST /pair: the code and a name. Right: this browser is one of ours from now on."""
    form = await _open_form(request)
    tried = await run_sync(pairing_of(request).pair, form.code, form.name or _system(request))
    if tried.verdict != "right":
        status = 429 if tried.verdict == "locked" else 422
        return _pair_page(request, tried, name=form.name, status=status)
    response = RedirectResponse("/today", status_code=303)
    remember(response, tried.token)
    return response


async def devices_page(request: Request) -> Response:
    """GET /devices."""
    pairing = pairing_of(request)
    served = pairing.served()
    # A code is shown at the computer only: a device that was lent or stolen cannot let others in.
    here = FROM_NETWORK not in request.scope
    code = pairing.code() if here and served else None
    page = DevicesPage(
        served=served,
        here=here,
        code=grouped(code.digits) if code else "",
        until=code.ends_at.astimezone().strftime("%H:%M") if code else "",
        minutes=int(GOOD_FOR.total_seconds()) // 60,
        pair_picture=_qr(f"{served.pages[0]}pair#{code.digits}") if served and code else "",
        certificate_picture=_qr(served.certificate) if served and code and served.certificate else "",
        fingerprint=fingerprint_lines(served),
        devices=devices_of(request),
    )
    return show(request, "home/devices.html", page)


async def change_devices(request: Request) -> Response:
    """POST /devices: make a code (at the computer only), or revoke one device or all."""
    said = accepted(read_form(await form_of(request), DevicesForm, visit(request).wording))
    pairing = pairing_of(request)
    if said.does == "code":
        if FROM_NETWORK in request.scope:
            raise HTTPException(403, "A code is made at the computer itself.")
        await run_sync(pairing.new_code)
    elif said.device:
        await run_sync(pairing.revoke, said.device)
    else:
        raise HTTPException(422, "device: the id of one, or all.")
    return RedirectResponse("/devices", status_code=303)


def pairing_of(request: Request) -> Pairing:
    """The pairing of this house."""
    found: Pairing = request.app.state.pairing
    return found


def devices_of(request: Request) -> list[DeviceLine]:
    """The paired devices as pages list them; the one that asks is marked."""
    asking: Device | None = request.scope.get(BY_DEVICE)
    return [
        DeviceLine(
            id=device.id,
            name=device.name,
            paired=device.paired_at.astimezone().date().isoformat(),
            seen=device.seen_on.isoformat(),
            this=asking is not None and asking.id == device.id,
        )
        for device in pairing_of(request).devices()
    ]


def fingerprint_lines(served: Served | None) -> list[str]:
    """A fingerprint in four lines of eight bytes, as one compares it."""
    pairs = served.fingerprint.split(":") if served and served.fingerprint else []
    return [" ".join(pairs[start : start + 8]) for start in range(0, len(pairs), 8)]


def _pair_page(
    request: Request, tried: Tried | None = None, *, name: str = "", status: int = 200
) -> Response:
    page = PairPage(
        csrf=_pair_token(request),
        verdict=tried.verdict if tried else "",
        tries_left=tried.tries_left if tried else 0,
        name=name or _system(request),
        longest=LONGEST_NAME,
        digits=DIGITS,
        paired=request.scope.get(BY_DEVICE) is not None,
        needed=FROM_NETWORK in request.scope,
    )
    return show(request, "home/pair.html", page, status)


async def _open_form(request: Request) -> PairForm:
    """The form of somebody unknown. It has a token of its own: that of the pages is not for them."""
    body = (await request.body()).decode("utf-8", "replace")
    try:
        said = parse_qsl(body, keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise HTTPException(400, f"This form may have at most {MOST_FIELDS} fields.") from error
    form = FormData([(name, value) for name, value in said])
    if not hmac.compare_digest(str(form.get("csrf", "")).encode(), _pair_token(request).encode()):
        raise HTTPException(403, "This form is not from weaklink's own pages.")
    return accepted(read_form(form, PairForm, visit(request).wording))


def _pair_token(request: Request) -> str:
    house: House = request.app.state.house
    return form_token(request, house.form_key, "pair")


def _system(request: Request) -> str:
    said = request.headers.get("user-agent", "")
    return next((name for mark, name in SYSTEMS if re.search(rf"\b{mark}\b", said)), "")


def _qr(address: str) -> str:
    """An address as a picture to scan; empty where the extra `lan` is not installed."""
    try:
        import segno
    except ImportError:
        return ""
    code = segno.make(address, error="m", micro=False)
    return str(code.svg_inline(svgclass="qr", lineclass="qr-line", omitsize=True, border=3))
