"""Muscles by anatomy and the units of the leg model."""

from __future__ import annotations

import pytest

from weaklink.body.muscles import (
    LONG_TENDON_UNITS,
    UNITS,
    UnknownMuscleError,
    muscle_of,
    unit_indices,
    units_of,
)
from weaklink.body.names import (
    LEG_COORDINATES,
    LEG_UNITS,
    UnknownCoordinateError,
    leg_index,
    on_side,
    whole_body,
)
from weaklink.library.reading import Library


def test_every_unit_belongs_to_exactly_one_muscle() -> None:
    owned = [stem for stems in UNITS.values() for stem in stems]

    assert sorted(owned) == sorted(LEG_UNITS)


def test_every_muscle_of_the_model_is_in_the_knowledge(library: Library) -> None:
    assert sorted(set(UNITS) - set(library.muscles)) == []


def test_an_area_is_simulated_exactly_when_the_model_has_units_for_its_muscles(library: Library) -> None:
    expected = {name for name, area in library.areas.items() if area.simulated}
    found = {name for name, area in library.areas.items() if set(area.muscles) & set(UNITS)}

    assert found == expected


def test_long_tendon_units_are_units() -> None:
    assert set(LEG_UNITS) >= LONG_TENDON_UNITS


def test_a_fan_is_several_units() -> None:
    assert units_of("gluteus-medius") == ("glmed1", "glmed2", "glmed3")
    assert [LEG_UNITS[index] for index in unit_indices("gluteus-medius")] == list(units_of("gluteus-medius"))
    assert muscle_of("glmed2") == "gluteus-medius"


def test_an_unknown_muscle_names_the_nearest() -> None:
    with pytest.raises(UnknownMuscleError, match="Did you mean gluteus-medius"):
        units_of("glute-medius")


def test_coordinates_are_named_once_each() -> None:
    names = whole_body()

    assert len(set(names)) == len(names) == 40
    assert on_side("hip_flexion", "left") in names
    assert [leg_index(name) for name in LEG_COORDINATES] == list(range(6))
    with pytest.raises(UnknownCoordinateError, match="knee_angle"):
        leg_index("knee_flexion")
