"""What somebody can lift, weighs and lifts: asked beside the week, kept in kilograms, asked once."""

from __future__ import annotations

import html
import io
import json
import re
import zipfile
from typing import Any

import msgspec
import pytest

from tests.web.states import begun, planned
from tests.web.visitor import Fields, Visitor, tight
from weaklink.case.lifting import Lifting
from weaklink.case.load import Owned, as_kg

WEEK = {"minutes": "30", "days": ["mon", "wed", "fri"]}
ASKED = {**WEEK, "asks": "weights", "weights_in": "kg", "shown_in": "kg"}
PLAIN = {"country": "", "units": "km", "theme": "", "language": "en"}
FULL = {
    **ASKED,
    "owns": ["dumbbell-pair", "rucksack"],
    "equipment": ["band"],
    "kg-dumbbell-pair": "2-24",
    "kg-rucksack": "15",
    "bands": ["green", "red"],
    "mass": "62.5",
    "legs": "weekly",
    "squat": "50",
}


@pytest.fixture
def runner(visitor: Visitor) -> Visitor:
    """Somebody with a plan who said nothing of weights."""
    planned(visitor)
    return visitor


@pytest.fixture
def lifter(visitor: Visitor) -> Visitor:
    """Nothing hurts; twenty times up from a chair on each leg."""
    visitor.begin("prevent", level="seasoned", since="", sex="male", age="34")
    visitor.answer({})
    visitor.post("/tests/one-leg-sts-30s", value__right="20", value__left="20")
    visitor.answer({})
    return visitor


def given(runner: Visitor) -> Any:
    """What was said, as it is read now."""
    from weaklink.case.case_file import read_given

    assert runner.house is not None
    _, episode = runner.house.present()
    assert episode is not None
    return read_given(episode.given, runner.house.library, assume_unanswered_no=False)


def stands(page: str, name: str) -> str:
    """What stands in a field of numbers."""
    return next(value for _, field, value in Fields(page).names if field == name)


def ticked(page: str, name: str) -> list[str]:
    return re.findall(rf'name="{name}" value="([^"]*)" checked', page)


def problem(page: str, field: str) -> str:
    found = re.search(rf'id="problem-{field}">([^<]+)<', page)
    return html.unescape(found.group(1)) if found else ""


def loads(runner: Visitor) -> list[dict[str, Any]]:
    """Every load of the newest plan."""
    with zipfile.ZipFile(io.BytesIO(runner.post("/settings/my-data").content)) as packed:
        plans = json.loads(packed.read("data.json"))["tables"]["plans"]
    newest = max(plans, key=lambda plan: plan["created_at"])["document"]
    items = [item for week in newest["weeks"] for session in week["sessions"] for item in session["items"]]
    return [item["load"] for item in items if "load" in item]


def test_nothing_is_chosen_beforehand_and_nothing_has_to_be(runner: Visitor) -> None:
    page = runner.get("/week").text

    assert ticked(page, "owns") == ticked(page, "bands") == ticked(page, "equipment") == []
    assert ticked(page, "weights_in") == ["kg"]
    assert '<option value="" selected>' in tight(page)
    assert {stands(page, name) for name in ("mass", "squat", "deadlift", "kg-barbell")} == {""}

    before = loads(runner)
    runner.send("/week", {**ASKED, "minutes": "15"})
    found = given(runner)
    assert (found.mass_kg, found.owns, found.lifting) == (None, None, None)
    assert loads(runner) == before


def test_everything_is_kept_and_shown_again(runner: Visitor) -> None:
    assert runner.send("/week", FULL).headers["location"] == "/plan"

    found = given(runner)
    assert found.mass_kg == 62.5
    assert found.owns == (
        Owned(kind="band", colours=("red", "green")),
        Owned(kind="dumbbell-pair", kg=tuple(range(2, 25, 2))),
        Owned(kind="rucksack", kg=(15,)),
    )
    assert found.lifting == Lifting(legs="weekly", squat_kg=50)

    page = runner.get("/week").text
    assert ticked(page, "owns") == ["rucksack", "dumbbell-pair"]
    assert ticked(page, "bands") == ["red", "green"]
    assert stands(page, "kg-dumbbell-pair") == "2-24"
    assert stands(page, "mass") == "62.5"
    assert '<option value="weekly" selected>' in tight(page)


def test_a_plan_holds_only_what_is_owned(lifter: Visitor) -> None:
    lifter.send("/week", {**ASKED, "owns": "dumbbell-pair", "kg-dumbbell-pair": "3, 7", "mass": "80"})
    lifter.send("/programme", {"does": "leave"})  # the circuit has a move with two

    held = {(load["kind"], load.get("kg")) for load in loads(lifter)}
    assert held <= {(kind, kg) for kind in ("dumbbell", "dumbbell-each") for kg in (3, 7)}
    assert held
    assert "two dumbbells, 7 kg each" in lifter.get("/plan").text


