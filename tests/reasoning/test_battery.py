"""The battery: few tests, about fifteen minutes, none that could do harm first."""

from __future__ import annotations

import pytest

from weaklink.case.case_file import read_given
from weaklink.case.disposition import Disposition
from weaklink.library.reading import Library
from weaklink.reasoning.battery import MINUTES, MOST, battery
from weaklink.reasoning.differential import differential


def found(library: Library, **given: object) -> list[str]:
    case = read_given({"age": 30, **given}, library, assume_unanswered_no=True)
    ranked = differential(case, library, Disposition(tier="self-manage", allows="all"))
    tests = battery(case, library, ranked)
    assert sum(test.minutes for test in tests) <= MINUTES
    assert len(tests) <= MOST
    return [test.id for test in tests]


@pytest.mark.parametrize(
    "site", ["knee-anterior", "knee-lateral", "shin-medial", "achilles-mid", "back-lower", "buttock"]
)
def test_every_site_gets_a_few_tests(site: str, library: Library) -> None:
    assert 2 <= len(found(library, pain_at=[{"site": site, "side": "left"}])) <= MOST


def test_no_hop_is_offered_before_the_bones_were_felt(library: Library) -> None:
    shin = [{"site": "shin-medial", "side": "left"}]

    assert "gentle-hop-screen" not in found(library, pain_at=shin)
    assert "gentle-hop-screen" not in found(
        library, pain_at=shin, tests={"bone-tap-self-check": {"left": "focal"}}
    )


def test_what_is_done_is_not_offered_again(library: Library) -> None:
    hip = [{"site": "knee-lateral", "side": "left"}]
    done = {"sidelying-hip-abduction-hold-or-reps": {"right": 20, "left": 20}}

    assert "sidelying-hip-abduction-hold-or-reps" in found(library, pain_at=hip)
    assert "sidelying-hip-abduction-hold-or-reps" not in found(library, pain_at=hip, tests=done)


def test_a_test_that_is_put_off_hides_no_other_and_leaves_its_place(library: Library) -> None:
    """Whoever skips one test is still offered what the others would settle."""
    case = read_given(
        {"age": 30, "pain_at": [{"site": "hip-lateral", "side": "left"}]}, library, assume_unanswered_no=True
    )
    ranked = differential(case, library, Disposition(tier="self-manage", allows="all"))
    whole = battery(case, library, ranked)

    for test in whole:
        left = battery(case, library, ranked, frozenset({test.id}))
        assert test not in left
        assert {one.id for one in whole} - {test.id} <= {one.id for one in left}
