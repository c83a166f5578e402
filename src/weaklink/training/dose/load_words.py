"""Words for loads: which sentence says one, with what it names."""

from __future__ import annotations

from collections.abc import Mapping

from weaklink.case.load import Load
from weaklink.quantities import Message


def load_message(load: Load) -> Message:
    """A load in a few words, as a message: "dumb-bell, 10 kg", "green band", "no weight"."""
    if load.kind == "none":
        return Message("weight.none")
    if load.colour is not None:
        return Message("weight.band", {"colour": load.colour})
    return Message("weight.held", {"held": load.kind, "kg": load.kg or 0.0})


def with_load(message: str, load: Load, values: Mapping[str, str | int | float]) -> Message:
    """A message that names a load besides; the sentence for a band is another one."""
    said = load_message(load)
    band = "-band" if load.colour is not None else ""
    return Message(message + band, {**values, **said.values})
