"""Settings: every one of them changes something a runner sees, and what is wrong is named beside its field."""

from __future__ import annotations

import html
import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.web.states import planned, ranked
from tests.web.visitor import Fields, Visitor, at_home, tight
from tests.web.weeks import session, tell
from weaklink.care.ports import Runner
from weaklink.web.visit.preferences import HEARD, THINGS

PLAIN = {"country": "", "units": "km", "theme": "", "language": "en"}
WEEK = {"asks": ["week", "heard"], "minutes": "15", "days": ["mon", "wed", "fri"], "heard": list(HEARD)}


@pytest.fixture
def nobody(visitor: Visitor) -> Visitor:
    """Somebody who has said nothing yet."""
    visitor.post("/settings/erase", confirm="1")
    return visitor


@pytest.fixture
def runner(runner: Visitor) -> Visitor:
    """Somebody with a plan for three days of fifteen minutes, and one session done."""
    tell(runner, session(1))
    return runner


def choose(visitor: Visitor, **said: Any) -> Any:
    return visitor.send("/settings", {**PLAIN, **said})


def on_page(page: str, name: str) -> list[str]:
    """The values of a field that are ticked or chosen."""
    return re.findall(rf'name="{name}" value="([^"]*)" checked', page)


def problem(page: str, field: str) -> str:
    found = re.search(rf'id="problem-{field}">([^<]+)<', page)
    return html.unescape(found.group(1)) if found else ""


def newest_plan(visitor: Visitor) -> dict[str, Any]:
    """The plan every session follows now, as it is kept; looking at it makes none."""
    with zipfile.ZipFile(io.BytesIO(visitor.post("/settings/my-data").content)) as packed:
        plans = json.loads(packed.read("data.json"))["tables"]["plans"]
    newest: dict[str, Any] = max(plans, key=lambda plan: plan["created_at"])["document"]
    return newest


def planned_days(visitor: Visitor) -> list[str]:
    """The days of the first week of that plan."""
    return [session["day"] for session in newest_plan(visitor)["weeks"][0]["sessions"]]


def entries(visitor: Visitor) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = visitor.client.get("/api/v1/diary").json()["entries"]
    return found


# --- each of them is real ----------------------------------------------------------------------------------


def test_everything_on_the_page_is_kept_as_it_was_chosen(nobody: Visitor) -> None:
    said = {"country": "CH", "units": "mi", "theme": "dark", "asks": ["heard", "week"], "heard": ["voice"],
            "minutes": "25", "days": ["sun", "tue"], "equipment": ["band", "weight"]}  # fmt: skip

    assert choose(nobody, **said).headers["location"] == "/settings?saved=1"

    page = nobody.get("/settings?saved=1").text
    assert "Saved." in page
    assert 'value="CH" selected' in page
    assert {name: on_page(page, name) for name in ("units", "theme", "heard", "minutes", "days", "equipment")} == {
        "units": ["mi"], "theme": ["dark"], "heard": ["voice"], "minutes": ["25"], "days": ["tue", "sun"],
        "equipment": ["band", "weight"],
    }  # fmt: skip


def test_every_field_of_the_form_is_one_that_is_read(nobody: Visitor) -> None:
    page = nobody.get("/settings").text
    form = page[page.index('action="/settings"') : page.index("</form>")]

    names = {name for _, name, _ in Fields(form).names}
    assert names == {
        "csrf",
        "country",
        "units",
        "weights_in",
        "theme",
        "language",
        "asks",
        "heard",
        "minutes",
        "days",
        "equipment",
    }
    assert {v for _, name, v in Fields(form).names if name == "equipment"} == set(THINGS)


