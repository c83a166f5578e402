"""What a study file says: what is swept, who is drawn, and the seed. Read from TOML, every field checked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import msgspec
import tomli as tomllib

from weaklink.body.names import Leg
from weaklink.mechanics.load_pack import Window
from weaklink.movement.pace import CADENCES_SPM, SPEEDS_M_S
from weaklink.quantities import WeaklinkError
from weaklink.study.distribution import Distribution

LARGEST_FILE = 1_048_576
LARGEST_SEED = 2**63 - 1
MOST_PEOPLE = 1_000_000
MOST_SCENARIOS = 10_000_000
ALL = "all"
Chunk = Annotated[int, msgspec.Meta(ge=1, le=4096)]
Share = Annotated[float, msgspec.Meta(gt=0, le=2)]
Words = Annotated[str, msgspec.Meta(min_length=1, max_length=2000)]
# Limits of what a cohort may hold; the model knows nothing beyond them.
LIMITS: dict[str, tuple[float, float]] = {
    "height_m": (1.0, 2.5),
    "mass_kg": (20.0, 250.0),
    "body_mass_index_kg_m2": (10.0, 80.0),
    "speed_m_s": SPEEDS_M_S,
    "cadence_spm": CADENCES_SPM,
    "strength": (0.05, 2.0),
    "muscle_strength": (0.05, 2.0),
}


class StudyError(WeaklinkError, ValueError):
    """A study that cannot be run as it is written; the message names the field."""


class Sweep(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is varied: every combination of these is one scenario for each person."""

    motions: tuple[str, ...]
    weaken: tuple[str | tuple[str, ...], ...]  # a muscle, an area, or several at once
    strengths: tuple[Share, ...]  # what is left of the strength: 0.5 is half
    sides: tuple[Leg, ...] = ("right",)
    variants: tuple[str, ...] = ("compliant-calf",)  # of the muscle model; ["all"] for all six

    def __post_init__(self) -> None:
        for name in ("motions", "weaken", "strengths", "sides", "variants"):
            values = getattr(self, name)
            if not values:
                raise StudyError(f"`{name}` is empty; name at least one")
            if len(set(values)) < len(values):
                raise StudyError(f"`{name}` names something twice")


class Cohort(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Virtual runners. What is not stated stays as it is in the motion's own load pack."""

    people: Annotated[int, msgspec.Meta(ge=1, le=MOST_PEOPLE)]
    height_m: Distribution | None = None
    mass_kg: Distribution | None = None
    body_mass_index_kg_m2: Distribution | None = None  # mass follows from it and the height
    speed_m_s: Distribution | None = None  # of strides; a pose has none
    cadence_spm: Distribution | None = None  # without it, the usual one at the speed
    strength: Distribution | None = None  # one factor for all muscles of a person
    muscle_strength: Distribution | None = None  # one more factor for each muscle and leg
    muscles: dict[str, Distribution] = {}  # instead of muscle_strength, for the muscles named

    def __post_init__(self) -> None:
        if self.body_mass_index_kg_m2 and self.mass_kg:
            raise StudyError("state `mass_kg` or `body_mass_index_kg_m2`, not both")
        if self.body_mass_index_kg_m2 and not self.height_m:
            raise StudyError("`body_mass_index_kg_m2` needs `height_m`")
        for name, stated in self.stated():
            low, high = LIMITS.get(name, LIMITS["muscle_strength"])
            if stated.low < low or stated.high > high:
                raise StudyError(
                    f"`{name}` goes from {stated.low:g} to {stated.high:g}; expected {low:g} to {high:g}"
                )
        if self.body_mass_index_kg_m2 and self.height_m:
            _mass_in_limits(self.body_mass_index_kg_m2, self.height_m)

    def stated(self) -> Iterator[tuple[str, Distribution]]:
        """The distributions by name, those of single muscles last."""
        for name in LIMITS:
            found: Distribution | None = getattr(self, name)
            if found is not None:
                yield name, found
        yield from ((f"muscles.{muscle}", found) for muscle, found in self.muscles.items())


class Study(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A study file."""

    title: Words
    question: Words  # in a sentence a colleague understands
    seed: Annotated[int, msgspec.Meta(ge=0, le=LARGEST_SEED)]
    sweep: Sweep
    cohort: Cohort | None = None
    window: Window = "stance"
    chunk: Chunk = 256  # scenarios kept and sent together; no result depends on it


def _mass_in_limits(index: Distribution, height: Distribution) -> None:
    low, high = index.low * height.low**2, index.high * height.high**2
    least, most = LIMITS["mass_kg"]
    if low < least or high > most:
        raise StudyError(
            f"`body_mass_index_kg_m2` with `height_m` gives {low:.0f} to {high:.0f} kg; "
            f"expected {least:g} to {most:g} kg"
        )


def study_from(text: str, name: str = "study") -> Study:
    """The study a TOML text states.

    Raises: StudyError naming the text and the field.
    """
    try:
        return msgspec.convert(tomllib.loads(text), Study)
    except (ValueError, RecursionError, OverflowError, msgspec.ValidationError) as error:
        raise StudyError(f"{name}: {error}") from error


def read_study(path: Path) -> Study:
    """The study of a file.

    Raises: StudyError naming the file and the field.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST_FILE + 1)
        text = raw.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8 text"
        raise StudyError(f"study file {str(path)!r}: {reason}") from error
    if len(raw) > LARGEST_FILE:
        raise StudyError(f"study file {str(path)!r}: larger than {LARGEST_FILE} bytes")
    return study_from(text, path.name)
