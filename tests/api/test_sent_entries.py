"""Sent entries: each is kept, known or refused alone, and filed in the episode it was written in."""

from __future__ import annotations

import datetime
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest

from tests.api.runner_in_training import MONDAY, RunnerInTraining, in_training, novice_with_a_sore_kneecap
from weaklink.care.entry_reader import EntryReader
from weaklink.library.reading import Library
from weaklink.web.api import diary_api
from weaklink.web.visit.visit import Visit

BROWSER = {"origin": "http://127.0.0.1:8000"}
FIRST, SECOND = "episode-1", "episode-2"
NIGHT = "night-rest-pain"


@pytest.fixture
def her(tmp_path: Path, library: Library) -> Iterator[RunnerInTraining]:
    with in_training(tmp_path) as runner:
        runner.says(novice_with_a_sore_kneecap(library), FIRST)
        yield runner


@pytest.fixture
def again(her: RunnerInTraining) -> RunnerInTraining:
    """The same a week later, after a new start: another complaint, all safety questions answered no."""
    her.clock.day = day(8)
    her.says(sore_calf(her.house.library), SECOND)
    her.clock.day = day(9)
    return her


def sore_calf(library: Library) -> dict[str, Any]:
    return novice_with_a_sore_kneecap(library, pain_at=[{"site": "achilles-mid", "side": "left"}], tests={})


def day(number: int) -> datetime.date:
    return MONDAY + datetime.timedelta(days=number - 1)


def on(number: int, hour: int = 7) -> str:
    return f"{day(number)}T{hour:02}:00:00+01:00"


def note(number: int = 1, at: str = "", **parts: Any) -> dict[str, Any]:
    return {"kind": "note", "id": f"note-{number:04}", "at": at or on(1), "text": "fine", **parts}


def morning(number: int, episode: str = "", **parts: Any) -> dict[str, Any]:
    named = {"episode": episode} if episode else {}
    entry = {"kind": "morning", "id": f"morning-{number}", "at": on(number), "date": str(day(number))}
    return {**entry, "pain": 0, **parts, **named}


def asked(number: int, episode: str, **parts: Any) -> dict[str, Any]:
    return {"kind": "rescreened", "id": f"asked-{number:04}", "at": on(number), "episode": episode, **parts}


def ids(her: RunnerInTraining, episode: str) -> list[str]:
    return sorted({row.id for row in her.house.records.diary(episode)})


def fates(response: httpx.Response) -> tuple[list[str], list[str], list[tuple[str, str]]]:
    found = response.json()
    return found["kept"], found["known"], [(one["id"], one["reason"]) for one in found["refused"]]


# --- each alone --------------------------------------------------------------------------------------------


def test_half_a_character_and_a_time_at_the_edge_hold_nothing_back(her: RunnerInTraining) -> None:
    edges = ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"]
    sent = [note(1), note(2, text="half \ud83e"), *(note(3 + n, at) for n, at in enumerate(edges)), note(5)]
    response = her.keep(*sent)

    assert response.status_code == 200
    assert fates(response) == (
        ["note-0001", "note-0002", "note-0005"], [], [("note-0003", "time"), ("note-0004", "time")],
    )  # fmt: skip
    assert ids(her, FIRST) == ["note-0001", "note-0002", "note-0005"]
    assert her.today(day(1))["pack"] is not None


@pytest.mark.parametrize("odd", [None, 5, "note", [], {}, {"id": "note-9999"}, {"id": 7}, [note(9)]])
def test_what_is_no_entry_at_all_is_told_by_its_place(her: RunnerInTraining, odd: Any) -> None:
    response = her.client.post("/api/v1/diary", json={"entries": [note(1), odd, note(2)]})
    known = odd["id"] if isinstance(odd, dict) and isinstance(odd.get("id"), str) else ""

    assert response.status_code == 200
    assert response.json()["kept"] == ["note-0001", "note-0002"]
    assert [(one["id"], one["index"]) for one in response.json()["refused"]] == [(known, 1)]


def test_numbers_no_entry_can_hold_are_refused_one_by_one(her: RunnerInTraining) -> None:
    run = {"kind": "run-done", "at": on(1), "date": str(day(1))}
    written = ",".join(
        json.dumps({**run, "id": f"run-{n:06}"})[:-1] + f', "km": {km}}}'
        for n, km in enumerate(("5", "9" * 400, "NaN", "Infinity", "1e308", "-1e999"))
    )
    response = her.client.post(
        "/api/v1/diary", content=f'{{"entries": [{written}]}}', headers={"content-type": "application/json"}
    )

    assert response.status_code == 200
    assert fates(response) == (["run-000000"], [], [(f"run-{n:06}", "number") for n in range(1, 6)])


