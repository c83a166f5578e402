"""The shape of the house, figure by figure (`make shape` prints them all)."""

from __future__ import annotations

import functools
import re
import statistics
from pathlib import Path

from tools import shape

ROOT = Path(__file__).resolve().parents[2]


@functools.cache
def made() -> list[shape.Place]:
    return shape.functions(shape.places())


def test_no_room_of_pages_or_training_holds_more_than_fifteen_modules() -> None:
    assert shape.crowded() == []


def test_no_siblings_import_each_other_in_a_circle() -> None:
    assert shape.circles() == []


def test_nine_in_ten_functions_have_seventeen_lines_at_most() -> None:
    assert statistics.quantiles(map(shape.length, made()), n=10)[-1] <= 17


def test_no_function_is_longer_than_forty_five_lines() -> None:
    assert [place.name for place in made() if shape.length(place) > 45] == []


def test_no_function_is_more_complex_than_twelve() -> None:
    assert [place.name for place in made() if shape.complexity(place) > 12] == []


def test_no_function_takes_more_than_five_arguments() -> None:
    many = [place.name for place in made() if shape.arguments(place) > 5 and not shape.is_command(place)]

    assert many == []


def test_every_public_name_says_what_comes_back_and_what_it_raises() -> None:
    assert shape.silent(shape.places()) == []


def test_one_name_stands_for_one_thing() -> None:
    assert shape.names_twice(shape.places()) == {}


def test_the_glossary_names_the_types_as_the_code_does() -> None:
    text = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
    section = text.partition("## One name, one thing")[2].partition("\n## ")[0]
    said = re.findall(r"`(\w+)` \(([\w/]+\.py)\)", section)
    stand = {
        (place.node.name, str(place.path.relative_to(shape.PACKAGE)))
        for place in shape.places()
        if isinstance(place.node, shape.ast.ClassDef)
    }

    assert len(said) >= 20
    assert [pair for pair in said if pair not in stand] == []


def test_the_pages_pass_values_with_names() -> None:
    """`dict[str, Any]` in the web: twenty at the most."""
    texts = (path.read_text(encoding="utf-8") for path in (shape.PACKAGE / "web").rglob("*.py"))

    assert sum(text.count("dict[str, Any]") for text in texts) <= 20


def test_every_figure_is_printed_and_told_good_or_bad() -> None:
    (_, nine_in_ten, good), *lists = shape.figures()

    assert good == (float(nine_in_ten) <= 17)
    assert len(lists) == 7
    assert [title for title, value, good in lists if good != (value == "0")] == []
