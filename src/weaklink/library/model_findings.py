"""The model's findings as they ship: read once, made anew by `make packs`."""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from weaklink.library.packs import PACKS, load_pack, side_bending
from weaklink.library.reading import KnowledgeError, Library

if TYPE_CHECKING:
    from weaklink.mechanics.leg_findings import ModelFindings

FILE = PACKS / "model-findings.json"
RUNNING, STANCE = "running", "single-leg-stance"


@functools.cache
def shipped_findings(path: Path = FILE) -> ModelFindings:
    """What ships. Reading takes a millisecond; nothing is solved.

    Raises: KnowledgeError for a file that cannot be read.
    """
    from weaklink.mechanics.leg_findings import FINDINGS

    try:
        return FINDINGS.read(path.read_bytes())
    except (OSError, msgspec.DecodeError) as error:
        raise KnowledgeError(f"{path.name}: {error}") from error


def made_findings(library: Library) -> ModelFindings:
    """The findings computed now from the shipped packs; takes seconds."""
    from weaklink.mechanics.leg_findings import findings_of

    return findings_of(
        load_pack(RUNNING), load_pack(STANCE), modelled_groups(library), side_bending(STANCE), pack_digests()
    )


def modelled_groups(library: Library) -> dict[str, list[str]]:
    """The areas that have muscles in the leg model, with those muscles the articles call weak."""
    from weaklink.body.muscles import UNITS
    from weaklink.mechanics.article_claims import called_weak

    areas = sorted(library.areas.values(), key=lambda area: (area.order, area.id))
    groups = {area.id: list(called_weak([m for m in area.muscles if m in UNITS])) for area in areas}
    return {area: muscles for area, muscles in groups.items() if muscles}


def pack_digests() -> dict[str, str]:
    """The sha256 of the packs the findings hang on."""
    return {
        name: hashlib.sha256((PACKS / f"{name}.npz").read_bytes()).hexdigest() for name in (RUNNING, STANCE)
    }
