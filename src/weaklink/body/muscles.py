"""The muscles of the leg by anatomy, each with its units in the model."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from types import MappingProxyType

from weaklink.body.names import LEG_UNITS
from weaklink.quantities import WeaklinkError

# Muscle id of the knowledge → stems of its units. One muscle may be several units (a fan is cut in strips).
UNITS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "adductor-brevis": ("addbrev",),
        "adductor-longus": ("addlong",),
        "adductor-magnus": ("addmagDist", "addmagIsch", "addmagMid", "addmagProx"),
        "biceps-femoris": ("bflh", "bfsh"),
        "extensor-digitorum-longus": ("edl",),
        "extensor-hallucis-longus": ("ehl",),
        "fibularis-brevis": ("perbrev",),
        "fibularis-longus": ("perlong",),
        "flexor-digitorum-longus": ("fdl",),
        "flexor-hallucis-longus": ("fhl",),
        "gastrocnemius": ("gaslat", "gasmed"),
        "gluteus-maximus": ("glmax1", "glmax2", "glmax3"),
        "gluteus-medius": ("glmed1", "glmed2", "glmed3"),
        "gluteus-minimus": ("glmin1", "glmin2", "glmin3"),
        "gracilis": ("grac",),
        "iliacus": ("iliacus",),
        "piriformis": ("piri",),
        "psoas-major": ("psoas",),
        "rectus-femoris": ("recfem",),
        "sartorius": ("sart",),
        "semimembranosus": ("semimem",),
        "semitendinosus": ("semiten",),
        "soleus": ("soleus",),
        "tensor-fasciae-latae": ("tfl",),
        "tibialis-anterior": ("tibant",),
        "tibialis-posterior": ("tibpost",),
        "vastus-intermedius": ("vasint",),
        "vastus-lateralis": ("vaslat",),
        "vastus-medialis": ("vasmed",),
    }
)

# Calf and deep plantarflexors: their long tendons stretch, so that the fibres hardly change length in stance.
# With rigid tendons the model cannot carry running at the ankle (uchida-2016; docs/science, calf rule).
LONG_TENDON_UNITS = frozenset({"soleus", "gasmed", "gaslat", "tibpost", "fhl", "fdl", "perlong", "perbrev"})

# Muscles the model is known to be unsure of, flagged wherever a number of them shows. Unlike the reference:
# their force over the measured stride has another shape (r below 0.8; docs/validation/muscle_forces.py).
UNLIKE_REFERENCE = frozenset(
    {"adductor-brevis", "biceps-femoris", "piriformis", "sartorius", "semitendinosus"}
)
# Unlike the measured runner's own electromyogram (docs/science/muscle-forces.md).
UNLIKE_EMG = frozenset({"gluteus-maximus", "rectus-femoris", "tibialis-anterior"})
UNSURE = UNLIKE_REFERENCE | UNLIKE_EMG


class UnknownMuscleError(WeaklinkError):
    """A muscle the leg model does not have."""


def units_of(muscle: str) -> tuple[str, ...]:
    """The unit stems of a muscle id.

    Raises: UnknownMuscleError naming the nearest known ones.
    """
    if muscle not in UNITS:
        near = difflib.get_close_matches(muscle, UNITS, n=1, cutoff=0.4)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise UnknownMuscleError(f'No muscle "{muscle}" in the leg model.{hint} Known: {", ".join(UNITS)}.')
    return UNITS[muscle]


def unit_indices(muscle: str) -> list[int]:
    """Where the units of a muscle stand in every array of units."""
    return [LEG_UNITS.index(stem) for stem in units_of(muscle)]


def muscle_of(unit: str) -> str:
    """The muscle id a unit stem belongs to."""
    return next(muscle for muscle, stems in UNITS.items() if unit in stems)
