"""A whole life: everything a runner can tell weaklink, told through its pages, each time in words found nowhere else."""

from __future__ import annotations

import datetime
import re
import uuid
from typing import Any

from tests.api.runner_in_training import session_entries
from tests.web.states import KNEE_ANSWERS, KNEE_PAIN
from tests.web.visitor import Visitor
from tests.web.weeks import some_weeks, tell

# Free words, letters of other alphabets included, and numbers that nothing else in the folder has.
STORY = "Zwetschgenknödel-Treppe: stairs at Quimperlé station"
REMARK = "Remark of Ottilienfeld about the clam"
RUN_NOTE = "windy dyke near Westerdeichstrich 🏃"
NOTE = "slept badly at Aunt Philippina's"
ACTIVITIES = ("Carry Leopoldine upstairs", "Kneel in the Heidelbeer bed", "Jump over Brook Nebel")
OWN_MOVE = "Grandpa Xaver's Hollerdau squats"
WORDS = (OWN_MOVE, STORY, REMARK, RUN_NOTE, NOTE, *ACTIVITIES)
NUMBERS = {
    "km_per_week": "37.4193", "distance": "87.319", "run_minutes": "41.2377", "weekly": "413.67",
    "walk_minutes": "52.9373", "height": "187.4139", "mass": "83.5717", "score": "61.4177",
}  # fmt: skip
HOUR = "19:47"


def lived(runner: Visitor) -> list[str]:
    """Tell everything; the secrets and ids that only the runner's pages know."""
    _intake(runner)
    _plan(runner)
    _weeks(runner)
    secrets = _handed_on(runner)
    _settings(runner)
    _referred(runner)
    return secrets


def _intake(runner: Visitor) -> None:
    runner.begin(sex="female", km_per_week=NUMBERS["km_per_week"])
    runner.hurts("knee-anterior:right", story=STORY)
    runner.answer(KNEE_ANSWERS, KNEE_PAIN)
    for test, right, left in (("sl-heel-raise-reps", 11, 18), ("straight-leg-raise-reps", 9, 16)):
        _went(runner.post(f"/tests/{test}", value__right=right, value__left=left))
    runner.answer(KNEE_ANSWERS, KNEE_PAIN)
    _went(runner.post("/remarks", about="exercise", id="clamshell", agrees="no", text=REMARK))


def _plan(runner: Visitor) -> None:
    _went(runner.post("/week", minutes="15", days=["mon", "wed", "fri"], equipment=["band"]))
    own = {"does": "add", "name": OWN_MOVE, "sets": "3", "reps": "11", "days": ["mon"]}
    _went(runner.post("/routine", **own))
    for page in ("/plan", "/plan/print", "/today", "/session", "/what-if"):
        assert runner.get(page).status_code == 200, page
    answer = runner.post(
        "/what-if/step", height=NUMBERS["height"], mass=NUMBERS["mass"], speed="11.3", cadence="171"
    )
    assert answer.status_code in (200, 303), answer.text


def _weeks(runner: Visitor) -> None:
    some_weeks(runner)
    today = datetime.datetime.now().astimezone()
    asked = {"date": today.date().isoformat(), "anyway": "true"}
    answer = runner.client.get("/api/v1/sessions/today", params=asked)
    assert answer.status_code == 200, answer.text
    made = session_entries(answer.json()["pack"], str(uuid.uuid4()), "", 1, 3, {})
    tell(runner, [{**entry, "at": today.isoformat()} for entry in made])
    for fields in (
        {"does": "morning", "pain": "2", "stiff_min": "7", "night": "0", "rest": "0"},
        {"does": "run", "distance": NUMBERS["distance"], "minutes": NUMBERS["run_minutes"], "pain": "2",
         "text": RUN_NOTE},
        {"does": "walk", "minutes": NUMBERS["walk_minutes"], "pain": "0"},
        {"does": "stretch", "exercise": ["quad-stretch"], "when": "after-run"},
        {"does": "note", "text": NOTE},
    ):  # fmt: skip
        _went(runner.send("/diary", {"id": str(uuid.uuid4()), **fields}))
    report: dict[str, Any] = {"does": "report", "pain_worst": "2", "change": "3", "weekly": NUMBERS["weekly"]}
    for number, activity in enumerate(ACTIVITIES, 1):
        report |= {f"activity_{number}": activity, f"activity_{number}_now": str(3 + number)}
    _went(runner.send("/progress", {"id": str(uuid.uuid4()), **report}))
    score = {"does": "score", "questionnaire": "faam-sport", "total": NUMBERS["score"]}
    _went(runner.send("/progress", {"id": str(uuid.uuid4()), **score}))
    for page in ("/diary", "/progress", "/running"):
        assert runner.get(page).status_code == 200, page


def _handed_on(runner: Visitor) -> list[str]:
    secrets = []
    for purpose in ("calendar", "plan"):
        runner.post("/hand-on", does="make", purpose=purpose)
        page = runner.get("/hand-on").text
        found = re.search(rf'id="{purpose}" readonly value="https?://[^/]+(/\w+/([\w-]{{40,}})[^"]*)"', page)
        assert found, page
        assert runner.get(found.group(1)).status_code == 200
        secrets.append(found.group(2))
    _went(runner.post("/hand-on", does="hour", hour=HOUR))
    return secrets


def _settings(runner: Visitor) -> None:
    fields = {
        "country": "DE",
        "units": "km",
        "theme": "dark",
        "language": "en",
        "equipment": ["band", "ball"],
    }
    _went(runner.post("/settings", **fields))
    paper = runner.get("/plan/sheet.pdf")
    assert paper.status_code in (200, 404)  # 404: the extra `pdf` is not installed


def _referred(runner: Visitor) -> None:
    """The calf swells: the plan closes, and the letter is written."""
    _went(runner.send("/q/first-checks", {"yes": ["dvt"]}))
    letter = runner.get("/referral/letter")
    assert letter.status_code == 200
    assert runner.get("/referral/letter.pdf").status_code in (200, 404)


def _went(answer: Any) -> None:
    assert answer.status_code == 303, (answer.request.url, answer.status_code, answer.text[-2000:])
