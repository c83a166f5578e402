"""What the muscle model says, where a runner reads it: beside the evidence and on the result."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.web.visitor import Visitor, at_home

LIMITS = "Real runners also change how they move. This shows a mechanism, not a diagnosis."


def model_of(page: str) -> str:
    """The block of the model as plain text."""
    block = page.partition('id="model"')[2].partition("</section>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", block.partition(">")[2])).strip()


@pytest.mark.statement("S47")
def test_the_parts_of_the_stride_are_shown_with_how_hard_the_hamstrings_work(visitor: Visitor) -> None:
    said = model_of(visitor.client.get("/evidence/hamstrings--thigh-posterior").text)
    parts = (
        "From landing to the middle of standing",
        "From the middle of standing to push-off",
        "As the leg comes forward",
        "Late in the swing, before landing",
    )

    assert [part for part in parts if part in said] == list(parts)
    assert sorted(parts, key=said.index) == list(parts)
    assert LIMITS in said


@pytest.mark.statement("S20")
def test_the_evidence_of_a_dropping_pelvis_shows_the_moment_with_its_limits(visitor: Visitor) -> None:
    said = model_of(visitor.client.get("/evidence/glute-med--back-lower-pelvic-drop").text)

    assert "sideways hold at the low back" in said
    assert re.search(r"tip by 5 degrees it needs \d+ N·m, and \d+ N·m at 10 degrees", said)
    assert "not the load on a disc" in said
    assert LIMITS in said


@pytest.mark.statement("S12")
def test_the_evidence_of_the_side_of_the_hip_shows_what_one_leg_asks(visitor: Visitor) -> None:
    said = model_of(visitor.client.get("/evidence/glute-med--knee-lateral").text)

    assert "When the model stands on one leg" in said
    assert "in running every step is on one leg" in said


def test_a_link_of_the_trunk_shows_no_leg_model(visitor: Visitor) -> None:
    assert 'id="model"' not in visitor.client.get("/evidence/core-lateral--back-lower").text


@pytest.mark.statement("S9")
def test_the_result_says_the_shift_of_the_leading_link(tmp_path: Path) -> None:
    with at_home(tmp_path) as visitor:
        visitor.begin()
        visitor.hurts("knee-lateral:left")
        visitor.answer({}, {"run": "4"})
        page = visitor.get("/result")
        assert page.status_code == 200, page.headers.get("location")
        said = model_of(page.text)

    assert re.search(
        r"If the [a-z ]+ had 80 % of its strength and you kept running in exactly the same way", said
    )
    assert re.search(r"would work [\d.]+ to [\d.]+ % harder", said)
    assert LIMITS in said
