"""OpenSim's StaticOptimization and ours on the same frames, one thread: speed and agreement.

DATA=folder python -m benchmarks.opensim_static_optimization      (`make bench-opensim`)

The folder holds the public gait example (benchmarks/README.md). Without it only our own template stride is
solved; without the package opensim its stored results are compared and no ratio is given.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from benchmarks.installed import ROOT
from benchmarks.row import HEAD, Missing, Plain, Row
from weaklink.body.muscles import UNITS, unit_indices
from weaklink.body.names import LEG_UNITS, LEGS, on_side
from weaklink.body.weakness import Weakness, strength_factors
from weaklink.library.packs import load_pack
from weaklink.mechanics.effort import QUADRATIC, Effort
from weaklink.mechanics.muscle_forces import LoadSharing, share_load
from weaklink.mechanics.variants import VARIANTS, moment_arms, optimal_force

Array = npt.NDArray[np.float64]
SIBLING = ROOT.parent / "shared" / "data" / "running"
AS_OPENSIM = Effort(lowest=0.01)  # its least activation, and reserves of 1 N·m
STANCE = slice(0, 36)
SCENARIOS = 50
WEAK = {"gluteus-medius": "glmed50", "tibialis-posterior": "tibpost50"}


class Frames(NamedTuple):
    """The measured cycle: right leg's 101 frames, then the left leg's."""

    arms: Array  # (202, 6, 40) [m]
    force: Array  # (202, 40) [N]
    moments: Array  # (202, 6) [N·m]


def data_folder() -> Path | None:
    """Where the public gait example lies, if it is here."""
    named = os.environ.get("DATA")
    folder = Path(named) if named else SIBLING
    return folder if (folder / "pre.npz").is_file() else None


def reference_frames(folder: Path) -> Frames:
    """Moment arms, optimal forces and joint moments that OpenSim computed for the cycle."""
    with np.load(folder / "pre.npz") as arrays:
        names = [str(name) for name in arrays["names"]]
        legs = [[names.index(on_side(stem, leg)) for stem in LEG_UNITS] for leg in LEGS]
        arms = [arrays["R"][:, 6 * side : 6 * side + 6][:, :, units] for side, units in enumerate(legs)]
        force = [arrays["O"][:, units] for units in legs]
        moments = [arrays["tau"][:, 6 * side : 6 * side + 6] for side in range(2)]
    return Frames(np.concatenate(arms), np.concatenate(force), np.concatenate(moments))


def table(path: Path) -> Array:
    """The units of both legs from an OpenSim table, right frames then left frames, (202, 40)."""
    lines = path.read_text(encoding="utf-8").splitlines()
    head = [line.strip() for line in lines].index("endheader")
    names = lines[head + 1].split()
    values = np.array([line.split() for line in lines[head + 2 :]], dtype=float)
    legs = [values[:, [names.index(on_side(stem, leg)) for stem in LEG_UNITS]] for leg in LEGS]
    return np.concatenate(legs)


def solve(frames: Frames, factors: Array, start: Array | None = None) -> LoadSharing:
    """Our answer with weakened units."""
    return share_load(frames.arms * (frames.force * factors)[:, None], frames.moments, AS_OPENSIM, start)


def seconds(work: Callable[[], object], runs: int = 9) -> float:
    """Median processor time of a piece of work [s]: other programs on the machine do not count."""
    taken = []
    for _ in range(runs):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return median(taken)


def opensim_seconds(folder: Path, out: Path) -> float | None:
    """Processor time of OpenSim's run [s]; None when opensim is not installed."""
    from benchmarks.opensim_run import static_optimisation

    began = time.process_time()
    try:
        static_optimisation(folder, out)
    except ImportError:
        return None
    return time.process_time() - began


def speed(frames: Frames, folder: Path, theirs: float | None) -> Iterator[Row | Missing]:
    """How many times faster one cycle and fifty weaknesses are."""
    if theirs is None:
        yield Missing("re-solve, from joint angles, 50 weaknesses", "the package opensim is not installed")
        return
    strong = np.ones(len(LEG_UNITS))
    cold = seconds(lambda: solve(frames, strong))
    yield Row("re-solve one cycle", theirs / cold, "times as fast as OpenSim", "target", 300, "higher")
    yield from_angles(folder, theirs)
    sweep = seconds(lambda: fifty(frames), runs=3)
    ratio = SCENARIOS * theirs / sweep
    yield Row("50 weaknesses of one cycle", ratio, "times as fast as OpenSim", "target", 3000, "higher")


def fifty(frames: Frames) -> None:
    """Fifty weaknesses, each started from the strong answer, solved as one batch of frames."""
    muscles = list(UNITS)
    strong = solve(frames, np.ones(len(LEG_UNITS)))
    for number in range(SCENARIOS):
        share = 0.9 if number >= len(muscles) else 0.5
        muscle = muscles[number % len(muscles)]
        solve(
            frames, strength_factors([Weakness(muscle=muscle, strength=share)], "right"), strong.multipliers
        )


