"""Hand and foot: the parts with most bends, in the zero pose, metres at 1.75 m."""

from __future__ import annotations

from tools.figure_shape.builds import Build
from tools.figure_shape.field import UP, Loft, Part, Section

HIP_Z, SHOULDER_Z = 0.085, 0.172
BACK_OF_ARM = -0.022


def hand(b: Build) -> list[Part]:
    """Palm, four fingers a little spread, thumb."""
    h = b.hand
    palm = [
        Section(at, fr * h, bk * h, ou * h, inn * h, 0, 0, 2.3)
        for at, fr, bk, ou, inn in (
            (0, 0.017, 0.017, 0.027, 0.026), (0.3, 0.018, 0.016, 0.034, 0.033),
            (0.7, 0.0155, 0.0145, 0.040, 0.038), (1, 0.0135, 0.013, 0.041, 0.039),
        )
    ]  # fmt: skip
    x, y, z = BACK_OF_ARM, 0.872, SHOULDER_Z
    parts: list[Part] = [Loft("hand", (x, y - 0.004, z), (x, y - 0.088, z), palm, (0.012, 0.008), 0.010)]
    for root, length, r, spread in (
        (0.0310, 0.084, 0.0092, 0.013), (0.0105, 0.093, 0.0096, 0.004),
        (-0.0105, 0.087, 0.0092, -0.005), (-0.0300, 0.070, 0.0084, -0.014),
    ):  # fmt: skip
        root, r = root * h, r * h
        middle = (x, y - 0.128, z + root + spread * 0.5)
        tip = (x, y - 0.086 - length * (0.5 + 0.5 * h), z + root + spread)
        thick = [Section(0, r * 1.05, r * 1.02, r * 1.04, r * 1.04), Section(1, r, r, r, r)]
        thin = [Section(0, r, r, r, r), Section(1, r * 0.82, r * 0.8, r * 0.85, r * 0.85)]
        parts.append(Loft("fingers", (x, y - 0.080, z + root), middle, thick, (r, r), 0.0045))
        parts.append(Loft("fingertips", middle, tip, thin, (r * 0.8, r * 0.8), 0.0045))
    base = [
        Section(0, 0.016 * h, 0.015 * h, 0.014 * h, 0.014 * h),
        Section(1, 0.0115 * h, 0.0115 * h, 0.0115 * h, 0.0115 * h),
    ]
    end = [
        Section(0, 0.0115 * h, 0.0115 * h, 0.0112 * h, 0.0112 * h),
        Section(1, 0.0088 * h, 0.0088 * h, 0.0092 * h, 0.0092 * h),
    ]
    knuckle = (x + 0.020, y - 0.060, z + 0.052 * h)
    return [
        *parts,
        Loft("thumb", (x + 0.006, y - 0.014, z + 0.018), knuckle, base, (0.01, 0.01), 0.012),
        Loft("thumb", knuckle, (x + 0.024, y - 0.094, z + 0.062 * h), end, (0.01, 0.009), 0.005),
    ]


def foot(b: Build) -> list[Part]:
    """The foot in a running shoe on its sole."""
    return [*_shoe(b), *_sole(b)]


def _shoe(b: Build) -> list[Part]:
    z, w = HIP_Z, b.foot
    upper = [
        Section(x, up, 0.030, ou * w, inn * w, 0, 0, 2.3)
        for x, up, ou, inn in (
            (-0.058, 0.038, 0.025, 0.025),
            (-0.040, 0.052, 0.031, 0.030),
            (-0.010, 0.058, 0.034, 0.033),
            (0.030, 0.053, 0.035, 0.034),
            (0.070, 0.041, 0.039, 0.037),
            (0.105, 0.031, 0.043, 0.040),
            (0.125, 0.027, 0.043, 0.040),
        )
    ]
    toes = [
        Section(at, up, 0.026, ou * w, inn * w, 0, 0, 2.3)
        for at, up, ou, inn in (
            (0, 0.027, 0.043, 0.040),
            (0.55, 0.023, 0.039, 0.039),
            (1, 0.015, 0.026, 0.031),
        )
    ]
    return [
        Loft("foot", (-0.058, 0.036, z - 0.001), (0.125, 0.036, z + 0.004), upper, (0.018, 0.02), 0.018, UP),
        Loft("toes", (0.110, 0.035, z + 0.004), (0.176, 0.030, z + 0.001), toes, (0.02, 0.016), 0.010, UP),
    ]


def _sole(b: Build) -> list[Part]:
    z, w = HIP_Z, b.foot
    slab = [
        Section(x, 0.015, 0.015, ou * w, inn * w, 0, 0, 3.0)
        for x, ou, inn in (
            (-0.064, 0.027, 0.027),
            (-0.045, 0.036, 0.035),
            (0.000, 0.037, 0.036),
            (0.040, 0.038, 0.036),
            (0.085, 0.045, 0.042),
            (0.125, 0.047, 0.044),
        )
    ]
    front = [
        Section(at, up, 0.013, ou * w, inn * w, 0, 0, 3.0)
        for at, up, ou, inn in (
            (0, 0.015, 0.047, 0.044),
            (0.55, 0.014, 0.043, 0.043),
            (1, 0.012, 0.028, 0.034),
        )
    ]
    return [
        Loft("foot", (-0.064, 0.016, z - 0.001), (0.125, 0.015, z + 0.004), slab, (0.018, 0.01), 0.006, UP),
        Loft("toes", (0.112, 0.015, z + 0.004), (0.178, 0.019, z + 0.001), front, (0.01, 0.018), 0.006, UP),
    ]
