"""The setting of a plan: what is near the pain, and what is apart from it."""

from __future__ import annotations

import msgspec
import pytest

from tests.training.making import NOTHING_KNOWN, SELF_MANAGE, differential, healthy, hypothesis, sore_knee
from weaklink.case.disposition import Disposition
from weaklink.case.given import Given, PainPlace
from weaklink.library.reading import shipped_library
from weaklink.training.dose.setting import Setting, setting

LIBRARY = shipped_library()
GUARDED = Disposition(tier="self-manage", allows="all", guards=("minor",))


def apart(name: str, plan: Setting) -> bool:
    return plan.works_apart(LIBRARY.exercises[name])


def plan(given: Given, disposition: Disposition = SELF_MANAGE) -> Setting:
    return setting(given, LIBRARY, disposition, differential(hypothesis("quads")))


def test_what_a_sore_place_does_not_feel_is_apart() -> None:
    knee = plan(sore_knee())

    assert apart("clamshell", knee)
    assert not apart("straight-leg-raise", knee)
    assert not apart("wall-squat", knee)


def test_every_place_that_hurts_has_to_be_apart() -> None:
    places = (PainPlace("knee-anterior", "right"), PainPlace("hip-lateral", "right"))

    assert not apart("clamshell", plan(msgspec.structs.replace(sore_knee(), pain_at=places)))


@pytest.mark.parametrize("site", ["belly", "leg-whole"])
def test_where_nobody_knows_what_loads_a_place_nothing_is_apart(site: str) -> None:
    sore = plan(msgspec.structs.replace(sore_knee(), pain_at=(PainPlace(site, "none"),)))

    assert not any(sore.works_apart(move) for move in LIBRARY.exercises.values())


def test_with_a_guard_or_without_a_place_nothing_is_apart() -> None:
    well = setting(healthy(), LIBRARY, SELF_MANAGE, NOTHING_KNOWN)

    assert not apart("clamshell", plan(sore_knee(), GUARDED))
    assert not apart("clamshell", well)


def test_what_works_in_the_main_areas_of_a_place_is_never_apart() -> None:
    """Each region that says what loads it names an area of its own movements' muscles."""
    for site, region in LIBRARY.regions.items():
        assert set(region.loaded_by) <= set(LIBRARY.areas), site
        assert region.loaded_by or site in ("belly", "leg-whole"), site
