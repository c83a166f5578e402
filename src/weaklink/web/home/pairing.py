"""Pairing in one data folder: making a code, taking it, knowing a device again, showing it the door."""

from __future__ import annotations

import secrets
import uuid
from pathlib import Path
from typing import NamedTuple

import msgspec

from weaklink.care.ports import Clock
from weaklink.web.home import devices
from weaklink.web.home.devices import Device, KeptDevices, Served
from weaklink.web.home.kept_file import KeptFile
from weaklink.web.home.pairing_code import DIGITS, Code, Verdict, judged, made

TOKEN_BYTES = 32


class Tried(NamedTuple):
    """What came of a typed code: the session's token when it was right, else the tries that are left."""

    verdict: Verdict
    token: str = ""
    tries_left: int = 0


class Pairing:
    """Codes and devices of one data folder. Each change is durable before it returns: call it in a thread."""

    def __init__(self, data_folder: Path, clock: Clock) -> None:
        self._file = KeptFile(data_folder)
        self._clock = clock

    @property
    def is_ended(self) -> bool:
        """Whether the network was erased; then this weaklink lets nobody in until it is started again."""
        return self._file.is_ended

    def end(self) -> None:
        """Erase keys, codes and devices, and let nobody in any more.

        Raises: NetworkFileError.
        """
        self._file.forget()

    def new_code(self) -> Code:
        """A code in place of any earlier one. Only somebody at the computer may ask for it."""
        code = made(secrets.randbelow(10**DIGITS), self._clock.now())
        self._file.change(lambda kept: (msgspec.structs.replace(kept, code=code), None))
        return code

    def code(self) -> Code | None:
        """The code that waits for its device; None when there is none or it was guessed too often."""
        code = self._file.read().code
        return code if code and code.waits(self._clock.now()) and code.tries_left else None

    def pair(self, said: str, name: str) -> Tried:
        """Take a typed code. Every place where one is checked goes through here, so every try counts."""
        now = self._clock.now()

        def tried(kept: KeptDevices) -> tuple[KeptDevices, Tried]:
            verdict, code = judged(kept.code, said, now)
            kept = msgspec.structs.replace(kept, code=code)
            if verdict != "right":
                return kept, Tried(verdict, tries_left=code.tries_left if code else 0)
            token = secrets.token_urlsafe(TOKEN_BYTES)
            device = Device(
                id=uuid.uuid4().hex[:8],
                name=devices.cleaned(name),
                digest=devices.digest_of(token),
                paired_at=now,
                seen_on=now.date(),
            )
            return msgspec.structs.replace(kept, devices=(*kept.devices, device)), Tried("right", token)

        return self._file.change(tried)

    def device(self, token: str) -> Device | None:
        """The device of a session that is good; None for any other."""
        found = self._file.read().device(token) if token else None
        return found if found and found.in_use(self._clock.now()) else None

    def was_revoked(self, token: str) -> bool:
        """Whether a session belongs to a device that was shown the door."""
        found = self._file.read().device(token) if token else None
        return found is not None and found.revoked_at is not None

    def devices(self) -> tuple[Device, ...]:
        """The devices whose sessions are good."""
        return self._file.read().active(self._clock.now())

    def revoke(self, device_id: str) -> int:
        """End the session of one device, or of all for "all"; how many that were."""
        now = self._clock.now()
        return self._file.change(lambda kept: devices.revoked(kept, device_id, now))

    def not_seen_today(self, device: Device) -> bool:
        """Whether this is its first visit today. A clock that was set back makes no visit older."""
        return device.seen_on < self._clock.now().date()

    def saw(self, device: Device) -> None:
        """Note a visit; the day is enough."""
        today = self._clock.now().date()
        self._file.change(lambda kept: (devices.seen(kept, device.id, today), None))

    def served(self) -> Served | None:
        """Where the pages are reached from the home network."""
        return self._file.read().served

    def serve(self, served: Served | None) -> None:
        """Note where the pages are reached; None when they are not."""
        if served != self.served():
            self._file.change(lambda kept: (msgspec.structs.replace(kept, served=served), None))
