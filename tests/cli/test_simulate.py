"""`weaklink sim`: who takes over, as words and as JSON."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from weaklink.body.muscles import UNITS
from weaklink.cli import app
from weaklink.quantities import WeaklinkError


def run(*words: str) -> str:
    """What the command prints."""
    done = CliRunner().invoke(app, ["sim", *words], catch_exceptions=False)
    assert done.exit_code == 0
    return done.output


def test_json_lists_every_muscle_with_its_range() -> None:
    found = json.loads(run("--weaken", "gluteus-medius=0.5", "--side", "left", "--json"))

    assert {one["id"] for one in found["muscles"]} == set(UNITS)
    assert found["side"] == "left"
    assert found["residual"] <= 1e-6
    for one in found["muscles"] + found["contact"]:
        if one["change"] is not None:
            assert one["low"] <= one["change"] <= one["high"]


def test_the_tensor_fasciae_latae_takes_over_in_every_variant() -> None:
    found = json.loads(run("--motion", "running", "--weaken", "gluteus-medius=0.5", "--json"))
    verdicts = {one["id"]: one["verdict"] for one in found["claims"]}

    assert verdicts["medius-to-tfl"] == "yes"
    assert next(one for one in found["muscles"] if one["id"] == "gluteus-medius")["change"] < 0


def test_words_say_what_it_is_not() -> None:
    text = run("--weaken", "gluteus-medius=0.5")

    assert "Tensor fasciae latae" in text
    assert "not a diagnosis" in text


def test_an_area_weakens_each_of_its_muscles() -> None:
    found = json.loads(run("--weaken", "tib-post=0.5", "--json"))

    assert [one["muscle"] for one in found["weak"]] == [
        "tibialis-posterior", "flexor-hallucis-longus", "flexor-digitorum-longus",
    ]  # fmt: skip


def test_both_sides_are_two_equal_answers() -> None:
    right, left = json.loads(run("--weaken", "soleus=0.8", "--side", "both", "--json"))["legs"]

    assert (right["side"], left["side"]) == ("right", "left")
    assert right["muscles"] == left["muscles"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--weaken", "gluteus-medius"], "expected muscle=share"),
        (["--weaken", "gluteus-medius=-1"], "expected a share above 0"),
        (["--weaken", "glute-medius=0.5"], "Did you mean gluteus-medius"),
        (["--weaken", "core-anterior=0.5"], "no muscle of the area"),
        (["--weaken", "soleus=0.5", "--side", "up"], "expected right, left, both"),
        (["--weaken", "soleus=0.5", "--motion", "swimming"], "No motion"),
        ([], "at least one muscle"),
    ],
)
def test_what_cannot_be_read_says_what_would_be_right(words: list[str], said: str) -> None:
    with pytest.raises(WeaklinkError, match=said):
        CliRunner().invoke(app, ["sim", *words], catch_exceptions=False)