def from_angles(folder: Path, theirs: float) -> Row | Missing:
    """Inverse dynamics and moment arms of both legs from joint angles, then the solve."""
    try:
        from benchmarks.from_angles import prepared, solved
    except ImportError:
        return Missing("from joint angles", "the packages mujoco and myo-sim are not installed")
    ready = prepared(folder)
    ours = seconds(lambda: solved(ready), runs=3)
    return Row("from joint angles", theirs / ours, "times as fast as OpenSim", "target", 200, "higher")


def agreement(frames: Frames, folder: Path, results: Path) -> Iterator[Row]:
    """How far our answer is from OpenSim's on the same frames."""
    strong = solve(frames, np.ones(len(LEG_UNITS)))
    difference = np.abs(strong.activations - table(results / "activation.sto"))
    yield Row("largest difference of an activation", float(difference.max()), "", "target", 0.05)
    yield Row("mean difference of activations", float(difference.mean()), "", "target", 0.002)
    forces = strong.activations * frames.force
    apart = forces - table(results / "force.sto")
    yield Row("force difference, RMS", float(np.sqrt((apart**2).mean())), "N", "target", 5)
    yield Row("largest optimality residual", float(strong.residual.max()), "", "target", 1e-6)
    for muscle, name in WEAK.items():
        yield redistributed(frames, folder, muscle, name, forces)


def redistributed(frames: Frames, folder: Path, muscle: str, name: str, before: Array) -> Row:
    """How far the change after halving a muscle is from OpenSim's: worst muscle, mean over right stance."""
    factors = np.ones(len(LEG_UNITS))
    factors[unit_indices(muscle)] = 0.5
    ours = solve(frames, factors).activations * frames.force * factors - before
    theirs = table(folder / name / "so_SO_force.sto") - table(folder / "so_SO_force.sto")
    right = (ours - theirs)[STANCE]
    return Row(f"redistribution, {muscle} at 50 %", float(np.abs(right.mean(axis=0)).max()), "N", "target", 2)


def shipped(theirs: float | None = None) -> Iterator[Row | Plain]:
    """The shipped stride: its time and residual; beside OpenSim's time without targets."""
    load, base = load_pack("running").right, VARIANTS[0]
    force, arms = optimal_force(load, base), moment_arms(load, base)
    both = Frames(*(np.concatenate([one, one]) for one in (arms, force, load.moments)))
    strength = both.arms * both.force[:, None]
    taken = seconds(lambda: share_load(strength, both.moments, QUADRATIC))
    found = share_load(strength, both.moments, QUADRATIC)
    yield Row("shipped stride, 200 leg frames", 1000 * taken, "ms", "target", 50)
    yield Row("shipped stride, largest residual", float(found.residual.max()), "", "target", 1e-6)
    if theirs is not None:
        yield Plain("shipped stride, re-solve", theirs / taken, "times as fast as OpenSim on its own cycle")
        sweep = SCENARIOS * theirs / seconds(lambda: fifty(both), runs=3)
        yield Plain("shipped stride, 50 weaknesses", sweep, "times as fast as OpenSim on its own cycle")


def our_geometry(folder: Path, results: Path) -> Iterator[Row | Plain | Missing]:
    """The measured cycle with the geometry packs are made of, beside OpenSim's; no targets."""
    try:
        from benchmarks.from_angles import geometry, prepared
    except ImportError:
        yield Missing("with our geometry", "the packages mujoco and myo-sim are not installed")
        return
    ours = Frames(*geometry(prepared(folder)))
    for row in agreement(ours, folder, results):
        yield Plain(f"with our geometry: {row.figure}", row.ours, row.unit)


def stored(folder: Path, out: Path, *, fresh: bool) -> Path:
    """A folder with OpenSim's tables under plain names: of this run, or those that lie in the data."""
    prefix = out / "bench_SO" if fresh else folder / "so_SO"
    target = out / "results"
    target.mkdir()
    for kind in ("activation", "force"):
        (target / f"{kind}.sto").write_bytes(Path(f"{prefix}_{kind}.sto").read_bytes())
    return target


def rows() -> Iterator[Row | Plain | Missing]:
    """Every figure that can be measured here."""
    folder = data_folder()
    if folder is None:
        yield Missing(
            "OpenSim's StaticOptimization", "set DATA to the public gait example, benchmarks/README.md"
        )
        yield from shipped()
        return
    frames = reference_frames(folder)
    with tempfile.TemporaryDirectory() as name:
        out = Path(name)
        theirs = opensim_seconds(folder, out)
        yield from speed(frames, folder, theirs)
        results = stored(folder, out, fresh=theirs is not None)
        yield from agreement(frames, folder, results)
        yield from our_geometry(folder, results)
    yield from shipped(theirs)


if __name__ == "__main__":
    print(HEAD)
    for row in rows():
        print(row.line(), flush=True)
