"""The two builds: what differs between the woman and the man. Metres at 1.75 m; by eye, from memory."""

from __future__ import annotations

from typing import NamedTuple

Row = tuple[float, float, float, float, float, float]


class Build(NamedTuple):
    """The numbers a body is shaped from."""

    trunk: tuple[Row, ...]  # height, front, back, half width, middle forward, power
    seat: tuple[float, float, float]  # radii of the buttock
    seat_at: tuple[float, float, float]
    neck: float  # by how much the neck is thicker or thinner than the table
    shoulder: float  # the same for the deltoid
    shoulder_in: float  # how far the flesh of the shoulder stands nearer to the middle [m]
    upper_arm: float
    forearm: float
    hand: float
    thigh_top: float
    thigh_low: float
    shank: float
    foot: float
    jaw: float
    brow: float
    back: float  # how far muscles of chest and back stand out
    breast: float
    bun: bool


MAN = Build(
    trunk=(
        (0.850, 0.062, 0.066, 0.100, 0.000, 2.2), (0.890, 0.085, 0.088, 0.148, -0.002, 2.3),
        (0.935, 0.092, 0.097, 0.162, -0.002, 2.4), (0.985, 0.093, 0.091, 0.157, 0.002, 2.4),
        (1.030, 0.091, 0.082, 0.147, 0.004, 2.4), (1.080, 0.089, 0.076, 0.136, 0.006, 2.3),
        (1.130, 0.089, 0.075, 0.132, 0.006, 2.3), (1.190, 0.095, 0.080, 0.139, 0.002, 2.4),
        (1.250, 0.103, 0.090, 0.151, -0.006, 2.4), (1.310, 0.108, 0.098, 0.161, -0.012, 2.4),
        (1.360, 0.106, 0.100, 0.161, -0.019, 2.3), (1.400, 0.092, 0.095, 0.147, -0.025, 2.2),
        (1.435, 0.068, 0.080, 0.114, -0.030, 2.1), (1.470, 0.052, 0.062, 0.072, -0.032, 2.0),
    ),
    seat=(0.072, 0.086, 0.078), seat_at=(-0.050, 0.915, 0.074),
    neck=1.0, shoulder=1.0, shoulder_in=0.0, upper_arm=1.0, forearm=1.0, hand=1.0,
    thigh_top=1.0, thigh_low=1.0, shank=1.0, foot=1.0, jaw=1.0, brow=1.0, back=1.0, breast=0.0, bun=False,
)  # fmt: skip

WOMAN = Build(
    trunk=(
        (0.850, 0.062, 0.068, 0.105, 0.000, 2.2), (0.890, 0.084, 0.093, 0.160, -0.003, 2.3),
        (0.925, 0.091, 0.101, 0.173, -0.004, 2.3), (0.975, 0.094, 0.096, 0.169, 0.001, 2.3),
        (1.030, 0.092, 0.083, 0.150, 0.004, 2.3), (1.080, 0.087, 0.073, 0.131, 0.007, 2.2),
        (1.130, 0.084, 0.069, 0.121, 0.007, 2.2), (1.190, 0.088, 0.073, 0.126, 0.003, 2.3),
        (1.250, 0.094, 0.081, 0.135, -0.004, 2.3), (1.310, 0.096, 0.087, 0.141, -0.012, 2.3),
        (1.360, 0.092, 0.089, 0.141, -0.020, 2.3), (1.400, 0.079, 0.084, 0.131, -0.026, 2.2),
        (1.435, 0.060, 0.071, 0.103, -0.030, 2.1), (1.470, 0.046, 0.056, 0.066, -0.031, 2.0),
    ),
    seat=(0.075, 0.092, 0.083), seat_at=(-0.052, 0.906, 0.080),
    neck=0.86, shoulder=0.86, shoulder_in=0.010, upper_arm=0.86, forearm=0.87, hand=0.91,
    thigh_top=1.02, thigh_low=0.96, shank=0.95, foot=0.94, jaw=0.90, brow=0.75, back=0.72,
    breast=1.0, bun=True,
)  # fmt: skip
