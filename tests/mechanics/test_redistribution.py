"""Who takes over in running: the laws, and what the articles claim."""

from __future__ import annotations

import tomllib

import msgspec
import numpy as np
import pytest

from weaklink.body.muscles import UNITS
from weaklink.body.scaling import BodySize
from weaklink.body.weakness import Weakness
from weaklink.library.packs import PACKS, load_pack, pack_ids
from weaklink.library.reading import Library, UnknownIdError
from weaklink.mechanics import redistribution
from weaklink.mechanics.article_claims import CALF, CLAIMS, HAMSTRINGS, QUADRICEPS
from weaklink.mechanics.load_pack import LoadPack, LoadPackError, scaled
from weaklink.mechanics.muscle_forces import share_load
from weaklink.mechanics.redistribution import NothingWeakError, Redistribution
from weaklink.mechanics.variants import VARIANTS, moment_arms, optimal_force


@pytest.fixture(scope="module")
def running() -> LoadPack:
    return load_pack("running")


def weak(*muscles: str, strength: float = 0.5, side: str = "right") -> list[Weakness]:
    return [Weakness(muscle=muscle, strength=strength, side=side) for muscle in muscles]  # type: ignore[arg-type]


def one(pack: LoadPack, weaknesses: list[Weakness]) -> Redistribution:
    (found,) = redistribution(pack, weaknesses)
    return found


def change_of(found: Redistribution, name: str) -> float:
    change = {item.id: item.change for item in (*found.muscles, *found.structures)}[name]
    assert change is not None
    return change


def test_every_pack_is_whole_and_says_where_it_comes_from(library: Library) -> None:
    assert "running" in pack_ids()
    for name in pack_ids():
        pack = load_pack(name)
        assert pack.licence
        assert pack.limits
        assert set(pack.sources) <= set(library.sources)
        assert pack.sources
    with pytest.raises(UnknownIdError, match="running"):
        load_pack("runing")


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: variant.id)
def test_arms_times_forces_and_reserves_are_the_moments(running: LoadPack, variant: object) -> None:
    load = running.right
    force, arms = optimal_force(load, variant), moment_arms(load, variant)  # type: ignore[arg-type]
    found = share_load(arms * force[:, None], load.moments, variant.effort)  # type: ignore[attr-defined]
    carried = np.einsum("pdn,pn->pd", arms, found.activations * force) + found.reserves

    assert found.residual.max() <= 1e-6
    assert np.abs(carried - load.moments).max() <= 1e-4


def test_with_the_calf_rule_muscles_carry_the_whole_stride(running: LoadPack) -> None:
    load, base = running.right, VARIANTS[0]
    found = share_load(moment_arms(load, base) * optimal_force(load, base)[:, None], load.moments)

    assert np.abs(found.reserves).max() <= 0.5


def test_mirrored_sides_are_equal(running: LoadPack) -> None:
    right, left = (one(running, weak("gluteus-medius", side=side)) for side in ("right", "left"))

    assert right.muscles == left.muscles
    assert right.structures == left.structures


def test_full_strength_changes_nothing(running: LoadPack) -> None:
    found = one(running, weak("soleus", strength=1.0))

    assert max(abs(item.change or 0) for item in (*found.muscles, *found.structures)) <= 1e-5
    assert found.shortfalls == ()


@pytest.mark.parametrize("muscle", ["soleus", "tensor-fasciae-latae", "tibialis-posterior", "piriformis"])
def test_a_single_weakened_unit_never_gives_more(running: LoadPack, muscle: str) -> None:
    found = one(running, weak(muscle, strength=0.7))
    item = next(item for item in found.muscles if item.id == muscle)

    assert item.high is not None
    assert item.high <= 1e-6


def test_no_load_no_force(running: LoadPack) -> None:
    still = msgspec.structs.replace(running.right, moments=np.zeros_like(running.right.moments))
    found = one(msgspec.structs.replace(running, right=still), weak("soleus"))

    assert max(item.before_n + item.after_n for item in found.muscles) == 0


