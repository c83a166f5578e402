"""Many scenarios at once give the numbers of one redistribution, whatever they are solved with."""

from __future__ import annotations

import itertools
import subprocess
import sys
from functools import cache

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.searches import search
from tests.study.conftest import SMALL, with_study
from weaklink.body.names import LEG_COORDINATES
from weaklink.body.weakness import Weakness
from weaklink.library.packs import pack_at
from weaklink.library.reading import shipped_library
from weaklink.mechanics.redistribution import Redistribution, redistribution
from weaklink.study.cohort import draw
from weaklink.study.distribution import Uniform
from weaklink.study.solving import CARRIERS, ChunkOutcome, OtherEngineError, solve, solve_chunk
from weaklink.study.study_file import study_from
from weaklink.study.study_plan import CODE, StudyPlan, planned

PLAN = planned(study_from(SMALL), shipped_library())


@cache
def whole() -> ChunkOutcome:
    """The outcome of the whole plan at once."""
    return solve(PLAN, 0, PLAN.scenarios)


def single(
    plan: StudyPlan, scenario: int, mass_kg: float | None = None, height_m: float | None = None,
    speed_m_s: float | None = None, cadence_spm: float | None = None,
) -> Redistribution:  # fmt: skip
    """The same scenario by the functions behind `weaklink sim`."""
    at = plan.places(scenario, scenario + 1)
    sweep = plan.study.sweep
    motion, side = sweep.motions[at.motion[0]], sweep.sides[at.side[0]]
    if motion != "running":
        speed_m_s = cadence_spm = None  # a pose has no pace
    weak = [
        Weakness(muscle=muscle, strength=sweep.strengths[at.strength[0]], side=side)
        for muscle in plan.weakenings[at.weakening[0]].muscles
    ]
    pack = pack_at(motion, mass_kg, height_m, speed_m_s, cadence_spm)
    return redistribution(pack, weak, plan.study.window, [plan.variants[at.variant[0]]])[0]


def same(outcome: ChunkOutcome, row: int, leg: Redistribution) -> None:
    by_name = {change.id: change for change in (*leg.muscles, *leg.structures)}
    for place, name in enumerate(CARRIERS):
        found = by_name[name]
        assert outcome.before_n[row, place] == pytest.approx(found.before_n, abs=1e-4, rel=1e-6)
        assert outcome.after_n[row, place] == pytest.approx(found.after_n, abs=1e-4, rel=1e-6)
        if found.change is None:
            assert np.isnan(outcome.change[row, place])
        else:
            assert outcome.change[row, place] == pytest.approx(found.change, abs=1e-6)
    assert {one.coordinate for one in leg.shortfalls} == {
        LEG_COORDINATES[place] for place in np.flatnonzero(outcome.short[row])
    }


def test_the_runner_of_the_pack_gets_the_numbers_of_a_single_redistribution() -> None:
    plan = with_study(PLAN, cohort=None)
    outcome = solve(plan, 0, plan.scenarios)

    for scenario in range(plan.scenarios):
        same(outcome, scenario, single(plan, scenario))


PACE = {
    "speed_m_s": Uniform(low=3.0, high=4.5, mark="design", because="a test"),
    "cadence_spm": Uniform(low=165.0, high=185.0, mark="design", because="a test"),
}


@pytest.mark.slow
@pytest.mark.parametrize("window", ["stance", "stride"])
@pytest.mark.parametrize("stated", [(), ("speed_m_s",), ("cadence_spm",), ("speed_m_s", "cadence_spm")])
def test_another_body_and_pace_get_the_numbers_of_their_own_pack(
    stated: tuple[str, ...], window: str
) -> None:
    cohort = msgspec.structs.replace(
        PLAN.study.cohort, strength=None, muscle_strength=None,
        **{name: PACE[name] if name in stated else None for name in PACE},
    )  # fmt: skip
    plan = with_study(PLAN, cohort=cohort, window=window)
    people = draw(cohort, plan.study.seed, ("right",), 0, plan.people)
    outcome = solve(plan, 0, plan.scenarios)

    for scenario in range(0, plan.scenarios, 7):
        person = plan.places(scenario, scenario + 1).person[0]
        own = {name: float(getattr(people, name)[person]) for name in ("mass_kg", "height_m", *stated)}
        same(outcome, scenario, single(plan, scenario, **own))


def test_every_scenario_meets_the_optimality_conditions() -> None:
    assert whole().residual.max() <= 1e-6
    assert np.isfinite(whole().after_n).all()


@pytest.mark.slow
@search(4, 12)
@given(st.lists(st.integers(1, PLAN.scenarios - 1), max_size=6, unique=True))
def test_a_scenario_is_the_same_to_the_last_bit_however_the_study_is_cut(cuts: list[int]) -> None:
    ends = [0, *sorted(cuts), PLAN.scenarios]
    parts = [solve(PLAN, first, last) for first, last in itertools.pairwise(ends)]

    for name in ChunkOutcome.__struct_fields__:
        joined = np.concatenate([getattr(part, name) for part in parts])
        assert joined.tobytes() == getattr(whole(), name).tobytes()


def test_a_scenario_alone_is_the_same_to_the_last_bit() -> None:
    for scenario in range(0, PLAN.scenarios, 11):
        alone = solve(PLAN, scenario, scenario + 1)
        assert alone.after_n[0].tobytes() == whole().after_n[scenario].tobytes()


def test_the_places_of_scenarios_count_every_combination_once() -> None:
    places = PLAN.places(0, PLAN.scenarios)

    assert len(set(zip(*(axis.tolist() for axis in places), strict=True))) == PLAN.scenarios
    assert PLAN.scenarios == 3 * 2 * 2 * 2 * 3 * 2
    assert [PLAN.span(chunk) for chunk in (0, PLAN.chunks - 1)] == [(0, 9), (135, 144)]


def test_a_worker_with_other_code_or_packs_refuses() -> None:
    with pytest.raises(OtherEngineError, match="install the same weaklink"):
        solve_chunk(msgspec.structs.replace(PLAN, engine="another"), 0)
    with pytest.raises(OtherEngineError):
        solve_chunk(msgspec.structs.replace(PLAN, packs={"running": "another"}), 0)


def test_the_fingerprint_covers_all_code_that_computes() -> None:
    code = (
        "import sys, weaklink.study.solving\n"
        "print(*[name for name in sys.modules if name.count('.') == 2 and "
        "name.split('.')[1] in ('body', 'movement', 'mechanics', 'study')])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    covered = {f"weaklink.{chapter}.{module}" for chapter, modules in CODE.items() for module in modules}

    assert set(run.stdout.split()) == covered


def test_the_digest_changes_with_whatever_decides_a_number() -> None:
    others = [
        with_study(PLAN, seed=8),
        with_study(PLAN, window="stride"),
        with_study(PLAN, cohort=None),
        msgspec.structs.replace(PLAN, engine="another"),
        msgspec.structs.replace(PLAN, packs={"running": "another"}),
        msgspec.structs.replace(PLAN, variants=PLAN.variants[:1]),
    ]

    assert len({PLAN.digest, *(other.digest for other in others)}) == 7
