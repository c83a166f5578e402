"""A load pack: all that sharing the load of one motion among muscles needs, made once, solved anywhere.

Each leg stands in its own phase: frame 0 is its own foot strike, or the pose itself where nothing moves.
"""

from __future__ import annotations

import math
from typing import Literal

import msgspec
import numpy as np
import numpy.typing as npt

from weaklink.body.names import LEG_COORDINATES, LEG_UNITS, Leg
from weaklink.body.scaling import BodySize, scale_between
from weaklink.quantities import WeaklinkError

FloatArray = npt.NDArray[np.float64]
Window = Literal["stance", "stride"]
CONTACT_JOINTS = ("hip", "knee", "ankle", "kneecap")


class LoadPackError(WeaklinkError):
    """A load pack whose parts do not fit together."""


class Leverage(msgspec.Struct, frozen=True, kw_only=True):
    """What the muscles of one leg have to carry a load with, frame by frame."""

    arms: FloatArray  # [m] (n_frames, 6, 40): moment of each unit per newton
    knee_arms_plain: FloatArray  # [m] (n_frames, 40): the knee's arms before its centre was corrected
    rigid_force: FloatArray  # [N] (n_frames, 40): force of the fully active unit, rigid tendon
    most_force: FloatArray  # [N] (40,): greatest isometric force
    lengths: FloatArray  # [m] (n_frames, 40): muscle with tendon
    speeds: FloatArray  # [m/s] (n_frames, 40): lengthening positive


class LegLoad(Leverage, frozen=True, kw_only=True):
    """What one leg must carry, frame by frame, and what its muscles have to carry it with."""

    moments: FloatArray  # [N·m] (n_frames, 6): what muscles must give, in the order of LEG_COORDINATES
    contact_of_unit: FloatArray  # (n_frames, 4, 3, 40): joint force along three axes per newton of each unit
    contact_net: FloatArray  # [N] (n_frames, 4, 3): joint force of the motion without any muscle


class LoadPack(msgspec.Struct, frozen=True, kw_only=True):
    """The loads of one motion of one body, with where they come from."""

    id: str
    name: str
    body: BodySize
    period_s: float  # of one cycle; 0 for a pose
    stance: float  # part of the cycle this leg stands on the ground
    right: LegLoad
    left: LegLoad
    sources: tuple[str, ...]  # source ids
    licence: str
    limits: str

    def __post_init__(self) -> None:
        for leg in (self.right, self.left):
            check_leg(self.id, leg)
        if not 0 < self.stance <= 1:
            raise LoadPackError(
                f"Load pack {self.id}: stance is {self.stance}; expected a part of the cycle."
            )

    def leg(self, side: Leg) -> LegLoad:
        """The load of one leg."""
        return self.right if side == "right" else self.left

    def frames(self, side: Leg, window: Window) -> npt.NDArray[np.int64]:
        """The frames of a window of one leg: its stance, or the whole cycle."""
        count = len(self.leg(side).moments)
        last = count if window == "stride" else max(1, round(self.stance * count))
        return np.arange(last)


def check_leg(name: str, leg: LegLoad) -> None:
    """Nothing, if every array has the shape and the values it must have.

    Raises: LoadPackError naming the array.
    """
    frames, coordinates, units = len(leg.moments), len(LEG_COORDINATES), len(LEG_UNITS)
    expected = {
        "moments": (frames, coordinates),
        "arms": (frames, coordinates, units),
        "knee_arms_plain": (frames, units),
        "rigid_force": (frames, units),
        "most_force": (units,),
        "lengths": (frames, units),
        "speeds": (frames, units),
        "contact_of_unit": (frames, len(CONTACT_JOINTS), 3, units),
        "contact_net": (frames, len(CONTACT_JOINTS), 3),
    }
    for field, shape in expected.items():
        found: FloatArray = getattr(leg, field)
        if found.shape != shape or not np.isfinite(found).all():
            raise LoadPackError(
                f"Load pack {name}: {field} has shape {found.shape}; "
                f"expected finite numbers of shape {shape}."
            )


def scaled(pack: LoadPack, runner: BodySize) -> LoadPack:
    """The pack of a runner of another size who moves in a similar way (see `body.scaling`).

    Similar under one gravity: times and speeds grow with the root of height.
    """
    scale = scale_between(pack.body, runner)

    def leg(load: LegLoad) -> LegLoad:
        return msgspec.structs.replace(
            load,
            moments=load.moments * scale.moment,
            arms=load.arms * scale.length,
            knee_arms_plain=load.knee_arms_plain * scale.length,
            rigid_force=load.rigid_force * scale.force,
            most_force=load.most_force * scale.force,
            lengths=load.lengths * scale.length,
            speeds=load.speeds * math.sqrt(scale.length),
            contact_net=load.contact_net * scale.force,
        )

    return msgspec.structs.replace(
        pack,
        body=runner,
        period_s=pack.period_s * math.sqrt(scale.length),
        right=leg(pack.right),
        left=leg(pack.left),
    )
