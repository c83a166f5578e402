"""Figures: an edited or new movement is solved once, kept, and found again."""

from __future__ import annotations

import datetime
from pathlib import Path

import msgspec
import numpy as np
import pytest

from tests.library.small import small_library
from weaklink.library.baked_movements import shipped_solution
from weaklink.library.reading import KNOWLEDGE, UnknownIdError, read_library, read_record, shipped_library
from weaklink.library.records import MovementRecord
from weaklink.library.scaffold import stub
from weaklink.store.figure_store import Figures

TODAY = datetime.date(2026, 11, 21)
PHASES = """
posture = "standing"
side = "right"

[[keyframes]]
name = "standing"

[[keyframes]]
name = "leg out"
angles = { hip_adduction_r = -30 }
without = ["foot_r"]
"""


def test_what_ships_is_not_solved_again(tmp_path: Path) -> None:
    figures = Figures(shipped_library(), tmp_path / "figures")

    assert figures.baked("clamshell").coordinates.shape[0] > 8
    assert figures.baked("clamshell") is figures.baked("clamshell")
    assert not (tmp_path / "figures").exists()


def test_a_new_exercise_moves_without_any_python(tmp_path: Path) -> None:
    small_library(tmp_path)
    for path, text in stub("exercise", "side-kick", TODAY).items():
        if path.startswith("src/"):
            target = tmp_path / "knowledge" / path.removeprefix("src/weaklink/knowledge/")
            target.write_text(text + PHASES * ("movements" in path), encoding="utf-8")
    standing = (KNOWLEDGE / "postures" / "standing.toml").read_text(encoding="utf-8")
    (tmp_path / "knowledge" / "postures" / "standing.toml").write_text(standing, encoding="utf-8")
    library = read_library(tmp_path / "knowledge")
    found = Figures(library, tmp_path / "figures").baked("side-kick")

    assert shipped_solution("side-kick", found.digest, library) is None
    assert (tmp_path / "figures" / f"{found.digest}.pack").is_file()
    again = Figures(read_library(tmp_path / "knowledge"), tmp_path / "figures").baked("side-kick")
    assert np.allclose(again.coordinates, found.coordinates, atol=1e-6)


@pytest.mark.slow
def test_a_new_exercise_is_drawn_once_and_kept(tmp_path: Path) -> None:
    small_library(tmp_path)
    movement = (
        stub("exercise", "side-kick", TODAY)["src/weaklink/knowledge/movements/side-kick.toml"] + PHASES
    )
    target = tmp_path / "knowledge" / "movements" / "side-kick.toml"
    target.write_text(movement, encoding="utf-8")
    standing = (KNOWLEDGE / "postures" / "standing.toml").read_text(encoding="utf-8")
    (tmp_path / "knowledge" / "postures" / "standing.toml").write_text(standing, encoding="utf-8")
    figures = Figures(read_library(tmp_path / "knowledge"), tmp_path / "figures")
    drawing = figures.still("side-kick")
    kept = tmp_path / "figures" / f"{figures.key('side-kick')}.svg"

    assert drawing.startswith("<path ")
    assert kept.read_text(encoding="ascii") == drawing
    kept.write_text("<path/>", encoding="ascii")
    assert Figures(read_library(tmp_path / "knowledge"), tmp_path / "figures").still("side-kick") == "<path/>"


@pytest.mark.slow
def test_a_kept_file_that_is_broken_is_made_again(tmp_path: Path) -> None:
    library = shipped_library()
    path = KNOWLEDGE / "movements" / "clamshell.toml"
    shipped = read_record(path, MovementRecord)
    assert isinstance(shipped, MovementRecord)
    record = msgspec.structs.replace(shipped, angles={"neck_rotation": 3})
    edited = msgspec.structs.replace(library, movements={**library.movements, "clamshell": record})
    first = Figures(edited, tmp_path).baked("clamshell")
    kept = tmp_path / f"{first.digest}.pack"
    kept.write_bytes(b"broken")

    assert np.allclose(Figures(edited, tmp_path).baked("clamshell").coordinates, first.coordinates, atol=1e-6)
    assert kept.read_bytes() != b"broken"


def test_the_other_side_and_an_unknown_movement() -> None:
    figures = Figures(shipped_library())

    assert figures.baked("clamshell", mirrored=True).side == "left"
    with pytest.raises(UnknownIdError, match="clamshell"):
        figures.baked("clamshel")
