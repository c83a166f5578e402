"""The page on which somebody who was sent on says that they were seen."""

from __future__ import annotations

import uuid

import pytest

from tests.web.test_weeks_pages import kept
from tests.web.visitor import Visitor, tight
from tests.web.weeks import entry, session, tell

PAGE = "/visited"


@pytest.fixture
def sent_on(runner: Visitor) -> Visitor:
    """A runner whose report says that it is much worse."""
    tell(runner, [*session(20), *session(6), entry("reported", 1, pain_worst=8, change=-4)])
    assert "I was seen" in runner.get("/today").text
    return runner


def says(visitor: Visitor, **fields: str) -> str:
    return visitor.send(PAGE, {"id": str(uuid.uuid4()), **fields}).headers.get("location", "")


def test_it_is_offered_to_whoever_is_sent_on_and_to_nobody_else(runner: Visitor) -> None:
    assert "I was seen" not in runner.get("/today").text
    assert runner.client.get(PAGE, follow_redirects=False).status_code == 303


def test_what_they_said_is_kept_and_ends_it(sent_on: Visitor) -> None:
    page = sent_on.get(PAGE).text
    assert "What did they say?" in page

    assert says(sent_on, by="doctor", allowed="as-planned", ruled_out="no fracture").endswith("/today")
    (told,) = kept(sent_on, "visited")
    assert (told["by"], told["allowed"], told["ruled_out"]) == ("doctor", "as-planned", "no fracture")
    assert "I was seen" not in sent_on.get("/today").text
    assert "a doctor, train as planned, no fracture" in tight(sent_on.get("/diary").text).lower()


def test_what_was_left_open_is_asked_at_its_field(sent_on: Visitor) -> None:
    answer = sent_on.send(PAGE, {"id": str(uuid.uuid4()), "by": "doctor"})

    assert answer.status_code == 422
    assert 'id="problem-allowed"' in answer.text
    assert kept(sent_on, "visited") == []


def test_who_is_told_to_rest_is_shown_no_move(sent_on: Visitor) -> None:
    says(sent_on, by="physiotherapist", allowed="nothing")

    page = sent_on.get("/today").text
    assert "Training is not the next step today." in page
    assert "I was seen" in page
