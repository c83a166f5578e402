"""The weeks' pages: diary, progress and running, through their forms as a browser without JavaScript would."""

from __future__ import annotations

import datetime
import html
import re
import uuid
from pathlib import Path
from typing import Any

import pytest

from tests.web.states import KNEE_ANSWERS, KNEE_PAIN, pointed, referred, waiting
from tests.web.visitor import Visitor, at_home, tight
from tests.web.weeks import entry, session, some_weeks, tell
from weaklink.library.reading import Library

NOW = datetime.datetime.now().astimezone()
TODAY = NOW.date().isoformat()


def kept(visitor: Visitor, kind: str) -> list[dict[str, Any]]:
    """The entries of a kind that count."""
    entries = visitor.client.get("/api/v1/diary").json()["entries"]
    return [one for one in entries if one["kind"] == kind]


def write(visitor: Visitor, does: str, **fields: Any) -> Any:
    """Send one of the diary's forms, with the id the form was made with."""
    return visitor.send("/diary", {"does": does, "id": str(uuid.uuid4()), **fields})


def text_of(page: str) -> str:
    """The words of a page."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


# --- diary -------------------------------------------------------------------------------------------------


def test_a_morning_is_kept_as_it_was_told(runner: Visitor) -> None:
    assert "How was this morning?" in runner.get("/diary").text

    response = write(runner, "morning", pain="3", stiff_min="10", night="0", rest="0", date=TODAY)

    assert response.headers["location"] == "/diary?saved=1"
    (morning,) = kept(runner, "morning")
    assert (morning["pain"], morning["stiff_min"], morning["date"]) == (3, 10, TODAY)
    page = runner.get("/diary").text
    assert "Pain 3 of 10, stiff for 10 minutes" in page
    assert "What else happened?" in page


def test_pain_nobody_spoke_of_is_not_said_and_never_none(runner: Visitor) -> None:
    name, move = "session-quiet", {"slot": "raise", "exercise": "straight-leg-raise"}
    asked = [{**move, "sides": 2, "sets": 3, "reps": 10}]
    begun = entry("session-begun", 0.002, session=name, moves=asked)
    tell(runner, [begun, entry("set-done", 0.001, session=name, set=1, side="left", reps=10, **move)])

    words = text_of(runner.get("/diary").text)

    assert "moves done: 1, pain not said" in words
    assert "hurt" not in words.partition("moves done: 1")[2].partition("weaklink")[0]
    assert "pain 0" not in words


def test_a_move_that_was_swapped_before_its_first_set_is_not_done(runner: Visitor) -> None:
    name, move = "session-swapped", {"slot": "raise", "exercise": "straight-leg-raise"}
    begun = entry("session-begun", 0.003, session=name, moves=[{**move, "sides": 2, "sets": 3, "reps": 10}])
    hurt = entry("this-hurts", 0.002, session=name, rep=3, swapped_to="quad-set", **move)
    other = {"slot": "raise", "exercise": "quad-set"}
    tell(runner, [begun, hurt, entry("set-done", 0.001, session=name, set=1, side="left", reps=10, **other)])

    assert "moves done: 1, pain not said, 1 move hurt" in text_of(runner.get("/diary").text)


@pytest.mark.parametrize(
    ("pain", "says"),
    [
        ("2", "is green for your plan: up to 2. Train as planned."),
        ("3", "is amber for your plan: more than 2, up to 3."),
        ("4", "is red for your plan: more than 3."),
    ],
)
def test_a_morning_has_a_meaning_once_it_is_told(runner: Visitor, pain: str, says: str) -> None:
    assert "for your plan" not in text_of(runner.get("/diary").text)

    write(runner, "morning", pain=pain, date=TODAY)

    assert f"This morning's pain, {pain} of 10, {says}" in text_of(runner.get("/diary").text)


@pytest.mark.parametrize(("units", "km"), [("km", 5.0), ("mi", 8.047)])
def test_a_run_is_kept_in_the_runners_units(runner: Visitor, units: str, km: float) -> None:
    runner.post("/settings", country="", units=units, theme="", language="en")

    response = write(runner, "run", distance="5", minutes="31", pain="2", text="windy", date=TODAY)

    runner.post("/settings", country="", units="km", theme="", language="en")
    assert response.status_code == 303
    (run,) = kept(runner, "run-done")
    assert run["km"] == pytest.approx(km, abs=0.001)
    assert (run["minutes"], run["pain"]) == (31, 2)
    assert kept(runner, "note")[0]["text"] == "windy"


def test_a_form_sent_twice_is_one_entry(runner: Visitor) -> None:
    fields = {"does": "run", "id": str(uuid.uuid4()), "distance": "4", "date": TODAY}

    runner.send("/diary", fields)
    runner.send("/diary", fields)

    assert len(kept(runner, "run-done")) == 1
    assert runner.client.get("/api/v1/diary").json()["clashes"] == []


def test_every_form_of_the_page_carries_an_id_of_its_own(runner: Visitor) -> None:
    ids = re.findall(r'name="id" value="([^"]+)"', runner.get("/diary").text)

    assert len(ids) == len(set(ids)) >= 5
    assert not set(ids) & set(re.findall(r'name="id" value="([^"]+)"', runner.get("/diary").text))


def test_an_entry_is_taken_back(runner: Visitor) -> None:
    write(runner, "walk", minutes="35", pain="0", date=TODAY)
    (walk,) = kept(runner, "walked")

    runner.send("/diary", {"does": "undo", "undoes": walk["id"]})

    assert kept(runner, "walked") == []


def test_two_tellings_of_a_morning_stand_side_by_side(runner: Visitor) -> None:
    write(runner, "morning", pain="1", date=TODAY)
    write(runner, "morning", pain="3", date=TODAY)

    words = text_of(runner.get("/diary").text)

    assert "Told in two ways" in words
    assert words.index("Pain 3 of 10") < words.index("This one counts.") < words.index("Pain 1 of 10")


@pytest.mark.statement("S38")
def test_stretches_around_runs_are_counted_apart_from_sessions(runner: Visitor, library: Library) -> None:
    offered = set(re.findall(r'name="exercise" value="([^"]+)"', runner.get("/diary").text))
    stretched = {muscle for name in offered for muscle in library.exercises[name].stretches}
    assert stretched >= {"hamstrings", "quads"}

    write(runner, "run", distance="4", date=TODAY)
    write(runner, "stretch", exercise=sorted(offered), when="before-run")
    write(runner, "stretch", exercise=sorted(offered), when="after-run")

    trend = runner.client.get("/api/v1/diary/trend").json()
    assert (trend["stretches"]["before_runs"], trend["stretches"]["after_runs"]) == (1, 1)
    assert trend["sessions"]["done"] == 0
    words = text_of(runner.get("/diary").text)
    assert "Sessions 0 Runs 1 Run days with a stretch before 1 Run days with a stretch after 1" in words


@pytest.mark.statement("S2")
def test_a_new_place_of_pain_is_asked_for_and_leads_to_its_questions(runner: Visitor) -> None:
    page = runner.get("/diary").text
    assert "Does it hurt somewhere new?" in page
    assert 'value="shin-medial:left"' in page
    assert 'value="knee-anterior:right"' not in page  # told at the start

    response = write(runner, "place", place="shin-medial:left")

    assert response.headers["location"].startswith("/q/")
    assert kept(runner, "rescreened")[0]["new_places"] == [["shin-medial", "left"]]
    assert "shin-medial:left" in re.findall(r'value="([^"]+)" checked', runner.get("/where").text)


def test_pain_that_rises_three_mornings_closes_the_plan_and_the_pages_name_no_exercise(
    runner: Visitor, library: Library
) -> None:
    tell(runner, session(2))
    for days, pain in ((2, "2"), (1, "4")):
        write(runner, "morning", pain=pain, date=(NOW - datetime.timedelta(days)).date().isoformat())

    response = write(runner, "morning", pain="7", date=TODAY)

    assert response.headers["location"] == "/referral"
    for path in ("/diary", "/progress", "/running"):
        page = runner.get(path)
        assert page.status_code == 200
        assert 'href="/referral"' in page.text
        for name, exercise in library.exercises.items():
            assert exercise.name not in text_of(page.text), (path, name)
            assert f'"{name}"' not in page.text
            assert f"/{name}" not in page.text


@pytest.mark.parametrize(
    ("does", "fields", "field"),
    [
        ("morning", {"pain": ""}, "pain"),
        ("morning", {"pain": "11"}, "pain"),
        ("morning", {"pain": "2", "stiff_min": "soon"}, "stiff_min"),
        ("morning", {"pain": "2", "date": "2999-01-01"}, "date"),
        ("run", {"distance": ""}, "distance"),
        ("run", {"distance": "1e400"}, "distance"),
        ("run", {"distance": "NaN"}, "distance"),
        ("run", {"distance": "5", "minutes": "-1"}, "minutes"),
        ("walk", {"minutes": "30", "pain": "x"}, "pain"),
        ("stretch", {"when": "before-run"}, "exercise"),
        ("stretch", {"exercise": "clamshell", "when": "sometimes"}, "when"),
        ("note", {"text": " "}, "text"),
        ("note", {"text": "x" * 2001}, "text"),
        ("place", {"place": "nowhere:left"}, "place"),
    ],
)
def test_what_cannot_be_kept_is_named_beside_its_field(
    runner: Visitor, does: str, fields: dict[str, str], field: str
) -> None:
    before = runner.client.get("/api/v1/diary").json()

    response = write(runner, does, **fields)

    assert response.status_code == 422
    assert f'id="problem-{field}"' in response.text
    assert re.search(rf'<details class="fold" name="diary" id="{does}" open', response.text)
    assert runner.client.get("/api/v1/diary").json() == before


@pytest.mark.parametrize("fields", [{"does": "fly"}, {"does": "note", "id": "x", "text": "a"}, {}])
def test_a_form_that_is_not_ours_is_refused(runner: Visitor, fields: dict[str, str]) -> None:
    assert runner.send("/diary", fields).status_code == 422


# --- progress ----------------------------------------------------------------------------------------------


def test_before_the_first_entry_the_page_says_what_will_stand_there(runner: Visitor) -> None:
    words = text_of(runner.get("/progress").text)

    assert "After your first session this page fills itself." in words
    assert 'role="img" aria-label="Pain' not in runner.get("/progress").text


def test_charts_say_their_numbers_and_number_every_change(runner: Visitor) -> None:
    some_weeks(runner)

    page = runner.get("/progress").text

    charts = re.findall(
        r'<svg class="chart"[^>]* role="img" aria-label="([^"]+)"(.*?)</svg>', page, re.DOTALL
    )
    assert [name.split(".")[0].split(",")[0] for name, _ in charts] == [
        "Pain", "Stiff in the morning", "Straight leg raises", "Heel raises on one leg", "Repetitions: Straight leg raise",
        "Runs of the week", "Sessions done", "Stretches done",
    ]  # fmt: skip
    assert charts[6][0].endswith("week 1: 3; week 2: 2; week 3: 3; week 4: 3; week 5: 3")
    assert charts[7][0].endswith("week 1: 1; week 2: 1; week 3: 1; week 4: 1; week 5: 1")
    marks = [re.findall(r'class="dose-n"[^>]*>(\d+)<', drawn) for _, drawn in charts]
    reasons = re.findall(r'<span class="number" aria-hidden="true">(\d+)</span>', page)
    assert marks == [reasons] * 8
    assert len(reasons) >= 3
    assert page.count('<table class="numbers">') == 8
    assert "It hurts less than at the start." in page or "catching up" in page


def test_a_report_says_what_follows(runner: Visitor) -> None:
    some_weeks(runner)
    assert "Time to look back" in runner.get("/progress").text

    response = runner.send(
        "/progress",
        {"does": "report", "id": str(uuid.uuid4()), "pain_worst": "1", "change": "3", "activity_1": "stairs",
         "activity_1_now": "8", "weekly": "12"},
    )  # fmt: skip

    assert response.headers["location"] == "/progress"
    words = text_of(runner.get("/progress").text)
    assert "It is clearly better. Go on with the plan." in words
    assert "Time to look back" not in words


def test_a_worse_report_leads_to_a_professional(runner: Visitor) -> None:
    some_weeks(runner)

    response = runner.send(
        "/progress", {"does": "report", "id": str(uuid.uuid4()), "pain_worst": "9", "change": "-4"}
    )

    assert response.headers["location"] == "/progress"
    page = runner.get("/progress").text
    assert "Now a physiotherapist or a sports doctor should look at it." in page
    assert 'href="/referral"' in page
    assert runner.get("/referral").status_code == 200


def test_tests_done_again_leave_those_of_the_start(runner: Visitor) -> None:
    tell(runner, session(30))
    sent = {"sl-heel-raise-reps.right": "19", "sl-heel-raise-reps.left": "19"}

    response = runner.send("/progress", {"does": "tests", "id": str(uuid.uuid4()), **sent})

    assert response.status_code == 303
    results = kept(runner, "tested")[0]["tests"]["sl-heel-raise-reps"]
    assert results == {"right": {"value": 19}, "left": {"value": 19}}
    page = runner.get("/progress").text
    assert "At the start: 11" in page
    assert "Upper calf, right: catching up." in text_of(page)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"does": "report"}, "pain_worst"),
        ({"does": "report", "change": "6"}, "change"),
        ({"does": "report", "activity_1": "stairs"}, "activity_1_now"),
        ({"does": "report", "activity_1_now": "4"}, "activity_1"),
        ({"does": "tests"}, "tests"),
        ({"does": "tests", "sl-heel-raise-reps.right": "-1"}, "sl-heel-raise-reps.right"),
    ],
)
def test_a_report_that_cannot_be_read_is_named(runner: Visitor, fields: dict[str, str], field: str) -> None:
    response = runner.send("/progress", {"id": str(uuid.uuid4()), **fields})

    assert response.status_code == 422
    assert f'id="problem-{field}"' in response.text


# --- running -----------------------------------------------------------------------------------------------


def test_a_jump_is_told_before_it_happens_and_nothing_is_kept(runner: Visitor) -> None:
    tell(runner, [entry("run-done", 6, km=6.0)])

    far, near = runner.post("/running", distance="7"), runner.post("/running", distance="6.5")

    assert "That is a jump." in far.text
    assert "117 % of your longest run of the last 30 days, 6 km" in far.text
    assert "In the usual range." in near.text
    assert len(kept(runner, "run-done")) == 1
    assert "7" not in str(far.headers.get("location", ""))


def test_the_way_back_ticks_what_is_there(runner: Visitor) -> None:
    assert runner.get("/running").text.count('aria-label="there"') == 1  # calm at night and at rest

    tell(runner, [entry("walked", days, minutes=35, pain=0) for days in (3, 1)])

    assert runner.get("/running").text.count('aria-label="there"') == 2


def test_a_distance_that_is_none_is_named(runner: Visitor) -> None:
    response = runner.post("/running", distance="far")

    assert response.status_code == 422
    assert 'id="problem-distance"' in response.text


def test_what_the_plan_forbids_outranks_the_last_30_days(visitor: Visitor) -> None:
    visitor.post("/settings/erase", confirm="1")
    pointed(visitor)
    visitor.answer(KNEE_ANSWERS, KNEE_PAIN | {"run": "7", "walk": "6"})
    visitor.post("/week", minutes="15", days=["mon", "thu"])
    assert "No running and no jumping for now." in visitor.get("/plan").text
    tell(visitor, [entry("run-done", 6, km=6.0)])

    page = visitor.post("/running", distance="3").text

    assert "No running for now." in page
    assert "Not now." in page
    assert "In the usual range." not in page


def test_a_restricted_plan_asks_for_no_longer_run(visitor: Visitor) -> None:
    visitor.post("/settings/erase", confirm="1")
    waiting(visitor)
    assert "no longer, no faster, no hillier" in visitor.get("/plan").text
    tell(visitor, [entry("run-done", 6, km=6.0)])

    page = visitor.post("/running", distance="6.3").text

    assert "That is a jump." in page
    assert "For now the plan asks for no run longer than that one." in page


# --- the way there -----------------------------------------------------------------------------------------


def test_the_main_ways_stand_on_every_page_once_there_is_a_plan(runner: Visitor) -> None:
    for here in ("today", "plan", "progress", "diary"):
        links = re.findall(r'<a href="/(\w+)"( aria-current="page")?>', tight(runner.get(f"/{here}").text))
        ways = [name for name, _ in links if name in ("today", "plan", "progress", "diary")]
        assert ways == ["today", "plan", "progress", "diary"]
        assert [name for name, current in links if current] == [here]
    assert 'href="/running"' in runner.get("/plan").text


def test_without_a_plan_the_pages_lead_to_what_comes_first(visitor: Visitor) -> None:
    referred(visitor)

    for path in ("/diary", "/progress", "/running"):
        response = visitor.get(path)
        assert response.headers["location"] == "/referral"
    assert '<nav aria-label="Main">' not in visitor.get("/settings").text


def test_nothing_is_written_without_a_plan(tmp_path: Path) -> None:
    with at_home(tmp_path) as stranger:
        response = write(stranger, "note", text="hello")

    assert response.headers["location"] == "/"
