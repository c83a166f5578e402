"""The session and the weeks after at the API: kept once, in any order; the next dose; the plan that closes."""

from __future__ import annotations

import datetime
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from tests.api.runner_in_training import MONDAY, RunnerInTraining, in_training, novice_with_a_sore_kneecap
from weaklink.library.reading import Library
from weaklink.training.session.session_pack import pack_schema


@pytest.fixture
def her(tmp_path: Path, library: Library) -> Iterator[RunnerInTraining]:
    with in_training(tmp_path) as runner:
        runner.says(novice_with_a_sore_kneecap(library))
        yield runner


def day(number: int) -> datetime.date:
    """A day of the course, the first Monday is 1."""
    return MONDAY + datetime.timedelta(days=number - 1)


def moves(today: dict[str, Any]) -> list[str]:
    return [item["rungs"][0]["exercise"] for item in today["pack"]["items"]]


def assert_no_exercise(document: Any, library: Library) -> None:
    text = json.dumps(document)
    assert [name for name in library.exercises if f'"{name}"' in text] == []


def test_todays_pack_has_the_published_shape(her: RunnerInTraining) -> None:
    found = her.today(day(1))

    jsonschema_rs.validator_for(pack_schema()).validate(found["pack"])
    assert found["due"] == {"due": True, "why": "planned", "week": 1, "next_date": "2026-11-04"}
    assert moves(found)[0] == "straight-leg-raise"


def test_the_wall_squat_of_session_4_hurts_and_is_offered_again_a_week_later(her: RunnerInTraining) -> None:
    for number in (1, 3, 8):
        her.train(day(number))
    assert "wall-squat" in moves(her.today(day(15)))
    entries = her.train(day(15), hurt="wall-squat")

    tapped = next(e for e in entries if e["kind"] == "this-hurts")
    after = [e for e in entries if e["kind"] == "set-done" and e["slot"] == "wall-squat"]
    assert (tapped["rep"], tapped["swapped_to"]) == (3, "straight-leg-raise")
    assert {e["exercise"] for e in after} == {"straight-leg-raise"}
    said = [change["says"] for change in her.today(day(15))["changes"] if change["rule"] == "this-hurts"]
    assert "No pain, no gain does not apply here." in said[0]

    for number in (17, 19):
        assert "wall-squat" not in moves(her.today(day(number)))
        her.train(day(number))
    again = her.today(day(22))
    assert "wall-squat" in moves(again)
    item = next(i for i in again["pack"]["items"] if i["slot"] == "wall-squat")
    assert any("offered again" in line for line in item["because"])


def test_a_session_synced_twice_and_in_any_order_is_one_session(tmp_path: Path, library: Library) -> None:
    answers = []
    for seed in range(6):
        with in_training(tmp_path / str(seed)) as her:
            her.says(novice_with_a_sore_kneecap(library))
            entries = her.train(day(1))
            rng = random.Random(seed)
            for _ in range(5):
                again = rng.choices(entries, k=rng.randint(1, len(entries)))
                assert her.keep(*again).json()["kept"] == []
            her.train(day(3))
            answers.append((her.today(day(5))["pack"], her.client.get("/api/v1/diary/reasons").json()))

    assert all(answer == answers[0] for answer in answers)


@pytest.mark.slow
def test_the_order_of_arrival_makes_no_difference(tmp_path: Path, library: Library) -> None:
    with in_training(tmp_path / "first") as her:
        her.says(novice_with_a_sore_kneecap(library))
        entries = [*her.train(day(1)), *her.train(day(3), hurt="sit-to-stand")]
        expected = her.today(day(5))
        expected_reasons = her.client.get("/api/v1/diary/reasons").json()
    for seed in range(4):
        with in_training(tmp_path / str(seed)) as her:
            her.says(novice_with_a_sore_kneecap(library))
            her.clock.day = day(5)
            mixed = random.Random(seed).sample(entries, len(entries))
            for start in range(0, len(mixed), 7):
                her.keep(*mixed[start : start + 7])
            assert her.today(day(5)) == expected
            assert her.client.get("/api/v1/diary/reasons").json() == expected_reasons


