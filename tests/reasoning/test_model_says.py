"""What the muscle model says beside a weak link: ranges, who takes over, and the model's limits."""

from __future__ import annotations

import re

import pytest
from tests.reasoning.runners import LIBRARY, hurting, ranked, sides

from weaklink.case.hypothesis import Hypothesis
from weaklink.library.model_findings import (
    made_findings,
    modelled_groups,
    pack_digests,
    shipped_findings,
)
from weaklink.library.packs import side_bending
from weaklink.library.wording import shipped_wording
from weaklink.mechanics.stride_work import PERIODS
from weaklink.reasoning.chain import Chain, chains_of
from weaklink.reasoning.explanation import explain
from weaklink.reasoning.model_says import model_says

SAY = shipped_wording().say
FINDINGS = shipped_findings()
LAST = "Real runners also change how they move. This shows a mechanism, not a diagnosis."


def said(area: str, site: str = "", strength: float | None = None, km: float | None = None) -> list[str]:
    return [SAY(message) for message in model_says(area, site, strength, km, FINDINGS)]


def chain_of(area: str, given: object) -> Chain:
    chains = explain(given, LIBRARY, ranked(given), FINDINGS).chains  # type: ignore[arg-type]
    return next(chain for chain in chains if chain.area == area)


def test_what_ships_was_made_of_the_packs_that_ship() -> None:
    assert FINDINGS.packs == pack_digests(), "run `make packs`"
    assert set(FINDINGS.shifts) == set(modelled_groups(LIBRARY))


@pytest.mark.load
def test_what_ships_is_what_the_model_answers_now() -> None:
    assert made_findings(LIBRARY) == FINDINGS


@pytest.mark.statement("S9")
def test_how_weak_and_how_often_decide_the_shift_a_runner_reads() -> None:
    tests = {"sidelying-hip-abduction-hold-or-reps": sides(24, 8)}  # 70 % through the one-repetition maximum
    runner = hurting(("knee-lateral", "left"), km_per_week=30.0, tests=tests)
    lines = [SAY(message) for message in chain_of("glute-med", runner).model]

    assert lines[0].startswith("If the side of the hip had 70 % of its strength")
    assert "(Tensor fasciae latae) would work" in lines[0]
    assert lines[1].startswith("At 50 % of its strength it would be")
    assert "30 km a week is about 15,000 landings on each leg." in lines[2]
    assert lines[-1] == LAST


def test_seconds_of_holding_are_not_read_as_strength() -> None:
    tests = {"sl-bridge-hold": sides(60.0, 20.0)}
    runner = hurting(("buttock", "left"), tests=tests)
    areas = {chain.area for chain in explain(runner, LIBRARY, ranked(runner), FINDINGS).chains}
    first = [SAY(chain_of(area, runner).model[0]) for area in areas if chain_of(area, runner).model]

    assert first
    assert all("had 80 % of its strength" in line for line in first)


@pytest.mark.statement("S9")
@pytest.mark.parametrize("area", ["glute-med", "calf-soleus", "tib-post"])
def test_the_weaker_the_part_the_more_another_one_does(area: str) -> None:
    first = {
        shift.strength: {gain.muscle: gain.change for gain in shift.gains} for shift in FINDINGS.shifts[area]
    }
    strong, weak = first[0.8], first[0.6]
    shared = set(strong) & set(weak)

    assert shared
    for muscle in shared:
        assert weak[muscle].low > strong[muscle].low
        assert weak[muscle].high > strong[muscle].high


def test_every_number_is_a_range_and_the_limits_come_last() -> None:
    for area in FINDINGS.shifts:
        lines = said(area, "back-lower", None, 25.0)
        assert lines[-1] == LAST
        for line in lines:
            assert "{" not in line
            assert not re.search(r"\byou have\b|\bcauses\b|will prevent|\bfix", line)


def test_nothing_is_said_of_what_the_leg_model_lacks() -> None:
    assert model_says("core-anterior", "back-lower", None, 20.0, FINDINGS) == ()


def test_a_stiff_part_is_no_weak_muscle() -> None:
    link = LIBRARY.weak_links["calf-soleus--heel-plantar-mobility"]
    row = Hypothesis(
        area=link.area, side="left", kind="mobility", verdict="likely", reasons_for=(), reasons_against=(),
        claims=(link.id,),
    )  # fmt: skip
    (chain,) = chains_of(row, hurting(("heel-plantar", "left")), LIBRARY, FINDINGS)

    assert chain.model == ()


@pytest.mark.statement("S12")
def test_on_one_leg_the_side_of_the_hip_carries_nearly_all_of_the_pelvis() -> None:
    together = FINDINGS.one_leg_together
    line = next(
        line
        for line in said("glute-med", "knee-lateral")
        if line.startswith("When the model stands on one leg")
    )

    assert together.low > 0.8
    assert FINDINGS.one_leg["gluteus-medius"].low > 0.5
    assert all(share.low > 0.03 for share in FINDINGS.one_leg.values())
    for name in ("Gluteus medius", "Gluteus minimus", "Tensor fasciae latae"):
        assert name in line
    assert any("in running every step is on one leg" in line for line in said("glute-med", "knee-lateral"))


@pytest.mark.statement("S20")
def test_a_dropping_pelvis_asks_the_trunk_for_a_moment_and_it_is_called_one() -> None:
    lines = said("glute-med", "back-lower")
    moments = side_bending()

    assert list(moments) == [0, 5, 10]
    assert moments[0] < moments[5] < moments[10]
    spoken = next(line for line in lines if "sideways hold" in line)
    assert f"{round(moments[5])} N·m" in spoken
    assert f"{round(moments[10])} N·m" in spoken
    assert any("not the load on a disc" in line for line in lines)
    assert not any("sideways hold" in line for line in said("glute-med", "knee-lateral"))


@pytest.mark.statement("S47")
def test_the_hamstrings_work_most_as_the_leg_swings_to_land() -> None:
    """The article says: as the leg comes forward, and at push-off with the glutes. The model agrees in part."""
    work = FINDINGS.work["hamstrings"]
    line = next(line for line in said("hamstrings") if "works most" in line)

    assert set(work) == set(PERIODS)
    assert min(work, key=lambda period: -work[period].low) == "late-swing"
    assert "late in the swing, before landing" in line
    assert "from landing to the middle of standing" in line


def test_what_is_known_of_other_groups_stands_in_the_right_part_of_the_stride() -> None:
    most = {area: max(parts, key=lambda part: parts[part].low) for area, parts in FINDINGS.work.items()}

    assert most["quads"] == "landing"
    assert most["glute-med"] == "landing"
    assert most["calf-gastroc"] == "push-off"
    assert most["hip-flexors"] == "early-swing"
    assert most["tib-ant"] == "early-swing"