def test_the_look_follows_the_runner_to_every_page_but_not_to_a_shared_plan(runner: Visitor) -> None:
    choose(runner, theme="dark")
    runner.post("/hand-on", does="make", purpose="plan")
    shared = re.search(r"(/shared/[\w-]+)", runner.get("/hand-on").text)
    assert shared

    assert all('data-theme="dark"' in runner.get(page).text for page in ("/plan", "/about", "/nowhere"))
    assert "data-theme" not in runner.get(shared.group(1)).text

    choose(runner)
    assert "data-theme" not in runner.get("/plan").text


def test_a_session_is_told_how_to_speak_and_since_when(runner: Visitor) -> None:
    def told() -> list[str]:
        found = re.search(r'data-heard="([^"]*)" data-heard-at="([^"]*)"', tight(runner.get("/session").text))
        assert found
        return list(found.groups())

    assert told() == ["sound voice vibration", ""]
    choose(runner, asks="heard", heard=["vibration"])
    first = told()
    choose(runner, asks="heard")
    second = told()

    assert (first[0], second[0]) == ("vibration", "")
    assert "" < first[1] < second[1]
    choose(runner)  # a form without that part leaves it alone
    assert told() == second


def test_days_and_minutes_make_the_plan_anew_and_the_diary_stays(runner: Visitor) -> None:
    before, progress = entries(runner), runner.get("/progress").text
    assert len(before) == 8
    assert planned_days(runner) == ["mon", "wed", "fri"]

    assert choose(runner, **{**WEEK, "days": ["tue", "sat"], "minutes": "25"}).status_code == 303

    # Before anybody has opened the plan: the session of today comes from the new one already.
    plan = newest_plan(runner)
    assert [session["day"] for session in plan["weeks"][0]["sessions"]] == ["tue", "sat"]
    assert max(session["minutes"] for week in plan["weeks"] for session in week["sessions"]) > 15
    assert entries(runner) == before
    assert runner.client.get("/api/v1/diary/trend").json()["sessions"]["done"] == 1
    assert "Straight leg raise" in runner.get("/progress").text
    assert "Nothing to see yet" not in progress


def test_the_same_week_again_makes_no_plan(runner: Visitor) -> None:
    choose(runner, **WEEK)
    first = newest_plan(runner)
    with_theme = choose(runner, **{**WEEK, "theme": "light"})

    assert with_theme.status_code == 303
    assert newest_plan(runner) == first


def test_things_at_hand_change_what_a_session_offers(runner: Visitor) -> None:
    def moves() -> list[str]:
        sessions = newest_plan(runner)["weeks"][0]["sessions"]
        return [item["id"] for session in sessions for item in session["items"] if item["id"]]

    long = {**WEEK, "minutes": "45"}
    choose(runner, **long)
    bare = moves()
    choose(runner, **{**long, "equipment": list(THINGS)})
    assert moves() != bare
    choose(runner, **long)
    assert moves() == bare


def test_before_a_plan_a_week_is_what_the_next_one_starts_from(nobody: Visitor) -> None:
    choose(nobody, **{**WEEK, "days": ["thu"], "minutes": "30", "equipment": ["ball"]})
    ranked(nobody)
    page = nobody.get("/week").text

    assert (on_page(page, "days"), on_page(page, "minutes"), on_page(page, "equipment")) == (
        ["thu"], ["30"], ["ball"],
    )  # fmt: skip


# --- what is wrong -----------------------------------------------------------------------------------------

WRONG = [
    ({"country": "XX"}, "country"),
    ({"units": "furlong"}, "units"),
    ({"theme": "mauve"}, "theme"),
    ({"language": "tlh"}, "language"),
    ({"asks": "heard", "heard": ["smoke"]}, "heard"),
    ({**WEEK, "minutes": "4"}, "minutes"),
    ({**WEEK, "minutes": "soon"}, "minutes"),
    ({**WEEK, "days": []}, "days"),
    ({**WEEK, "days": ["mon", "someday"]}, "days"),
    ({**WEEK, "equipment": ["trapeze"]}, "equipment"),
    ({"equipment": ["trapeze"]}, "equipment"),
]


