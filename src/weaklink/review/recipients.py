"""Recipients: which runners would be given an exercise, and what stands in the way for the others.

The runners are a grid, the same on every machine: no pain, and pain at each place, with the weak link that
goes with it tested or not; novice at home, regular and seasoned in a gym. What nobody of them gets may still
be right for somebody else.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from typing import Literal, get_args

import msgspec

from weaklink.case.given import Given, PainPlace, Result
from weaklink.case.plan import Plan
from weaklink.library.reading import Library, UnknownIdError, nearest
from weaklink.library.records import ClinicalTest, Equipment, Exercise
from weaklink.library.standards import KG
from weaklink.quantities import Level, Message, Side
from weaklink.reasoning.urgency import judged
from weaklink.training.dose.restrictions import LATER_FROM_WEEK, easier_way, is_for_elsewhere, withheld
from weaklink.training.dose.setting import Setting, setting
from weaklink.training.dose.suitability import is_idle_stretch
from weaklink.training.dose.usable import is_too_gentle, often_enough
from weaklink.training.plan.planning import make_plan, refusing_rules
from weaklink.training.progression.runner_ladder import harder_way

Way = Literal["plan", "harder", "easier"]
WAYS: tuple[Way, ...] = get_args(Way)
GYM: frozenset[Equipment] = frozenset(get_args(Equipment))
HOME: frozenset[Equipment] = frozenset()
PEOPLE: tuple[tuple[Level, frozenset[Equipment]], ...] = (
    ("novice", HOME), ("regular", GYM), ("seasoned", GYM),
)  # fmt: skip
MINUTES = 30
CIRCUMSTANCES = ("condition", "guard", "site", "equipment", "tag", "exercise2")
WEAK, STRONG = 0.03, 0.5  # of a test's range: clearly below any threshold, and clearly the better side


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of runner of the grid."""

    given: Given
    weak: str = ""  # the area whose test was weak; empty: nothing was tested

    @property
    def hurts(self) -> str:
        """The site that hurts; empty without pain."""
        return self.given.pain_at[0].site if self.given.pain_at else ""

    @property
    def gym(self) -> bool:
        """Whether all equipment is at hand."""
        return self.given.equipment == GYM


class GivenOrNot(msgspec.Struct, frozen=True, kw_only=True):
    """What one kind of runner is given: each exercise with the way it comes. No plan: no `setting`."""

    kind: Kind
    setting: Setting | None
    ways: Mapping[str, Way]


class Recipients(msgspec.Struct, frozen=True, kw_only=True):
    """Who gets one exercise, by the way it comes, and each thing in the way with how many it stops."""

    exercise: str
    runners: int
    gets: Mapping[Way, tuple[Kind, ...]]
    barriers: tuple[tuple[Message, int], ...]  # most runners first

    @property
    def count(self) -> int:
        """How many kinds of runners get it at all."""
        return sum(len(kinds) for kinds in self.gets.values())


def recipients(exercise_id: str, outcomes: tuple[GivenOrNot, ...], library: Library) -> Recipients:
    """Who of these gets the exercise, and what stands in the way for the others.

    Raises: UnknownIdError naming the nearest ids.
    """
    if exercise_id not in library.exercises:
        close = nearest(exercise_id, sorted(library.exercises))
        raise UnknownIdError(f'no exercise "{exercise_id}"; nearest: {close}')
    exercise = library.exercises[exercise_id]
    gets: dict[Way, tuple[Kind, ...]] = {
        way: tuple(one.kind for one in outcomes if one.ways.get(exercise_id) == way) for way in WAYS
    }
    counted: dict[str, tuple[Message, int]] = {}
    for message in (barrier(exercise, one) for one in outcomes if exercise_id not in one.ways):
        known, number = counted.get(_sort_of(message), (message, 0))
        counted[_sort_of(message)] = (known, number + 1)
    ranked = tuple(sorted(counted.values(), key=lambda pair: (-pair[1], pair[0].id)))
    return Recipients(exercise=exercise_id, runners=len(outcomes), gets=gets, barriers=ranked)


def _sort_of(message: Message) -> str:
    """Barriers are counted together when they are of one sort and name the same circumstance."""
    values = {key: value for key, value in message.values.items() if key in CIRCUMSTANCES}
    return f"{message.id} {sorted(values.items())}"


def barrier(exercise: Exercise, outcome: GivenOrNot) -> Message:
    """What stands in the way of an exercise for one runner who does not get it."""
    plan = outcome.setting
    if plan is None:
        return Message("who.refused")
    kept_back = withheld(exercise, plan.limits, plan.library, LATER_FROM_WEEK)
    if kept_back is not None:
        return kept_back
    if is_too_gentle(exercise, plan):
        return Message("who.gentle", {"exercise": exercise.id})
    if is_for_elsewhere(exercise, plan.limits) or is_idle_stretch(exercise, plan):
        return Message("who.idle", {"exercise": exercise.id})
    if not any(often_enough(exercise, plan, day.kind) for day in plan.days.days):
        return Message("who.seldom", {"exercise": exercise.id})
    return _outranked(exercise, outcome, plan)