def test_one_set_told_on_two_pages_is_kept_twice_and_counts_once_the_careful_way(
    her: RunnerInTraining,
) -> None:
    entries = her.train(day(1))
    one = next(e for e in entries if e["kind"] == "set-done")
    other = {**one, "id": "another-page-1", "reps": 4}
    answer = her.keep(other).json()
    found = her.client.get("/api/v1/diary").json()

    assert (answer["kept"], answer["clashes"]) == (["another-page-1"], 1)
    clash = found["clashes"][0]
    assert (clash["used"]["reps"], [o["reps"] for o in clash["others"]]) == (4, [one["reps"]])
    assert len([e for e in found["entries"] if e["kind"] == "set-done" and e["reps"] == 4]) == 1


def test_every_change_of_dose_has_one_sentence_with_its_rule(her: RunnerInTraining) -> None:
    her.train(day(1))
    her.train(day(3))
    reasons = her.client.get("/api/v1/diary/reasons").json()["reasons"]

    assert len({r["id"] for r in reasons}) == len(reasons) == 8
    assert {r["rule"] for r in reasons} == {"more-in-range"}
    assert all(r["says"].endswith(".") for r in reasons)


def test_an_entry_that_cannot_be_read_is_named_and_holds_nothing_back(her: RunnerInTraining) -> None:
    wrong = {"kind": "morning", "id": "morning-1", "at": "2026-11-02T07:00:00+01:00", "date": "2026-11-02"}
    for number, (bad, key) in enumerate((
        ({**wrong, "pain": 11}, "entries[1].pain"),
        ({**wrong, "pain": 1, "weather": "fine"}, "entries[1]"),
        ({**wrong, "pain": 1, "at": "2026-11-02T07:00:00"}, "entries[1].at"),
        ({"kind": "rescreened", "id": "asked-001", "at": wrong["at"], "answers": {"nobody": "yes"}}, "entries[1].answers"),
        ({"kind": "rescreened", "id": "asked-001", "at": wrong["at"], "new_places": [["ear", "left"]]}, "entries[1].new_places"),
        ({"kind": "tested", "id": "tested-01", "at": wrong["at"], "tests": {"sl-heel-raise-reps": {"right": -3}}}, "entries[1].tests.sl-heel-raise-reps.right"),
    )):  # fmt: skip
        note = {"kind": "note", "id": f"note-000{number}", "at": wrong["at"], "text": "fine"}
        response = her.keep(note, bad)
        found = response.json()
        assert (response.status_code, found["kept"], found["known"]) == (200, [note["id"]], [])
        assert [(one["id"], one["index"]) for one in found["refused"]] == [(bad["id"], 1)]
        assert found["refused"][0]["why"].partition(":")[0] == key
        alone = her.keep(bad)
        assert alone.status_code == 422
        assert alone.headers["content-type"] == "application/problem+json"
        assert alone.json()["key"] == key.replace("[1]", "[0]")
        assert [one["id"] for one in alone.json()["refused"]] == [bad["id"]]
    assert len(her.client.get("/api/v1/diary").json()["entries"]) == 6


# --- the plan that closes ----------------------------------------------------------------------------------


def test_night_pain_at_the_start_of_a_session_ends_the_plan_everywhere(
    her: RunnerInTraining, library: Library
) -> None:
    her.train(day(1))
    entries = her.train(day(3), night_rest_pain="yes")
    found = her.today(day(3))

    assert [e["kind"] for e in entries] == ["session-begun", "rescreened", "session-ended"]
    assert (found["why_not"], found["pack"]) == ("closed", None)
    assert found["disposition"]["tier"] == "within-week"
    assert "night-rest-pain" in found["closing"]["rules"]
    for path in ("/api/v1/sessions/today", "/api/v1/diary/reasons", "/api/v1/diary/running"):
        assert_no_exercise(her.client.get(path).json(), library)
    assert her.client.get("/plan", follow_redirects=False).headers["location"] == "/referral"


def test_a_no_later_on_or_an_undo_does_not_open_a_closed_plan(her: RunnerInTraining) -> None:
    her.train(day(1))
    asked = her.train(day(3), night_rest_pain="yes")[1]
    her.keep({**asked, "id": "asked-again-1", "answers": {"night-rest-pain": "no"}})
    her.keep({"kind": "undone", "id": "undone-001", "at": asked["at"], "undoes": asked["id"]})
    her.keep({**asked, "answers": {**asked["answers"], "night-rest-pain": "no"}})

    assert her.today(day(5))["why_not"] == "closed"


