"""A load pack as the browser takes it: a header that names the model, then its numbers as 32-bit floats.

Whatever the solver in the page needs stands in the header, so that no constant is spelled twice.
"""

from __future__ import annotations

import struct
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from weaklink.body.muscles import LONG_TENDON_UNITS, UNITS, UNSURE, unit_indices
from weaklink.body.names import LEG_COORDINATES, LEG_UNITS, LEGS, Leg
from weaklink.mechanics.claims import CLAIMS, NOTABLE_RISE
from weaklink.mechanics.contact import ACHILLES, BAND_SHARE
from weaklink.mechanics.load_pack import CONTACT_JOINTS, LegLoad, LoadPack, Window
from weaklink.mechanics.redistribution import SHORT, SMALLEST_PEAK_NM, WORKING
from weaklink.mechanics.variants import VARIANTS, Variant

Float32Array = npt.NDArray[np.float32]
ARRAYS = (
    "moments", "arms", "knee_arms_plain", "rigid_force", "most_force", "contact_of_unit", "contact_net",
)  # fmt: skip


def browser_pack(pack: LoadPack, window: Window = "stance") -> bytes:
    """The frames of one window, each leg in its own phase; a leg equal to the other is sent once.

    Layout, little-endian: length of the header (uint32), the header (JSON, padded to four bytes), then the
    arrays one after another as float32. `arrays` in the header says where each begins and how long it is, in
    floats.
    """
    sides = _sides(pack)
    places: list[dict[str, list[int]]] = []
    numbers: list[Float32Array] = []
    for side in dict.fromkeys(sides.values()):
        places.append(_place(pack.leg(side), pack.frames(side, window), numbers))
    order = list(dict.fromkeys(sides.values()))
    header = {
        **_model(),
        "motion": pack.id,
        "window": window,
        "legs": {side: order.index(sent) for side, sent in sides.items()},
        "peaks": [_peaks(pack.leg(side)) for side in order],
        "arrays": places,
    }
    head = msgspec.json.encode(header)
    head += b" " * (-len(head) % 4)
    return struct.pack("<I", len(head)) + head + b"".join(each.tobytes() for each in numbers)


def _sides(pack: LoadPack) -> dict[Leg, Leg]:
    """Which leg's numbers stand for each leg."""
    same = all(
        np.array_equal(getattr(pack.right, name), getattr(pack.left, name))
        for name in LegLoad.__struct_fields__
    )
    return {side: "right" if same else side for side in LEGS}


def _place(load: LegLoad, frames: npt.NDArray[np.int64], numbers: list[Float32Array]) -> dict[str, list[int]]:
    """Append the arrays of a leg, and say where each begins and how long it is."""
    places = {}
    for name in ARRAYS:
        whole = getattr(load, name)
        kept = whole if name == "most_force" else whole[frames]
        places[name] = [sum(each.size for each in numbers), kept.size]
        numbers.append(np.ascontiguousarray(kept, dtype="<f4").ravel())
    return places


def _peaks(load: LegLoad) -> list[float]:
    """The greatest moment of each joint over the whole cycle [N·m]; a shortfall is a share of it."""
    return [max(float(peak), SMALLEST_PEAK_NM) for peak in np.abs(load.moments).max(axis=0)]


def _model() -> dict[str, Any]:
    """The model: names, variants, claims and the limits that decide words."""
    return {
        "coordinates": LEG_COORDINATES,
        "units": len(LEG_UNITS),
        "muscles": {muscle: unit_indices(muscle) for muscle in UNITS},
        "unsure": sorted(UNSURE),
        "longTendon": [index for index, stem in enumerate(LEG_UNITS) if stem in LONG_TENDON_UNITS],
        "variants": [_variant(variant) for variant in VARIANTS],
        "joints": CONTACT_JOINTS,
        "achilles": ACHILLES,
        "bandShare": BAND_SHARE,
        "claims": [msgspec.to_builtins(claim) for claim in CLAIMS],
        "working": WORKING,
        "short": SHORT,
        "notableRise": NOTABLE_RISE,
    }


def _variant(variant: Variant) -> dict[str, Any]:
    effort = variant.effort
    return {
        "id": variant.id,
        "tendons": variant.tendons,
        "knee": variant.knee,
        "effort": {
            "exponent": effort.exponent,
            "quadratic": effort.quadratic,
            "lowest": effort.lowest,
            "reserveWeight": effort.reserve_weight,
        },
    }
