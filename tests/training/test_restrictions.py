"""The hard rules: what may be given, in which week, with which limit."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given as runs

from tests.training.making import (
    KNEE,
    LIBRARY,
    NOTHING_KNOWN,
    PREVENTION,
    SELF_MANAGE,
    WAITING,
    differential,
    differentials,
    dispositions,
    exercise,
    healthy,
    library,
    runners,
    sore_knee,
)
from weaklink.case.disposition import Disposition
from weaklink.case.given import PainPlace, Result
from weaklink.case.lifting import Lifting
from weaklink.library.reading import shipped_library
from weaklink.library.records import Later
from weaklink.training.dose.restrictions import (
    Restrictions,
    cap_of,
    easier_way,
    is_for_elsewhere,
    level_for,
    never,
    restrict,
    too_early,
    withheld,
)

MOVES = LIBRARY.exercises


def limits(given=None, disposition=SELF_MANAGE, found=NOTHING_KNOWN) -> Restrictions:
    return restrict(given or sore_knee(), LIBRARY, disposition, found)


def why(name, restrictions, week=1, known=LIBRARY):
    message = withheld(known.exercises[name], restrictions, known, week)
    return message.id.removeprefix("training.withheld-") if message else None


def test_a_condition_that_is_likely_or_possible_withholds_what_must_never_be_given():
    for verdict in ("likely", "possible"):
        found = differential(conditions={"gtps": verdict})

        assert why("clamshell", limits(found=found)) == "never-condition"


def test_a_move_for_sore_places_is_for_nobody_who_hurts_elsewhere():
    move = exercise("hold", "calf-gastroc", for_sites=["achilles-mid", "calf"])

    assert not is_for_elsewhere(move, limits(healthy(pain_at=(PainPlace("calf", "left"),))))
    assert is_for_elsewhere(move, limits(healthy()))
    assert is_for_elsewhere(move, limits(sore_knee()))
    assert not is_for_elsewhere(exercise("raise", "calf-gastroc"), limits(sore_knee()))


def test_an_unlikely_condition_withholds_nothing():
    assert why("clamshell", limits(found=differential(conditions={"gtps": "unlikely"}))) is None


def test_a_site_and_a_guard_withhold_as_well():
    sore_calf = limits(sore_knee(pain_at=(PainPlace("calf", "left"),), level="seasoned"))
    named = library(
        exercise("lying", "quads", never_in=["minor"]), exercise("odd", "quads", never_in=["unheard"])
    )
    minor = restrict(
        sore_knee(), named, Disposition(tier="self-manage", allows="all", guards=("minor",)), NOTHING_KNOWN
    )
    odd = msgspec.structs.replace(minor, active=frozenset({"unheard"}))

    assert why("one-leg-raise", sore_calf) == "never-site"
    assert why("lying", minor, known=named) == "never-guard"
    assert why("odd", odd, known=named) == "never-condition"


def test_a_later_move_waits_until_the_third_week_and_then_comes_with_its_cap():
    found = limits(sore_knee(level="regular"), found=KNEE)

    assert why("wall-squat", found, 2) == "later-condition"
    assert why("wall-squat", found, 3) is None
    assert cap_of(MOVES["wall-squat"], found) == "no deeper than 45 degrees"


def test_without_the_condition_the_move_needs_no_cap():
    assert cap_of(MOVES["wall-squat"], limits()) == ""


def test_two_caps_stand_together():
    both = [Later(when="gtps", cap="no deeper"), Later(when="knee-anterior", from_week=4, cap="no weight")]
    move = exercise("two-caps", "quads", later_in=both)
    found = limits(found=differential(conditions={"gtps": "likely"}))

    assert cap_of(move, found) == "no deeper; no weight"
    assert too_early(move, found, LIBRARY, 3) is not None
    assert too_early(move, found, LIBRARY, 4) is None


LIFTS = Lifting(legs="weekly")


@pytest.mark.parametrize(
    ("given", "disposition", "levels"),
    [
        (healthy(), PREVENTION, (2, 3)),
        (sore_knee(level="novice"), SELF_MANAGE, (2, 3)),
        (sore_knee(level="regular"), SELF_MANAGE, (3, 4)),
        (sore_knee(level="seasoned"), SELF_MANAGE, (4, 5)),
        (sore_knee(level="seasoned", age=66), SELF_MANAGE, (3, 4)),
        (sore_knee(level="seasoned", tests={}), SELF_MANAGE, (2, 3)),
        (sore_knee(level="novice", age=66, tests={}), SELF_MANAGE, (1, 2)),
        (sore_knee(level="novice", lifting=LIFTS), SELF_MANAGE, (3, 4)),
        (sore_knee(level="novice", lifting=LIFTS, tests={}), SELF_MANAGE, (3, 4)),
        (sore_knee(level="novice", lifting=LIFTS), WAITING, (2, 2)),
        (
            sore_knee(level="novice", lifting=LIFTS),
            Disposition(tier="self-manage", allows="all", guards=("minor",)),
            (2, 3),
        ),
        (
            sore_knee(level="seasoned", tests={}),
            Disposition(tier="self-manage", allows="all", guards=("minor",)),
            (1, 1),
        ),
        (sore_knee(level="seasoned"), WAITING, (2, 2)),
        (sore_knee(tests={}), WAITING, (1, 1)),
        (
            sore_knee(level="seasoned"),
            Disposition(tier="self-manage", allows="all", guards=("minor",)),
            (3, 3),
        ),
    ],
)
def test_the_level_follows_runner_tests_guards_and_permission(given, disposition, levels):
    found = limits(given, disposition)

    assert (found.level_in(1), found.level_in(3)) == levels


@pytest.mark.parametrize(
    ("given", "disposition", "heading"),
    [
        (healthy(), PREVENTION, "prevention"),
        (sore_knee(), SELF_MANAGE, "full"),
        (sore_knee(tests={}), SELF_MANAGE, "before-your-tests"),
        (sore_knee(tests={}), WAITING, "while-you-wait"),
        (sore_knee(), Disposition(tier="see-professional", allows="no-impact"), "while-you-wait"),
    ],
)
def test_the_heading_says_what_kind_of_plan_it_is(given, disposition, heading):
    assert limits(given, disposition).heading == heading


def test_an_area_whose_own_test_hurt_starts_lower():
    hurt = sore_knee(level="regular", tests={"wall-squat-pain": {"right": Result(pain_at={"deg-45": 4})}})
    found = limits(hurt)

    assert found.sore_areas == {"quads"}
    assert (level_for(MOVES["wall-squat"], found, 1), level_for(MOVES["wall-squat"], found, 3)) == (1, 2)
    assert why("sit-to-stand", found) == "sore"
    assert why("side-lift", found) is None


def test_pain_within_the_green_does_not_lower_the_level():
    fine = sore_knee(tests={"wall-squat-pain": {"right": Result(pain_at={"deg-45": 2})}, "unheard": {}})

    assert limits(fine).sore_areas == frozenset()


def test_no_impact_and_bone_forbid_jumping_and_running():
    no_impact = limits(disposition=Disposition(tier="see-professional", allows="no-impact"))
    bone = limits(found=differential(conditions={"tibial-bsi": "possible"}))

    for found in (no_impact, bone):
        assert found.running == "none"
        assert why("hop-drill", found) == "tag"
    assert (bone.profile.green_to, bone.profile.amber_to) == (0, 0)


def test_a_guard_can_forbid_running_and_tags():
    found = limits(healthy(), Disposition(tier="prevention", allows="all", guards=("postpartum",)))

    assert found.running == "none"
    assert why("straight-leg-raise", found) == "tag"


def test_running_stays_easy_or_does_not_grow():
    assert limits().running == "easy"
    assert limits(disposition=WAITING).running == "no-increase"


def test_a_minor_keeps_three_in_reserve_by_age_or_by_guard():
    by_guard = Disposition(tier="self-manage", allows="all", guards=("minor", "unheard-of"))

    assert limits(sore_knee(age=15)).min_rir == 3
    assert limits(disposition=by_guard).min_rir == 3
    assert limits().min_rir == 2


def test_equipment_is_needed_and_a_substitute_is_named():
    found = limits(healthy(level="seasoned", equipment=frozenset({"ball"})), PREVENTION)
    message = withheld(MOVES["band-walk"], found, LIBRARY, 1)

    assert why("ball-raise", found) is None
    assert why("leg-press", found) == "equipment"
    assert (message.id, message.values["exercise2"]) == ("training.withheld-equipment-instead", "side-lift")
    assert why("step-drop", found) is None


def test_a_move_without_easier_way_and_a_retired_one_are_never_given():
    assert why("hopeless", limits()) == "no-easier"
    assert why("old-move", limits()) == "retired"


def test_the_easier_way_is_one_this_runner_may_do():
    gtps = limits(sore_knee(level="regular"), found=differential(conditions={"gtps": "likely"}))

    assert easier_way(MOVES["side-lift"], limits(), LIBRARY, 1) == "clamshell"
    assert easier_way(MOVES["side-lift"], gtps, LIBRARY, 1) == "glute-hold"
    assert easier_way(MOVES["glute-hold"], gtps, LIBRARY, 1) == "stop"


def test_a_ladder_that_turns_in_a_circle_ends_in_stop():
    circle = library(
        exercise("one", "quads", easier=["two", "unheard"]),
        exercise("two", "quads", never_in=["knee-anterior"], easier=["one"]),
    )

    assert easier_way(circle.exercises["one"], limits(), circle, 1) == "stop"


AREAS = tuple(LIBRARY.areas)


@runs(
    runner=runners(),
    found=differentials(AREAS, tuple(LIBRARY.conditions)),
    disposition=dispositions(tuple(LIBRARY.guards)),
)
def test_what_is_never_given_stays_away_in_every_week(runner, found, disposition):
    restrictions = restrict(runner, LIBRARY, disposition, found)
    for move in MOVES.values():
        given_in = [week for week in range(1, 5) if withheld(move, restrictions, LIBRARY, week) is None]
        assert not (given_in and never(move, restrictions, LIBRARY))
        assert given_in == list(range(given_in[0], 5)) if given_in else True


@pytest.mark.parametrize(
    ("conditions", "running"),
    [
        ({"achilles-mid": "likely"}, "easy"),
        ({"calf-strain": "likely", "achilles-mid": "possible"}, "turns"),
        ({"achilles-mid": "likely", "calf-strain": "likely"}, "turns"),
        ({"achilles-mid": "likely", "calf-strain": "possible"}, "easy"),  # what leads is advised on
        ({"achilles-mid": "possible", "knee-acute-structural": "possible"}, "none"),
        ({"achilles-mid": "possible", "reds": "possible"}, "no-increase"),
    ],
)
def test_the_most_careful_advice_of_those_that_lead_counts(conditions, running):
    found = restrict(sore_knee(), shipped_library(), SELF_MANAGE, differential(conditions=conditions))

    assert found.running == running
    assert ("impact" in found.forbids_tags) == (running in ("none", "turns"))


def test_a_stricter_disposition_is_never_loosened_by_an_advice():
    def while_waiting(condition):
        found = differential(conditions={condition: "likely"})
        return restrict(sore_knee(), shipped_library(), WAITING, found).running

    assert while_waiting("achilles-mid") == "no-increase"
    assert while_waiting("calf-strain") == "turns"


def test_what_waits_for_a_gate_is_never_given_in_pain():
    hop = msgspec.structs.replace(MOVES["clamshell"], gate="plyo-1")

    assert withheld(hop, limits(), LIBRARY, 3).id == "training.withheld-gate"
    assert withheld(hop, limits(healthy(), PREVENTION), LIBRARY, 3) is None
