"""Pain profiles: colours by tissue, and which profile wins."""

from __future__ import annotations

import pytest

from tests.reasoning.safety_strategies import LIBRARY as WHOLE
from tests.training.making import LIBRARY, differential
from weaklink.case.disposition import Disposition, FiredRule
from weaklink.case.given import Given, PainPlace
from weaklink.quantities import Message
from weaklink.training.dose.pain_profile import (
    PROFILES,
    bone_flagged,
    bone_in_question,
    possible_conditions,
    strictest_profile,
)


@pytest.mark.parametrize(
    ("profile", "green", "amber"),
    [
        ("tendon", 3, 5),
        ("tendon-compressed", 2, 3),
        ("joint", 2, 3),
        ("bone", 0, 0),
        ("muscle", 2, 3),
        ("spine", 3, 5),
        ("shin", 2, 3),
    ],
)
def test_every_tissue_has_its_numbers(profile, green, amber):
    found = PROFILES[profile]
    expected = ["green"] * (green + 1) + ["amber"] * (amber - green) + ["red"] * (10 - amber)

    assert [found.colour(pain) for pain in range(11)] == expected


def test_pain_that_spreads_down_the_leg_is_red_whatever_its_number():
    assert all(profile.colour(0, spreads=True) == "red" for profile in PROFILES.values())


def test_the_strictest_of_all_likely_and_possible_conditions_wins():
    found = differential(conditions={"achilles-mid": "possible", "tibial-bsi": "possible"})

    assert strictest_profile(LIBRARY, found).id == "bone"
    assert not bone_in_question(LIBRARY, found)


def test_a_possible_bone_behind_something_likely_does_not_set_the_limits_of_pain():
    found = differential(conditions={"plantar-heel-pain": "likely", "tibial-bsi": "possible"})

    assert strictest_profile(LIBRARY, found).id != "bone"
    assert bone_in_question(LIBRARY, found)


def test_a_likely_bone_sets_the_limits_wherever_it_stands():
    found = differential(conditions={"mtss": "likely", "tibial-bsi": "likely"})

    assert strictest_profile(LIBRARY, found).id == "bone"
    assert not bone_in_question(LIBRARY, found)


def test_unlikely_conditions_do_not_count():
    found = differential(
        conditions={"achilles-mid": "likely", "tibial-bsi": "unlikely", "gtps": "cannot-tell"}
    )

    assert possible_conditions(found) == ("achilles-mid",)
    assert strictest_profile(LIBRARY, found).id == "tendon"


def test_without_a_condition_it_is_the_joint_profile():
    assert strictest_profile(LIBRARY, differential()).id == "joint"
    assert strictest_profile(LIBRARY, differential(conditions={"unheard-of": "likely"})).id == "joint"


def test_a_restricted_plan_is_never_looser_than_the_joint_profile():
    tendon = differential(conditions={"achilles-mid": "likely"})
    bone = differential(conditions={"tibial-bsi": "likely"})

    assert strictest_profile(LIBRARY, tendon, restricted=True).id == "joint"
    assert strictest_profile(LIBRARY, bone, restricted=True).id == "bone"


def test_every_profile_of_the_knowledge_is_known():
    assert {c.pain_profile for c in LIBRARY.conditions.values()} <= set(PROFILES)


def flagged(*rules, sites=("shin-medial",)):
    """Whether these fired rules point to a bone under stress where it hurts."""
    fired = tuple(
        FiredRule(id=name, tier="within-week", allows="nothing", because=Message("x")) for name in rules
    )
    given = Given(age=30, pain_at=tuple(PainPlace(site, "right") for site in sites))
    return bone_flagged(given, WHOLE, Disposition(tier="within-week", allows="nothing", rules=fired))


def test_a_flag_that_points_to_a_bone_where_it_hurts_allows_no_pain():
    bones = {name for name, one in WHOLE.conditions.items() if one.pain_profile == "bone"}
    pointing = [flag for flag in WHOLE.red_flags.values() if bones.intersection(flag.suggests)]
    other = next(flag.id for flag in WHOLE.red_flags.values() if not bones.intersection(flag.suggests))

    assert pointing
    for flag in pointing:
        found = [WHOLE.conditions[name] for name in flag.suggests if name in bones]
        assert flagged(flag.id, sites=(found[0].sites[0],))
        assert flagged(other, "no-flag-at-all", flag.id, sites=(found[0].sites[0],))
        sites = {site for one in found for site in (*one.sites, *one.other_sites)}
        assert not flagged(flag.id, sites=[next(site for site in WHOLE.regions if site not in sites)])
    assert not flagged(other)
    assert not flagged("no-flag-at-all")


def test_only_the_first_decides_whether_a_bone_is_in_question():
    found = differential(conditions={"tibial-bsi": "possible", "plantar-heel-pain": "likely"})

    assert not bone_in_question(LIBRARY, found)
    assert bone_in_question(
        LIBRARY, differential(conditions={"plantar-heel-pain": "likely", "tibial-bsi": "possible"})
    )
