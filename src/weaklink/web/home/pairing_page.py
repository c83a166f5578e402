"""Pairing: the page where a new device types its code, and the page where devices are added and revoked."""

from __future__ import annotations

import hashlib
import hmac
import re
from typing import Any
from urllib.parse import parse_qsl

from anyio.to_thread import run_sync
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from weaklink.bootstrap import House
from weaklink.web.home.devices import LONGEST_NAME, Device, Served
from weaklink.web.home.gate import remember
from weaklink.web.home.pairing import Pairing, Tried
from weaklink.web.home.pairing_code import DIGITS, GOOD_FOR, grouped
from weaklink.web.visit.strangers import BY_DEVICE, FROM_NETWORK
from weaklink.web.visit.visit import form_of, show

MOST_FIELDS = 10
# What a browser says about its machine, most telling first; systems have the same name everywhere.
SYSTEMS = (("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
           ("Macintosh", "Mac"), ("Linux", "Linux"))  # fmt: skip


async def pair_page(request: Request) -> Response:
    """GET /pair. Anybody on the network sees it, so it says nothing about the runner."""
    return _pair_page(request)


async def try_code(request: Request) -> Response:
    """POST /pair: the code and a name. Right: this browser is one of ours from now on."""
    form = await _open_form(request)
    name = form.get("name", "") or _system(request)
    tried = await run_sync(pairing_of(request).pair, form.get("code", ""), name)
    if tried.verdict != "right":
        status = 429 if tried.verdict == "locked" else 422
        return _pair_page(request, tried, name=form.get("name", ""), status=status)
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
    context = {
        "served": served,
        "here": here,
        "code": grouped(code.digits) if code else "",
        "until": code.ends_at.astimezone().strftime("%H:%M") if code else "",
        "minutes": int(GOOD_FOR.total_seconds()) // 60,
        "pair_picture": _qr(f"{served.pages[0]}pair#{code.digits}") if served and code else "",
        "certificate_picture": _qr(served.certificate) if served and code and served.certificate else "",
        "fingerprint": fingerprint_lines(served),
        "devices": devices_of(request),
    }
    return show(request, "home/devices.html", context)


async def change_devices(request: Request) -> Response:
    """POST /devices: make a code (at the computer only), or revoke one device or all."""
    form = await form_of(request)
    pairing, does = pairing_of(request), form.get("does")
    if does == "code":
        if FROM_NETWORK in request.scope:
            raise HTTPException(403, "A code is made at the computer itself.")
        await run_sync(pairing.new_code)
    elif does == "revoke" and form.get("device"):
        await run_sync(pairing.revoke, str(form["device"]))
    else:
        raise HTTPException(422, "does: one of code, revoke (with device: an id, or all).")
    return RedirectResponse("/devices", status_code=303)


def pairing_of(request: Request) -> Pairing:
    """The pairing of this house."""
    found: Pairing = request.app.state.pairing
    return found


def devices_of(request: Request) -> list[dict[str, Any]]:
    """The paired devices as pages list them; the one that asks is marked."""
    asking: Device | None = request.scope.get(BY_DEVICE)
    return [
        {
            "id": device.id,
            "name": device.name,
            "paired": device.paired_at.astimezone().date().isoformat(),
            "seen": device.seen_on.isoformat(),
            "this": asking is not None and asking.id == device.id,
        }
        for device in pairing_of(request).devices()
    ]


def fingerprint_lines(served: Served | None) -> list[str]:
    """A fingerprint in four lines of eight bytes, as one compares it."""
    pairs = served.fingerprint.split(":") if served and served.fingerprint else []
    return [" ".join(pairs[start : start + 8]) for start in range(0, len(pairs), 8)]


def _pair_page(
    request: Request, tried: Tried | None = None, *, name: str = "", status: int = 200
) -> Response:
    context = {
        "csrf": _pair_token(request),
        "verdict": tried.verdict if tried else "",
        "tries_left": tried.tries_left if tried else 0,
        "name": name or _system(request),
        "longest": LONGEST_NAME,
        "digits": DIGITS,
        "paired": request.scope.get(BY_DEVICE) is not None,
        "needed": FROM_NETWORK in request.scope,
    }
    return show(request, "home/pair.html", context, status)


async def _open_form(request: Request) -> dict[str, str]:
    """The form of somebody unknown. It has a token of its own: that of the pages is not for them."""
    body = (await request.body()).decode("utf-8", "replace")
    try:
        form = dict(parse_qsl(body, keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError as error:
        raise HTTPException(400, f"This form may have at most {MOST_FIELDS} fields.") from error
    if not hmac.compare_digest(form.get("csrf", "").encode(), _pair_token(request).encode()):
        raise HTTPException(403, "This form is not from weaklink's own pages.")
    return form


def _pair_token(request: Request) -> str:
    house: House = request.app.state.house
    return hmac.new(house.form_token.encode(), b"pair", hashlib.sha256).hexdigest()


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
