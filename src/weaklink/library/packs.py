"""Reading the load packs that ship with weaklink: a record of where it comes from, and its arrays."""

from __future__ import annotations

import functools
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from weaklink.library.reading import KnowledgeError, UnknownIdError, nearest

if TYPE_CHECKING:
    from weaklink.mechanics.load_pack import LoadPack
    from weaklink.movement.baked import Baked
    from weaklink.movement.pace import StrideTemplate

PACKS = Path(__file__).resolve().parent.parent / "packs"
STRIDE_FRAMES = 60  # of a stride that is drawn: one every 11 ms


def pack_ids(folder: Path = PACKS) -> tuple[str, ...]:
    """The motions there is a load pack for."""
    return tuple(sorted(path.stem for path in folder.glob("*.toml")))


@functools.cache
def load_pack(motion: str, folder: Path = PACKS) -> LoadPack:
    """The load pack of a motion. What the left leg carries is the right leg's, each in its own phase.

    Raises: UnknownIdError naming the known motions; KnowledgeError for a file that cannot be read.
    """
    if motion not in pack_ids(folder):
        known = list(pack_ids(folder))
        raise UnknownIdError(f'No motion "{motion}". Nearest: {nearest(motion, known)}.')
    return _read(folder / f"{motion}.toml", folder / f"{motion}.npz")


def _read(record_path: Path, arrays_path: Path) -> LoadPack:
    import numpy as np

    from weaklink.body.scaling import BodySize
    from weaklink.mechanics.load_pack import LegLoad, LoadPack

    try:
        record: dict[str, Any] = tomllib.loads(record_path.read_text(encoding="utf-8"))
        with np.load(arrays_path, allow_pickle=False) as arrays:
            leg = LegLoad(**{name: arrays[name].astype(np.float64) for name in arrays.files})
        stride = record.get("stride", {"period_s": 0.0, "stance": 1.0})
        return LoadPack(
            id=record_path.stem,
            name=record["name"],
            body=BodySize(mass_kg=record["body"]["mass_kg"], height_m=record["body"]["height_m"]),
            period_s=stride["period_s"],
            stance=stride["stance"],
            right=leg,
            left=leg,
            sources=tuple(source["cite"] for source in record["sources"]),
            licence=record["licence"],
            limits=record["limits"],
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise KnowledgeError(f"{record_path.name} or {arrays_path.name}: {error!r}") from error


@functools.cache
def stride_template(motion: str = "running", folder: Path = PACKS) -> StrideTemplate:
    """The template stride of a motion, to be fitted to a runner by `movement.gait.stride`.

    Raises: UnknownIdError when the motion has none; KnowledgeError for a record that cannot be read.
    """
    from weaklink.body.scaling import BodySize
    from weaklink.movement.curves import COORDINATES, GROUND
    from weaklink.movement.pace import StrideTemplate

    path = folder / f"{motion}.toml"
    if motion not in pack_ids(folder) or "coordinates" not in _record(path):
        known = [name for name in pack_ids(folder) if "coordinates" in _record(folder / f"{name}.toml")]
        raise UnknownIdError(f'No stride "{motion}". Known: {", ".join(known)}.')
    record = _record(path)
    try:
        return StrideTemplate(
            id=motion,
            name=record["name"],
            body=BodySize(mass_kg=record["body"]["mass_kg"], height_m=record["body"]["height_m"]),
            **record["stride"],
            coordinates=COORDINATES.of(record["coordinates"]),
            ground=GROUND.of(record["ground"]),
            sources=tuple(source["cite"] for source in record["sources"]),
            licence=record["licence"],
            limits=record["limits"],
        )
    except (ValueError, KeyError, TypeError, msgspec.ValidationError) as error:
        raise KnowledgeError(f"{path.name}: {error!r}") from error


def side_bending(motion: str = "single-leg-stance", folder: Path = PACKS) -> dict[int, float]:
    """Net side-bending moment at the lowest lumbar joint [N·m] by degrees of pelvic drop: not a disc load.

    Raises: KnowledgeError when the record has none.
    """
    found = _record(folder / f"{motion}.toml").get("lumbar_side_bending", {})
    try:
        return {
            int(name.removeprefix("pelvis_dropped_").removesuffix("_deg_nm")): float(moment)
            for name, moment in found.items()
        }
    except ValueError as error:
        raise KnowledgeError(f"{motion}.toml: lumbar_side_bending: {error}") from error


@functools.cache
def baked_stride(motion: str = "running") -> Baked:
    """The template stride on the body of 1.75 m as a baked movement, with the motion's id.

    Raises: UnknownIdError, KnowledgeError.
    """
    from weaklink.body.scaling import BodySize
    from weaklink.body.segments import REFERENCE_HEIGHT_M
    from weaklink.movement.gait import as_movement, stride

    template = stride_template(motion)
    grown = REFERENCE_HEIGHT_M / template.body.height_m
    body = BodySize(mass_kg=template.body.mass_kg * grown**2, height_m=REFERENCE_HEIGHT_M)
    return as_movement(stride(template, body, frames=STRIDE_FRAMES))


def pack_at(
    motion: str,
    mass_kg: float | None = None,
    height_m: float | None = None,
    speed_m_s: float | None = None,
    cadence_spm: float | None = None,
) -> LoadPack:
    """The load pack of a motion for a runner: what is not said is as in the pack.

    Without a speed a runner of another height runs like the template; only a stride has speed and cadence.
    Raises: UnknownIdError, BodySizeError or PaceError naming the field.
    """
    from weaklink.body.scaling import BodySize
    from weaklink.mechanics.load_at_pace import at_pace
    from weaklink.mechanics.load_pack import scaled
    from weaklink.movement.pace import PaceError, pace_of

    pack = load_pack(motion)
    body = BodySize(
        mass_kg=pack.body.mass_kg if mass_kg is None else mass_kg,
        height_m=pack.body.height_m if height_m is None else height_m,
    )
    sized = pack if body == pack.body else scaled(pack, body)
    if speed_m_s is None and cadence_spm is None:
        return sized
    if not pack.period_s:
        field = "cadence_spm" if speed_m_s is None else "speed_m_s"
        raise PaceError(f"{field} is said, but {motion} is a pose: it has neither speed nor cadence.")
    return at_pace(sized, pace_of(stride_template(motion), body, speed_m_s, cadence_spm))


def _record(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise KnowledgeError(f"{path.name}: {error!r}") from error
