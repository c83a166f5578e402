"""The forms of the intake, the tests, the step and the settings: what is wrong is said beside its field, and nothing else happens."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import get_args

import pytest

from tests.web.states import fresh, ranked
from tests.web.visitor import Visitor, at_home
from weaklink.library.reading import Library
from weaklink.library.records import PainSituation
from weaklink.reasoning.interview import Step, Told, next_step
from weaklink.web.asking.pain_page import PainForm
from weaklink.web.visit import flow

WEEK = {"asks": ["week", "heard"], "units": "km", "language": "en"}


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    """Somebody with a sore kneecap who answered everything; what is refused changes nothing of it."""
    with at_home(tmp_path_factory.mktemp("asked")) as made:
        fresh(made)
        ranked(made)
        yield made


class Inputs(HTMLParser):
    """The input elements of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[dict[str, str | None]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "input":
            self.found.append(dict(attrs))


def standing(page: str, field: str) -> list[str | None]:
    """What stands in the fields of a name: the ticked values, or the text."""
    mine = [one for one in Inputs(page).found if one.get("name") == field]
    boxes = ("radio", "checkbox")
    return [one.get("value") for one in mine if one.get("type") not in boxes or "checked" in one]


def problems(page: str) -> dict[str, str]:
    """What a page says is wrong, by field."""
    found = re.findall(r'<p class="problem" id="problem-([^"]+)">([^<]+)</p>', page)
    return {field: html.unescape(says) for field, says in found}


def test_every_pain_that_is_no_number_is_said_beside_its_question(asked: Visitor) -> None:
    answer = asked.post("/pain", run="11", walk="abc", stairs="4,5", night="3")

    assert answer.status_code == 422
    wanted = "Please enter a whole number from 0 to 10."
    assert problems(answer.text) == dict.fromkeys(("run", "walk", "stairs"), wanted)
    assert standing(answer.text, "night") == ["3"]
    assert standing(asked.get("/pain").text, "run") == ["4"]  # as it was said before


def test_the_pain_form_has_a_field_for_every_situation() -> None:
    assert PainForm.__struct_fields__ == (*get_args(PainSituation), "others")


def test_a_story_that_is_too_long_is_named_as_that(asked: Visitor) -> None:
    answer = asked.post("/where", place="knee-anterior:right", story="x" * 10_001)

    assert answer.status_code == 422
    assert "At most 10,000 characters, please." in answer.text
    assert standing(answer.text, "place") == ["knee-anterior:right"]


def test_a_comma_in_a_number_of_the_step_is_a_decimal_point(asked: Visitor) -> None:
    assert asked.post("/what-if/step", height="180,5", mass="70", speed="", cadence="").status_code == 303

    assert standing(asked.get("/what-if").text, "height") == ["180.5"]


def test_every_wrong_number_of_the_step_is_said_with_its_own_range(asked: Visitor) -> None:
    answer = asked.post("/what-if/step", height="1_80", mass="abc", speed="nan", cadence="170")

    assert answer.status_code == 422
    found = problems(answer.text)
    assert sorted(found) == ["height", "mass", "speed"]
    assert found["height"] == "Please enter a number from 100 to 250."


def test_each_side_of_a_test_says_what_is_wrong_with_its_pain(asked: Visitor) -> None:
    said = {"value.right": "3", "pain.right": "12", "value.left": "4", "pain.left": "abc"}
    answer = asked.send("/tests/sl-heel-raise-reps", said)

    assert answer.status_code == 422
    assert problems(answer.text) == dict.fromkeys(
        ("right", "left"), "Please enter a whole number from 0 to 10."
    )


def test_a_week_says_all_that_it_lacks_at_once(asked: Visitor) -> None:
    answer = asked.send("/settings", WEEK | {"theme": "pink", "minutes": "200"})

    assert answer.status_code == 422
    assert sorted(problems(answer.text)) == ["days", "minutes", "theme"]
    assert problems(answer.text)["minutes"] == "Please enter a whole number from 5 to 90."


def test_what_a_page_of_ours_never_sends_is_refused_and_begins_nothing(asked: Visitor) -> None:
    before = asked.get("/answers").text

    assert asked.post("/start", aim="both").status_code == 422
    assert asked.post("/devices", does="fly").status_code == 422
    assert asked.post("/what-if", side="up").status_code == 422
    assert asked.get("/answers").text == before


def test_a_number_of_a_question_is_read_with_a_comma_or_refused(asked: Visitor) -> None:
    refused = asked.send("/q/postpartum-weeks", {"postpartum-weeks": "4,5,6"})

    assert refused.status_code == 422
    assert problems(refused.text) == {"postpartum-weeks": "Please enter a number from 0 to 52."}

    assert asked.send("/q/postpartum-weeks", {"postpartum-weeks": "4,5"}).status_code == 303
    assert standing(asked.get("/q/postpartum-weeks").text, "postpartum-weeks") == ["4.5"]


def test_one_answer_works_out_once_what_is_asked_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    worked_out: list[Step | None] = []

    def noting(heard: Told, library: Library) -> Step | None:
        worked_out.append(next_step(heard, library))
        return worked_out[-1]

    with at_home(tmp_path) as visitor:
        visitor.begin()
        screen = visitor.hurts("knee-anterior:right").headers["location"]
        shown = standing(visitor.get(screen).text, "asked")
        monkeypatch.setattr(flow, "next_step", noting)
        answer = visitor.send(screen, {"asked": shown, "none": "1"})

    assert len(shown) > 1
    assert answer.status_code == 303
    assert len(worked_out) == 1


def test_one_test_follows_the_other_and_every_home_test_can_be_reached(tmp_path: Path) -> None:
    with at_home(tmp_path) as runner:
        runner.begin()
        runner.hurts("knee-anterior:right")
        runner.answer({}, {"run": "4", "walk": "0", "stairs": "3", "rest": "0", "night": "0"})
        listed = re.findall(r'href="(/tests/[a-z0-9-]+)"', runner.get("/tests").text)
        first = runner.post(
            "/tests/straight-leg-raise-reps", action="keep", **{"value__right": "14", "value__left": "16"}
        )
        second = runner.post(first.headers["location"], action="skip")

    assert "/tests/wb-lunge-dorsiflexion" in listed
    assert first.headers["location"].startswith("/tests/")
    assert second.headers["location"].startswith("/tests/")
    assert second.headers["location"] != first.headers["location"]
