"""Virtual runners: the same person wherever and with whom they are drawn, with the stated means."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from weaklink.body.muscles import UNITS
from weaklink.study.cohort import draw, uniform
from weaklink.study.study_file import Study

LEGS = ("right", "left")


@given(
    seed=st.integers(0, 2**63 - 1),
    first=st.integers(0, 10**9),
    count=st.integers(1, 40),
    cut=st.integers(0, 40),
)
def test_a_stream_is_the_same_however_it_is_cut(seed: int, first: int, count: int, cut: int) -> None:
    cut = min(cut, count)
    whole = uniform(seed, "height_m", first, count)
    parts = [uniform(seed, "height_m", first, cut), uniform(seed, "height_m", first + cut, count - cut)]

    assert np.array_equal(whole, np.concatenate(parts))
    assert ((whole >= 0) & (whole < 1)).all()


def test_streams_of_quantities_seeds_and_people_differ() -> None:
    streams = [
        uniform(1, "a", 0, 100),
        uniform(1, "b", 0, 100),
        uniform(2, "a", 0, 100),
        uniform(1, "a", 100, 100),
    ]

    assert len({value for stream in streams for value in stream.tolist()}) == 400
    assert (
        np.abs(np.corrcoef(np.array([uniform(1, name, 0, 20_000) for name in "abcd"])) - np.eye(4)).max()
        < 0.03
    )


def test_one_person_is_the_same_alone_and_in_a_crowd(study: Study) -> None:
    crowd = draw(study.cohort, study.seed, LEGS, 0, 50)
    alone = draw(study.cohort, study.seed, LEGS, 31, 1)

    assert alone.mass_kg[0] == crowd.mass_kg[31]
    assert np.array_equal(alone.unit_factors("left")[0], crowd.unit_factors("left")[31])


def test_one_more_quantity_changes_no_other(study: Study) -> None:
    assert study.cohort
    fewer = msgspec.structs.replace(study.cohort, muscle_strength=None, strength=None)
    with_strength, without = (draw(one, 7, LEGS, 0, 20) for one in (study.cohort, fewer))

    assert np.array_equal(with_strength.height_m, without.height_m)
    assert np.array_equal(with_strength.mass_kg, without.mass_kg)
    assert (without.strength["right"] == 1).all()


def test_a_cohort_has_the_means_it_states(study: Study) -> None:
    assert study.cohort
    people = draw(study.cohort, study.seed, LEGS, 0, 20_000)
    stated = dict(study.cohort.stated())
    index = people.mass_kg / people.height_m**2

    assert people.height_m.mean() == pytest.approx(stated["height_m"].expected(), abs=0.003)
    assert index.mean() == pytest.approx(stated["body_mass_index_kg_m2"].expected(), abs=0.08)
    assert people.strength["left"].mean() == pytest.approx(
        1.1 * stated["muscle_strength"].expected(), abs=0.003
    )
    assert abs(np.corrcoef(people.strength["left"][:, 0], people.strength["right"][:, 0])[0, 1]) < 0.03


def test_a_muscle_of_its_own_takes_its_own_distribution(study: Study) -> None:
    assert study.cohort
    own = study.cohort.stated()
    fixed = msgspec.structs.replace(dict(own)["strength"], value=0.6)
    cohort = msgspec.structs.replace(study.cohort, strength=None, muscles={"soleus": fixed})
    people = draw(cohort, 7, ("right",), 0, 5)
    soleus = list(UNITS).index("soleus")

    assert (people.strength["right"][:, soleus] == 0.6).all()
    assert (people.strength["right"][:, soleus - 1] != 0.6).all()


def test_without_a_cohort_the_runner_is_that_of_the_pack() -> None:
    people = draw(None, 1, ("right",), 0, 1)

    assert np.isnan(people.mass_kg).all()
    assert (people.unit_factors("right") == 1).all()
