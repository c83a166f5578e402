"""The load pack of the runner at these pages: the shipped step, carried to a known size and pace."""

from __future__ import annotations

import functools
import gzip
import hashlib
from collections.abc import Mapping
from typing import Any

import msgspec
import numpy as np

from weaklink.body.scaling import BodySize
from weaklink.library.packs import load_pack, pack_at
from weaklink.mechanics.load_pack import LegLoad, LoadPack
from weaklink.web.figures.browser_pack import browser_pack

MOTION = "running"
KM_H = 3.6  # in one m/s


class OwnStep(msgspec.Struct, frozen=True, kw_only=True):
    """What the runner said about size and pace; None is as in the shipped step."""

    height_m: float | None = None
    mass_kg: float | None = None
    speed_m_s: float | None = None
    cadence_spm: float | None = None


TEMPLATE = OwnStep()


def own_step(settings: Mapping[str, Any]) -> OwnStep:
    """Size and pace of the runner, from what is kept in the settings."""
    height, speed = settings.get("height_cm"), settings.get("speed_km_h")
    return OwnStep(
        height_m=height / 100 if height else None,
        mass_kg=settings.get("mass_kg"),
        speed_m_s=speed / KM_H if speed else None,
        cadence_spm=settings.get("cadence_spm"),
    )


def size_of(settings: Mapping[str, Any]) -> BodySize | None:
    """Height and mass of the runner; None unless both were given."""
    step = own_step(settings)
    if not step.mass_kg or not step.height_m:
        return None
    return BodySize(mass_kg=step.mass_kg, height_m=step.height_m)


@functools.lru_cache(maxsize=8)
def runner_pack(step: OwnStep) -> LoadPack:
    """The loads of a runner; exactly the numbers that are sent to the browser, so that both answer alike.

    Raises: BodySizeError or PaceError naming what the step cannot be carried to.
    """
    if step == TEMPLATE:
        return load_pack(MOTION)
    return _as_sent(pack_at(MOTION, step.mass_kg, step.height_m, step.speed_m_s, step.cadence_spm))


@functools.lru_cache(maxsize=8)
def packed(step: OwnStep) -> bytes:
    """The same for the browser, gzipped."""
    return gzip.compress(browser_pack(runner_pack(step)), compresslevel=9, mtime=0)


def pack_address(step: OwnStep) -> str:
    """Where the browser finds it. The shipped one may be kept for ever; a runner's own is never kept."""
    if step != TEMPLATE:
        return f"/api/v1/load-packs/{MOTION}"
    return f"/static/packs/{MOTION}?v={hashlib.sha256(packed(TEMPLATE)).hexdigest()[:10]}"


def _as_sent(pack: LoadPack) -> LoadPack:
    def leg(load: LegLoad) -> LegLoad:
        names = LegLoad.__struct_fields__
        sent = {name: getattr(load, name).astype(np.float32).astype(np.float64) for name in names}
        return LegLoad(**sent)

    return msgspec.structs.replace(pack, right=leg(pack.right), left=leg(pack.left))
