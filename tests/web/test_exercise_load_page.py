"""What the exercise page says about loads."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.web.visitor import Visitor, at_home


def section(visitor: Visitor, name: str) -> str:
    page = visitor.client.get(f"/exercises/{name}").text
    assert 'id="load"' in page
    return page.partition('id="load"')[2].partition("</section>")[0]


def test_muscles_have_a_word_a_range_and_emg_beside_them(visitor: Visitor) -> None:
    said = section(visitor, "sidelying-hip-abduction")
    medius = said.partition("Gluteus medius")[2].partition("</li>")[0]

    assert "some, " in medius
    assert " %" in medius
    assert "81 +/- 42 % MVIC" in medius
    assert "/sources#distefano-2009" in medius
    assert 'class="span"' in medius


def test_co_contraction_in_a_straight_leg_raise_is_said_beside_the_emg(visitor: Visitor) -> None:
    said = section(visitor, "straight-leg-raise")

    assert "Vastus medialis" not in said
    assert "Measured by EMG, inner front thigh muscle" in said
    assert "EMG finds them at work" in said
    assert "not seen" in said


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("pogo-hop", "No load is shown. The movement is quick"),
        ("leg-press-single", "what the machine is set to"),
        ("glute-set", "You press on purpose"),
        ("plank", "The front of the trunk holds against about"),
        ("hamstring-stretch", "It lengthens most: outer hamstring"),
        ("clamshell-banded", "pull with 50 N in this model, our own choice"),
    ],
)
def test_what_has_no_number_says_why(visitor: Visitor, name: str, words: str) -> None:
    assert words in section(visitor, name)


def test_where_the_model_runs_out_of_muscle_no_percentage_stands(visitor: Visitor) -> None:
    said = section(visitor, "side-plank").partition("Measured")[0]

    assert "the model runs out of muscle" in section(visitor, "side-plank")
    assert 'class="span"' not in said


def test_a_new_movement_without_the_extra_says_what_is_missing(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from weaklink.mechanics.leg_geometry import MissingExtraError
    from weaklink.store import load_store

    def missing(*_: object) -> None:
        raise MissingExtraError("needs the extra body")

    with at_home(tmp_path) as other:
        monkeypatch.setattr(load_store, "find_load", lambda _: None)
        monkeypatch.setattr(load_store, "exercise_load", missing)
        assert "is not installed" in section(other, "clamshell")
        answer = other.client.get("/api/v1/exercise-loads/clamshell")
        assert (answer.status_code, answer.json()["detail"]) == (409, "needs the extra body")


def test_programs_get_every_phase(visitor: Visitor) -> None:
    found = visitor.client.get("/api/v1/exercise-loads/clamshell").json()

    assert len(found["activations"]["gluteus-medius"]["right"]) == len(found["times_s"])
    assert found["residual"] < 1e-6
    assert len(found["variants"]) == 6
    assert visitor.client.get("/api/v1/exercise-loads/nothing").status_code == 404