def test_one_entry_told_twice_in_a_batch_is_kept_once(her: RunnerInTraining) -> None:
    other = note(1, text="another version")
    response = her.keep(note(1), note(1), other)

    assert fates(response) == (["note-0001", "note-0001"], ["note-0001"], [])
    assert fates(her.keep(note(1), other)) == ([], ["note-0001", "note-0001"], [])


def test_two_hundred_at_once_are_taken_and_one_more_is_not(her: RunnerInTraining) -> None:
    many = [note(n) for n in range(201)]

    assert len(her.keep(*many[:200]).json()["kept"]) == 200
    assert her.keep(*many).status_code == 422
    assert len(ids(her, FIRST)) == 200


def test_a_body_that_is_cut_or_no_json_keeps_nothing(her: RunnerInTraining) -> None:
    whole = json.dumps({"entries": [note(1), note(2)]})
    for body in (whole[:60], whole[:-1], whole + "}", "[" * 5000, '{"entries": 5}', "", "null"):
        response = her.client.post(
            "/api/v1/diary", content=body, headers={"content-type": "application/json"}
        )
        assert response.status_code in (400, 422), body[:40]
    for key in ("\ud800", "entries\ud800"):
        response = her.client.post(
            "/api/v1/diary", content=json.dumps({key: 5}), headers={"content-type": "application/json"}
        )
        assert response.status_code == 422
    assert ids(her, FIRST) == []


def test_all_good_ones_are_kept_in_any_order_and_sent_again_nothing_changes(
    tmp_path: Path, library: Library
) -> None:
    good = [note(n) for n in range(4)] + [morning(1, pain=2), morning(2, pain=3), asked(2, FIRST, answers={})]
    odd: list[Any] = [
        None, {"kind": "note"}, note(7, "0001-01-01T00:00:00Z"), {**note(8), "episode": "elsewhere"},
        {**morning(3), "pain": 10**400}, note(9, text="x" * 3000),
    ]  # fmt: skip
    diaries = []
    for seed in range(4):
        dice = random.Random(seed)
        sent = dice.sample([*good, *odd], len(good) + len(odd))
        with in_training(tmp_path / str(seed), day(3)) as her:
            her.says(novice_with_a_sore_kneecap(library), FIRST)
            while sent:
                step = dice.randint(1, 6)
                batch, sent = sent[:step], sent[step:]
                first, second = (
                    her.client.post("/api/v1/diary", json={"entries": batch}).json() for _ in range(2)
                )
                assert len(first["kept"]) + len(first["known"]) + len(first["refused"]) == len(batch)
                assert second["kept"] == []
                assert sorted(second["known"]) == sorted([*first["kept"], *first["known"]])
                assert second["refused"] == first["refused"]
            her.client.post("/api/v1/diary", json={"entries": [*good, *odd]})
            rows = her.house.records.diary(FIRST)
            diaries.append(
                ([(row.id, row.digest) for row in rows], her.client.get("/api/v1/diary/trend").json())
            )

    assert len(diaries[0][0]) == len(good)
    assert all(diary == diaries[0] for diary in diaries)


# --- an older page on a phone ------------------------------------------------------------------------------


def test_an_older_page_never_hears_that_all_is_kept_while_something_is_refused(her: RunnerInTraining) -> None:
    """It lets go of everything it sent on a 200, and halves what it sent on a 422."""
    odd = note(2, "9999-12-31T23:59:59-14:00")

    def post(*entries: dict[str, Any]) -> int:
        sent = {"entries": list(entries)}
        return her.client.post("/api/v1/diary", json=sent, headers=BROWSER).status_code

    assert post(note(1), odd, note(3)) == 422
    assert (post(note(1)), post(odd, note(3)), post(odd), post(note(3))) == (200, 422, 422, 200)
    assert ids(her, FIRST) == ["note-0001", "note-0003"]
    assert post({**note(4), "episode": FIRST}, {**odd, "episode": FIRST}) == 200


# --- its episode -------------------------------------------------------------------------------------------


def test_an_entry_is_filed_in_the_episode_it_names_and_leaves_the_present_one_alone(
    again: RunnerInTraining,
) -> None:
    before = again.today(day(9))
    answer = again.keep(morning(3, FIRST, pain=9), morning(4, FIRST, pain=9), {**note(1), "episode": FIRST})

    assert (answer.status_code, len(answer.json()["kept"])) == (200, 3)
    assert ids(again, FIRST) == ["morning-3", "morning-4", "note-0001"]
    assert ids(again, SECOND) == []
    assert again.today(day(9)) == before
    assert again.house.records.standing(FIRST) is not None
    assert again.house.records.told(FIRST).whole


