"""The programme's page: the choice, what opens the next phase, and the answers to it, without JavaScript."""

from __future__ import annotations

import re
import uuid
from typing import Any

from tests.web.test_weeks_pages import kept, text_of
from tests.web.visitor import Visitor
from tests.web.weeks import entry, some_weeks, tell

PAGE = "/programme"


def choose(visitor: Visitor, does: str) -> Any:
    return visitor.send(PAGE, {"does": does})


def review(visitor: Visitor, **fields: str) -> Any:
    named = {name.replace("__", ".").replace("_", "-"): value for name, value in fields.items()}
    return visitor.send(PAGE, {"does": "review", "id": str(uuid.uuid4()), **named})


def stands(visitor: Visitor) -> dict[str, Any]:
    """Where the API says one stands."""
    found: dict[str, Any] = visitor.client.get("/api/v1/diary/programme").json()
    return found


def follow(visitor: Visitor) -> None:
    if stands(visitor)["programme"] is None:
        assert choose(visitor, "follow").headers["location"] == PAGE


def test_the_page_says_where_one_is_and_what_opens_the_next_phase(runner: Visitor) -> None:
    follow(runner)

    page = text_of(runner.get(PAGE).text)

    assert "Kneecap programme" in page
    assert "Phase 1 of 4: Calm it." in page
    assert "What opens “Build”" in page
    assert "Sit to stand, 3 sets of 12, in two sessions with pain of 3 at most." in page
    assert "A draft: no clinician has reviewed this programme yet." in page
    assert stands(runner)["phase"] == {"id": "calm", "name": "Calm it", "week": 1}


def test_one_may_leave_the_phases_and_come_back(runner: Visitor) -> None:
    follow(runner)
    choose(runner, "leave")

    assert stands(runner) == {"programme": None}
    assert "Train in phases?" in text_of(runner.get(PAGE).text)
    assert "programme" not in str(runner.client.get("/api/v1/sessions/today").json()["pack"])

    choose(runner, "follow")
    assert stands(runner)["programme"]["id"] == "patellofemoral-pain"


def test_pain_in_a_moment_is_asked_and_opens_the_door(runner: Visitor) -> None:
    follow(runner)
    some_weeks(runner)
    tell(runner, [entry("reviewed", 9, answers={}, pains={"stairs": 6})])
    (door,) = [d for d in stands(runner)["next"]["doors"] if d["says"].startswith("Stairs")]
    assert door["met"] == "not-yet"
    page = runner.get(PAGE).text
    assert "On stairs: how much does it hurt now?" in text_of(page)
    assert "Last time: pain 6 of 10" in text_of(page)
    assert 'name="review.stairs"' in page
    assert not re.search(r'name="review.stairs" value="\d+" checked', page)  # nothing is chosen for anybody

    answered = review(runner, review__stairs="2")

    assert answered.headers["location"] == PAGE
    assert kept(runner, "reviewed")[0]["pains"] == {"stairs": 2}
    (door,) = [d for d in stands(runner)["next"]["doors"] if d["says"].startswith("Stairs")]
    assert door["met"] == "met"
    assert "What opens the next phase" in text_of(runner.get("/diary").text)


def test_nothing_answered_and_no_number_are_said_beside_their_fields(runner: Visitor) -> None:
    follow(runner)
    tell(runner, [entry("reviewed", 9, answers={}, pains={"stairs": 6})])

    empty, wrong = review(runner), review(runner, review__stairs="eleven")

    assert (empty.status_code, wrong.status_code) == (422, 422)
    assert "Answer at least one of them." in text_of(empty.text)
    assert 'id="problem-review.stairs"' in wrong.text
    assert len(kept(runner, "reviewed")) == 1


def test_a_form_sent_twice_is_one_answer(runner: Visitor) -> None:
    follow(runner)
    tell(runner, [entry("reviewed", 9, answers={}, pains={"stairs": 6})])
    fields = {"does": "review", "id": str(uuid.uuid4()), "review.stairs": "3"}

    runner.send(PAGE, fields)
    runner.send(PAGE, fields)

    assert len(kept(runner, "reviewed")) == 2


def test_a_closed_plan_shows_no_phase(runner: Visitor) -> None:
    follow(runner)
    tell(runner, [entry("rescreened", 1, answers={"dvt": "yes"}, new_places=[])])

    page = text_of(runner.get(PAGE).text)

    assert "Kneecap programme" not in page
    assert "The programme waits." in page
    assert stands(runner) == {"programme": None}


def test_today_and_plan_lead_to_it_when_it_is_time(runner: Visitor) -> None:
    follow(runner)
    assert "Kneecap programme: Calm it" in text_of(runner.get("/plan").text)
    assert "Does the next phase open?" not in text_of(runner.get("/today").text)  # nothing was trained yet

    some_weeks(runner)
    tell(runner, [entry("reviewed", 20, answers={}, pains={"stairs": 6})])
    assert "Does the next phase open? 1 question" in text_of(runner.get("/today").text)
    review(runner, review__stairs="5")

    assert "Does the next phase open?" not in text_of(runner.get("/today").text)


def test_pain_told_here_counts_for_triage_as_pain_told_anywhere(runner: Visitor) -> None:
    follow(runner)
    some_weeks(runner)
    tell(runner, [entry("reviewed", 1, answers={}, pains={"stairs": 2, "night": 9})])

    found = runner.client.get("/api/v1/sessions/today").json()

    assert found["why_not"] in ("questions", "closed"), found["disposition"]
