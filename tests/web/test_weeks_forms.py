"""Forms of the weeks: a comma is a decimal point in each, and what is wrong is said beside its field."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.web.visitor import Visitor

ID = "made-with-the-form"


def beside(html: str) -> dict[str, str]:
    """What is said beside each field."""
    return dict(re.findall(r'<p class="problem" id="problem-([^"]+)">([^<]+)</p>', html))


def newest(runner: Visitor) -> dict[str, Any]:
    """The entry that was told last."""
    found: dict[str, Any] = runner.get("/api/v1/diary").json()["entries"][0]
    return found


def test_a_week_without_a_day_is_asked_again_with_all_it_said(runner: Visitor) -> None:
    before = runner.get("/plan").text
    said = {
        "minutes": "45",
        "hard_runs": ["sat"],
        "equipment": ["band"],
        "rounds": "3",
        "follows_physio": "1",
    }

    page = runner.send("/week", said)

    assert (page.status_code, beside(page.text)) == (422, {"days": "Choose at least one day."})
    checked = set(re.findall(r'name="(\w+)"\s+value="(\w+)"\s+checked', page.text))
    kept = {("minutes", "45"), ("hard_runs", "sat"), ("equipment", "band"), ("follows_physio", "1")}
    kept |= {("weights_in", "kg")}
    assert checked == kept
    assert re.search(r'name="rounds"[^>]*value="3"', page.text)
    assert runner.get("/plan").text == before


@pytest.mark.parametrize("said", ["4,5", "4.5", " 4,5 "])
def test_a_run_is_as_far_as_it_was_written(runner: Visitor, said: str) -> None:
    assert (
        runner.post("/diary", does="run", id=ID, distance=said, minutes="30,5", pain="1").status_code == 303
    )

    assert (newest(runner)["km"], newest(runner)["minutes"]) == (4.5, 30.5)


def test_a_week_of_running_and_a_total_are_read_like_a_run(runner: Visitor) -> None:
    assert runner.post("/progress", does="report", id=ID, weekly="12,5").status_code == 303
    assert newest(runner)["weekly_km"] == 12.5
    said = {"questionnaire": "lefs", "total": "60,0"}
    assert runner.post("/progress", does="score", id=f"{ID}-2", **said).status_code == 303
    assert newest(runner)["total"] == 60


@pytest.mark.parametrize(
    ("path", "fields", "wrong"),
    [
        ("/diary", {"does": "run", "id": ID, "distance": "1,2,3", "pain": "11"}, {"distance", "pain"}),
        ("/diary", {"does": "morning", "id": ID, "pain": "1,5", "date": "2020-01-01"}, {"pain", "date"}),
        ("/running", {"distance": "nan"}, {"distance"}),
        ("/progress", {"does": "report", "id": ID, "activity_1": "Stairs"}, {"activity_1_now"}),
        (
            "/progress",
            {
                "does": "tests",
                "id": ID,
                "sl-heel-raise-reps.right": "10,5",
                "sl-heel-raise-reps.left.pain": "x",
            },
            {"sl-heel-raise-reps.right", "sl-heel-raise-reps.left.pain"},
        ),
        (
            "/routine",
            {"does": "add", "name": "Squat", "sets": "3,5", "reps": "5", "hold_s": "5", "days": "never"},
            {"sets", "hold_s", "days"},
        ),
        ("/week", {"minutes": "4", "days": "someday", "areas": "x"}, {"minutes", "days", "areas"}),
        ("/hand-on", {"does": "hour", "hour": "25:30"}, {"hour"}),
        ("/hand-on", {"does": "group", "count": "1,5"}, {"count"}),
        ("/hand-on", {"does": "group"}, {"count"}),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    runner: Visitor, path: str, fields: dict[str, str], wrong: set[str]
) -> None:
    answer = runner.send(path, fields)

    assert answer.status_code == 422
    assert set(beside(answer.text)) == wrong
    for name in {"distance", "sets"} & fields.keys():
        assert f'value="{fields[name]}"' in answer.text
