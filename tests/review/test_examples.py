"""Examples of danger questions: three of each at least, and each comes out as it says."""

from __future__ import annotations

from pathlib import Path

from tests.library.small import small_library
from weaklink.library.reading import shipped_library
from weaklink.review.examples import examples_that_fail, is_asked_as_danger

LIBRARY = shipped_library()
EXAMPLES = """
[[alarming]]
says = "I fell off the kerb on Monday and it hurts since."
at = ["knee-lateral"]

[[alarming]]
says = "Somebody kicked me."
at = ["knee-lateral"]

[[alarming]]
says = "It twisted in the last turn."
at = ["knee-lateral"]

[[benign]]
says = "It came from one week to the next."
at = ["knee-lateral"]

[[benign]]
says = "I fell as a child."
at = ["knee-lateral"]

[[benign]]
says = "A bruise at the elbow."
at = ["knee-lateral"]
"""


def test_every_danger_that_is_asked_has_its_examples_and_they_come_out_so() -> None:
    dangers = [one for one in LIBRARY.questions.values() if is_asked_as_danger(one, LIBRARY)]

    assert len(dangers) > 45
    assert list(examples_that_fail(LIBRARY)) == []


def test_a_danger_without_examples_is_named(tmp_path: Path) -> None:
    library = small_library(tmp_path)

    found = [(name, field, text) for _, name, field, text in examples_that_fail(library)]

    assert ("acute-injury", "alarming", "0 examples; expected at least 3") in found
    assert ("acute-injury", "benign", "0 examples; expected at least 3") in found


def test_an_example_that_comes_out_otherwise_is_named(tmp_path: Path) -> None:
    too_calm = EXAMPLES.replace('kicked me."', 'kicked me."\ntier = "emergency"')
    sound, wrong = (
        small_library(
            tmp_path / name, {"questions/acute-injury": ('mark = "design"', f'mark = "design"\n{examples}')}
        )
        for name, examples in (("sound", EXAMPLES), ("wrong", too_calm))
    )

    assert [one for one in examples_that_fail(sound) if one[1] == "acute-injury"] == []
    assert [one[2:] for one in examples_that_fail(wrong) if one[1] == "acute-injury"] == [
        ("alarming", '"Somebody kicked me." is only within-week')
    ]
