"""Weights as people write them: read into kilograms, shown again, refused where they are none."""

from __future__ import annotations

import pytest
from hypothesis import given as runs
from hypothesis import strategies as st

from weaklink.case.load import MARKED_IN, MOST_KG, MarkedIn, OwnedKind, as_kg
from weaklink.library.language.measures import Measures
from weaklink.web.course.weights_form import NUMBERED
from weaklink.web.words.weights_text import (
    LEAST_KG,
    WeightsTextError,
    kg_of,
    number_in,
    read_weights,
    weights_text,
)

ENGLISH, GERMAN = Measures("en"), Measures("de")


@pytest.mark.parametrize(
    ("text", "kind", "kg"),
    [
        ("2, 4, 6", "dumbbell", (2, 4, 6)),
        ("6 4;2", "dumbbell", (2, 4, 6)),
        ("2,4,6", "dumbbell", (2, 4, 6)),
        ("2.5kg, 5 kg", "dumbbell", (2.5, 5)),
        ("2-8", "dumbbell-pair", (2, 4, 6, 8)),
        ("2 \N{EN DASH} 7, 20", "dumbbell-pair", (2, 4, 6, 7, 20)),
        ("8-16", "kettlebell", (8, 12, 16)),
        ("20-60", "barbell", (60,)),
        ("12", "rucksack", (12,)),
        ("", "rucksack", ()),
    ],
)
def test_weights_are_read_as_they_are_written(text: str, kind: OwnedKind, kg: tuple[float, ...]) -> None:
    assert read_weights(text, kind, "kg", ENGLISH) == kg


def test_a_comma_is_a_point_where_people_write_it_so() -> None:
    assert read_weights("2,5", "dumbbell", "kg", GERMAN) == (2.5,)
    assert read_weights("2,5 5", "dumbbell", "kg", GERMAN) == (2.5, 5)
    assert read_weights("2, 4, 6", "dumbbell", "kg", GERMAN) == (2, 4, 6)
    assert read_weights("2,4,6", "dumbbell", "kg", GERMAN) == (2, 4, 6)
    assert weights_text((2.5, 5), "dumbbell", "kg", GERMAN) == "2,5; 5"


def test_pounds_are_kept_as_kilograms_and_come_back_as_pounds() -> None:
    found = read_weights("5-20 lbs", "dumbbell", "lb", ENGLISH)

    assert found == (as_kg(5), as_kg(10), as_kg(15), as_kg(20))
    assert weights_text(found, "dumbbell", "lb", ENGLISH) == "5-20"
    assert weights_text(found, "dumbbell", "kg", ENGLISH) == "2.27, 4.54, 6.8, 9.07"


@pytest.mark.parametrize(
    "text", ["much", "2-", "-4", "8-2", "2-2", "1e9", "0", "501", "nan", "2--4", "1-500", "٣", "2, x", "2/4"]
)
def test_what_is_no_weight_is_refused(text: str) -> None:
    with pytest.raises(WeightsTextError):
        read_weights(text, "dumbbell", "kg", ENGLISH)


@runs(st.text(max_size=30), st.sampled_from(NUMBERED), st.sampled_from(MARKED_IN))
def test_any_text_is_read_or_refused(text: str, kind: OwnedKind, unit: MarkedIn) -> None:
    try:
        found = read_weights(text, kind, unit, ENGLISH)
    except WeightsTextError:
        return
    assert all(LEAST_KG <= kg <= MOST_KG for kg in found)
    assert list(found) == sorted(set(found))


@runs(
    st.lists(st.integers(2, 500), min_size=1, max_size=20, unique=True),
    st.sampled_from(NUMBERED),
    st.sampled_from(MARKED_IN),
    st.sampled_from([ENGLISH, GERMAN]),
)
def test_what_is_shown_is_read_as_what_it_was(
    numbers: list[int], kind: OwnedKind, unit: MarkedIn, measures: Measures
) -> None:
    kg = tuple(sorted(kg_of(number, unit) for number in numbers))

    assert read_weights(weights_text(kg, kind, unit, measures), kind, unit, measures) == kg
    assert [number_in(one, unit) for one in kg] == sorted(numbers)
