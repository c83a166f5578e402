"""The paths of the muscles on the right side, in the standing zero pose [m at 1.75 m].

One strand makes a spindle, several make a fan or a sheet across them. A strand's points are on bones; they
are laid onto the skin of each build, so they need only be near it. From memory of anatomy, widths by eye.
"""

from __future__ import annotations

from typing import NamedTuple

Point = tuple[str, float, float, float]  # bone, x, y, z


class Path(NamedTuple):
    """One sheet to be made."""

    muscle: str
    strands: tuple[tuple[Point, ...], ...]
    width: float  # half of a spindle's, or the margin beyond the outer strands [m]
    part: str = ""
    deep: bool = False
    tendon: bool = False
    shape: tuple[int, int] = (16, 5)


def strand(*points: tuple[str, float, float, float]) -> tuple[Point, ...]:
    return points


P, L, T, N, HEAD, TH, SH, F, TOE, C, U = (
    "pelvis", "lumbar", "thorax", "neck", "head", "thigh", "shank", "foot", "toes", "clavicle", "upper_arm",
)  # fmt: skip

PATHS: tuple[Path, ...] = (
    Path("gluteus-medius", (
        strand((P, 0.058, 1.010, 0.120), (P, 0.036, 0.955, 0.150), (TH, 0.000, 0.900, 0.165)),
        strand((P, 0.015, 1.042, 0.130), (P, 0.004, 0.975, 0.160), (TH, -0.010, 0.900, 0.166)),
        strand((P, -0.050, 1.030, 0.112), (P, -0.040, 0.965, 0.150), (TH, -0.020, 0.902, 0.164)),
    ), 0.016),
    Path("gluteus-maximus", (
        strand((P, -0.07, 1.02, 0.050), (P, -0.105, 0.96, 0.11), (TH, -0.055, 0.87, 0.155), (TH, -0.02, 0.80, 0.165)),
        strand((P, -0.09, 0.98, 0.022), (P, -0.13, 0.915, 0.09), (TH, -0.07, 0.83, 0.145), (TH, -0.03, 0.775, 0.160)),
        strand((P, -0.09, 0.925, 0.012), (P, -0.125, 0.865, 0.06), (TH, -0.08, 0.80, 0.12), (TH, -0.045, 0.755, 0.15)),
    ), 0.020),
    Path("tensor-fasciae-latae", (
        strand((P, 0.075, 1.000, 0.118), (P, 0.07, 0.93, 0.150), (TH, 0.045, 0.85, 0.165), (TH, 0.03, 0.80, 0.170)),
    ), 0.017),
    Path("iliotibial-band", (
        strand((TH, 0.028, 0.80, 0.170), (TH, 0.012, 0.68, 0.160), (TH, 0.010, 0.56, 0.145), (SH, 0.018, 0.468, 0.137)),
    ), 0.010, tendon=True),
    Path("rectus-femoris", (
        strand((P, 0.075, 0.955, 0.092), (TH, 0.1, 0.84, 0.092), (TH, 0.095, 0.70, 0.088), (TH, 0.07, 0.585, 0.086), (TH, 0.06, 0.545, 0.085)),
    ), 0.031),
    Path("gastrocnemius", (
        strand((TH, -0.05, 0.535, 0.062), (SH, -0.07, 0.43, 0.057), (SH, -0.075, 0.35, 0.062), (SH, -0.055, 0.275, 0.072)),
    ), 0.030, part="medial"),
    Path("gastrocnemius", (
        strand((TH, -0.05, 0.535, 0.108), (SH, -0.07, 0.43, 0.112), (SH, -0.075, 0.36, 0.108), (SH, -0.055, 0.290, 0.100)),
    ), 0.028, part="lateral"),
    Path("tibialis-posterior", (
        strand((SH, -0.01, 0.40, 0.030), (SH, -0.015, 0.28, 0.038), (SH, -0.022, 0.16, 0.052), (SH, -0.028, 0.095, 0.052), (F, -0.015, 0.055, 0.050), (F, 0.03, 0.035, 0.050)),
    ), 0.014, deep=True),
)  # fmt: skip
