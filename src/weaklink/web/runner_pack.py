"""The load pack of the runner at these pages: the shipped motion, scaled to a known height and mass."""

from __future__ import annotations

import functools
import gzip
import hashlib
from collections.abc import Mapping
from typing import Any

import msgspec
import numpy as np

from weaklink.body.scaling import BodySize
from weaklink.library.packs import load_pack
from weaklink.mechanics.load_pack import LegLoad, LoadPack, scaled
from weaklink.web.browser_pack import browser_pack

MOTION = "running"


def size_of(settings: Mapping[str, Any]) -> BodySize | None:
    """Height and mass of the runner; None unless both were given."""
    mass, height = settings.get("mass_kg"), settings.get("height_cm")
    if not mass or not height:
        return None
    return BodySize(mass_kg=float(mass), height_m=float(height) / 100)


@functools.lru_cache(maxsize=8)
def runner_pack(size: BodySize | None) -> LoadPack:
    """The loads of a runner; exactly the numbers that are sent to the browser, so that both answer alike."""
    shipped = load_pack(MOTION)
    return shipped if size is None else _as_sent(scaled(shipped, size))


@functools.lru_cache(maxsize=8)
def packed(size: BodySize | None) -> bytes:
    """The same for the browser, gzipped."""
    return gzip.compress(browser_pack(runner_pack(size)), compresslevel=9, mtime=0)


def pack_address(size: BodySize | None) -> str:
    """Where the browser finds it. The shipped one may be kept for ever; a runner's own is never kept."""
    if size is not None:
        return f"/api/v1/load-packs/{MOTION}"
    return f"/static/packs/{MOTION}?v={hashlib.sha256(packed(None)).hexdigest()[:10]}"


def _as_sent(pack: LoadPack) -> LoadPack:
    def leg(load: LegLoad) -> LegLoad:
        names = LegLoad.__annotations__
        sent = {name: getattr(load, name).astype(np.float32).astype(np.float64) for name in names}
        return LegLoad(**sent)

    return msgspec.structs.replace(pack, right=leg(pack.right), left=leg(pack.left))
