"""What joints, Achilles tendon and iliotibial band carry, given the muscle forces. Linear in those forces.

Read high in body weights (a standard model has no cartilage and no cushioning), so only changes are shown.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from weaklink.body.muscles import unit_indices
from weaklink.mechanics.load_pack import CONTACT_JOINTS, LegLoad

FloatArray = npt.NDArray[np.float64]
# Part of a muscle's force that the iliotibial band passes on: all of the tensor fasciae latae and half of
# the gluteus maximus, whose surface ends mostly in the band. Assumed; docs/science/muscle-forces.md.
BAND_SHARE = {"tensor-fasciae-latae": 1.0, "gluteus-maximus": 0.5}
ACHILLES = ("gastrocnemius", "soleus")
STRUCTURES = (*CONTACT_JOINTS, "achilles-tendon", "iliotibial-band")


def structure_loads(
    load: LegLoad, frames: npt.NDArray[np.int64], forces: FloatArray
) -> dict[str, FloatArray]:
    """The size of the force in each structure [N], shape (n_frames,).

    Args:
        frames: which frames of the load the forces belong to.
        forces: muscle forces [N], shape (n_frames, n_units).
    """
    pull = np.einsum("fjxn,fn->fjx", load.contact_of_unit[frames], forces)
    size = np.linalg.norm(load.contact_net[frames] + pull, axis=2)
    loads = {joint: size[:, place] for place, joint in enumerate(CONTACT_JOINTS)}
    loads["achilles-tendon"] = sum((_of(muscle, forces) for muscle in ACHILLES), np.zeros(len(forces)))
    band = (share * _of(muscle, forces) for muscle, share in BAND_SHARE.items())
    loads["iliotibial-band"] = sum(band, np.zeros(len(forces)))
    return loads


def _of(muscle: str, forces: FloatArray) -> FloatArray:
    total: FloatArray = forces[:, unit_indices(muscle)].sum(axis=1)
    return total