def test_a_plan_says_how_to_put_a_weight_together(lifter: Visitor) -> None:
    said = {"owns": ["rucksack", "barbell"], "equipment": ["bar", "bench"], "mass": "80"}
    lifter.send("/week", {**ASKED, "minutes": "45", **said})
    lifter.send("/programme", {"does": "leave"})  # who learns to lift begins without a bar

    plan = lifter.get("/plan").text
    assert re.search(r"rucksack, (\d+) kg \(\1 bottles of 1 l\)", plan)
    assert re.search(r"barbell, [\d.]+ kg \(20 \+ 2 × [\d.]+\)", plan)


def test_what_is_emptied_is_not_said_any_more(runner: Visitor) -> None:
    runner.send("/week", FULL)
    runner.send("/week", ASKED)

    found = given(runner)
    assert (found.mass_kg, found.owns, found.lifting) == (None, None, None)


def test_a_form_that_does_not_ask_leaves_it_alone(runner: Visitor) -> None:
    runner.send("/week", FULL)
    before = given(runner)
    runner.send("/week", WEEK)
    runner.send("/settings", PLAIN)

    found = given(runner)
    assert (found.mass_kg, found.owns, found.lifting) == (before.mass_kg, before.owns, before.lifting)


def test_a_number_beside_what_is_not_ticked_says_nothing(runner: Visitor) -> None:
    runner.send("/week", {**FULL, "owns": [], "kg-barbell": "nonsense", "legs": "never"})

    found = given(runner)
    assert found.owns == (Owned(kind="band", colours=("red", "green")),)
    assert found.lifting == Lifting(legs="never")


@pytest.mark.parametrize(
    ("field", "text", "says"),
    [
        ("mass", "much", "Please enter a number from 20 to 250."),
        ("mass", "9", "Please enter a number from 20 to 250."),
        ("squat", "0", "Please enter a number from 1 to 500."),
        ("squat", "nan", "Please enter a number from 1 to 500."),
        ("kg-rucksack", "15 bottles", "Please write weights from 0.5 to 500, such as 2, 4, 6 or 2-24."),
        ("kg-dumbbell-pair", "24-2", "Please write weights from 0.5 to 500, such as 2, 4, 6 or 2-24."),
    ],
)
@pytest.mark.parametrize("path", ["/week", "/settings"])
def test_what_is_wrong_is_named_beside_its_field(
    runner: Visitor, path: str, field: str, text: str, says: str
) -> None:
    before = given(runner)
    answer = runner.send(path, {**PLAIN, **FULL, field: text})

    assert answer.status_code == 422
    assert problem(answer.text, field) == says
    assert stands(answer.text, field) == text
    assert stands(answer.text, "kg-barbell") == ""
    assert ticked(answer.text, "owns") == ["rucksack", "dumbbell-pair"]
    assert given(runner) == before


# --- pounds -----------------------------------------------------------------------------------------------


def test_pounds_are_kept_as_kilograms_and_shown_as_pounds(lifter: Visitor) -> None:
    runner = lifter
    said = {"weights_in": "lb", "owns": ["dumbbell", "gym"], "kg-dumbbell": "5, 10, 15", "mass": "150"}
    runner.send("/week", {**ASKED, **said})

    found = given(runner)
    assert found.mass_kg == as_kg(150)
    assert Owned(kind="gym", marked_in="lb") in found.owns
    assert next(one.kg for one in found.owns if one.kind == "dumbbell") == (as_kg(5), as_kg(10), as_kg(15))
    page = runner.get("/week").text
    assert ticked(page, "weights_in") == ["lb"]
    assert (stands(page, "kg-dumbbell"), stands(page, "mass")) == ("5, 10, 15", "150")
    shown = re.findall(r"([\d.]+) (kg|lb)", runner.get("/plan").text)
    assert shown
    assert all(unit == "lb" and float(number) % 5 == 0 for number, unit in shown)
    session = runner.client.get("/api/v1/sessions/today?anyway=true").text
    assert re.search(r"\d lb", session)
    assert not re.search(r"\d kg", session)


def test_another_unit_changes_no_weight_that_was_left_alone(runner: Visitor) -> None:
    runner.send("/week", FULL)
    before = given(runner)
    runner.send("/week", {**FULL, "weights_in": "lb"})

    found = given(runner)
    assert (found.mass_kg, found.owns, found.lifting) == (before.mass_kg, before.owns, before.lifting)
    page = runner.get("/week").text
    assert (stands(page, "mass"), stands(page, "squat")) == ("137.8", "110.2")

    runner.send("/week", {**FULL, "weights_in": "lb", "squat": "135"})
    assert given(runner).lifting == Lifting(legs="weekly", squat_kg=as_kg(135))
    assert given(runner).mass_kg == 62.5


