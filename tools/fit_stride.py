"""Fits the template running stride to a measured runner and writes it as a record.

DATA=folder python -m tools.fit_stride      the folder holds the public gait example, see benchmarks/README.md

Needs mujoco and myo-sim. The raw data stay where they are; only harmonics and short series leave them.
"""

from __future__ import annotations

import itertools
import os
import sys
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.signal import butter, sosfiltfilt

from tools.leg_model import GRAVITY, LegModel, Size
from weaklink.body.names import LEGS, Leg, on_side, whole_body

Array = npt.NDArray[np.float64]
RECORD = Path(__file__).resolve().parent.parent / "src" / "weaklink" / "packs" / "running.toml"
ANGLES = "ik_1.0-3.0s_opensim4.6_subtalar_free.mot"
GROUND = "grf_run.mot"
MASS_KG, HEIGHT_M, SPEED_M_S = 72.84, 1.80, 4.0
# Factors by which the runner's segments differ from the generic model (scaling with the static trial).
SEGMENTS = {
    "pelvis": (0.98870, 1.01947, 1.12645),
    "femur": (1.10890, 1.10890, 1.10890),
    "tibia": (1.07741, 1.07741, 1.07741),
    "foot": (1.11808, 1.11808, 1.11808),
}
FRAMES = 100
HARMONICS = 10  # of the stride: 14.6 Hz
STANCE_TERMS = 8
POINT_DEGREE = 4
CUTOFF_HZ = 15.0
CONTACT_N = 30.0
FLIPPED = ("pelvis_list", "pelvis_rotation", "pelvis_tz", "lumbar_bending", "lumbar_rotation")
CENTRED = (*FLIPPED, "pelvis_tx")
HEAD = """# The template running stride: one man's mean stride, made symmetric; see tools/fit_stride.py.
# Left leg = right leg half a stride later. Angles in radians, lengths in metres, phase 0 = right foot strike.
# a(phase) = mean + sum over k of cosine[k] cos(2 pi k phase) + sine[k] sin(2 pi k phase), k from 1.
name = "Running at about 4 m/s"
status = "draft"
last_checked = 2026-11-21
from_data = "One man, 25 years, instrumented treadmill; opensim-org/opensim-models, Pipelines/Rajagopal."
changed = [
  "Inverse kinematics, 15 Hz low-pass, mean of two right and two mirrored left strides, ten harmonics.",
  "Ground reaction: mean of two right and three left stances, legs counting alike, sine series over stance.",
  "Tuned by up to 0.9 degrees, 2 mm and 7 mm of the force's place to the joint moments of his right leg.",
]
licence = "CC BY 3.0, as quoted from the documentation of OpenSim; attribution: rajagopal-2016"
limits = "One man at one speed. Means of published runners are not fitted in. Not a norm."

[[sources]]
cite = "rajagopal-2016"
supports = "the recorded run, the model it was measured with, coordinate names"
level = "measurement of one runner"
mark = "read"
"""


class Recording:
    """The measured run: angles at 100 Hz, ground reaction at 1 kHz."""

    def __init__(self, folder: Path) -> None:
        names, table = read_table(folder / ANGLES)
        self.angle_time = table[:, 0]
        self.angles = {
            name: low_pass(
                values if name.startswith("pelvis_t") and name != "pelvis_tilt" else np.deg2rad(values)
            )
            for name, values in zip(names[1:], table[:, 1:].T, strict=True)
        }
        names, table = read_table(folder / GROUND)
        self.ground_time = table[:, 0]
        self.ground = dict(zip(names, table.T, strict=True))

    def stances(self, leg: Leg) -> list[tuple[float, float]]:
        """(strike, toe-off) of every whole stance of a leg [s]."""
        on = (self.ground[f"{leg[0].upper()}_ground_force_vy"] > CONTACT_N).astype(int)
        strikes = self.ground_time[1:][np.diff(on) == 1]
        offs = self.ground_time[1:][np.diff(on) == -1]
        return [(float(one), float(offs[offs > one][0])) for one in strikes if (offs > one).any()]

    def filmed(self, leg: Leg) -> list[tuple[float, float]]:
        """The stances during which the angles are known as well."""
        first, last = self.angle_time[0], self.angle_time[-1]
        return [one for one in self.stances(leg) if one[0] >= first and one[1] <= last]

    def strides(self, leg: Leg) -> list[tuple[float, float]]:
        """(strike, next strike) of every stride inside the angles [s]."""
        strikes = [strike for strike, _ in self.stances(leg)]
        inside = itertools.pairwise(strikes)
        return [(a, b) for a, b in inside if a >= self.angle_time[0] and b <= self.angle_time[-1]]