@pytest.mark.parametrize(("said", "field"), WRONG)
def test_what_is_wrong_is_named_beside_its_field_and_nothing_is_kept(
    runner: Visitor, said: dict[str, Any], field: str
) -> None:
    before = runner.get("/settings").text, runner.get("/week").text

    answer = choose(runner, **{"theme": "dark", **said})

    assert answer.status_code == 422
    assert problem(answer.text, field).startswith("Please ")
    assert re.findall(r'id="problem-([a-z]+)"', answer.text) == [field]
    assert (runner.get("/settings").text, runner.get("/week").text) == before


def test_a_week_no_plan_fits_into_is_refused_with_the_reason(visitor: Visitor) -> None:
    visitor.post("/settings/erase", confirm="1")
    visitor.begin("prevent", level="regular", since="")
    visitor.answer({})
    visitor.post("/week", minutes="45", days=["tue", "fri"], areas="7", rounds="3")
    assert visitor.get("/plan").status_code == 200

    answer = choose(visitor, **{**WEEK, "days": ["tue", "fri"], "minutes": "5"})

    assert answer.status_code == 422
    assert "minutes" in problem(answer.text, "minutes")
    assert "45" in on_page(visitor.get("/settings").text, "minutes")


# --- units -------------------------------------------------------------------------------------------------


def test_distances_are_said_in_miles_wherever_they_are(nobody: Visitor) -> None:
    choose(nobody, units="mi")
    planned(nobody)
    nobody.post(
        "/who", age="33", level="novice", since="3", since_unit="weeks", km_per_week="12", sex="female"
    )
    assert 'name="km_per_week"' in (page := nobody.get("/who").text)
    assert 'value="12"' in page
    with zipfile.ZipFile(io.BytesIO(nobody.post("/settings/my-data").content)) as packed:
        given = json.loads(packed.read("data.json"))["tables"]["episodes"][0]["given"]
    assert given["km_per_week"] == pytest.approx(19.3121)

    nobody.get("/plan")
    run = {"does": "run", "id": "a-run-of-mine", "distance": "5"}
    assert nobody.send("/diary", run).status_code == 303
    pages = {path: nobody.get(path).text for path in ("/result", "/plan", "/diary", "/progress", "/running")}
    assert "12 mi a week" in pages["/result"]
    assert "5 mi" in pages["/diary"]
    for path, text in pages.items():
        assert not re.findall(r"[0-9] ?km\b", re.sub(r"<[^>]+>", " ", text)), path


def test_a_distance_that_is_wrong_is_named_in_miles(nobody: Visitor) -> None:
    choose(nobody, units="mi")
    nobody.post("/start", aim="pain")

    answer = nobody.post("/who", age="33", level="novice", km_per_week="400")

    assert answer.status_code == 422
    assert problem(answer.text, "km_per_week") == "Please enter a number from 0 to 310."
    assert 'value="400"' in answer.text


# --- erasing -----------------------------------------------------------------------------------------------


def test_erasing_asks_for_its_box_and_leaves_everything_without(runner: Visitor) -> None:
    answer = runner.post("/settings/erase")

    assert (answer.status_code, problem(answer.text, "confirm")) == (422, "Please tick the box first.")
    assert len(entries(runner)) == 8


def test_everybody_who_is_kept_is_in_the_download_and_gone_after_erasing(tmp_path: Path) -> None:
    with at_home(tmp_path) as visitor:
        house = visitor.house
        assert house is not None
        visitor.begin()
        house.records.keep_runner(Runner(id="another", created_at=house.clock.now())).result(5)
        with zipfile.ZipFile(io.BytesIO(visitor.post("/settings/my-data").content)) as packed:
            people = [row["id"] for row in json.loads(packed.read("data.json"))["tables"]["runners"]]
        visitor.post("/settings/erase", confirm="1")

        assert len(people) == 2
        assert "another" in people
        assert house.records.runners() == ()