def test_the_unit_of_weights_is_chosen_apart_from_that_of_distances(lifter: Visitor) -> None:
    lifter.send("/settings", {**PLAIN, "units": "mi"})
    assert ticked(lifter.get("/week").text, "weights_in") == ["lb"]  # who reads miles and said nothing

    lifter.send("/settings", {**PLAIN, "units": "mi", "weights_in": "kg"})
    lifter.send("/week", {**FULL, "weights_in": ""})
    assert re.search(r"\d kg", lifter.get("/plan").text)
    assert ticked(lifter.get("/settings").text, "units") == ["mi"]
    assert ticked(lifter.get("/settings").text, "weights_in") == ["kg"]


# --- asked once -------------------------------------------------------------------------------------------


def test_settings_show_it_and_change_it(runner: Visitor) -> None:
    runner.send("/week", FULL)
    assert ticked(runner.get("/settings").text, "owns") == ["rucksack", "dumbbell-pair"]

    said = {"asks": ["weights"], "shown_in": "kg", "owns": "kettlebell", "kg-kettlebell": "8, 16"}
    assert runner.send("/settings", {**PLAIN, **said}).status_code == 303
    assert given(runner).owns == (Owned(kind="kettlebell", kg=(8, 16)),)
    assert {load.get("kg") for load in loads(runner)} <= {8, 16, None}


def test_before_anything_was_said_settings_ask_for_no_weights(visitor: Visitor) -> None:
    visitor.post("/settings/erase", confirm="1")

    assert 'name="owns"' not in visitor.get("/settings").text
    assert 'name="weights_in"' in visitor.get("/settings").text


def test_a_new_complaint_asks_for_none_of_it_again(runner: Visitor) -> None:
    runner.send("/week", FULL)
    before = given(runner)
    begun(runner)
    runner.post("/who", age="33", level="novice")

    found = given(runner)
    assert (found.mass_kg, found.owns, found.lifting) == (before.mass_kg, before.owns, before.lifting)
    assert found.answers == {}
    assert found.pain_at == ()


def test_it_is_among_ones_data_and_erased_with_it(runner: Visitor) -> None:
    runner.send("/week", FULL)
    with zipfile.ZipFile(io.BytesIO(runner.post("/settings/my-data").content)) as packed:
        kept = json.loads(packed.read("data.json"))["tables"]["episodes"][0]["given"]
    assert kept["lifts"] == {"legs": "weekly", "squat_kg": 50.0}
    assert {"kind": "rucksack", "kg": [15.0]} in kept["owns"]

    runner.post("/settings/erase", confirm="1")
    begun(runner)
    runner.post("/who", age="33")
    assert given(runner).owns is None


def test_some_weight_is_no_choice_where_weights_are_asked_by_name(runner: Visitor) -> None:
    assert 'name="equipment" value="weight"' not in runner.get("/week").text

    runner.send("/week", {**WEEK, "equipment": ["weight"]})
    assert 'name="equipment" value="weight" checked' in tight(runner.get("/week").text)


def test_colours_without_a_band_say_nothing_and_a_band_without_colours_is_any(runner: Visitor) -> None:
    runner.send("/week", {**FULL, "equipment": [], "owns": []})
    assert given(runner).owns is None

    runner.send("/week", {**FULL, "bands": [], "owns": []})
    assert given(runner).owns is None
    assert given(runner).equipment == {"band"}


def test_a_kind_that_the_page_does_not_ask_stays(runner: Visitor) -> None:
    house = runner.house
    assert house is not None
    _, episode = house.present()
    assert episode is not None
    said = {**episode.given, "owns": [{"kind": "machine", "kg": [60]}, {"kind": "band"}]}
    house.records.keep_episode(msgspec.structs.replace(episode, given=said)).result(5)
    assert ticked(runner.get("/week").text, "equipment") == ["band"]

    runner.send("/week", {**ASKED, "owns": "gym"})
    assert given(runner).owns == (Owned(kind="gym"), Owned(kind="machine", kg=(60,)))


def test_a_week_of_unlike_sessions_says_how_short_and_how_long(lifter: Visitor) -> None:
    lifter.send(
        "/week", {**ASKED, "minutes": "40", "owns": "dumbbell-pair", "kg-dumbbell-pair": "2-24", "mass": "80"}
    )
    plan = " ".join(lifter.get("/plan").text.split())

    said = re.search(r"This week: 3 sessions of (\d+) to (\d+) minutes", plan)
    assert said
    assert int(said[1]) + 5 < int(said[2])
    assert "with your weights, phase by phase" in lifter.get("/result").text