def read_table(path: Path) -> tuple[list[str], Array]:
    """Column names and numbers of an OpenSim table."""
    lines = path.read_text(encoding="utf-8").splitlines()
    head = [line.strip() for line in lines].index("endheader")
    return lines[head + 1].split(), np.array([line.split() for line in lines[head + 2 :]], dtype=float)


def low_pass(values: Array) -> Array:
    """Fourth-order zero-lag Butterworth at 100 Hz."""
    filtered: Array = sosfiltfilt(butter(2, CUTOFF_HZ, fs=100, output="sos"), values)
    return filtered


def mirrored(name: str) -> str:
    """The same coordinate of the other side."""
    return name[:-2] + {"_r": "_l", "_l": "_r"}[name[-2:]] if name[-2:] in ("_r", "_l") else name


def cycle(recording: Recording, leg: Leg, begin: float, end: float) -> dict[str, Array]:
    """One stride as if it were the right leg's, FRAMES phases, closed by a straight line."""
    phases = np.arange(FRAMES + 1) / FRAMES
    found = {}
    for name in (name for name in whole_body() if name in recording.angles):
        source = name if leg == "right" else mirrored(name)
        values = np.interp(begin + phases * (end - begin), recording.angle_time, recording.angles[source])
        if leg == "left" and name in FLIPPED:
            values = -values
        found[name] = (values - phases * (values[-1] - values[0]))[:-1]
    return found


def harmonics(name: str, values: Array) -> tuple[float, Array, Array]:
    """Mean, cosines and sines; what is shared by both sides keeps only the harmonics symmetry allows."""
    spectrum = np.fft.rfft(values) / len(values)
    order = np.arange(1, HARMONICS + 1)
    mean, cosine, sine = spectrum[0].real, 2 * spectrum[order].real, -2 * spectrum[order].imag
    if name[-2:] not in ("_r", "_l"):
        keep = (order % 2 == 1) if name in FLIPPED else (order % 2 == 0)
        mean, cosine, sine = (0.0 if name in CENTRED else mean), cosine * keep, sine * keep
    return float(mean), cosine + 0.0, sine + 0.0


def mean_stride(recording: Recording) -> tuple[float, dict[str, tuple[float, Array, Array]]]:
    """The period [s] and the harmonics of every coordinate of the right side and the middle."""
    ends = [(leg, *stride) for leg in LEGS for stride in recording.strides(leg)]
    cycles = [cycle(recording, leg, begin, end) for leg, begin, end in ends]
    means = {name: np.mean([one[name] for one in cycles], axis=0) for name in cycles[0]}
    period = float(np.mean([end - begin for _, begin, end in ends]))
    return period, {
        name: harmonics(name, values) for name, values in means.items() if not name.endswith("_l")
    }


def ground_of(recording: Recording, leg: Leg, phase: Array, stance: tuple[float, float]) -> Array:
    """Force, point and free moment over one stance, mirrored as if of the right foot, (n, 9)."""
    letter, side = leg[0].upper(), 1.0 if leg == "right" else -1.0
    times = stance[0] + phase * (stance[1] - stance[0])
    names = [f"ground_force_v{axis}" for axis in "xyz"] + [f"ground_force_p{axis}" for axis in "xyz"]
    names += [f"ground_torque_{axis}" for axis in "xyz"]
    flip = np.array([1, 1, side, 1, 1, side, side, side, 1])
    columns = [
        np.interp(times, recording.ground_time, recording.ground[f"{letter}_{name}"]) for name in names
    ]
    return np.stack(columns, axis=1) * flip


def of_both_legs(recording: Recording, measured: Any) -> Array:
    """The mean over legs of each leg's mean over its stances: the runner leans, so the legs count alike."""
    legs = [np.mean([measured(leg, one) for one in recording.filmed(leg)], axis=0) for leg in LEGS]
    mean: Array = np.mean(legs, axis=0)
    return mean


def mean_ground(recording: Recording, phase: Array) -> tuple[float, Array]:
    """Mean duration of stance [s] and mean force and free moment over it, (n, 9)."""
    duration = of_both_legs(recording, lambda leg, stance: stance[1] - stance[0])  # noqa: ARG005
    return float(duration), of_both_legs(recording, lambda leg, one: ground_of(recording, leg, phase, one))


def sine_series(phase: Array, values: Array) -> Array:
    """Coefficients of sin(k pi phase), k from 1, by least squares."""
    terms = np.sin(np.pi * phase[:, None] * np.arange(1, STANCE_TERMS + 1))
    found: Array = np.linalg.lstsq(terms, values, rcond=None)[0]
    return found


