"""A newcomer's hour: an exercise, a red flag and a question, made by the commands and files of CONTRIBUTING alone.

The language has a test of its own (`tests/web/test_new_language.py`).
"""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from pathlib import Path

import pytest

from tests.web.test_new_language import ROOT, Checkout

pytestmark = pytest.mark.load

EXERCISE = {
    "areas": '["calf-gastroc", "calf-soleus"]',
    "level": "1",
    "position": '"Stand tall facing a wall, fingertips on it, feet hip-width apart."',
    "steps": '["Lift both heels as high as a thumb is wide.", "Lower them slowly."]',
    "cues": '["Grow tall.", "Two seconds up, three seconds down."]',
    "cheats": '["The body rocks forward: rise straight up."]',
    "stop_if": '["Sharp or stabbing pain.", "Pain rises above the limit in your plan."]',
    "dose": '"end"',
    "easier": '["seated-heel-raise"]',
    "why": '"A first step for the calf that pushes you off."',
}
MORE = """
needs = ["wall"]
tags = ["standing"]
weighted = { held = ["rucksack"], body_share = 0.5 }
first_for = { levels = ["novice"], sites = ["achilles-mid"] }

[[sources]]
cite = "design-decisions"
supports = "steps, cues and the dose"
level = "our own choice"
mark = "design"
"""
MOVEMENT = """
posture = "wall-in-front"

[[keyframes]]
name = "feet flat"
seconds = 3
contacts = [{ parts = ["toes_r", "toes_l"] }]

[[keyframes]]
name = "heels a little up"
hold_s = 1
without = ["heel_r", "heel_l"]
contacts = [{ parts = ["toes_r", "toes_l"] }]
angles = { ankle_angle = -12, mtp_angle = 14, knee_angle = 2 }

[[sources]]
cite = "design-decisions"
supports = "the pose"
level = "our own choice"
mark = "design"
"""
SOURCE = MOVEMENT[MOVEMENT.index("\n[[sources]]") :]


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    made = Checkout(tmp_path / "checkout")
    (made.folder / "tests" / "cases").mkdir(parents=True)
    return made


def new(checkout: Checkout, kind: str, name: str) -> None:
    """`weaklink new KIND ID`, as somebody types it at the top of a checkout."""
    made = checkout.run("weaklink", "new", kind, name)
    assert made.returncode == 0, made.stderr


EXAMPLES = """
[[alarming]]
says = "A patch as big as a coin is black."

[[alarming]]
says = "The tip of my toe turned black."

[[alarming]]
says = "Black skin on the heel since yesterday."

[[benign]]
says = "A bruise that goes from blue to yellow."

[[benign]]
says = "A black toenail after the long run."

[[benign]]
says = "A mole I was born with."
"""


def fill(path: Path, values: dict[str, str], more: str = "") -> None:
    """What a newcomer writes into a stub: the values that stand there empty, then what may also be said."""
    text = path.read_text(encoding="utf-8")
    for key, value in values.items():
        text, count = re.subn(
            rf"^{key} = .*$", lambda _, k=key, v=value: f"{k} = {v}", text, count=1, flags=re.M
        )
        assert count == 1, (path.name, key)
    path.write_text(text + more, encoding="utf-8")
    tomllib.loads(text + more)


def problems(checkout: Checkout) -> list[str]:
    """What `weaklink check` says is wrong."""
    found = checkout.run("weaklink", "check", "--json")
    return [f"{one['file']}: {one['message']}" for one in json.loads(found.stdout) if one["level"] == "error"]


def assessed(checkout: Checkout, case: str) -> dict[str, object]:
    found = checkout.run("weaklink", "assess", case, "--json")
    assert found.returncode == 0, found.stderr
    answer: dict[str, object] = json.loads(found.stdout)
    return answer


