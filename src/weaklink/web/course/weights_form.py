"""Weights form: what somebody can lift at home, weighs and lifts; asked beside the week, all of it optional.

Every number is kept in kilograms. Whoever changes the unit and not a number keeps the weight, not the number.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec
from starlette.datastructures import FormData

from weaklink.case.lifting import LEGS_LIFTED, LegsLifted, Lifting
from weaklink.case.load import BAND_COLOURS, MOST_KG, BandColour, MarkedIn, Owned, OwnedKind
from weaklink.case.owned import lifts_table, owns_table
from weaklink.case.values import Table
from weaklink.web.visit.changing import STAYS, change_settings
from weaklink.web.visit.forms import Choice
from weaklink.web.visit.preferences import WEIGHED_IN, weighs_in
from weaklink.web.visit.typed_form import number_or_said, read_form
from weaklink.web.visit.visit import Visit
from weaklink.web.words.weights_text import (
    LEAST_KG,
    WeightsTextError,
    kg_of,
    number_in,
    read_weights,
    weights_text,
)

ASKED = "weights"  # among `asks` where the form asked for them
KINDS: tuple[OwnedKind, ...] = (
    "gym", "rucksack", "dumbbell", "dumbbell-pair", "kettlebell", "barbell", "ankle-weight",
)  # fmt: skip
NUMBERED: tuple[OwnedKind, ...] = KINDS[1:]
IN_LITRES: tuple[OwnedKind, ...] = ("rucksack",)  # never marked in pounds
BAND: Literal["band"] = "band"  # stands on the list of equipment; its colours are asked there
MASS_KG = (20.0, 250.0)
LIFT_KG = (1.0, MOST_KG)
MASS, SQUAT, DEADLIFT = "mass", "squat", "deadlift"


class WeightsForm(msgspec.Struct, frozen=True, kw_only=True):
    """What the form says besides its numbers; `shown_in` is the unit in which these were shown."""

    weights_in: MarkedIn | None = None
    shown_in: MarkedIn | None = None
    equipment: tuple[str, ...] = ()
    owns: tuple[OwnedKind, ...] = ()
    bands: tuple[BandColour, ...] = ()
    legs: LegsLifted | None = None


class WeightsValues(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in the form; `numbers` by the name of their field."""

    unit: MarkedIn
    shown_in: MarkedIn
    owns: tuple[str, ...]
    bands: tuple[str, ...]
    legs: str
    numbers: Mapping[str, str]


class NumberedKind(msgspec.Struct, frozen=True):
    """A kind whose weights are asked: what of it, and how they are written."""

    id: str
    name: str
    note: str


class WeightsChoices(msgspec.Struct, frozen=True, kw_only=True):
    """What can be chosen, in words; of `numbered` things the weights are asked."""

    kinds: list[Choice]
    numbered: list[NumberedKind]
    bands: list[Choice]
    legs: list[Choice]


class WeightsReading(msgspec.Struct, frozen=True, kw_only=True):
    """What was said, in the shape of [given]; None where it was not asked or something of it is wrong."""

    said: Table | None = None
    unit: MarkedIn | None = None
    errors: dict[str, str] = {}

    def onto(self, table: Table) -> Table:
        """A table with what was said now in place of what was said before."""
        if self.said is None:
            return table
        return {key: value for key, value in table.items() if key not in STAYS} | self.said


async def keep_unit(reading: WeightsReading, seen: Visit) -> None:
    """Keep the unit that was chosen, for whoever chose one."""
    unit = reading.unit
    if unit is not None and unit != seen.runner.settings.get(WEIGHED_IN):
        await change_settings(seen, lambda old: {**old, WEIGHED_IN: unit})


def choices(seen: Visit) -> WeightsChoices:
    """What can be chosen, in words."""
    word = seen.wording.word
    return WeightsChoices(
        kinds=[Choice(kind, word(f"weights.{kind}")) for kind in KINDS],
        numbered=[
            NumberedKind(kind, word(f"weights.{kind}.which"), word(f"weights.{kind}.as")) for kind in NUMBERED
        ],
        bands=[Choice(colour, word(f"word.{colour}")) for colour in BAND_COLOURS],
        legs=[Choice(often, word(f"weights.legs.{often}")) for often in LEGS_LIFTED],
    )


def kept_weights(seen: Visit) -> WeightsValues:
    """What was said before, in the unit it is read in."""
    unit = weighs_in(seen.runner.settings)
    owns, lifting = _owns(seen), _lifting(seen)
    return WeightsValues(
        unit=unit,
        shown_in=unit,
        owns=tuple(one.kind for one in owns if one.kind in KINDS),
        bands=next((one.colours for one in owns if one.kind == BAND), ()),
        legs=lifting.legs or "",
        numbers=_numbers_shown(seen, unit),
    )


def sent_weights(form: FormData, seen: Visit) -> WeightsValues:
    """What a form said, as it was sent, where something of it was wrong; else what was said before."""
    kept = kept_weights(seen)
    if ASKED not in form.getlist("asks"):
        return kept
    said = _units(form)
    return WeightsValues(
        unit=said["weights_in"] or kept.unit,
        shown_in=said["shown_in"] or kept.unit,
        owns=tuple(str(one) for one in form.getlist("owns")),
        bands=tuple(str(one) for one in form.getlist("bands")),
        legs=str(form.get("legs", "")),
        numbers={name: str(form.get(name, "")) for name in kept.numbers},
    )