def point_from_heel(recording: Recording, model: LegModel, phase: Array) -> Array:
    """Where the force acts, from the heel bone's origin along the ground: forward, outwards [m], (n, 2)."""

    def measured(leg: Leg, stance: tuple[float, float]) -> Array:
        times = stance[0] + phase * (stance[1] - stance[0])
        angles = {n: np.interp(times, recording.angle_time, v) for n, v in recording.angles.items()}
        heel = heel_places(model, angles, leg) * (1, 1, 1 if leg == "right" else -1)
        return (ground_of(recording, leg, phase, stance)[:, 3:6] - heel)[:, (0, 2)]

    return of_both_legs(recording, measured)


def heel_places(model: LegModel, angles: dict[str, Array], leg: Leg) -> Array:
    """The heel bone's origin in the world, (n, 3) [m]."""
    motion = model.motion(angles, None)
    bone = model.model.body(on_side("calcn", leg)).id
    places = np.zeros((len(motion.positions), 3))
    for frame, position in enumerate(motion.positions):
        model.pose(position, motion.velocities[frame])
        places[frame] = model.data.xpos[bone]
    return places


def numbers(values: Array) -> str:
    """A list for the record."""
    return "[" + ", ".join(f"{value:.6g}" for value in np.asarray(values)) + "]"


def record(folder: Path) -> str:
    """The whole record as TOML."""
    from tools.tune_stride import tuned

    recording, model = Recording(folder), LegModel(Size(MASS_KG, SEGMENTS))
    return as_toml(tuned(fitted(recording, model), recording, model))


def fitted(recording: Recording, model: LegModel) -> dict[str, Any]:
    """The record's numbers before they are tuned on the joint moments."""
    phase = np.linspace(0, 1, 201)
    period, coordinates = mean_stride(recording)
    stance_s, ground = mean_ground(recording, phase)
    weight = MASS_KG * GRAVITY
    point = point_from_heel(recording, model, phase)
    series = {
        name: sine_series(phase, ground[:, axis] / weight).tolist()
        for name, axis in {"forward": 0, "up": 1, "outwards": 2, "free_moment": 7}.items()
    }
    for axis, name in enumerate(("point_forward", "point_outwards")):
        powers = np.polyfit(phase, point[:, axis], POINT_DEGREE, w=ground[:, 1] + 1)
        series[name] = powers[::-1].tolist()
    return {
        "body": {"mass_kg": MASS_KG, "height_m": HEIGHT_M, **SEGMENTS},
        "stride": {"speed_m_s": SPEED_M_S, "period_s": period, "stance": stance_s / period},
        "ground": series,
        "coordinates": {
            name: {"mean": mean, "cosine": cosine.tolist(), "sine": sine.tolist()}
            for name, (mean, cosine, sine) in coordinates.items()
        },
    }


def as_toml(found: dict[str, Any]) -> str:
    """The record's text."""
    stride = found["stride"]
    lines = [HEAD, "[body]", f"mass_kg = {MASS_KG}", f"height_m = {HEIGHT_M}"]
    lines += [f"{name} = {list(factors)}" for name, factors in SEGMENTS.items()]
    lines += ["", "[stride]", f"speed_m_s = {SPEED_M_S}", f"period_s = {stride['period_s']:.4f}"]
    lines += [f"stance = {stride['stance']:.4f}  # part of the stride, from foot strike to toe-off", ""]
    lines += [
        "# Over stance, 0 to 1: force in body weights, free moment in body weight x metre: sums of",
        "# series[k] sin(k pi s), k from 1; point from the heel bone's origin: powers of s.",
    ]
    lines += ["[ground]", *(f"{name} = {numbers(values)}" for name, values in found["ground"].items()), ""]
    for name, terms in found["coordinates"].items():
        lines += [f"[coordinates.{name}]", f"mean = {terms['mean']:.6g}"]
        lines += [f"cosine = {numbers(terms['cosine'])}", f"sine = {numbers(terms['sine'])}", ""]
    return "\n".join(lines)


def main() -> None:
    """Write the record."""
    folder = os.environ.get("DATA")
    if not folder:
        sys.exit(
            "DATA names no folder: the measured run is not part of this project, see benchmarks/README.md"
        )
    RECORD.parent.mkdir(exist_ok=True)
    RECORD.write_text(record(Path(folder)), encoding="utf-8")
    print(f"wrote {RECORD.name}")


if __name__ == "__main__":
    main()