def test_an_exercise_is_two_files_and_a_case(checkout: Checkout) -> None:
    new(checkout, "exercise", "heel-sit-lift")
    knowledge = checkout.package / "knowledge"
    fill(knowledge / "exercises" / "heel-sit-lift.toml", EXERCISE, MORE)
    fill(knowledge / "movements" / "heel-sit-lift.toml", {}, MOVEMENT)
    case = checkout.folder / "tests" / "cases" / "exercise-heel-sit-lift.toml"
    fill(
        case,
        {
            "story": '"A novice with a sore heel tendon begins gently."',
            "age": '30\nlevel = "novice"\npain_at = ["achilles-mid"]',
        },
    )

    # A move that opens sessions says why in a sentence of its own; `check` asks for it.
    assert problems(checkout) == [
        'knowledge/exercises/heel-sit-lift.toml: no message "training.because-first-heel-sit-lift" says why it comes first'
    ]
    sentences = checkout.package / "locale" / "en" / "messages" / "training.toml"
    why = '"training.because-first-heel-sit-lift" = "A small lift is a safe way to start for a sore heel tendon."\n'
    sentences.write_text(sentences.read_text(encoding="utf-8") + why, encoding="utf-8")

    assert problems(checkout) == []
    assert "heel-sit-lift" in json.dumps(assessed(checkout, str(case))["plan"])
    who = checkout.run("weaklink", "who", "heel-sit-lift")
    assert who.returncode == 0, who.stderr


def test_a_red_flag_is_a_record_its_question_on_a_screen_and_a_case_that_refers(checkout: Checkout) -> None:
    new(checkout, "red-flag", "some-alarm")
    knowledge = checkout.package / "knowledge"
    flag = {
        "tier": '"same-day"', "because": '"Skin that turns black needs a doctor today."',
        "see": '"Have a doctor look at this today."', "tell": '["Since when, and how fast it grew."]',
    }  # fmt: skip
    fill(knowledge / "red-flags" / "some-alarm.toml", flag, SOURCE)
    question = knowledge / "questions" / "some-alarm.toml"
    fill(question, {"text": '"Has a patch of skin turned black?"'}, SOURCE)
    case = checkout.folder / "tests" / "cases" / "red-flag-some-alarm.toml"
    fill(case, {"story": '"A black patch of skin ends the way to training."'})
    assert any("some-alarm" in text or "asked" in text for text in problems(checkout))

    screen = knowledge / "screens" / "first-checks.toml"
    screen.write_text(
        screen.read_text(encoding="utf-8").replace("questions = [", 'questions = [\n  "some-alarm",')
    )
    assert len(problems(checkout)) == 2  # what it means, and what it does not mean, is not said yet

    question.write_text(question.read_text(encoding="utf-8") + EXAMPLES, encoding="utf-8")
    assert problems(checkout) == []
    found = assessed(checkout, str(case))
    assert found["plan"] is None
    assert "some-alarm" in json.dumps(found["disposition"])


def test_a_question_that_decides_nothing_is_told_and_one_that_does_is_taken(checkout: Checkout) -> None:
    new(checkout, "question", "some-question")
    path = checkout.package / "knowledge" / "questions" / "some-question.toml"
    stub = path.read_text(encoding="utf-8")
    words = {"kind": '"yes-no"', "text": '"Does the calf tire first on hills?"', "decides": '"finding"'}
    fill(path, words, SOURCE)
    assert problems(checkout)

    path.write_text(stub, encoding="utf-8")
    more = '\nsites = ["calf", "achilles-mid"]\nareas = ["calf-soleus"]\nkind_of_link = "strength"\n'
    fill(path, words, more + SOURCE)

    assert problems(checkout) == []


def test_everything_was_made_in_the_copy(checkout: Checkout) -> None:
    new(checkout, "exercise", "heel-sit-lift")

    assert not (ROOT / "src" / "weaklink" / "knowledge" / "exercises" / "heel-sit-lift.toml").exists()
    shutil.rmtree(checkout.folder)
