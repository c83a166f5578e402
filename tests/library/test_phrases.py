"""Forbidden phrases are found wherever a text stands; the words alone are allowed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import weaklink
from tests.library.small import small_library
from weaklink.library.checking import check_library
from weaklink.library.phrases import catalogue_problems, forbidden_in, jargon_in
from weaklink.library.reading import Library
from weaklink.library.wording import catalogue

TEMPLATES = Path(weaklink.__file__).parent / "web" / "templates"
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


@pytest.mark.parametrize(
    "text",
    [
        "Strength was 7.82 against 10.19 %BW x height.",
        "A clinician and an app agreed with r = 0.82.",
        "It was clear (p < 0.05).",
        "Stop at RIR 2.",
        "From article A+B.",
        "Article B says so.",
        "The contralateral hip drops.",
        "The rule this-hurts held.",
        "Do 1 repetitions.",
    ],
)
def test_a_word_that_runners_never_see_is_found(text: str) -> None:
    assert len(list(forbidden_in(text))) == 1


@pytest.mark.parametrize(
    "text", ["11 repetitions.", "An article a runner wrote.", "This hurts.", "1 repetition"]
)
def test_plain_words_are_allowed(text: str) -> None:
    assert list(forbidden_in(text)) == []


def test_jargon_in_a_record_names_its_file_and_field(tmp_path: Path) -> None:
    change = ('says = "Some help."', 'says = "Some help, r = 0.4."')
    problems = check_library(small_library(tmp_path, {"weak-links/glute-med--knee-lateral": change}))

    assert [(problem.file, problem.field) for problem in problems] == [
        ("knowledge/weak-links/glute-med--knee-lateral.toml", "helps.says")
    ]


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


def test_no_template_holds_a_word_that_runners_never_see() -> None:
    found = [
        f"{file.name}: {problem}"
        for file in sorted(TEMPLATES.rglob("*.html"))
        for said in re.findall(r"_\('((?:[^'\\]|\\.)*)'", file.read_text(encoding="utf-8"))
        for problem in jargon_in(said)
    ]

    assert found == []


def test_no_sentence_of_the_product_holds_a_forbidden_phrase(library: Library) -> None:
    assert catalogue_problems(catalogue(), library) == ()
