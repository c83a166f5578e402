"""Forbidden phrases are found wherever a text stands; the words alone are allowed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.library.small import small_library
from weaklink.library.checking import check_library
from weaklink.library.phrases import catalogue_problems, forbidden_in
from weaklink.library.reading import Library
from weaklink.library.wording import catalogue

NAMES = frozenset({"runner's knee", "osteoarthritis"})


@pytest.mark.parametrize(
    "text",
    [
        "A weak hip causes knee pain.",
        "Your weak hip is causing this.",
        "Here is your diagnosis.",
        "This will prevent injury.",
        "We fix it in six weeks.",
        "You have runner's knee.",
        "You have an osteoarthritis of the knee.",
        "Well done!",
        "Oops, that went wrong.",
        "The VMO is not firing.",
    ],
)
def test_a_forbidden_phrase_is_found(text: str) -> None:
    assert len(list(forbidden_in(text, NAMES))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "This is not a diagnosis.",
        "Do you have runner's knee in your family?",
        "Stop if you have osteoarthritis and the knee swells.",
        "Other causes are checked first.",
        "You have three days.",
        "It often goes with knee pain and may lead to more.",
    ],
)
def test_the_words_alone_are_allowed(text: str) -> None:
    assert list(forbidden_in(text, NAMES)) == []


def test_a_phrase_deep_in_a_record_names_its_field(tmp_path: Path) -> None:
    change = ('says = "Some help."', 'says = "This will prevent injury."')
    problems = check_library(small_library(tmp_path, {"weak-links/glute-med--knee-lateral": change}))

    assert [(problem.file, problem.field) for problem in problems] == [
        ("knowledge/weak-links/glute-med--knee-lateral.toml", "helps.says")
    ]


def test_a_condition_of_the_library_is_never_said_to_be_had(tmp_path: Path) -> None:
    change = ("About half are hurt.", "You have iliotibial band syndrome.")
    problems = check_library(small_library(tmp_path, {"facts/annual-injury": change}))

    assert [problem.field for problem in problems] == ["says"]


def test_no_sentence_of_the_product_holds_a_forbidden_phrase(library: Library) -> None:
    assert catalogue_problems(catalogue(), library) == ()