def test_where_an_earlier_episode_leads_is_worked_out_for_it_alone(again: RunnerInTraining) -> None:
    again.keep(*(morning(day_, FIRST, pain=pain) for day_, pain in ((2, 1), (3, 3), (4, 6))))
    first, second = (
        next(e for e in again.house.records.episodes(again.house.present()[0].id) if e.id == name)
        for name in (FIRST, SECOND)
    )

    assert first.given["answers"]["rising-pain"] == "yes"
    assert "rising-pain" not in second.given["answers"] or second.given["answers"]["rising-pain"] == "no"
    assert again.today(day(10))["why_not"] == ""


def test_an_episode_nobody_here_knows_is_said_and_holds_nothing_back(again: RunnerInTraining) -> None:
    strange = {**note(1), "episode": "0d2d6f0c-0000-4000-8000-000000000000"}
    response = again.keep(strange, {**note(2, on(9)), "episode": SECOND})

    assert fates(response) == (["note-0002"], [], [("note-0001", "episode")])
    assert (ids(again, FIRST), ids(again, SECOND)) == ([], ["note-0002"])
    assert again.keep(strange).status_code == 422


def test_an_entry_that_names_none_goes_to_the_episode_of_its_time(again: RunnerInTraining) -> None:
    again.keep(morning(3, pain=9), morning(9, pain=1), note(1, "2009-01-01T08:00:00Z"))

    assert ids(again, FIRST) == ["morning-3"]
    # A clock that is years behind says nothing about when: it counts as it came in.
    assert ids(again, SECOND) == ["morning-9", "note-0001"]


def test_an_entry_from_before_every_episode_goes_to_the_present_one(again: RunnerInTraining) -> None:
    again.keep(note(1, f"{day(-3)}T08:00:00+01:00"))

    assert (ids(again, FIRST), ids(again, SECOND)) == ([], ["note-0001"])


def test_what_names_none_and_is_known_stays_where_it_is(her: RunnerInTraining) -> None:
    her.clock.day = day(3)
    early = note(1, "2009-01-01T08:00:00Z")
    her.keep(early)
    her.clock.day = day(8)
    her.says(sore_calf(her.house.library), SECOND)

    assert fates(her.keep(early)) == ([], ["note-0001"], [])
    assert (ids(her, FIRST), ids(her, SECOND)) == (["note-0001"], [])


def test_one_id_may_stand_in_two_episodes(again: RunnerInTraining) -> None:
    answers = [again.keep({**note(1, on(9)), "episode": name}).json() for name in (FIRST, SECOND, SECOND)]

    assert [(a["kept"], a["known"]) for a in answers] == [
        (["note-0001"], []), (["note-0001"], []), ([], ["note-0001"]),
    ]  # fmt: skip


def test_before_the_new_plan_stands_what_belongs_to_the_old_one_is_taken(her: RunnerInTraining) -> None:
    her.clock.day = day(8)
    records, now = her.house.records, her.clock.now()
    begun = msgspec.structs.replace(records.present()[1], id=SECOND, given={}, created_at=now, updated_at=now)
    records.keep_episode(begun).result(5)
    answer = her.keep({**note(1), "episode": FIRST}, morning(3), {**note(2, on(8)), "episode": SECOND}).json()

    assert (answer["kept"], answer["questions"], answer["tier"]) == (
        ["note-0001", "morning-3", "note-0002"], True, "",
    )  # fmt: skip
    assert (ids(her, FIRST), ids(her, SECOND)) == (["morning-3", "note-0001"], ["note-0002"])


def test_where_no_plan_may_be_made_an_entry_is_kept_and_its_danger_counts(
    her: RunnerInTraining, library: Library
) -> None:
    her.clock.day = day(8)
    said = novice_with_a_sore_kneecap(library)
    her.says({**said, "answers": {**said["answers"], NIGHT: "yes"}}, SECOND)
    answer = her.keep(asked(8, SECOND, answers={"pe": "yes"})).json()

    assert (answer["kept"], answer["closed"], answer["tier"]) == (["asked-0008"], True, "emergency")


# --- danger told late --------------------------------------------------------------------------------------


