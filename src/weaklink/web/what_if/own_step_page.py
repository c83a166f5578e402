"""Own step: height, mass, speed and cadence that carry the template step to the runner. Optional."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from starlette.requests import Request

from weaklink.body.scaling import BodySizeError
from weaklink.movement.pace import CADENCES_SPM, SPEEDS_M_S, PaceError
from weaklink.web.figures.runner_pack import KM_H, own_step, runner_pack
from weaklink.web.visit.changing import change_settings
from weaklink.web.visit.forms import number_or_text
from weaklink.web.visit.visit import Visit, form_of, visit


class Field(NamedTuple):
    """One field: what it is called in the form, and its unit and limits."""

    name: str
    low: float  # in the unit it is kept in
    high: float
    units: Mapping[str, tuple[str, float]]  # by the runner's choice: unit shown, and what one of it is


FIELDS: dict[str, Field] = {
    "height_cm": Field("height", 100, 250, {"km": ("cm", 1.0), "mi": ("in", 2.54)}),
    "mass_kg": Field("mass", 20, 250, {"km": ("kg", 1.0), "mi": ("lb", 0.45359237)}),
    "speed_km_h": Field(
        "speed", SPEEDS_M_S[0] * KM_H, SPEEDS_M_S[1] * KM_H, {"km": ("km/h", 1.0), "mi": ("mph", 1.609344)}
    ),
    "cadence_spm": Field("cadence", *CADENCES_SPM, {"km": ("", 1.0), "mi": ("", 1.0)}),
}


async def kept(request: Request) -> dict[str, str]:
    """Keep the posted fields in the runner's settings, forget the empty ones. What is wrong comes back."""
    form = await form_of(request)
    seen = visit(request)
    said = {key: number_or_text(form.get(field.name, "")) for key, field in FIELDS.items()}
    errors = {
        FIELDS[key].name: problem for key, value in said.items() if (problem := _problem(seen, key, value))
    }
    if errors:
        return errors
    numbers = {key: value * _unit(seen, key)[1] for key, value in said.items() if value != ""}
    try:
        runner_pack(own_step(numbers))
    except (BodySizeError, PaceError):
        return {"cadence": seen.wording.word("what-if.pace-problem")}
    await change_settings(seen, lambda old: {**{k: v for k, v in old.items() if k not in FIELDS}, **numbers})
    return {}


def fields_of(seen: Visit, said: Mapping[str, str] | None = None) -> list[dict[str, str]]:
    """The fields as the page shows them: with what is kept, or what was just said."""
    return [
        {
            "name": field.name,
            "label": seen.wording.word(f"what-if.field.{field.name}"),
            "unit": _unit(seen, key)[0] or seen.wording.word("what-if.unit.cadence"),
            "value": said.get(field.name, "") if said is not None else _shown(seen, key),
        }
        for key, field in FIELDS.items()
    ]


def _unit(seen: Visit, key: str) -> tuple[str, float]:
    return FIELDS[key].units[str(seen.runner.settings.get("units", "km"))]


def _shown(seen: Visit, key: str) -> str:
    value: Any = seen.runner.settings.get(key)
    return "" if value is None else f"{round(value / _unit(seen, key)[1], 1):g}"


def _problem(seen: Visit, key: str, value: Any) -> str:
    field, factor = FIELDS[key], _unit(seen, key)[1]
    low, high = field.low / factor, field.high / factor
    if value == "" or (isinstance(value, int | float) and low - 0.05 <= value <= high + 0.05):
        return ""
    return seen.wording.word("form.number", low=float(f"{low:.4g}"), high=float(f"{high:.4g}"))
