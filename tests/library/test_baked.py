"""The pack of solved movements: it fits the library, and it reads back what was written."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.movement.making import squat
from weaklink.library.baked import (
    baked_movement,
    read_solutions,
    shipped_solutions,
    wanted_digests,
    write_solutions,
)
from weaklink.library.movements import movement_of
from weaklink.library.reading import KnowledgeError, shipped_library
from weaklink.movement.baked import digest_of, solve

LIBRARY = shipped_library()


def test_every_movement_is_in_the_pack() -> None:
    stale = [name for name, key in wanted_digests(LIBRARY).items() if key not in shipped_solutions()]

    assert not stale, f"run `python -m tools.bake_movements`: the pack lacks {', '.join(stale)}"


def test_nothing_else_is_in_the_pack() -> None:
    assert set(shipped_solutions()) == set(wanted_digests(LIBRARY).values())


@pytest.mark.parametrize("name", ["ankle-pump", "clamshell", "wall-squat"])
def test_the_solver_still_finds_what_is_in_the_pack(name: str) -> None:
    shipped = baked_movement(name, LIBRARY)
    again = solve(movement_of(name, LIBRARY))

    assert shipped is not None
    assert shipped.keyframes == tuple(again.keyframes)
    # Another processor adds in another order; a change of the solver moves joints by degrees.
    assert np.abs(shipped.coordinates - again.coordinates).max() < np.deg2rad(1.5), "raise SOLVER_REVISION"


def test_a_pack_reads_back_what_was_written(tmp_path: Path) -> None:
    one, other = solve(squat()), solve(squat(*squat().keyframes[:1]))
    write_solutions(tmp_path / "pack.npz", {"b": one, "a": other})
    found = read_solutions(tmp_path / "pack.npz")

    assert list(found) == ["a", "b"]
    assert np.allclose(found["b"].coordinates, one.coordinates, atol=1e-6)
    assert (found["a"].duration_s, len(found["b"].times_s)) == (other.duration_s, len(one.times_s))


def test_a_broken_pack_says_which_file(tmp_path: Path) -> None:
    (tmp_path / "pack.npz").write_bytes(b"not an archive")

    with pytest.raises(KnowledgeError, match=r"pack\.npz"):
        read_solutions(tmp_path / "pack.npz")


def test_a_movement_nobody_solved_is_none() -> None:
    assert baked_movement("clamshell", LIBRARY, {}) is None
    assert digest_of(movement_of("clamshell", LIBRARY)) in shipped_solutions()
