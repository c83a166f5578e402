"""A load pack as the browser takes it: a header that names the model, then its numbers as 32-bit floats.

Whatever the solver in the page needs stands in the header, so that no constant is spelled twice.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

import msgspec
import numpy as np
import numpy.typing as npt

from weaklink.body.muscles import LONG_TENDON_UNITS, UNITS, UNSURE, unit_indices
from weaklink.body.names import LEG_COORDINATES, LEG_UNITS, LEGS, Leg
from weaklink.mechanics.article_claims import CLAIMS, NOTABLE_RISE, Claim
from weaklink.mechanics.contact import ACHILLES, BAND_SHARE
from weaklink.mechanics.load_pack import CONTACT_JOINTS, LegLoad, LoadPack, Window
from weaklink.mechanics.redistribution import SHORT, SMALLEST_PEAK_NM, WORKING
from weaklink.mechanics.variants import VARIANTS, Variant

Float32Array = npt.NDArray[np.float32]
ARRAYS = (
    "moments", "arms", "knee_arms_plain", "rigid_force", "most_force", "contact_of_unit", "contact_net",
)  # fmt: skip


class SentEffort(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """How a variant shares out effort."""

    exponent: float
    quadratic: float
    lowest: float
    reserve_weight: float


class SentVariant(msgspec.Struct, frozen=True, kw_only=True):
    """One variant of the model."""

    id: str
    tendons: str
    knee: str
    effort: SentEffort


class PackHeader(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What the solver in the page has to know before the numbers: names, variants, claims, limits of words.

    `peaks`: the greatest moment of each joint [N·m], by leg that is sent. `arrays`: where each array of that
    leg begins and how long it is, in floats.
    """

    coordinates: Sequence[str]
    units: int
    muscles: dict[str, Sequence[int]]
    unsure: list[str]
    long_tendon: list[int]
    variants: list[SentVariant]
    joints: Sequence[str]
    achilles: Sequence[str]
    band_share: Mapping[str, float]
    claims: Sequence[Claim]
    working: float
    short: float
    notable_rise: float
    motion: str
    window: Window
    legs: dict[Leg, int]
    peaks: list[list[float]]
    arrays: list[dict[str, list[int]]]


def browser_pack(pack: LoadPack, window: Window = "stance") -> bytes:
    """The frames of one window, each leg in its own phase; a leg equal to the other is sent once.

    Layout, little-endian: length of the header (uint32), the header (JSON, padded to four bytes), then the
    arrays one after another as float32. `arrays` in the header says where each begins and how long it is, in
    floats.
    """
    places: list[dict[str, list[int]]] = []
    numbers: list[Float32Array] = []
    for side in dict.fromkeys(_sides(pack).values()):
        places.append(_place(pack.leg(side), pack.frames(side, window), numbers))
    head = msgspec.json.encode(_header(pack, window, places))
    head += b" " * (-len(head) % 4)
    return struct.pack("<I", len(head)) + head + b"".join(each.tobytes() for each in numbers)


def _header(pack: LoadPack, window: Window, places: list[dict[str, list[int]]]) -> PackHeader:
    sides = _sides(pack)
    order = list(dict.fromkeys(sides.values()))
    return PackHeader(
        coordinates=LEG_COORDINATES,
        units=len(LEG_UNITS),
        muscles={muscle: unit_indices(muscle) for muscle in UNITS},
        unsure=sorted(UNSURE),
        long_tendon=[index for index, stem in enumerate(LEG_UNITS) if stem in LONG_TENDON_UNITS],
        variants=[_variant(variant) for variant in VARIANTS],
        joints=CONTACT_JOINTS,
        achilles=ACHILLES,
        band_share=BAND_SHARE,
        claims=CLAIMS,
        working=WORKING,
        short=SHORT,
        notable_rise=NOTABLE_RISE,
        motion=pack.id,
        window=window,
        legs={side: order.index(sent) for side, sent in sides.items()},
        peaks=[_peaks(pack.leg(side)) for side in order],
        arrays=places,
    )


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


def _variant(variant: Variant) -> SentVariant:
    effort = variant.effort
    return SentVariant(
        id=variant.id,
        tendons=variant.tendons,
        knee=variant.knee,
        effort=SentEffort(
            exponent=effort.exponent,
            quadratic=effort.quadratic,
            lowest=effort.lowest,
            reserve_weight=effort.reserve_weight,
        ),
    )
