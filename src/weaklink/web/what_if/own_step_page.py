"""Own step: height, mass, speed and cadence that carry the template step to the runner. Optional."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import msgspec
from starlette.datastructures import FormData

from weaklink.body.scaling import BodySizeError
from weaklink.movement.pace import CADENCES_SPM, SPEEDS_M_S, PaceError
from weaklink.web.figures.runner_pack import KM_H, own_step, runner_pack
from weaklink.web.visit.changing import change_settings
from weaklink.web.visit.preferences import unit_of, weighs_in
from weaklink.web.visit.typed_form import accepted, number_or_said, read_form
from weaklink.web.visit.visit import Visit


class AskedOfStep(NamedTuple):
    """One field: what it is called in the form, and its unit and limits."""

    name: str
    low: float  # in the unit it is kept in
    high: float
    units: Mapping[str, tuple[str, float]]  # by the runner's choice: unit shown, and what one of it is


FIELDS: dict[str, AskedOfStep] = {
    "height_cm": AskedOfStep("height", 100, 250, {"km": ("cm", 1.0), "mi": ("in", 2.54)}),
    "mass_kg": AskedOfStep("mass", 20, 250, {"km": ("kg", 1.0), "mi": ("lb", 0.45359237)}),
    "speed_km_h": AskedOfStep(
        "speed", SPEEDS_M_S[0] * KM_H, SPEEDS_M_S[1] * KM_H, {"km": ("km/h", 1.0), "mi": ("mph", 1.609344)}
    ),
    "cadence_spm": AskedOfStep("cadence", *CADENCES_SPM, {"km": ("", 1.0), "mi": ("", 1.0)}),
}


class StepForm(msgspec.Struct, frozen=True, kw_only=True):
    """What the form says, in the runner's own units; the limits of each are in `FIELDS`."""

    height: float | None = None
    mass: float | None = None
    speed: float | None = None
    cadence: float | None = None


class StepField(msgspec.Struct, frozen=True, kw_only=True):
    """One field as the page shows it."""

    name: str
    label: str
    unit: str
    value: str


async def kept(seen: Visit, sent: FormData) -> dict[str, str]:
    """Keep the posted fields in the runner's settings, forget the empty ones. What is wrong comes back."""
    read = read_form(sent, StepForm, seen.wording)
    errors = {
        field.name: _wanted(seen, key)
        for key, field in FIELDS.items()
        if not _fits(seen, key, read.said.get(field.name, ""))
    }
    if errors:
        return errors
    form = accepted(read)
    said = {key: getattr(form, field.name) for key, field in FIELDS.items()}
    numbers = {key: value * _unit(seen, key)[1] for key, value in said.items() if value is not None}
    try:
        runner_pack(own_step(numbers))
    except (BodySizeError, PaceError):
        return {"cadence": seen.wording.word("what-if.pace-problem")}
    await change_settings(seen, lambda old: {**{k: v for k, v in old.items() if k not in FIELDS}, **numbers})
    return {}


def fields_of(seen: Visit, said: Mapping[str, str] | None = None) -> list[StepField]:
    """The fields as the page shows them: with what is kept, or what was just said."""
    return [
        StepField(
            name=field.name,
            label=seen.wording.word(f"what-if.field.{field.name}"),
            unit=_unit(seen, key)[0] or seen.wording.word("what-if.unit.cadence"),
            value=said.get(field.name, "") if said is not None else _shown(seen, key),
        )
        for key, field in FIELDS.items()
    ]


def _unit(seen: Visit, key: str) -> tuple[str, float]:
    settings = seen.runner.settings
    if key == "mass_kg":
        return FIELDS[key].units["mi" if weighs_in(settings) == "lb" else "km"]
    return FIELDS[key].units[unit_of(settings)]


def _shown(seen: Visit, key: str) -> str:
    value = seen.runner.settings.get(key)
    return "" if value is None else f"{round(float(value) / _unit(seen, key)[1], 1):g}"


def _limits(seen: Visit, key: str) -> tuple[float, float]:
    """The least and the most of a field, in the runner's own unit."""
    field, factor = FIELDS[key], _unit(seen, key)[1]
    return field.low / factor, field.high / factor


def _fits(seen: Visit, key: str, text: str) -> bool:
    """Whether a field was left empty or is a number in its range, which depends on the runner's unit."""
    low, high = _limits(seen, key)
    value = number_or_said(text)
    return text.strip() == "" or (not isinstance(value, str) and low - 0.05 <= value <= high + 0.05)


def _wanted(seen: Visit, key: str) -> str:
    low, high = _limits(seen, key)
    return seen.wording.word("form.number", low=f"{low:.4g}", high=f"{high:.4g}")