def test_pain_that_wakes_in_the_morning_entry_is_new_night_pain(her: RunnerInTraining) -> None:
    her.train(day(1))

    assert her.morning(day(2), pain=1, night=3).json()["closed"]
    assert her.today(day(3))["disposition"]["tier"] == "within-week"


def test_closed_means_closed_by_triage_and_nothing_else(her: RunnerInTraining) -> None:
    """Before any session there is no dose yet; the plan is open all the same."""
    her.clock.day = day(1)
    note = {"kind": "note", "id": "note-0001", "at": her.at(), "text": "first words"}
    place = {"kind": "rescreened", "id": "place-001", "at": her.at(1), "new_places": [["calf", "left"]]}
    night = {"kind": "rescreened", "id": "night-001", "at": her.at(2), "answers": {"night-rest-pain": "yes"}}
    answers = [her.keep(one).json() for one in (note, place, night)]

    assert [(a["closed"], a["questions"], a["tier"]) for a in answers] == [
        (False, False, "self-manage"),
        (False, True, "self-manage"),
        (True, False, "within-week"),
    ]


def test_danger_told_before_the_first_session_and_synced_after_it_counts(her: RunnerInTraining) -> None:
    her.clock.day = day(1)
    night = {"kind": "rescreened", "id": "night-001", "at": her.at(), "answers": {"night-rest-pain": "yes"}}
    her.train(day(3))
    assert not her.keep({**night, "id": "later-001", "answers": {"pe": "no"}}).json()["closed"]

    assert her.keep(night).json()["closed"]
    assert her.today(day(5))["why_not"] == "closed"


def test_the_easiest_move_painful_in_two_sessions_refers(her: RunnerInTraining, library: Library) -> None:
    hurts_down = "straight-leg-raise"
    her.train(day(1), hurt=hurts_down)
    her.train(day(3), hurt="quad-set")
    assert her.today(day(5))["why_not"] == ""
    her.train(day(5), hurt="quad-set")
    found = her.today(day(8))

    assert found["why_not"] == "closed"
    assert "easiest-painful-twice" in [rule["id"] for rule in found["disposition"]["rules"]]
    assert_no_exercise(found, library)


def test_pain_that_rises_three_mornings_in_a_row_closes_the_plan(her: RunnerInTraining) -> None:
    her.train(day(1))
    for number, pain in ((2, 1), (3, 3), (4, 5)):
        answer = her.morning(day(number), pain=pain).json()

    assert answer["closed"]
    assert "rising-pain" in [r["id"] for r in her.today(day(5))["disposition"]["rules"]]


def test_a_new_place_that_hurts_means_its_questions_come_first(her: RunnerInTraining) -> None:
    her.train(day(1))
    her.clock.day = day(3)
    asked = {"kind": "rescreened", "id": "asked-001", "at": her.at(), "new_places": [["calf", "left"]]}
    her.keep(asked)
    found = her.today(day(3))

    assert (found["why_not"], found["pack"]) == ("questions", None)
    assert "dvt" in found["questions"]
    assert her.client.get("/plan", follow_redirects=False).headers["location"].startswith("/q/")
    later = {**asked, "id": "asked-002", "at": her.at(5), "new_places": []}
    her.keep({**later, "answers": dict.fromkeys(found["questions"], "no")})
    assert her.today(day(3))["why_not"] == ""


def test_a_closed_plan_still_keeps_what_arrives_late(her: RunnerInTraining) -> None:
    her.train(day(1), night_rest_pain="yes")
    late = {"kind": "note", "id": "note-late", "at": her.at(), "text": "written on the train"}

    assert her.keep(late).json()["kept"] == ["note-late"]
    assert any(e["kind"] == "note" for e in her.client.get("/api/v1/diary").json()["entries"])


# --- days like any other -----------------------------------------------------------------------------------


