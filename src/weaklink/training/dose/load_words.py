"""Words for loads: which sentence says one, with what it names."""

from __future__ import annotations

from collections.abc import Mapping

from weaklink.case.load import Load, as_kg
from weaklink.quantities import KG_PER_POUND, Message

BAR_KG, BAR_LB = 20.0, 45.0
STEP_KG, STEP_LB = 2.5, 5  # what a bar with plates steps by


def load_message(load: Load) -> Message:
    """A load in a few words, as a message: "dumb-bell, 10 kg", "green band", "no weight".

    It says how to put it together: bottles in a rucksack, the plates on each side of a bar.
    """
    if load.kind == "none":
        return Message("weight.none")
    if load.colour is not None:
        return Message("weight.band", {"colour": load.colour})
    said: dict[str, str | int | float] = {"held": load.kind, "kg": load.kg or 0.0}
    if load.kind == "dumbbell-each":
        return Message("weight.each", said)
    if load.kind == "rucksack" and load.kg and float(load.kg).is_integer():
        return Message("weight.rucksack", {**said, "bottles": int(load.kg)})
    if load.kind == "barbell-total" and load.kg is not None:
        bar, plates = bar_of(load.kg)
        if plates > 0:
            return Message("weight.bar", {**said, "bar": bar, "side": plates / 2})
    return Message("weight.held", said)


def bar_of(kg: float) -> tuple[float, float]:
    """The bar of a whole and what hangs on it: of 45 lb where the whole goes in pounds, else of 20 kg."""
    pounds = round(kg / KG_PER_POUND / STEP_LB) * STEP_LB
    if as_kg(pounds) == round(kg, 2) and not (kg / STEP_KG).is_integer():
        return BAR_LB * KG_PER_POUND, (pounds - BAR_LB) * KG_PER_POUND
    return BAR_KG, kg - BAR_KG


def with_load(message: str, load: Load, values: Mapping[str, str | int | float]) -> Message:
    """A message that names a load besides; the sentence for a band is another one."""
    said = load_message(load)
    band = "-band" if load.colour is not None else ""
    return Message(message + band, {**values, **said.values})
