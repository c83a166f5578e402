"""`weaklink pair` and `weaklink devices`: letting a device in, and showing it the door."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from weaklink.quantities import WeaklinkError

if TYPE_CHECKING:
    from weaklink.web.home.devices import Served
    from weaklink.web.home.pairing import Pairing

DARK, PLAIN = "\x1b[40;97m", "\x1b[0m"  # white on black whatever the terminal's colours: cameras need it so
Data = Annotated[Path | None, typer.Option("--data", help="The data folder.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


class PairError(WeaklinkError):
    """Nothing to pair with, or no such device."""


def pair(data: Data = None, as_json: AsJson = False) -> None:
    """Make a code that lets one device in, once, within ten minutes, into a running weaklink."""
    pairing, folder = _pairing(data)
    served = pairing.served() if _is_running(folder) else None
    if served is None:
        raise PairError(
            f"weaklink does not serve a network from {folder}; start it with: ./weaklink up --https"
        )
    if not as_json:
        show_code(pairing, served)
        return
    code = pairing.new_code()
    said = {
        "code": code.digits,
        "ends_at": code.ends_at.isoformat(),
        "pages": served.pages,
        "certificate": served.certificate,
        "fingerprint": served.fingerprint,
    }
    print(json.dumps(said))


def devices(
    data: Data = None,
    revoke: Annotated[str, typer.Option("--revoke", help="The id of a device, or all.")] = "",
    as_json: AsJson = False,
) -> None:
    """List the paired devices, or revoke one or all. Works while weaklink runs, and while it does not."""
    pairing, _ = _pairing(data)
    gone = pairing.revoke(revoke) if revoke else 0
    if revoke and not gone and revoke != "all":
        known = ", ".join(device.id for device in pairing.devices()) or "none"
        raise PairError(f"--revoke {revoke}: no such device; paired are: {known}")
    found = pairing.devices()
    if as_json:
        listed = [
            {
                "id": d.id,
                "name": d.name,
                "paired_at": d.paired_at.isoformat(),
                "seen_on": d.seen_on.isoformat(),
            }
            for d in found
        ]
        print(json.dumps({"devices": listed, "revoked": gone}))
        return
    if revoke:
        print(f"Revoked: {gone}.")
    for device in found:
        print(f"{device.id}  {device.name or '-'}  paired {device.paired_at:%Y-%m-%d}, last {device.seen_on}")
    if not found:
        print("No device is paired.")


def show_code(pairing: Pairing, served: Served, *, only_on_a_terminal: bool = False) -> None:
    """Print how a device gets in, with pictures to scan and a fresh code."""
    print(f"\nOn your home network: {served.pages[0]} (devices that are paired only)")
    if served.certificate:
        print(f"First time on a device: {served.certificate} has the certificate.")
        print("Compare its fingerprint (SHA-256) before you trust it:")
        print("\n".join(f"  {line}" for line in _lines(served.fingerprint)))
    if only_on_a_terminal and not sys.stdout.isatty():
        print("Make a code with: ./weaklink pair", flush=True)
        return
    code = pairing.new_code()
    if served.certificate:
        _picture(
            "1. First time: scan this, install the certificate, compare the fingerprint.", served.certificate
        )
    _picture("2. Then scan this. It brings the code along.", f"{served.pages[0]}pair#{code.digits}")
    until = f"{code.ends_at.astimezone():%H:%M}"
    print(f"Or type the code: {code.digits[:4]} {code.digits[4:]} (good once, until {until}).")
    print("Another code: ./weaklink pair    Who is paired: ./weaklink devices", flush=True)


def _lines(fingerprint: str) -> list[str]:
    pairs = fingerprint.split(":")
    return [" ".join(pairs[start : start + 16]) for start in range(0, len(pairs), 16)]


def _picture(words: str, address: str) -> None:
    print(f"\n{words}")
    try:
        import segno
    except ImportError:
        print(address)
        return
    from io import StringIO

    drawn = StringIO()
    segno.make(address, error="l", micro=False).terminal(drawn, border=2, compact=True)
    for line in drawn.getvalue().splitlines():
        print(f"{DARK}{line}{PLAIN}")


def _pairing(data: Path | None) -> tuple[Pairing, Path]:
    from weaklink.bootstrap import SystemClock, settings_from
    from weaklink.web.home.pairing import Pairing

    folder = settings_from(os.environ, folder=data).folder
    return Pairing(folder, SystemClock()), folder


def _is_running(folder: Path) -> bool:
    from weaklink.store.folder_lock import FolderInUseError, sole_use
    from weaklink.store.private_files import LOCK

    if not (folder / LOCK).is_file():
        return False
    try:
        with sole_use(folder, "pair"):
            return False
    except FolderInUseError:
        return True