def test_a_short_day_an_away_day_and_a_rest_day(her: RunnerInTraining) -> None:
    short, away = her.today(day(1), minutes=5), her.today(day(1), away=True)

    assert short["pack"]["kind_of_day"] == "short"
    assert short["pack"]["items"][0]["rungs"][0]["sets"] == 1
    assert away["pack"]["kind_of_day"] == "away"
    her.train(day(1))
    assert her.today(day(1), anyway=True)["pack"] is None
    assert her.today(day(2))["why_not"] == "rest-day"
    assert her.today(day(2), anyway=True)["pack"] is not None


def test_a_missed_session_moves_to_a_free_day_and_nothing_piles_up(her: RunnerInTraining) -> None:
    her.train(day(1))
    found = her.today(day(4))

    assert found["due"] == {"due": True, "why": "moved", "week": 1, "next_date": "2026-11-06"}
    her.train(day(4))
    assert her.today(day(5))["due"]["why"] == "planned"


def test_a_day_far_from_today_is_refused_by_name(her: RunnerInTraining) -> None:
    response = her.client.get("/api/v1/sessions/today", params={"date": "2027-01-01"})

    assert (response.status_code, response.json()["key"]) == (409, "query.date")


def test_before_anything_was_said_there_is_nothing_to_train(tmp_path: Path) -> None:
    with in_training(tmp_path) as nobody:
        for path in (
            "sessions/today",
            "diary",
            "diary/trend",
            "diary/reasons",
            "diary/outcome",
            "diary/running",
        ):
            assert nobody.client.get(f"/api/v1/{path}").status_code == 409
        # What a device was told before everything was erased goes by this key.
        assert nobody.client.get("/api/v1/sessions/today").json()["key"] == "episode"


def test_where_no_plan_may_be_made_nothing_is_trained(her: RunnerInTraining, library: Library) -> None:
    said = novice_with_a_sore_kneecap(library)
    her.says({**said, "answers": {**said["answers"], "night-rest-pain": "yes"}}, "episode-2")
    response = her.client.get("/api/v1/sessions/today")

    assert response.status_code == 409
    assert_no_exercise(response.json(), library)


# --- the weeks ---------------------------------------------------------------------------------------------


def test_stretches_around_runs_are_counted_apart(her: RunnerInTraining) -> None:
    her.train(day(1))
    her.clock.day = day(2)
    run = {"kind": "run-done", "id": "run-00001", "at": her.at(), "date": str(day(2)), "km": 5.0, "pain": 1}
    before = {
        "kind": "stretched",
        "id": "stretch-1",
        "at": her.at(),
        "exercise": "quad-stretch",
        "when": "before-run",
    }
    her.keep(run, before, {**before, "id": "stretch-2", "when": "after-run"})
    found = her.client.get("/api/v1/diary/trend").json()

    assert found["sessions"] == {"done": 1, "planned": 1, "share": 1.0}
    assert found["stretches"] == {"runs": 1, "before_runs": 1, "after_runs": 1, "after_moves": 0}
    assert found["running"][0]["longest_km"] == 5.0


def test_a_run_above_110_percent_is_flagged_before_it_happens(her: RunnerInTraining) -> None:
    her.train(day(1))
    her.clock.day = day(2)
    her.keep({"kind": "run-done", "id": "run-00001", "at": her.at(), "date": str(day(2)), "km": 10.0})
    her.clock.day = day(4)
    asked = [
        her.client.get("/api/v1/diary/running", params={"planned_km": km}).json()["planned"]
        for km in (11, 11.1)
    ]

    assert [(a["says"], a["percent"]) for a in asked] == [("fine", 110), ("too-long", 111)]
    assert "110 %" in asked[1]["because"]


@pytest.mark.slow
def test_eight_weeks_clearly_better_lead_to_upkeep_and_a_return_of_pain_back(
    tmp_path: Path, library: Library
) -> None:
    with in_training(tmp_path) as her:
        her.says(novice_with_a_sore_kneecap(library, programme=False))
        for number in (1, 3, 5, 50, 52, 54):
            her.train(day(number))
        her.clock.day = day(57)
        report = {"kind": "reported", "id": "report-01", "at": her.at(), "pain_worst": 1, "change": 4}
        her.keep(report)
        outcome = her.client.get("/api/v1/diary/outcome").json()
        found = her.today(day(57))

        assert (outcome["says"], outcome["next"]) == ("better", "maintenance")
        assert (found["stage"], found["pack"]["kind_of_day"]) == ("upkeep", "upkeep")
        her.train(day(57))
        for number in (59, 60):
            her.morning(day(number), pain=5)
        assert her.today(day(61))["stage"] == "training"


