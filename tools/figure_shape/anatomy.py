"""The parts of a body: every section and ellipsoid, in metres at 1.75 m, right side and midline.

Radii start from the tables of Drillis and Contini, Winter and de Leva (from memory) and were set by eye.
Written in the zero pose: x forward, y up, z right, arms hanging, palms forward.
"""

from __future__ import annotations

from tools.figure_shape.builds import MAN, WOMAN, Build
from tools.figure_shape.clothes import Garment, hair, shoes, shorts, soles, top
from tools.figure_shape.extremities import BACK_OF_ARM, HIP_Z, SHOULDER_Z, foot, hand
from tools.figure_shape.field import Ball, Field, Loft, Part, Section


class Drawn:
    """A build's field, its clothes, and how many triangles it is worth before the clothes are cut."""

    def __init__(self, build: Build, triangles: int, garments: tuple[Garment, ...]) -> None:
        self.triangles = triangles
        self.field = Field(
            [*trunk(build), *neck(build), *head(build), *arm(build), *leg(build), *foot(build)]
        )
        self.garments = garments


def man() -> Drawn:
    """The man, in shorts."""
    return Drawn(
        MAN,
        4_100,
        (
            Garment("hair", hair),
            Garment("clothes", shorts(0.215, 1.020)),
            Garment("shoes", shoes),
            Garment("soles", soles),
        ),
    )


def woman() -> Drawn:
    """The woman, in shorts and a running top."""
    return Drawn(
        WOMAN,
        3_500,
        (
            Garment("hair", hair),
            Garment("clothes", shorts(0.155, 1.030)),
            Garment("clothes", top(1.215), narrow=True),
            Garment("shoes", shoes),
            Garment("soles", soles),
        ),
    )


def trunk(b: Build) -> list[Part]:
    """Pelvis to shoulders."""
    sections = [Section(y, f, k, s, s, x, 0.0, p) for y, f, k, s, x, p in b.trunk]
    low, high = b.trunk[0][0], b.trunk[-1][0]
    out = b.back
    flat = [Section(0, 0.026, 0.026, 0.044, 0.044), Section(1, 0.028, 0.028, 0.040, 0.040)]
    parts: list[Part] = [
        Loft("pelvis", (0, low, 0), (0, high, 0), sections, (0.03, 0.02), 0.03, sided=False),
        Ball("pelvis", b.seat_at, b.seat, 0.045),
        # chest, its edge running into the arm, shoulder blade, the broad muscle of the back
        Ball("thorax", (0.030 + 0.014 * out, 1.345, 0.076), (0.044, 0.062, 0.084), 0.05, (12, 0, 0)),
        Loft(
            "thorax", (0.055, 1.360, 0.065), (0.020, 1.385, 0.155 - b.shoulder_in), flat, (0.03, 0.03), 0.05
        ),
        Loft(
            "thorax", (-0.072, 1.335, 0.085), (-0.045, 1.375, 0.155 - b.shoulder_in), flat, (0.03, 0.03), 0.05
        ),
        Ball("thorax", (-0.070 - 0.010 * out, 1.362, 0.085), (0.042, 0.095, 0.066), 0.06),
        Ball("thorax", (-0.036, 1.275, 0.098 + 0.010 * out), (0.062, 0.110, 0.043), 0.06),
        Loft(
            "thorax",
            (-0.040, 1.488, 0.03),
            (-0.026, 1.446, 0.160 - b.shoulder_in),
            _cowl(b),
            (0.03, 0.03),
            0.05,
        ),
    ]
    if b.breast:
        parts.append(Ball("thorax", (0.056, 1.296, 0.070), (0.050, 0.054, 0.058), 0.030, (0, -8, 0)))
    parts.append(_furrow(b))
    return parts


def _cowl(b: Build) -> list[Section]:
    """The slope from neck to shoulder."""
    k = 0.5 + 0.5 * b.neck
    return [
        Section(0, 0.038 * k, 0.044 * k, 0.034 * k, 0.034 * k),
        Section(1, 0.038 * k, 0.040 * k, 0.029, 0.029),
    ]


def _furrow(b: Build) -> Part:
    """The hollow along the spine."""
    rows = [(y, x - k) for y, _, k, _, x, _ in b.trunk if 1.0 < y < 1.42]
    sections = [Section(y, 0.007, 0.007, 0.010, 0.010, x - 0.004) for y, x in rows]
    return Loft(
        "thorax",
        (0, rows[0][0], 0),
        (0, rows[-1][0], 0),
        sections,
        (0.03, 0.03),
        0.030,
        sided=False,
        carve=True,
    )


