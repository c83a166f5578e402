"""The physiotherapist's plan on its page: looked for, entered, changed, asked about, taken out; kept and erased."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.web.states import planned, referred
from tests.web.visitor import Visitor, at_home

OWN = {
    "does": "keep", "named": "Heel drops on the stairs", "areas": ["calf-soleus"], "jumps": "no", "side": "left",
    "sets": "3", "reps": "15", "days": ["mon", "tue"], "by": "Anna",
}  # fmt: skip


@pytest.fixture
def visitor(tmp_path: Path) -> Iterator[Visitor]:
    with at_home(tmp_path) as found:
        planned(found)
        yield found


def keep(visitor: Visitor, move: str, *days: str, **said: str) -> Any:
    dose = {"sets": "3", "reps": "12", "side": "both"} | said
    return visitor.post("/prescribed", does="keep", move=move, days=list(days), **dose)


def table(visitor: Visitor) -> dict[str, Any]:
    _, episode = visitor.house.present()
    assert episode is not None
    return episode.given


def first_week(visitor: Visitor) -> list[dict[str, Any]]:
    _, episode = visitor.house.present()
    assert episode is not None
    plan = visitor.house.records.plan(episode.id)
    assert plan is not None
    found: list[dict[str, Any]] = plan.document["weeks"][0]["sessions"]
    return found


def test_a_move_is_looked_for_chosen_and_kept_and_leads_the_plan(visitor: Visitor) -> None:
    found = visitor.post("/prescribed", does="search", words="clam shells")
    chosen = visitor.post("/prescribed", does="choose", move="clamshell")
    kept = keep(visitor, "clamshell", "mon", "wed", by="Anna")
    page, plan = visitor.get("/prescribed").text, visitor.get("/plan").text

    assert found.status_code == chosen.status_code == 200
    assert 'value="clamshell"' in found.text
    assert kept.headers["location"] == "/prescribed#theirs"
    assert "From Anna, your physiotherapist." in page
    assert "From Anna, your physiotherapist." in plan
    assert table(visitor)["prescribed"] == [
        {"move": "clamshell", "side": "both", "sets": 3, "reps": 12, "days": ["mon", "wed"], "by": "Anna"}
    ]
    assert [s["day"] for s in first_week(visitor) if s.get("prescribed")] == ["mon", "wed"]


def test_a_move_in_own_words_is_entered_and_what_it_trains_is_left_to_it(visitor: Visitor) -> None:
    before = {area for s in first_week(visitor) for item in s["items"] for area in item.get("areas", [])}
    opened = visitor.post("/prescribed", does="own", words="Heel drops")
    kept = visitor.post("/prescribed", **OWN | {"areas": ["quads"]})
    session = first_week(visitor)[0]
    after = {area for s in first_week(visitor) for item in s["items"] for area in item.get("areas", [])}

    assert 'value="Heel drops"' in opened.text
    assert kept.status_code == 303
    assert session["prescribed"][0]["name"] == "Heel drops on the stairs"
    assert "quads" in before
    assert "quads" not in after


def test_a_move_is_changed_taken_out_and_the_whole_plan_as_well(visitor: Visitor) -> None:
    keep(visitor, "clamshell", "mon")
    visitor.post("/prescribed", **OWN)
    form = visitor.post("/prescribed", does="change", number="1", slot="physio-heel-drops-on-the-stairs")
    visitor.post(
        "/prescribed", **OWN | {"number": "1", "slot": "physio-heel-drops-on-the-stairs", "reps": "20"}
    )
    changed = table(visitor)["prescribed"]
    visitor.post("/prescribed", does="drop", number="0", slot="physio-heel-drops-on-the-stairs")
    kept = table(visitor)["prescribed"]
    visitor.post("/prescribed", does="drop", number="0", slot="physio-clamshell")
    left = table(visitor)["prescribed"]
    visitor.post("/prescribed", does="clear")

    assert 'value="15"' in form.text
    assert [move["reps"] for move in changed] == [12, 20]
    assert kept == changed  # it names another move than the one that stands there
    assert [move.get("named") for move in left] == ["Heel drops on the stairs"]
    assert "prescribed" not in table(visitor)
    assert not [s for s in first_week(visitor) if s.get("prescribed")]


def test_what_our_limits_do_not_allow_waits_until_it_was_asked_about(visitor: Visitor) -> None:
    keep(visitor, "pogo-hop", "mon")
    slot = {"number": "0", "slot": "physio-pogo-hop"}
    page, waiting = visitor.get("/prescribed").text, first_week(visitor)[0]
    visitor.post("/prescribed", does="agree", about="something-else", **slot)
    still = table(visitor)["prescribed"][0].get("agreed")
    about = waiting["prescribed"][0]["about"]
    visitor.post("/prescribed", does="agree", about=about, **slot)
    given = first_week(visitor)[0]

    assert "They know, and want it" in page
    assert "waits until its gate is open" in page
    assert waiting["prescribed"][0]["waits"]
    assert still is None
    assert table(visitor)["prescribed"][0]["agreed"] == sorted(about)
    assert not given["prescribed"][0].get("waits")
    assert given["minutes"] > 0

    # Another move in its place, and nothing of that was agreed about.
    visitor.post(
        "/prescribed", does="keep", move="squat-jump", side="none", sets="2", reps="5", days=["mon"], **slot
    )
    assert "agreed" not in table(visitor)["prescribed"][0]


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ({"sets": ""}, "1"),
        ({"sets": "0"}, "1"),
        ({"reps": "", "hold_s": ""}, "Say repetitions, seconds held, or both."),
        ({"reps": "abc"}, "200"),
        ({"days": []}, "Choose at least one day."),
        ({"named": "  "}, "Write the name of the move"),
        ({"areas": []}, "Choose what it trains"),
        ({"jumps": ""}, "Say whether it hops, jumps or runs."),
        ({"kg": "5"}, "Say what is held"),
        ({"held": "kettlebell", "colour": "red"}, "Only a band has a colour."),
        ({"by": "x" * 61}, "60"),
        ({"side": ""}, "Choose a side"),
        ({"side": "up"}, "one of these"),
    ],
)
def test_a_form_that_is_wrong_says_by_the_field_what_would_be_right(
    visitor: Visitor, said: dict[str, Any], wanted: str
) -> None:
    answer = visitor.post("/prescribed", **OWN | said)

    assert answer.status_code == 422
    assert wanted in answer.text
    assert 'class="problem"' in answer.text
    assert "prescribed" not in table(visitor)


def test_the_same_move_twice_on_a_day_is_refused_beside_the_days(visitor: Visitor) -> None:
    keep(visitor, "clamshell", "mon")
    answer = keep(visitor, "clamshell", "mon", "fri")

    assert answer.status_code == 422
    assert "stands on Monday already" in answer.text


def test_what_makes_no_sense_is_refused_and_keeps_nothing(visitor: Visitor) -> None:
    for said in ({"does": "dance"}, {"does": "choose", "move": "no-such-move"}):
        assert visitor.post("/prescribed", **said).status_code == 422
    assert visitor.post("/prescribed", does="change", number="7", slot="x").status_code == 303
    assert keep(visitor, "no-such-move", "mon").status_code == 422
    assert "prescribed" not in table(visitor)


def test_it_is_in_my_data_and_goes_with_an_erasure(visitor: Visitor) -> None:
    visitor.post("/prescribed", **OWN | {"named": "My secret drops"})
    packed = visitor.post("/settings/my-data").content
    data = json.loads(zipfile.ZipFile(io.BytesIO(packed)).read("data.json"))
    given = data["tables"]["episodes"][-1]["given"]
    visitor.post("/settings/erase", confirm="1")

    assert given["prescribed"][0]["named"] == "My secret drops"
    assert visitor.get("/prescribed").status_code == 303


def test_names_are_shown_as_text_and_never_as_markup(visitor: Visitor) -> None:
    visitor.post("/prescribed", **OWN | {"named": "<script>alert(1)</script>", "by": "<b>Bo</b>"})

    for page in ("/prescribed", "/plan", "/plan/print", "/today"):
        text = visitor.get(page).text
        assert "<script>alert(1)" not in text
        assert "<b>Bo</b>" not in text
    assert "&lt;script&gt;" in visitor.get("/prescribed").text


def test_where_nothing_may_be_trained_none_of_it_is_shown(tmp_path: Path) -> None:
    with at_home(tmp_path) as visitor:
        referred(visitor)
        page, answer = visitor.get("/prescribed"), keep(visitor, "clamshell", "mon")

    assert page.headers["location"] == "/referral"
    assert answer.headers["location"] == "/referral"


def test_the_week_leads_to_it_and_every_face_shows_it(visitor: Visitor) -> None:
    asked = visitor.post("/week", minutes="15", days=["mon", "thu"], follows_physio="1")
    visitor.post("/prescribed", **OWN | {"days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]})
    again = visitor.post("/week", minutes="20", days=["mon", "thu"], follows_physio="1")
    pack = visitor.client.get("/api/v1/sessions/today").json()["pack"]

    assert asked.headers["location"] == "/prescribed"
    assert again.headers["location"] == "/plan"
    assert table(visitor)["prescribed"][0]["named"] == "Heel drops on the stairs"
    assert pack["items"][0]["slot"] == "physio-heel-drops-on-the-stairs"
    assert pack["items"][0]["rungs"][0]["name"] == "Heel drops on the stairs"
    assert "Heel drops on the stairs" in visitor.get("/plan/print").text
    assert "Heel drops on the stairs" in visitor.get("/today").text
    assert "Made anew around your physiotherapist" in visitor.get("/plan").text or again.status_code == 303


def test_an_assessment_over_the_api_leads_with_it(visitor: Visitor) -> None:
    flags = dict.fromkeys(visitor.house.library.red_flags, "no")
    move = {"move": "clamshell", "sets": 3, "reps": 12, "days": ["mon"]}
    body = {"given": {"age": 33, "days": ["mon", "thu"], "answers": flags, "prescribed": [move]}}
    found = visitor.client.post("/api/v1/assessments", json=body)
    wrong = visitor.client.post(
        "/api/v1/assessments", json={"given": body["given"] | {"prescribed": [{**move, "sets": 0}]}}
    )
    first = found.json()["plan"]["weeks"][0]["sessions"][0]

    assert (first["day"], first["prescribed"][0]["exercise"]) == ("mon", "clamshell")
    assert wrong.status_code == 422
    assert "prescribed[0].sets" in wrong.text