@pytest.mark.slow
def test_two_sessions_of_an_upkeep_week_are_all_of_it(tmp_path: Path, library: Library) -> None:
    """B7: after two of two it said that a session was missed."""
    with in_training(tmp_path) as her:
        her.says(novice_with_a_sore_kneecap(library, programme=False))
        for number in (1, 3, 5, 50, 52, 54):
            her.train(day(number))
        her.clock.day = day(57)
        her.keep({"kind": "reported", "id": "report-01", "at": her.at(), "pain_worst": 1, "change": 4})
        for number in (57, 59):
            her.train(day(number))
        after, monday = her.today(day(60)), her.today(day(64))

    assert (after["stage"], after["due"]["why"]) == ("upkeep", "week-done")
    assert monday["changes"]
    assert "missed" not in json.dumps([after["changes"], monday["changes"]])


@pytest.mark.slow
def test_four_diligent_weeks_without_change_lead_to_a_professional(her: RunnerInTraining) -> None:
    for week in range(4):
        for number in (1, 3, 5):
            her.train(day(7 * week + number))
            her.morning(day(7 * week + number + 1), pain=2)
    her.clock.day = day(29)
    her.keep({"kind": "reported", "id": "report-01", "at": her.at(), "pain_worst": 4, "change": 0})
    found = her.today(day(29))

    assert her.client.get("/api/v1/diary/outcome").json()["next"] == "professional"
    assert found["disposition"]["tier"] == "see-professional"
    assert found["plan_remade"]
    assert "not-improving" in [rule["id"] for rule in found["disposition"]["rules"]]


def test_a_test_done_again_is_better_only_beyond_its_own_error(her: RunnerInTraining) -> None:
    her.train(day(1))
    her.clock.day = day(29)
    her.keep(
        {
            "kind": "tested",
            "id": "tested-01",
            "at": her.at(),
            "tests": {"sl-heel-raise-reps": {"right": 18, "left": 20}},
        },
        {"kind": "reported", "id": "report-01", "at": her.at(), "pain_worst": 2},
    )
    tests = her.client.get("/api/v1/diary/outcome").json()["tests"]

    assert [(t["side"], t["says"]) for t in tests] == [("left", "cannot-tell"), ("right", "better")]


def test_a_clock_that_is_plainly_wrong_loses_and_breaks_nothing(her: RunnerInTraining) -> None:
    her.train(day(1))
    her.clock.day = day(3)
    for number, year in enumerate((1970, 2000, 9998)):
        begun = {
            "kind": "session-begun",
            "id": f"begun-{year}",
            "at": f"{year}-01-01T10:00:00Z",
            "session": f"year-{year}",
        }
        morning = {
            "kind": "morning",
            "id": f"morning-{year}",
            "at": her.at(number),
            "date": f"{year}-01-02",
            "pain": 1,
        }
        run = {"kind": "run-done", "id": f"run-{year}", "at": her.at(number), "date": "0001-01-01", "km": 3.0}
        answer = her.keep(begun, morning, run)
        # A year that may be real counts at the time it came in; one that cannot be is said.
        expected = {1970: [], 2000: ["begun-2000", "morning-2000"], 9998: []}[year]
        assert (answer.status_code, answer.json()["kept"]) == (200 if expected else 422, expected)
        assert {one["reason"] for one in answer.json()["refused"]} == {"time"}
    assert her.client.get("/api/v1/diary/trend").json()["week"] == 1
    assert her.today(day(3))["due"]["week"] == 1
    asked = {
        "kind": "rescreened",
        "id": "asked-9998",
        "at": "9998-01-01T10:00:00Z",
        "answers": {"night-rest-pain": "yes"},
    }
    assert her.keep(asked).json()["closed"]


def test_whole_numbers_count_however_they_are_written(her: RunnerInTraining) -> None:
    entry = {"kind": "morning", "id": "morning-1", "at": her.at(), "date": "2026-11-02", "pain": 2.0}

    assert her.keep(entry).json()["kept"] == ["morning-1"]
    assert her.keep({**entry, "pain": 2}).json()["known"] == ["morning-1"]
