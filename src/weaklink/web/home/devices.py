"""Paired devices: who they are, whose session is good, and who was shown the door."""

from __future__ import annotations

import datetime
import hashlib
import hmac

import msgspec

from weaklink.web.home.pairing_code import Code

UNUSED_FOR = datetime.timedelta(days=90)  # then a device has to be paired again
LONGEST_NAME = 40
MOST_REVOKED = 50


class Device(msgspec.Struct, frozen=True, kw_only=True):
    """One browser that was paired. Only a digest of its session is kept."""

    id: str
    name: str
    digest: str
    paired_at: datetime.datetime
    seen_on: datetime.date
    revoked_at: datetime.datetime | None = None

    def in_use(self, now: datetime.datetime) -> bool:
        """Whether its session is still good."""
        return self.revoked_at is None and now.date() - self.seen_on < UNUSED_FOR


class Served(msgspec.Struct, frozen=True, kw_only=True):
    """Where a running weaklink is reached from the home network."""

    pages: tuple[str, ...]  # https addresses, the one for the QR code first
    certificate: str = ""  # where the authority's certificate is, "" where a proxy has its own
    fingerprint: str = ""


class KeptDevices(msgspec.Struct, frozen=True, kw_only=True):
    """All that is known about pairing in one data folder."""

    code: Code | None = None
    devices: tuple[Device, ...] = ()
    served: Served | None = None

    def device(self, token: str) -> Device | None:
        """The device of a session, revoked or not."""
        digest = digest_of(token)
        return next((device for device in self.devices if hmac.compare_digest(device.digest, digest)), None)

    def active(self, now: datetime.datetime) -> tuple[Device, ...]:
        """The devices that may read and write now, in the order they came."""
        return tuple(device for device in self.devices if device.in_use(now))


def digest_of(token: str) -> str:
    """What is kept of a session. It is random and long, so one round of a plain digest is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def cleaned(name: str) -> str:
    """A name as it may be shown: one line, nothing unprintable, not too long."""
    return " ".join("".join(letter for letter in name if letter.isprintable()).split())[:LONGEST_NAME]


def revoked(kept: KeptDevices, device_id: str, now: datetime.datetime) -> tuple[KeptDevices, int]:
    """Without one device, or without any when the id is "all"; and how many that were.

    A revoked one is remembered without its name, so that it can be told to forget what it holds.
    """
    gone = 0
    devices = []
    for device in kept.devices:
        if device.revoked_at is None and device_id in (device.id, "all"):
            gone += 1
            device = msgspec.structs.replace(device, revoked_at=now, name="")
        devices.append(device)
    old = [device for device in devices if device.revoked_at is not None][:-MOST_REVOKED]
    left = tuple(device for device in devices if device not in old)
    return msgspec.structs.replace(kept, devices=left), gone


def seen(kept: KeptDevices, device_id: str, today: datetime.date) -> KeptDevices:
    """With the day of a device's last visit."""
    return msgspec.structs.replace(
        kept,
        devices=tuple(
            msgspec.structs.replace(device, seen_on=max(device.seen_on, today))
            if device.id == device_id
            else device
            for device in kept.devices
        ),
    )