def test_a_danger_sign_told_since_the_new_start_counts_in_it(again: RunnerInTraining) -> None:
    answer = again.keep(asked(9, FIRST, answers={NIGHT: "yes", "pe": "no"})).json()

    assert (answer["kept"], answer["closed"], answer["tier"]) == (["asked-0009"], True, "within-week")
    assert again.today(day(9))["why_not"] == "closed"
    assert again.keep(asked(9, FIRST, answers={NIGHT: "yes", "pe": "no"})).json()["known"] == ["asked-0009"]


def test_one_told_in_the_days_before_the_new_start_is_asked_once_more(again: RunnerInTraining) -> None:
    """The no of the new start is newer, and did not know of it."""
    late = asked(7, FIRST, answers={"pe": "yes"})
    answer = again.keep(late).json()

    assert (answer["closed"], answer["questions"]) == (False, True)
    assert again.today(day(9))["questions"] == ["pe"]
    again.keep(asked(9, SECOND, answers={"pe": "no"}))
    assert again.today(day(10))["why_not"] == ""
    assert again.keep(late).json()["questions"] is False


def test_one_told_weeks_before_the_new_start_stays_in_its_own_episode(her: RunnerInTraining) -> None:
    her.clock.day = day(29)
    her.says(sore_calf(her.house.library), SECOND)
    answer = her.keep(asked(7, FIRST, answers={"pe": "yes"})).json()

    assert (answer["closed"], answer["questions"]) == (False, False)
    assert her.today(day(29))["why_not"] == ""


def test_another_version_of_a_known_entry_may_tell_of_danger_too(again: RunnerInTraining) -> None:
    again.keep(asked(9, FIRST, answers={"pe": "no"}))

    assert again.keep(asked(9, FIRST, answers={"pe": "yes"})).json()["tier"] == "emergency"


def test_while_the_new_start_is_still_asking_it_asks_for_itself(her: RunnerInTraining) -> None:
    her.clock.day = day(8)
    said = {**sore_calf(her.house.library), "answers": {"pe": "no"}}
    del said["days"]
    her.says(said, SECOND)
    answer = her.keep(asked(7, FIRST, answers={"pe": "yes", NIGHT: "yes"})).json()
    present = her.house.records.present()[1].given["answers"]

    assert (answer["closed"], answer["questions"], present) == (False, True, {})


def test_night_pain_of_a_morning_told_since_counts_and_mere_pain_does_not(again: RunnerInTraining) -> None:
    calm = again.keep(morning(9, FIRST, pain=9)).json()
    assert (calm["closed"], calm["questions"]) == (False, False)

    assert again.keep({**morning(9, FIRST, night=5), "id": "morning-late"}).json()["closed"]


def test_a_new_place_told_since_is_asked_about_in_the_new_episode(again: RunnerInTraining) -> None:
    answer = again.keep(asked(9, FIRST, new_places=[["calf", "left"]])).json()

    assert (answer["closed"], answer["questions"]) == (False, True)
    assert "dvt" in again.today(day(9))["questions"]


def test_a_sign_that_only_needs_a_professional_stays_where_it_was_told(
    again: RunnerInTraining, library: Library
) -> None:
    mild = next(f.id for f in library.red_flags.values() if f.tier == "see-professional" and not f.noticed)
    answer = again.keep(asked(9, FIRST, answers={mild: "yes"})).json()

    assert (answer["closed"], answer["questions"], answer["tier"]) == (False, False, "self-manage")


# --- clocks ------------------------------------------------------------------------------------------------


def test_a_house_whose_clock_fell_back_refuses_no_phone(her: RunnerInTraining) -> None:
    her.clock.day = datetime.date(1970, 1, 2)

    assert her.keep({**note(1, on(3)), "episode": FIRST}).json()["kept"] == ["note-0001"]


def test_what_is_kept_tells_its_episode(her: RunnerInTraining) -> None:
    assert her.client.get("/api/v1/diary").json()["episode"] == her.today(day(1))["pack"]["episode"] == FIRST


@pytest.mark.parametrize("episode", [None, FIRST])
def test_what_comes_while_everything_is_erased_is_answered(
    her: RunnerInTraining, monkeypatch: pytest.MonkeyPatch, episode: str | None
) -> None:
    whole = diary_api.reader_of

    def erased_first(seen: Visit) -> EntryReader:
        her.house.records.erase_everybody().result(20)
        return whole(seen)

    monkeypatch.setattr(diary_api, "reader_of", erased_first)
    answer = her.keep(note(1, **({"episode": episode} if episode else {})))

    assert answer.status_code == 409
    assert answer.json()["title"] == "What this belongs to is not kept"
    assert her.house.records.diary(FIRST) == ()