def test_mass_and_height_scale_newtons_and_not_percentages(running: LoadPack) -> None:
    size = BodySize(mass_kg=running.body.mass_kg * 0.8, height_m=running.body.height_m * 0.95)
    small = scaled(running, size)
    expected, found = (one(pack, weak("gluteus-medius", strength=0.8)) for pack in (running, small))

    assert np.allclose(small.right.moments, 0.76 * running.right.moments)
    for name in ("tensor-fasciae-latae", "gluteus-minimus", "knee"):
        assert change_of(found, name) == pytest.approx(change_of(expected, name), abs=0.002)
    forces = [{item.id: item.before_n for item in answer.muscles} for answer in (expected, found)]
    assert forces[1]["soleus"] == pytest.approx(0.8 * forces[0]["soleus"], rel=0.002)


def test_the_articles_claims_get_the_models_verdicts(running: LoadPack) -> None:
    """As found on the measured runner too (docs/science/muscle-forces.md)."""
    medius = one(running, weak("gluteus-medius"))
    found = {verdict.claim: verdict.holds for verdict in medius.claims}
    found |= {verdict.claim: verdict.holds for verdict in one(running, weak("tibialis-posterior")).claims}
    found |= {verdict.claim: verdict.holds for verdict in one(running, weak(*QUADRICEPS)).claims}
    found |= {verdict.claim: verdict.holds for verdict in one(running, weak(*CALF, strength=0.7)).claims}
    found |= {verdict.claim: verdict.holds for verdict in one(running, weak(*HAMSTRINGS)).claims}

    assert found["medius-to-tfl"] == "yes"
    assert found["tibialis-to-toe-flexors"] == "yes"
    assert found["tibialis-to-calf"] == "hardly"
    assert found["quadriceps-to-kneecap"] == "hardly"
    assert found["calf-to-shin"] == "hardly"
    assert found["hamstrings-to-hip-flexors"] == "hardly"


def test_standing_on_one_leg_is_carried_by_the_side_of_the_hip() -> None:
    stance = load_pack("single-leg-stance")
    found = one(stance, weak("gluteus-medius"))

    assert found.residual <= 1e-6
    assert found.shortfalls == ()
    assert np.abs(stance.right.moments[0, 1]) == np.abs(stance.right.moments[0, :3]).max()
    assert change_of(found, "tensor-fasciae-latae") > 0.1
    assert change_of(found, "gluteus-minimus") > 0.1


def test_a_dropping_pelvis_asks_more_of_the_trunk() -> None:
    record = tomllib.loads((PACKS / "single-leg-stance.toml").read_text(encoding="utf-8"))
    level, dropped, more = record["lumbar_side_bending"].values()

    assert level == 0
    assert 0 < dropped < more


def test_a_joint_that_can_no_longer_be_carried_is_named(running: LoadPack) -> None:
    found = one(running, weak(*CALF, strength=0.2))

    assert "ankle_angle" in {short.coordinate for short in found.shortfalls}


def test_claims_name_muscles_of_the_model_and_statements_of_the_articles(library: Library) -> None:
    for claim in CLAIMS:
        assert set(claim.weak) | set(claim.takes_over) <= set(UNITS)
        assert bool(claim.takes_over) != bool(claim.structure)
        assert claim.statement.startswith("S")


def test_a_redistribution_needs_a_weakness(running: LoadPack) -> None:
    with pytest.raises(NothingWeakError):
        redistribution(running, [])


def test_a_pack_that_does_not_fit_together_names_the_array(running: LoadPack) -> None:
    wrong = msgspec.structs.replace(running.right, moments=running.right.moments[:, :5])
    with pytest.raises(LoadPackError, match="moments"):
        msgspec.structs.replace(running, right=wrong)
