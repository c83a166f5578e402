"""The files of solved movements: they fit the library, and they read back what was written."""

from __future__ import annotations

import zlib
from pathlib import Path

import msgspec
import numpy as np
import pytest

from tests.movement.making import squat
from weaklink.library import baked_movements
from weaklink.library.baked_movements import FOLDER, baked_movement, read_solution, write_solution
from weaklink.library.movements import movement_of
from weaklink.library.packs import PACKS
from weaklink.library.reading import KnowledgeError, shipped_library
from weaklink.movement.baked import solve
from weaklink.movement.checks import CHECK_REVISION

LIBRARY = shipped_library()


POSED = sorted(name for name, record in LIBRARY.movements.items() if not record.same_as)


def test_every_movement_ships_solved_and_checked() -> None:
    found = {name: baked_movement(name, LIBRARY) for name in LIBRARY.movements}
    stale = [name for name, one in found.items() if one is None or one.solution.faults is None]

    assert not stale, f"run `python -m tools.bake_movements`: not baked: {', '.join(stale)}"


def test_nothing_else_ships_and_each_movement_has_a_file_of_its_own() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {f"{name}.pack" for name in POSED}


def test_another_movement_changes_no_file_of_the_others(tmp_path: Path) -> None:
    one, other = solve(squat(*squat().keyframes[:1])), solve(squat())
    write_solution(tmp_path / "one.pack", "a", one)
    before = (tmp_path / "one.pack").read_bytes()
    write_solution(tmp_path / "other.pack", "b", other)
    write_solution(tmp_path / "one.pack", "a", one)

    assert (tmp_path / "one.pack").read_bytes() == before
    assert max(path.stat().st_size for path in PACKS.rglob("*.pack")) < 8_000


@pytest.mark.parametrize("name", ["ankle-pump", "clamshell", "wall-squat"])
def test_the_solver_still_finds_what_is_in_the_pack(name: str) -> None:
    shipped = baked_movement(name, LIBRARY)
    again = solve(movement_of(name, LIBRARY))

    assert shipped is not None
    assert shipped.keyframes == tuple(again.keyframes)
    # Another processor adds in another order; a change of the solver moves joints by degrees.
    assert np.abs(shipped.coordinates - again.coordinates).max() < np.deg2rad(1.5), "raise SOLVER_REVISION"


def test_a_file_reads_back_what_was_written(tmp_path: Path) -> None:
    one = solve(squat())._replace(faults=(("down at 1.5 s", "heel_r is 2.0 cm off the floor"),))
    write_solution(tmp_path / "one.pack", "a", one)
    digest, found = read_solution(tmp_path / "one.pack") or pytest.fail("nothing was written")

    assert digest == "a"
    assert np.allclose(found.coordinates, one.coordinates, atol=1e-6)
    assert (found.duration_s, len(found.times_s), found.faults) == (
        one.duration_s,
        len(one.times_s),
        one.faults,
    )


def test_what_older_checks_found_counts_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_solution(tmp_path / "one.pack", "a", solve(squat(*squat().keyframes[:1])))
    monkeypatch.setattr(baked_movements, "CHECK_REVISION", CHECK_REVISION + 1)
    _, found = read_solution(tmp_path / "one.pack") or pytest.fail("nothing was written")

    assert found.faults is None


@pytest.mark.parametrize("broken", [b"no file of ours", zlib.compress(b"no file of ours")])
def test_a_broken_file_is_named(tmp_path: Path, broken: bytes) -> None:
    (tmp_path / "one.pack").write_bytes(broken)

    with pytest.raises(KnowledgeError, match=r"one\.pack"):
        read_solution(tmp_path / "one.pack")
    assert read_solution(tmp_path / "none.pack") is None


def test_an_edited_movement_has_no_solution_yet() -> None:
    edited = msgspec.structs.replace(LIBRARY.movements["clamshell"], angles={"neck_rotation": 3})
    library = msgspec.structs.replace(LIBRARY, movements={**LIBRARY.movements, "clamshell": edited})

    assert baked_movement("clamshell", library) is None
    assert baked_movement("clamshell", LIBRARY) is not None