def neck(b: Build) -> list[Part]:
    """The neck and the two cords in front of it."""
    k = b.neck
    sections = [
        Section(at, f * k, r * k, s * k, s * k)
        for at, f, r, s in (
            (0, 0.054, 0.060, 0.060),
            (0.35, 0.049, 0.053, 0.053),
            (0.75, 0.047, 0.053, 0.051),
            (1, 0.047, 0.053, 0.051),
        )
    ]
    cord = [Section(0, 0.008, 0.008, 0.009, 0.009), Section(1, 0.010, 0.010, 0.010, 0.010)]
    return [
        Loft("neck", (-0.034, 1.43, 0), (-0.002, 1.60, 0), sections, (0.03, 0.03), 0.03, sided=False),
        Loft("neck", (0.026 * k, 1.450, 0.012), (-0.018, 1.585, 0.043 * k), cord, (0.01, 0.01), 0.020),
    ]


def head(b: Build) -> list[Part]:
    """Skull, a calm face without eyes and mouth, ear, hair."""
    j, brow = b.jaw, b.brow
    face = [
        Section(y, front, back, side * (1 - (1 - j) * low), side * (1 - (1 - j) * low), forward, 0, power)
        for y, front, back, side, forward, power, low in (
            (1.528, 0.030, 0.030, 0.020, 0.045, 2.2, 1.0),
            (1.545, 0.048, 0.045, 0.037, 0.041, 2.4, 1.0),
            (1.570, 0.056, 0.060, 0.051, 0.035, 2.5, 1.0),
            (1.595, 0.063, 0.070, 0.059, 0.029, 2.5, 0.6),
            (1.620, 0.066, 0.075, 0.062, 0.025, 2.4, 0.3),
            (1.645, 0.068, 0.080, 0.066, 0.024, 2.3, 0.0),
            (1.668, 0.071, 0.080, 0.067, 0.022, 2.2, 0.0),
            (1.695, 0.066, 0.080, 0.066, 0.020, 2.1, 0.0),
        )
    ]
    nose = [
        Section(0, 0.004, 0.010, 0.0080, 0.0080),
        Section(0.6, 0.008, 0.012, 0.0090, 0.0090),
        Section(1, 0.009, 0.014, 0.0115, 0.0115),
    ]
    edge = [Section(0, 0.012, 0.012, 0.012, 0.012), Section(1, 0.013, 0.013, 0.013, 0.013)]
    parts: list[Part] = [
        Ball("head", (-0.006, 1.662, 0), (0.094, 0.086, 0.0755), 0.02, sided=False),
        Loft("head", (0, 1.528, 0), (0, 1.695, 0), face, (0.012, 0.03), 0.025, sided=False),
        Loft("head", (0.066, 1.543, 0.014 * j), (-0.004, 1.582, 0.047 * j), edge, (0.01, 0.01), 0.025),
        Ball("head", (0.062, 1.612, 0.038), (0.018, 0.018, 0.019), 0.030),
        Ball("head", (0.080, 1.664, 0.022), (0.012 * brow, 0.009, 0.028), 0.022),
        Ball("head", (0.107, 1.642, 0.033), (0.013, 0.011, 0.018), 0.018, carve=True),
        Loft("head", (0.086, 1.652, 0), (0.107, 1.610, 0), nose, (0.006, 0.008), 0.016, sided=False),
        Ball("head", (0.052, 1.582, 0), (0.037, 0.030, 0.040), 0.055, sided=False),
        Ball("head", (0.076, 1.540, 0), (0.015, 0.013, 0.016 * j), 0.018, sided=False),
        Ball("head", (-0.010, 1.630, 0.072), (0.018, 0.031, 0.0115), 0.007, (0, -16, 12)),
    ]
    if b.bun:
        parts.append(Ball("head", (-0.066, 1.733, 0), (0.031, 0.031, 0.033), 0.012, sided=False))
    return parts


