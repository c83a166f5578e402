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


def test_another_runner_carries_other_newtons_and_nearly_the_same_shares() -> None:
    """Size changes newtons; speed changes a little of the shares as well."""
    base = json.loads(run("--weaken", "soleus=0.8", "--json"))
    small = json.loads(run("--weaken", "soleus=0.8", "--json", "--mass-kg", "50", "--height-m", "1.6"))
    slow = json.loads(run("--weaken", "soleus=0.8", "--json", "--speed", "3"))
    newtons = [
        next(one["before_n"] for one in found["muscles"] if one["id"] == "soleus")
        for found in (base, small, slow)
    ]

    assert small["runner"]["mass_kg"] == 50
    assert newtons[1] == pytest.approx(newtons[0] * 50 / base["runner"]["mass_kg"], rel=0.01)
    assert newtons[2] < newtons[0]
    assert slow["runner"]["cadence_spm"] < base["runner"]["cadence_spm"]
    assert "a runner of 50 kg" in run("--weaken", "soleus=0.8", "--mass-kg", "50")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--weaken", "gluteus-medius"], "expected muscle=share"),
        (["--weaken", "gluteus-medius=-1"], "expected a share above 0"),
        (["--weaken", "glute-medius=0.5"], "Did you mean gluteus-medius"),
        (["--weaken", "core-anterior=0.5"], "no muscle of the area"),
        (["--weaken", "soleus=0.5", "--side", "up"], "expected right, left, both"),
        (["--weaken", "soleus=0.5", "--motion", "swimming"], "No motion"),
        (["--weaken", "soleus=0.5", "--mass-kg", "7"], "mass is 7"),
        (["--weaken", "soleus=0.5", "--height-m", "17"], "height is 17"),
        (["--weaken", "soleus=0.5", "--speed", "8"], "speed_m_s is 8"),
        (["--weaken", "soleus=0.5", "--cadence", "90"], "cadence_spm is 90"),
        (
            ["--weaken", "soleus=0.5", "--speed", "3", "--motion", "single-leg-stance"],
            "neither speed nor cadence",
        ),
        ([], "at least one muscle"),
    ],
)
def test_what_cannot_be_read_says_what_would_be_right(words: list[str], said: str) -> None:
    with pytest.raises(WeaklinkError, match=said):
        CliRunner().invoke(app, ["sim", *words], catch_exceptions=False)
