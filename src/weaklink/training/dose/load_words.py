"""Words for loads: which sentence says one, with what it names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from weaklink.case.load import Load, as_kg
from weaklink.quantities import KG_PER_POUND, Message

BAR_KG, BAR_LB = 20.0, 45.0
STEP_KG, STEP_LB = 2.5, 5  # what a bar with plates steps by
# Pairs of plates that lie beside nearly every bar; a set without the others can put all weights together.
PLATES_KG = (20.0, 10.0, 5.0, 2.5, 1.25)
PLATES_LB = (45.0, 25.0, 10.0, 5.0, 2.5)
NEAR_KG = 0.02  # weights are kept to ten grams


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


def at_hand(load: Load, there: Sequence[Load], say: Callable[[Message], str]) -> str:
    """The load as one picks it up: which plates go on each side, how heavy a band is among those `there`."""
    if load.colour is not None and len(there) > 1:
        place = {"place": there.index(load) + 1, "of": len(there)}
        return say(Message("weight.band-among", {"colour": load.colour, **place}))
    plates = plates_of(load)
    if not plates:
        return say(load_message(load))
    kinds = [(plates.count(kg), say(Message("weight.plate", {"kg": kg}))) for kg in dict.fromkeys(plates)]
    side = " + ".join(said if n == 1 else f"{n} × {said}" for n, said in kinds)
    bar, _ = bar_of(load.kg or 0.0)
    values = {"held": load.kind, "kg": load.kg or 0.0, "bar": bar, "plates": side}
    return say(Message("weight.bar-plates", values))


def plates_of(load: Load) -> tuple[float, ...]:
    """The plates [kg] on each side of a bar, heaviest first; none where they cannot make up the weight."""
    if load.kind != "barbell-total" or load.kg is None:
        return ()
    bar, rest = bar_of(load.kg)
    kinds = PLATES_KG if bar == BAR_KG else tuple(pounds * KG_PER_POUND for pounds in PLATES_LB)
    side, found = rest / 2, list[float]()
    for kg in kinds:
        pairs = int((side + NEAR_KG) / kg)
        found += [kg] * pairs
        side -= pairs * kg
    return tuple(found) if abs(side) < NEAR_KG else ()
