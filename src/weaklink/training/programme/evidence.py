"""DoorEvidence: what a runner has said, done and measured, as far as a door of a programme asks for it.

What nobody said is absent, never nought, done or easy.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

import msgspec

from weaklink.case.given import Given, Result, Sex
from weaklink.library.programme_records import Milestone
from weaklink.library.records import ClinicalTest
from weaklink.quantities import Side
from weaklink.reasoning.strength_levels import lifts_much

OLDER_FROM = 60
YOUNG_BELOW = 50
HARDER_REPS = 2 / 3  # of the repetitions a milestone names, in a harder way of the same; design
LEAST_SETS = 2  # whatever was asked for; design


class Whose(msgspec.Struct, frozen=True, kw_only=True):
    """The runner as far as doors ask: age, sex, body mass, the sides that hurt, the start."""

    age: int
    sex: Sex = "not-said"
    mass_kg: float | None = None
    sides: frozenset[Side] = frozenset()
    tests: Mapping[str, Mapping[Side, Result]] = {}
    pains: Mapping[str, int] = {}  # 0..10, by moment
    lifts_much: bool | None = None  # None: not said


def whose(given: Given) -> Whose:
    """The same of what was given."""
    return Whose(
        age=given.age,
        sex=given.sex,
        mass_kg=given.mass_kg,
        sides=frozenset(place.side for place in given.pain_at if place.side in ("left", "right")),
        tests=given.tests,
        lifts_much=lifts_much(given),
        pains={str(moment): pain for moment, pain in given.first_pain.items()},
    )


def stops_of(tests: Iterable[ClinicalTest]) -> dict[str, int]:
    """By test the pain above which it ends, for those that say one."""
    return {test.id: test.stops_above for test in tests if test.stops_above is not None}


class MoveShown(msgspec.Struct, frozen=True, kw_only=True):
    """A move as it was done in one session. Numbers are the least of its sets; None: not said.

    `whole`: every set that was asked for was done. `bare_reps`: what its repetitions with a weight are worth
    without one.
    """

    exercise: str
    sets: int
    whole: bool = False
    reps: int | None = None
    bare_reps: int | None = None
    hold_s: int | None = None
    kg: float | None = None  # all that was held
    pain: int | None = None


class Ways(msgspec.Struct, frozen=True, kw_only=True):
    """What counts as what: the exercises of the main move, and by exercise the harder ways of it.

    `gated`: what waits for a gate. Of hops every one counts: there a short session shows no more than it was.
    """

    main: frozenset[str] = frozenset()
    harder: Mapping[str, frozenset[str]] = {}
    gated: frozenset[str] = frozenset()


class DoorEvidence(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that opens doors, up to a day.

    `shown`: in how many sessions, runs or walks something was done as a milestone says it, by `key_of`.
    `settled`: weeks in a row in which no morning was worse than usual; None: too few mornings were told.
    """

    whose: Whose
    weeks_in: int = 1
    tests: Mapping[str, Mapping[Side, Result]] = {}
    stops: Mapping[str, int] = {}  # by test: what was counted in it hurt no more than that
    shown: Mapping[str, int] = {}
    settled: int | None = None
    answers: Mapping[str, str] = {}  # to questions of milestones: yes | no | unsure
    pains: Mapping[str, int] = {}  # 0..10, by moment
    open: frozenset[str] = frozenset()  # gates


def key_of(one: Milestone) -> str:
    """A name for what a milestone wants to see done; the same wish has the same name everywhere."""
    what = one.exercise or ("main-move" if one.main_move else one.pain or "")
    numbers = (one.sets, one.reps, one.hold_s, one.held, one.held_young_man, one.minutes, one.pain_most)
    limp = "/no-limp" if one.without_limp else ""
    return "/".join([what, *("" if number is None else f"{number:g}" for number in numbers)]) + limp


def held_wanted(one: Milestone, whose: Whose) -> float | None:
    """How much has to be held, as a share of body mass; sex not said counts as a man's."""
    young = whose.age < YOUNG_BELOW and whose.sex != "female"
    return one.held_young_man if young and one.held_young_man is not None else one.held


def shows(one: Milestone, done: MoveShown, ways: Ways, whose: Whose, pain_most: int) -> bool:
    """Whether a move of one session is what a milestone wants to see; a harder way of the same shows it, too.

    Args:
        pain_most: the programme's own limit, where the milestone says none.
    """
    harder = done.exercise in ways.harder.get(one.exercise, frozenset())
    if done.exercise != one.exercise and not harder and not (one.main_move and done.exercise in ways.main):
        return False
    # A short session asks for fewer sets than a milestone names; all of them are enough.
    eased = done.whole and done.exercise not in ways.gated
    sets = one.sets if one.sets is None or not eased else min(one.sets, max(done.sets, LEAST_SETS))
    reps = done.bare_reps if done.bare_reps is not None and not held_wanted(one, whose) else done.reps
    least = math.ceil(HARDER_REPS * one.reps) if harder and one.reps is not None else one.reps
    wanted = ((sets, done.sets), (least, reps), (one.hold_s, done.hold_s))
    if any(number is not None and (was is None or was < number) for number, was in wanted):
        return False
    limit = pain_most if one.pain_most is None else one.pain_most
    if done.pain is None or done.pain > limit:
        return False
    return harder or _holds_enough(held_wanted(one, whose), done, whose)


def _holds_enough(share: float | None, done: MoveShown, whose: Whose) -> bool:
    if not share:
        return True
    return whose.mass_kg is not None and done.kg is not None and done.kg >= share * whose.mass_kg