def _outranked(exercise: Exercise, outcome: GivenOrNot, plan: Setting) -> Message:
    """That other moves suit better, with one for the same area where the plan holds it."""
    planned = (plan.library.exercises[name] for name, way in outcome.ways.items() if way == "plan")
    instead = (one.id for one in planned if one.areas[:1] == exercise.areas[:1] and one.kind == exercise.kind)
    found = min(instead, default="")
    if found:
        return Message("who.outranked-by", {"exercise": exercise.id, "exercise2": found})
    return Message("who.outranked", {"exercise": exercise.id})


def outcomes_of(library: Library) -> tuple[GivenOrNot, ...]:
    """What every runner of the grid is given. Takes some seconds."""
    return tuple(outcome_of(kind, library) for kind in grid(library))


def outcome_of(kind: Kind, library: Library) -> GivenOrNot:
    """What one kind of runner is given: in the plan, or from it on the way up or down."""
    disposition, ranked = judged(kind.given, library)
    refused = bool(refusing_rules(disposition))
    found = None if refused else make_plan(kind.given, library, disposition, ranked, "greedy")
    if not isinstance(found, Plan):
        return GivenOrNot(kind=kind, setting=None, ways={})
    plan = setting(kind.given, library, disposition, ranked)
    planned = [name for name in ids_of(found) if name in library.exercises]
    ways: dict[str, Way] = dict.fromkeys(planned, "plan")
    for name in planned:
        for way, found_ids in (("harder", _up(name, plan)), ("easier", _down(name, plan))):
            for other in found_ids:
                ways.setdefault(other, "harder" if way == "harder" else "easier")
    return GivenOrNot(kind=kind, setting=plan, ways=ways)


def ids_of(plan: Plan) -> list[str]:
    """The ids of all items of a plan, once each, in the order they come."""
    items = (item for week in plan.weeks for session in week.sessions for item in session.items)
    stretches = (item for week in plan.weeks for item in week.run_day_stretches)
    return list(dict.fromkeys(item.id for item in itertools.chain(items, stretches)))


def _up(name: str, plan: Setting) -> Iterator[str]:
    """The harder ways, one after the other."""
    seen = {name}
    while name := harder_way(plan.library.exercises[name], plan, LATER_FROM_WEEK):
        if name in seen:
            return
        seen.add(name)
        yield name


def _down(name: str, plan: Setting) -> Iterator[str]:
    """The easier ways, one after the other."""
    while (name := easier_way(plan.library.exercises[name], plan.limits, plan.library, 1)) != "stop":
        yield name


def grid(library: Library) -> Iterator[Kind]:
    """The runners: without pain, with pain and nothing tested, with pain and its weak link tested."""
    for level, gym in itertools.product(get_args(Level), (HOME, GYM)):
        for minutes in (10, MINUTES):
            yield Kind(given=_given(level, gym, "", minutes))
    for site, (level, gym) in itertools.product(sorted(library.regions), PEOPLE[:2]):
        yield Kind(given=_given(level, gym, site))
    tests = dict(_weak_tests(library))
    for site, area in sorted(_claimed(library)):
        for level, gym in PEOPLE if area in tests else ():
            given = msgspec.structs.replace(_given(level, gym, site), tests=tests[area])
            yield Kind(given=given, weak=area)


def _given(level: Level, equipment: frozenset[Equipment], site: str, minutes: int = MINUTES) -> Given:
    sided: Side = "right"
    return Given(
        age=30,
        level=level,
        equipment=equipment,
        pain_at=(PainPlace(site, sided),) if site else (),
        pain={"run": 3} if site else {},
        minutes=minutes,
        assume_unanswered_no=True,
    )


def _claimed(library: Library) -> set[tuple[str, str]]:
    """Where it hurts and which weak area is said to go with it."""
    claims = (claim for claim in library.weak_links.values() if claim.status != "retired")
    return {(claim.site, claim.area) for claim in claims if claim.site and claim.kind == "strength"}


def _weak_tests(library: Library) -> Iterator[tuple[str, dict[str, dict[Side, Result]]]]:
    """For each area the first home test without weights, with a weak result of the right side."""
    seen: set[str] = set()
    for test in library.clinical_tests.values():
        results = _weak(test) if test.performed_by == "self" and test.kind_of_link == "strength" else {}
        bare = test.status != "retired" and test.unit != KG
        for area in test.areas[:1] if results and bare else ():
            if area not in seen:
                seen.add(area)
                yield area, {test.id: results}


def _weak(test: ClinicalTest) -> dict[Side, Result]:
    if test.value == "option":
        weak = next((option.id for option in test.options if option.meaning == "weak"), "")
        side: Side = "right" if test.sided else "none"
        return {side: Result(option=weak)} if weak else {}
    if test.value != "number" or test.better == "none":
        return {}
    shares = (WEAK, STRONG) if test.better == "higher" else (STRONG, WEAK)
    low, high = (test.min + share * (test.max - test.min) for share in shares)
    values = (round(low), round(high)) if test.whole else (low, high)
    return _sides(test, values)


def _sides(test: ClinicalTest, values: tuple[float, float]) -> dict[Side, Result]:
    if not test.sided:
        return {"none": Result(value=values[0])}
    return {"right": Result(value=values[0]), "left": Result(value=values[1])}