def _units(form: FormData) -> dict[str, MarkedIn | None]:
    units: dict[str, MarkedIn] = {"kg": "kg", "lb": "lb"}
    return {name: units.get(str(form.get(name, ""))) for name in ("weights_in", "shown_in")}


def read_weights_form(form: FormData, seen: Visit) -> WeightsReading:
    """What was said of weights; where the form asked for none, only the unit, if any."""
    read = read_form(form, WeightsForm, seen.wording)
    if read.value is None:
        return WeightsReading(errors=read.errors)
    unit = read.value.weights_in
    if ASKED not in form.getlist("asks"):
        return WeightsReading(unit=unit)
    numbers = _Numbers(seen, form, unit or weighs_in(seen.runner.settings), read.value.shown_in)
    said = _said(read.value, numbers, seen)
    if numbers.errors:
        return WeightsReading(errors=numbers.errors)
    return WeightsReading(said=said, unit=unit)


def _said(form: WeightsForm, numbers: _Numbers, seen: Visit) -> Table:
    """The part of [given] that the form says; what was left empty is not said."""
    others = [one for one in _owns(seen) if one.kind not in (*KINDS, BAND)]
    owns = [numbers.owned(kind) for kind in dict.fromkeys(form.owns) if kind in KINDS]
    colours = tuple(one for one in BAND_COLOURS if one in form.bands)
    bands = [Owned(kind=BAND, colours=colours)] if colours and BAND in form.equipment else []
    found: Table = {"mass_kg": numbers.one(MASS, MASS_KG)}
    found["owns"] = owns_table([*owns, *bands, *others]) or None
    if form.legs is not None:
        lifted = form.legs != "never"
        lifting = Lifting(
            legs=form.legs,
            squat_kg=numbers.one(SQUAT, LIFT_KG) if lifted else None,
            deadlift_kg=numbers.one(DEADLIFT, LIFT_KG) if lifted else None,
        )
        found["lifts"] = lifts_table(lifting)
    return {key: value for key, value in found.items() if value is not None}


class _Numbers:
    """The numbers of one form in kilograms; what is wrong with them by field."""

    def __init__(self, seen: Visit, form: FormData, unit: MarkedIn, shown_in: MarkedIn | None) -> None:
        self.errors: dict[str, str] = {}
        self._seen, self._form, self._unit = seen, form, unit
        self._shown = _numbers_shown(seen, shown_in or unit)

    def one(self, name: str, limits: tuple[float, float]) -> float | None:
        """The kilograms of one field; None where it was left empty."""
        text = str(self._form.get(name, "")).strip()
        if not text or text == self._shown[name]:
            return _kept_numbers(self._seen)[name] if text else None
        low, high = (number_in(limit, self._unit) for limit in limits)
        number = number_or_said(text)
        if isinstance(number, str) or not low <= number <= high:
            self.errors[name] = self._seen.wording.word("form.number", low=low, high=high)
            return None
        return kg_of(number, self._unit)

    def owned(self, kind: OwnedKind) -> Owned:
        """One kind of weight with the numbers said beside it."""
        marked_in: MarkedIn = "kg" if kind in IN_LITRES else self._unit
        text = str(self._form.get(field_of(kind), "")).strip()
        if not text or kind not in NUMBERED:
            return Owned(kind=kind, marked_in=marked_in)
        kept = next((one for one in _owns(self._seen) if one.kind == kind), None)
        if kept is not None and text == self._shown[field_of(kind)]:
            return kept
        try:
            kg = read_weights(text, kind, self._unit, self._seen.wording.measures)
        except WeightsTextError:
            low, high = (number_in(limit, self._unit) for limit in (LEAST_KG, MOST_KG))
            self.errors[field_of(kind)] = self._seen.wording.word("weights.wanted", low=low, high=high)
            kg = ()
        return Owned(kind=kind, kg=kg, marked_in=marked_in)


def field_of(kind: OwnedKind) -> str:
    """The name of the field with the weights of a kind."""
    return f"kg-{kind}"


def _owns(seen: Visit) -> tuple[Owned, ...]:
    return (seen.given.owns or ()) if seen.given is not None else ()


def _lifting(seen: Visit) -> Lifting:
    return (seen.given.lifting or Lifting()) if seen.given is not None else Lifting()


def _kept_numbers(seen: Visit) -> dict[str, float | None]:
    """The numbers that were said, in kilograms; a body mass also where the picture of one's step was told."""
    lifting, step = _lifting(seen), seen.runner.settings.get("mass_kg")
    mass = seen.given.mass_kg if seen.given is not None else None
    if mass is None and isinstance(step, int | float) and MASS_KG[0] <= step <= MASS_KG[1]:
        mass = float(step)
    return {MASS: mass, SQUAT: lifting.squat_kg, DEADLIFT: lifting.deadlift_kg}


def _numbers_shown(seen: Visit, unit: MarkedIn) -> dict[str, str]:
    """Every number that was said, as its field shows it in a unit; empty where none was."""
    measures = seen.wording.measures
    kept = {one.kind: one.kg for one in _owns(seen)}
    numbers = {field_of(kind): weights_text(kept.get(kind, ()), kind, unit, measures) for kind in NUMBERED}
    for name, kg in _kept_numbers(seen).items():
        numbers[name] = "" if kg is None else f"{round(number_in(kg, unit), 1):g}"
    return numbers
