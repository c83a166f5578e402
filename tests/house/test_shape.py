"""The shape of the house, figure by figure (`make shape` prints them all)."""

from __future__ import annotations

import statistics

from tools import shape

FOUND = shape.places()
MADE = shape.functions(FOUND)


def test_no_room_of_pages_or_training_holds_more_than_fifteen_modules() -> None:
    assert shape.crowded() == []


def test_no_siblings_import_each_other_in_a_circle() -> None:
    assert shape.circles() == []


def test_nine_in_ten_functions_have_seventeen_lines_at_most() -> None:
    assert statistics.quantiles(map(shape.length, MADE), n=10)[-1] <= 17


def test_no_function_is_longer_than_forty_five_lines() -> None:
    assert [place.name for place in MADE if shape.length(place) > 45] == []


# Two figures wait for the pages to become typed (`result_context`; six functions of drawing, plan and weeks).
# def test_no_function_is_more_complex_than_twelve() -> None:
#     assert [place.name for place in MADE if shape.complexity(place) > 12] == []
#
#
# def test_no_function_takes_more_than_five_arguments() -> None:
#     many = [place.name for place in MADE if shape.arguments(place) > 5 and not shape.is_command(place)]
#
#     assert many == []


def test_every_public_name_says_what_comes_back_and_what_it_raises() -> None:
    assert shape.silent(FOUND) == []


# It waits for forty names to become unique; each still stands for two or three things.
# def test_one_name_stands_for_one_thing() -> None:
#     assert shape.names_twice(FOUND) == {}


def test_every_figure_is_printed_and_told_good_or_bad() -> None:
    (_, nine_in_ten, good), *lists = shape.figures()

    assert good == (float(nine_in_ten) <= 17)
    assert len(lists) == 7
    assert [title for title, value, good in lists if good != (value == "0")] == []
