"""What the muscle model says about a weak link: who takes over, when it works, what one leg carries.

Values in, messages out. Every number is a range over the model's variants and stands with its limits.
"""

from __future__ import annotations

from collections.abc import Iterator

from weaklink.mechanics.leg_findings import ModelFindings, Shift, VariantRange
from weaklink.mechanics.stride_work import PERIODS
from weaklink.quantities import Message

SIDE_OF_THE_HIP, LOW_BACK = "glute-med", "back-lower"
USUAL_STRENGTH, FURTHER = (
    0.8,
    0.2,
)  # shown where no test says how weak; and how much weaker the second line is
STRIDE_M = 2.0  # about; so a kilometre is 500 landings on each leg
TWICE = 2.0  # from here on a rise is said in times, not in percent
Values = dict[str, str | int | float]


def model_says(
    area: str, site: str, strength: float | None, km_per_week: float | None, findings: ModelFindings
) -> tuple[Message, ...]:
    """The model's sentences about one weak link, its limits last; nothing where the model has no such muscle.

    Args:
        strength: share of the other side's strength, from a test; None when nobody measured it.
    """
    if area not in findings.shifts:
        return ()
    lines = [*_shift(area, strength, findings)]
    if km_per_week:
        landings = round(1000 * km_per_week / STRIDE_M / 100) * 100
        lines.append(
            Message("explanation.landings", {"km": km_per_week, "landings": landings, "stride_m": STRIDE_M})
        )
    lines += _when(area, findings)
    if area == SIDE_OF_THE_HIP:
        lines += _one_leg(findings)
    if area == SIDE_OF_THE_HIP and site == LOW_BACK:
        lines += _side_bending(findings)
    return (*lines, Message("explanation.model-limits", {}, findings.sources))


def _shift(area: str, strength: float | None, findings: ModelFindings) -> Iterator[Message]:
    """S9: the weaker, the more; at the strength a test found, and weaker still."""
    wanted = USUAL_STRENGTH if strength is None else strength
    shifts = sorted(findings.shifts[area], key=lambda one: abs(one.strength - wanted))
    first = shifts[0]
    yield _first_line(area, first, findings)
    weaker = [one for one in shifts if one.strength < first.strength - FURTHER / 2]
    second = min(weaker, key=lambda one: abs(one.strength - first.strength + FURTHER), default=None)
    if second is None or not first.gains:
        return
    same = [gain for gain in second.gains if gain.muscle == first.gains[0].muscle]
    if same:
        values = {"percent": _percent(second.strength), "muscle": same[0].muscle, **_size("", same[0].change)}
        yield Message(f"explanation.shift-weaker{_way(same[0].change)}", values, findings.sources)
    if second.short:
        yield Message("explanation.shift-short", {"percent": _percent(second.strength)}, findings.sources)


def _first_line(area: str, shift: Shift, findings: ModelFindings) -> Message:
    values: Values = {"area": area, "percent": _percent(shift.strength)}
    if not shift.gains:
        return Message("explanation.shift-none", values, findings.sources)
    first = shift.gains[0]
    values |= {"muscle": first.muscle, **_size("", first.change)}
    return Message(f"explanation.shift{_way(first.change)}", values, findings.sources)


def _when(area: str, findings: ModelFindings) -> Iterator[Message]:
    """S47: the part of the stride in which the group works most, and the one after it."""
    work = findings.work[area]
    order = sorted(PERIODS, key=lambda period: -work[period].low)
    values: Values = {
        "area": area,
        "period": f"period.{order[0]}",
        "period2": f"period.{order[1]}",
        **_size("", work[order[0]]),
        **_size("2", work[order[1]]),
    }
    yield Message("explanation.works-most", values, findings.sources)


def _one_leg(findings: ModelFindings) -> Iterator[Message]:
    """S12: what the three muscles at the side of the hip carry on one leg."""
    muscles = list(findings.one_leg)
    values: Values = {}
    for place, muscle in enumerate(muscles, start=1):
        values |= {f"muscle{place}": muscle, **_size(str(place), findings.one_leg[muscle])}
    yield Message("explanation.one-leg", values, findings.sources)
    yield Message("explanation.running-is-one-leg", _size("", findings.one_leg_together), findings.sources)


def _side_bending(findings: ModelFindings) -> Iterator[Message]:
    """S20: what a dropping pelvis asks of the trunk; a moment, not the load on a disc."""
    level, some, more = sorted(findings.side_bending_nm.items(), key=lambda item: int(item[0]))
    values: Values = {
        "kg": round(findings.mass_kg),
        "level": round(level[1]),
        "drop": int(some[0]), "moment": round(some[1]),
        "drop2": int(more[0]), "moment2": round(more[1]),
    }  # fmt: skip
    yield Message("explanation.side-bending", values, findings.sources)
    yield Message("explanation.side-bending-limits")


def _way(change: VariantRange) -> str:
    return "-times" if change.low + 1 >= TWICE else ""


def _size(suffix: str, found: VariantRange) -> Values:
    """A range in whole percent, and as times with one digit."""
    return {
        f"low{suffix}": _percent(found.low),
        f"high{suffix}": _percent(found.high),
        f"times_low{suffix}": round(1 + found.low, 1),
        f"times_high{suffix}": round(1 + found.high, 1),
    }


def _percent(share: float) -> int:
    return round(100 * share)
