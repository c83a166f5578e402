"""Strength factors by muscle and side, from tests and by body size."""

from __future__ import annotations

import numpy as np
import pytest

from weaklink.body.muscles import unit_indices
from weaklink.body.scaling import BodySize, BodySizeError, scale_between
from weaklink.body.weakness import (
    StrengthError,
    Weakness,
    strength_factors,
    strength_from_force,
    strength_from_repetitions,
)


def test_a_weakness_touches_its_own_muscle_and_side_only() -> None:
    weak = [Weakness(muscle="gluteus-medius", strength=0.5, side="left")]
    expected = np.ones(40)
    expected[unit_indices("gluteus-medius")] = 0.5

    assert strength_factors(weak, "left").tolist() == expected.tolist()
    assert strength_factors(weak, "right").tolist() == np.ones(40).tolist()


@pytest.mark.parametrize("strength", [0.0, -0.5, 2.1, float("nan"), float("inf")])
def test_a_strength_is_a_share_above_zero(strength: float) -> None:
    with pytest.raises(StrengthError):
        Weakness(muscle="soleus", strength=strength)


def test_a_dynamometer_reading_is_a_share_of_the_other_side() -> None:
    assert strength_from_force(120, 160) == 0.75
    with pytest.raises(StrengthError):
        strength_from_force(0, 160)


def test_fewer_repetitions_mean_less_strength_but_never_none() -> None:
    found = [strength_from_repetitions(done, 20) for done in (0, 10, 20)]

    assert found == sorted(found)
    assert found[0] == pytest.approx(0.6)
    assert found[-1] == 1.0
    with pytest.raises(StrengthError):
        strength_from_repetitions(-1, 20)


def test_moments_scale_with_mass_times_height() -> None:
    reference = BodySize(mass_kg=70, height_m=1.75)
    scale = scale_between(reference, BodySize(mass_kg=84, height_m=1.75))

    assert scale.moment == pytest.approx(1.2)
    assert scale.force * scale.length == pytest.approx(scale.moment)
    assert scale_between(reference, reference).moment == 1.0


@pytest.mark.parametrize(("mass", "height"), [(5, 1.7), (70, 17), (float("nan"), 1.7)])
def test_a_body_size_is_that_of_a_person(mass: float, height: float) -> None:
    with pytest.raises(BodySizeError):
        BodySize(mass_kg=mass, height_m=height)
