"""Racks: what one runner can load an exercise with, and the load of their first session."""

from __future__ import annotations

from collections.abc import Iterable

from weaklink.case.given import Given
from weaklink.case.lifting import Lifting
from weaklink.case.load import Load, Owned, OwnedKind, things_of
from weaklink.library.records import Equipment, Exercise, Weighted
from weaklink.training.dose.weights import Body, Rack, begin_kg, begin_with, for_reps_kg, loads_of, maximum_kg

WOMEN_LEGS, WOMEN_ARMS = 0.85, 0.70  # of the first weight; design
OLDER, OLDER_FROM = 0.80, 60
SORE = 0.70  # where it works in what hurts
# Of what somebody says they lift: so much is counted on while they lift every week, and so much less where it
# hurts, where they lift now and then or did not say, and again where they have not lifted for half a year.
KNOWN, KNOWN_LESS = 0.90, 0.10
LIFTED_REPS = 5  # asked for five to eight: fewer tell of a smaller maximum
WEIGHTS: frozenset[Equipment] = frozenset({"weight", "machine"})
PULLS: frozenset[Equipment] = frozenset({"band", "heavy-band"})
# What a thing on the list of equipment can be loaded with where nobody named the weights: anybody can fill a
# rucksack in whole kilograms.
USUALLY: dict[Equipment, OwnedKind] = {
    "weight": "rucksack",
    "machine": "machine",
    "bar": "barbell",
    "band": "band",
}
UNTOLD: frozenset[Equipment] = frozenset({"machine", "band"})


def owned_by(given: Given, equipment: Iterable[Equipment]) -> tuple[Owned, ...]:
    """The weights of a runner: those they named, else what their equipment usually means.

    Naming weights says nothing of machines and bands that are on the list of equipment.
    """
    named = given.owns or ()
    # Bands alone leave open what weights there are; an empty list says that there are none.
    told = given.owns == () or any(one.kind not in UNTOLD for one in named)
    usual = set(USUALLY) - things_of(named) - (set(USUALLY) - UNTOLD if told else set())
    return (*named, *(Owned(kind=USUALLY[thing]) for thing in sorted(usual & set(equipment))))


def needs_load(exercise: Exercise) -> bool:
    """Whether an exercise is never done with the body alone."""
    return not (WEIGHTS | PULLS).isdisjoint(exercise.needs)


def rack_of(exercise: Exercise, owns: tuple[Owned, ...], body: Body) -> Rack | None:
    """What an exercise can be loaded with; None where nothing is held in it or nothing is there."""
    weighted = exercise.weighted
    if weighted is None:
        return None
    loads = loads_of(weighted, owns, body)
    if not loads:
        return None
    return Rack(weighted=weighted, loads=loads, body=body, needs_one=needs_load(exercise))


def first_load(
    rack: Rack | None, given: Given, size: int, *, sore: bool, wanted: tuple[int, int] | None = None
) -> Load | None:
    """The load of a first session; None for none.

    Args:
        size: how strong the area is: 0 weak, 1 average, 2 strong.
        sore: whether it works in what hurts.
        wanted: repetitions, and how many to leave, where what somebody says they lift may count.
    """
    if rack is None:
        return None
    known = known_kg(rack, given.lifting, wanted, sore=sore) if wanted is not None else None
    estimate = begin_kg(rack.weighted, size, rack.body, share_of(given, rack.weighted, sore=sore))
    return begin_with(rack, estimate if known is None else known)


def known_kg(rack: Rack, lifting: Lifting | None, wanted: tuple[int, int], *, sore: bool) -> float | None:
    """What to hold for so many repetitions and so many left, from a lift somebody knows; None without one."""
    known_by = rack.weighted.known_by
    lifted = lifting.lifts.get(known_by.lift) if lifting is not None and known_by is not None else None
    if lifted is None or known_by is None or lifting is None or rack.body.kg is None:
        return None
    body = rack.weighted.body_share * rack.body.kg
    maximum = maximum_kg(body + lifted, LIFTED_REPS, 0) or 0.0  # so few repetitions always tell
    less = KNOWN_LESS * (sore + (not lifting.is_regular) + (lifting.legs == "never"))
    return for_reps_kg(maximum * known_by.share * (KNOWN - less), *wanted) - body


def share_of(given: Given, weighted: Weighted, *, sore: bool) -> float:
    """What is left of the estimate for sex, age and pain; sex not said counts as the lighter one."""
    share = 1.0
    if given.sex != "male":
        share *= WOMEN_ARMS if weighted.upper else WOMEN_LEGS
    if given.age > OLDER_FROM:
        share *= OLDER
    return share * SORE if sore else share