def arm(b: Build) -> list[Part]:
    """Upper arm with the deltoid, forearm, hand."""
    u, f, s, inwards = b.upper_arm, b.forearm, b.shoulder, b.shoulder_in
    upper = [
        Section(y, fr * u, bk * u, ou * u, inn * u, 0.0, -inwards * max((y - 1.125) / 0.31, 0))
        for y, fr, bk, ou, inn in (
            (1.437, 0.046, 0.046, 0.042, 0.044), (1.390, 0.049, 0.049, 0.047, 0.047),
            (1.330, 0.048, 0.049, 0.046, 0.045), (1.270, 0.048, 0.047, 0.042, 0.042),
            (1.190, 0.042, 0.041, 0.038, 0.038), (1.125, 0.036, 0.037, 0.040, 0.040),
        )
    ]  # fmt: skip
    fore = [
        Section(at, fr * f, bk * f, ou * f, inn * f, 0, 0, 2.0, twist)
        for at, fr, bk, ou, inn, twist in (
            (0, 0.037, 0.036, 0.040, 0.040, 0), (0.16, 0.041, 0.038, 0.045, 0.041, 0),
            (0.33, 0.039, 0.037, 0.043, 0.039, 12), (0.62, 0.030, 0.030, 0.033, 0.031, 40),
            (0.88, 0.0215, 0.0215, 0.0285, 0.0275, 70), (1, 0.0205, 0.020, 0.029, 0.028, 80),
        )
    ]  # fmt: skip
    x, z = BACK_OF_ARM, SHOULDER_Z
    return [
        Loft("upper_arm", (x, 1.437, z), (x, 1.125, z), upper, (0.034, 0.03), 0.05),
        Ball("upper_arm", (x, 1.392, z + 0.013 - inwards), (0.052 * s, 0.074, 0.048 * s), 0.03),
        Ball("upper_arm", (x - 0.020, 1.275, z + 0.006), (0.026 * u, 0.075, 0.030 * u), 0.03),
        Loft("forearm", (x, 1.125, z), (x, 0.872, z), fore, (0.028, 0.015), 0.018),
        *hand(b),
    ]


def leg(b: Build) -> list[Part]:
    """Thigh, knee, shank."""
    z = HIP_Z

    def share(y: float) -> float:
        return b.thigh_low + (b.thigh_top - b.thigh_low) * min(max((y - 0.56) / 0.28, 0), 1)

    thigh = [
        Section(y, *(radius * share(y) for radius in radii), forward)
        for y, radii, forward in (
            (0.952, (0.080, 0.080, 0.080, 0.070), 0.0), (0.905, (0.088, 0.086, 0.086, 0.080), 0.0),
            (0.840, (0.091, 0.085, 0.087, 0.081), 0.002), (0.760, (0.088, 0.080, 0.082, 0.076), 0.004),
            (0.670, (0.078, 0.069, 0.073, 0.067), 0.004), (0.590, (0.063, 0.056, 0.058, 0.056), 0.003),
            (0.535, (0.052, 0.048, 0.049, 0.050), 0.002), (0.498, (0.045, 0.043, 0.045, 0.047), 0.0),
        )
    ]  # fmt: skip
    k = b.shank
    shank = [
        Section(y, fr * k, bk * k, ou * k, inn * k)
        for y, fr, bk, ou, inn in (
            (0.508, 0.042, 0.042, 0.045, 0.046), (0.465, 0.044, 0.048, 0.046, 0.048),
            (0.420, 0.043, 0.058, 0.053, 0.053), (0.370, 0.041, 0.062, 0.053, 0.054),
            (0.300, 0.039, 0.053, 0.046, 0.046), (0.220, 0.035, 0.039, 0.036, 0.035),
            (0.150, 0.031, 0.031, 0.029, 0.029), (0.110, 0.030, 0.031, 0.028, 0.028),
            (0.074, 0.030, 0.034, 0.031, 0.032),
        )
    ]  # fmt: skip
    return [
        Loft("thigh", (0, 0.952, z), (0, 0.498, z), thigh, (0.06, 0.025), 0.02),
        Ball("thigh", (0.030, 0.580, z - 0.022), (0.032, 0.070, 0.028), 0.045),
        Ball("thigh", (0.030, 0.655, z + 0.032), (0.042, 0.130, 0.034), 0.04),
        Loft("shank", (0, 0.508, z), (-0.012, 0.074, z), shank, (0.03, 0.03), 0.035),
        Ball("thigh", (0.031, 0.503, z), (0.021, 0.028, 0.023), 0.018),
        Ball("shank", (0.028, 0.455, z), (0.014, 0.022, 0.016), 0.025),
        Ball("shank", (-0.038, 0.375, z - 0.020), (0.033 * k, 0.075, 0.031 * k), 0.03),
        Ball("shank", (-0.036, 0.398, z + 0.020), (0.031 * k, 0.065, 0.029 * k), 0.03),
        Ball("shank", (-0.010, 0.083, z - 0.031), (0.012, 0.015, 0.009), 0.012),
        Ball("shank", (-0.022, 0.076, z + 0.032), (0.012, 0.016, 0.009), 0.012),
    ]
