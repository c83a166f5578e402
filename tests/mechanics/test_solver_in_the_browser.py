"""The browser's solver gives what NumPy's gives, on the shipped stride, in every variant."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from weaklink.body.weakness import Weakness, strength_factors
from weaklink.library.packs import load_pack
from weaklink.mechanics.muscle_forces import share_load
from weaklink.mechanics.variants import VARIANTS, Variant, optimal_force

NODE = shutil.which("node")
MODULE = Path(__file__).resolve().parents[2] / "src" / "weaklink" / "web" / "static" / "what_if" / "solver.js"
RUNNER = Path(__file__).parent / "solver_runner.mjs"
STRONG = np.ones(40)
WEAK = strength_factors([Weakness(muscle="gluteus-medius", strength=0.5)], "right")
CASES = [(variant, strength) for variant in VARIANTS[:5] for strength in (STRONG, WEAK)]


def in_the_browser(folder: Path) -> list[dict[str, Any]]:
    """What the module answers to every case."""
    load = load_pack("running").right
    cases = [
        {
            "force": optimal_force(load, variant).ravel().tolist(),
            "strength": strength.tolist(),
            "effort": effort_of(variant),
        }
        for variant, strength in CASES
    ]
    data = {"arms": load.arms.ravel().tolist(), "moments": load.moments.ravel().tolist(), "cases": cases}
    path = folder / "load.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    done = subprocess.run(
        [str(NODE), str(RUNNER), str(MODULE), str(path)], capture_output=True, text=True, check=True
    )
    answers: list[dict[str, Any]] = json.loads(done.stdout)
    return answers


def effort_of(variant: Variant) -> dict[str, float]:
    """An effort as the module takes it."""
    effort = variant.effort
    return {
        "exponent": effort.exponent,
        "quadratic": effort.quadratic,
        "lowest": effort.lowest,
        "reserveWeight": effort.reserve_weight,
    }


@pytest.mark.load
def test_the_browser_agrees_with_numpy(tmp_path: Path) -> None:
    if NODE is None:
        pytest.skip("node is not installed: the browser's solver is NOT TESTED here")
    load = load_pack("running").right
    for (variant, strength), found in zip(CASES, in_the_browser(tmp_path), strict=True):
        force = optimal_force(load, variant) * strength
        expected = share_load(load.arms * force[:, None], load.moments, variant.effort)
        difference = np.abs(
            np.reshape(found["activations"], expected.activations.shape) - expected.activations
        )

        assert found["residual"] <= 1e-6
        assert difference.max() <= 1e-6, variant.id


@pytest.mark.load
def test_a_slider_move_fits_into_a_frame(tmp_path: Path) -> None:
    if NODE is None:
        pytest.skip("node is not installed: the browser's solver is NOT TESTED here")
    moves = [
        answer["move_ms"]
        for (variant, strength), answer in zip(CASES, in_the_browser(tmp_path), strict=True)
        if strength is WEAK and variant.effort.exponent == 2
    ]

    assert sum(moves) <= 16  # the shown number and two bounds of its range; the exponents follow when idle
