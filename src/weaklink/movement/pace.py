"""The pace of a run: speed and cadence of a runner of some size, held against a template stride.

The rules that carry a template to another pace are our own design and say so; they hold between SPEEDS_M_S
and CADENCES_SPM. Runners of two heights move alike when speed grows with the root of height and cadence
falls with it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from weaklink.body.scaling import BodySize
from weaklink.movement.curves import Harmonics
from weaklink.quantities import WeaklinkError

GRAVITY_M_S2 = 9.80665
SPEEDS_M_S = (2.0, 5.5)
CADENCES_SPM = (140.0, 220.0)
# Our own design, set so that usual figures of contact and cadence come out; from memory, not one study.
CADENCE_PER_SPEED = 9.0  # more steps per minute for each m/s, when no cadence is said
CONTACT_BY_SPEED, CONTACT_BY_CADENCE = -0.6, -0.5  # powers by which the time on the ground changes
SWING_BY_SPEED = 0.5  # power by which the legs' and arms' swing changes
LONGEST_STANCE = 0.46  # part of the stride; above it there is no flight left to run with


class PaceError(WeaklinkError):
    """A speed or cadence outside what the template can be carried to."""


class StrideTemplate(msgspec.Struct, frozen=True, kw_only=True):
    """One measured stride as harmonics: right leg and middle; the left leg follows half a stride later."""

    id: str
    name: str
    body: BodySize
    speed_m_s: float
    period_s: float
    stance: float  # part of the stride, from initial contact to toe-off
    coordinates: Mapping[str, Harmonics]  # [rad, m]
    ground: Mapping[str, tuple[float, ...]]  # over stance: sine sums of forward, up, outwards [body weights]
    sources: tuple[str, ...]
    licence: str
    limits: str

    @property
    def cadence_spm(self) -> float:
        """Steps per minute, both feet counted."""
        return 120.0 / self.period_s


class Pace(NamedTuple):
    """How a runner of one size runs, and how that compares with the template."""

    speed_m_s: float
    cadence_spm: float
    period_s: float
    contact_s: float  # one foot on the ground
    stance: float  # contact as part of the stride
    push: float  # size of the ground reaction in body weights, against the template
    swing: float  # size of the swing of legs and arms, against the template
    bounce: float  # rise and fall of the body [m], against the template's [m]
    tempo: float  # rate of the swing, against the template; 2 is twice as fast


def usual_cadence(template: StrideTemplate, speed_m_s: float, height_m: float) -> float:
    """The cadence of a runner of this height at this speed who says none [steps/min]."""
    length = height_m / template.body.height_m
    like = speed_m_s / math.sqrt(length)
    return (template.cadence_spm + CADENCE_PER_SPEED * (like - template.speed_m_s)) / math.sqrt(length)


def pace_of(
    template: StrideTemplate,
    body: BodySize,
    speed_m_s: float | None = None,
    cadence_spm: float | None = None,
) -> Pace:
    """The pace of a runner; where nothing is said, that of one of this size who moves like the template.

    Raises: PaceError naming the field.
    """
    length = body.height_m / template.body.height_m
    speed = template.speed_m_s * math.sqrt(length) if speed_m_s is None else speed_m_s
    _check("speed_m_s", speed, SPEEDS_M_S, "m/s")
    cadence = usual_cadence(template, speed, body.height_m) if cadence_spm is None else cadence_spm
    _check("cadence_spm", cadence, CADENCES_SPM, "steps per minute")
    faster = speed / math.sqrt(length) / template.speed_m_s
    quicker = cadence * math.sqrt(length) / template.cadence_spm
    period, first_contact = 120.0 / cadence, template.stance * template.period_s
    contact = first_contact * faster**CONTACT_BY_SPEED * quicker**CONTACT_BY_CADENCE * math.sqrt(length)
    if contact / period > LONGEST_STANCE:
        raise PaceError(
            f"cadence_spm is {cadence:g} at speed_m_s {speed:g}: each foot would stand for "
            f"{contact / period:.0%} of the stride, and no flight is left. Running slower needs fewer steps."
        )
    return Pace(
        speed_m_s=speed,
        cadence_spm=cadence,
        period_s=period,
        contact_s=contact,
        stance=contact / period,
        push=(template.stance * period) / contact,
        swing=faster**SWING_BY_SPEED,
        bounce=_bounce(period, contact) / _bounce(template.period_s, first_contact),
        tempo=template.period_s / period,
    )


def _check(field: str, value: float, ends: tuple[float, float], unit: str) -> None:
    if not (math.isfinite(value) and ends[0] <= value <= ends[1]):
        raise PaceError(f"{field} is {value:g} {unit}; the template holds from {ends[0]:g} to {ends[1]:g}.")


def _bounce(period_s: float, contact_s: float) -> float:
    """Rise and fall of a body that flies freely and is carried by a half sine of force [m]."""
    step, flight = period_s / 2, period_s / 2 - contact_s
    return GRAVITY_M_S2 * (flight**2 / 8 + step * contact_s / (2 * math.pi) - contact_s**2 / 8)
