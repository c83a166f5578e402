"""Laws every plan keeps, for any runner, with hand-made and with the shipped knowledge."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as runs
from hypothesis import strategies as st

from tests.searches import reach, search
from tests.training.making import LIBRARY, differentials, dispositions, refused, runners
from tests.training.violations import violations
from weaklink.case.given import Given, PainPlace, Wish
from weaklink.case.hypothesis import Differential
from weaklink.case.plan import Conflict, Plan
from weaklink.library.reading import shipped_library
from weaklink.quantities import MIRROR, Message
from weaklink.training.plan import exact
from weaklink.training.plan.planning import PlanRefusedError, make_plan, refusing_rules

SHIPPED = shipped_library()
KNOWLEDGE = {"hand-made": LIBRARY, "shipped": SHIPPED}
PLANNERS = ("greedy", "exact") if exact.is_available() else ("greedy",)
EXAMPLES = {"greedy": reach(10, 30), "exact": reach(4, 8)}
slow = search(8, 25, list(HealthCheck))
wide = settings(deadline=None, suppress_health_check=list(HealthCheck))


def stories(library, wishes=False):
    """Any runner with any ranking and disposition over one library."""
    sites = tuple(library.regions)
    wish = (
        st.builds(Wish, areas=st.integers(1, 8), rounds=st.integers(1, 4) | st.none())
        if wishes
        else st.none()
    )
    return st.tuples(
        st.builds(lambda runner, w: msgspec.structs.replace(runner, wish=w), runners(sites), wish),
        dispositions(tuple(library.guards)),
        differentials(tuple(library.areas), tuple(library.conditions)),
    )


@pytest.mark.search
@pytest.mark.parametrize("planner", PLANNERS)
@pytest.mark.parametrize("knowledge", KNOWLEDGE)
def test_no_plan_breaks_a_hard_rule(knowledge, planner):
    library = KNOWLEDGE[knowledge]

    @settings(wide, max_examples=EXAMPLES[planner])
    @runs(story=stories(library))
    def law(story):
        given, disposition, found = story
        plan = make_plan(given, library, disposition, found, planner)

        if isinstance(plan, Plan):
            assert violations(plan, given, library, disposition, found) == ()

    law()


@pytest.mark.search
@pytest.mark.parametrize("planner", PLANNERS)
def test_a_wish_is_met_or_answered_with_a_conflict(planner):
    @settings(wide, max_examples=EXAMPLES[planner])
    @runs(story=stories(SHIPPED, wishes=True))
    def law(story):
        given, disposition, found = story
        outcome = make_plan(given, SHIPPED, disposition, found, planner)

        if isinstance(outcome, Plan):
            assert violations(outcome, given, SHIPPED, disposition, found) == ()
        else:
            assert outcome.conflicts

    law()


@slow
@runs(story=stories(SHIPPED, wishes=True))
def test_every_nearest_plan_for_a_wish_really_works(story):
    given, disposition, found = story
    outcome = make_plan(given, SHIPPED, disposition, found, "greedy")
    if not isinstance(outcome, Conflict):
        return
    for near in outcome.nearest:
        changed = granted(given, near)
        assert (
            isinstance(make_plan(changed, SHIPPED, disposition, found, "greedy"), Plan)
            or "day" in near.values
        )


def granted(given: Given, near: Message) -> Given:
    """The runner with one nearest plan taken up."""
    values = near.values
    if "areas" in values:
        wish = Wish(areas=values["areas"], rounds=values.get("rounds"))
        return msgspec.structs.replace(given, minutes=values["minutes"], wish=wish)
    if near.id == "training.nearest-other-day":
        return msgspec.structs.replace(given, days=(values["day"],))
    if near.id == "training.nearest-easy-run":
        hard = tuple(day for day in given.hard_runs if day != values["day"])
        return msgspec.structs.replace(given, hard_runs=hard)
    return msgspec.structs.replace(given, minutes=values["minutes"])


@slow
@runs(story=stories(SHIPPED))
def test_the_order_of_days_and_hard_runs_does_not_matter(story):
    given, disposition, found = story
    days = given.days if isinstance(given.days, int) else tuple(reversed(given.days))
    turned = msgspec.structs.replace(given, days=days, hard_runs=tuple(reversed(given.hard_runs)))

    assert make_plan(given, SHIPPED, disposition, found, "greedy") == make_plan(
        turned, SHIPPED, disposition, found, "greedy"
    )


def mirrored(given: Given, found: Differential) -> tuple[Given, Differential]:
    """The same story on the other side."""
    places = tuple(PainPlace(place.site, MIRROR[place.side]) for place in given.pain_at)
    tests = {test: {MIRROR[side]: r for side, r in sides.items()} for test, sides in given.tests.items()}
    hypotheses = tuple(msgspec.structs.replace(h, side=MIRROR[h.side]) for h in found.hypotheses)
    return (
        msgspec.structs.replace(given, pain_at=places, tests=tests),
        msgspec.structs.replace(found, hypotheses=hypotheses),
    )


def with_sides_mirrored(plan: Plan | Conflict) -> bytes:
    """The plan as text with every side swapped."""
    text = msgspec.json.encode(plan)
    return text.replace(b'"right"', b'"?"').replace(b'"left"', b'"right"').replace(b'"?"', b'"left"')


@slow
@runs(story=stories(SHIPPED))
def test_mirrored_input_gives_the_mirrored_plan(story):
    given, disposition, found = story
    plan = make_plan(given, SHIPPED, disposition, found, "greedy")
    other_given, other_found = mirrored(given, found)
    other = make_plan(other_given, SHIPPED, disposition, other_found, "greedy")

    assert msgspec.json.encode(other) == with_sides_mirrored(plan)


@slow
@runs(story=stories(SHIPPED))
def test_more_time_never_loses_the_weak_link(story):
    given, disposition, found = story
    plans = [
        make_plan(msgspec.structs.replace(given, minutes=minutes), SHIPPED, disposition, found, "greedy")
        for minutes in (given.minutes, 90)
    ]
    if all(isinstance(plan, Plan) and plan.areas for plan in plans):
        trained = [plan.areas[0] in areas_of(plan) for plan in plans]
        assert trained[1] >= trained[0]


def areas_of(plan: Plan) -> set[str]:
    return {
        area
        for week in plan.weeks
        for session in week.sessions
        for item in session.items
        for area in item.areas
    }


@runs(story=stories(LIBRARY))
def test_a_plan_is_refused_whatever_else_is_said_if_nothing_is_allowed(story):
    given, _, found = story
    with pytest.raises(PlanRefusedError, match="night-rest-pain"):
        make_plan(given, LIBRARY, refused(), found, "greedy")


def test_unanswered_red_flags_refuse_a_plan():
    unasked = msgspec.structs.replace(refused(allows="all"), unasked=("cauda-equina",))

    assert refusing_rules(unasked) == ("cauda-equina",)


def test_a_refusal_always_names_something():
    bare = msgspec.structs.replace(refused(), rules=())

    assert refusing_rules(bare) == ("within-week",)
    assert refusing_rules(refused()) == ("night-rest-pain",)
