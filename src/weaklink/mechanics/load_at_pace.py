"""The load of a stride at another pace: sizes change, the shape over the stride stays the template's.

Our own rule. While a foot stands, what the joints carry comes from the ground: it grows with the push, which
must lift the same weight in another time. In the air it comes from the leg's own swing: it grows with the
size of the swing and the square of its tempo. Posture, moment arms and what the muscles' speed costs them
stay the template's, so this is good for a change of pace, not for another way to run.
"""

from __future__ import annotations

import msgspec
import numpy as np
import numpy.typing as npt

from weaklink.mechanics.load_pack import LegLoad, LoadPack
from weaklink.movement.pace import Pace

FloatArray = npt.NDArray[np.float64]
MEETS = 0.04  # part of the stride over which one rule goes over into the other


def at_pace(pack: LoadPack, pace: Pace) -> LoadPack:
    """The pack of the same runner at a pace; scale it to the runner first (`load_pack.scaled`).

    Its frames stay the template's moments of the stride: frame k is as far between contact and toe-off.
    """

    def leg(load: LegLoad) -> LegLoad:
        factor = pace_factor(len(load.moments), pack.stance, pace)
        return msgspec.structs.replace(
            load,
            moments=load.moments * factor[:, None],
            contact_net=load.contact_net * factor[:, None, None],
        )

    return msgspec.structs.replace(pack, period_s=pace.period_s, right=leg(pack.right), left=leg(pack.left))


def pace_factor(frames: int, stance: float, pace: Pace) -> FloatArray:
    """How much larger the load of each frame is than the template's, (n_frames,)."""
    phase = np.arange(frames) / frames
    from_contact = np.minimum(phase, 1 - phase)
    inside = np.where(phase < stance / 2, from_contact, stance - phase)
    signed = np.where(phase <= stance, inside, np.maximum(stance - phase, -from_contact))
    ground = np.clip(0.5 + signed / MEETS, 0, 1)
    ground = ground**2 * (3 - 2 * ground)
    whole: FloatArray = ground * pace.push + (1 - ground) * pace.swing * pace.tempo**2
    return whole
