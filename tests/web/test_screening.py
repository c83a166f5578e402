"""The safety questions of a day on their own page: a browser without JavaScript, and the diary behind it."""

from __future__ import annotations

import datetime
import html
import re
import uuid
from typing import Any

import pytest

from tests.web.states import referred
from tests.web.visitor import Visitor, tight

PAGE = "/session/check"


def asked(visitor: Visitor) -> dict[str, str]:
    """The questions of the page: id and words, in the order they stand."""
    page = tight(visitor.get(PAGE).text)
    lines = re.findall(r'name="new" value="([a-z0-9-]+)".*?<span data-text>(.*?)</span>', page)
    return {name: html.unescape(words) for name, words in lines}


def says(visitor: Visitor, **fields: Any) -> Any:
    said = {name.replace("__", ":").replace("_", "-"): value for name, value in fields.items()}
    return visitor.send(PAGE, {"id": str(uuid.uuid4()), **said})


def screened(visitor: Visitor) -> list[dict[str, str]]:
    """The answers of every screening in the diary."""
    entries = visitor.client.get("/api/v1/diary").json()["entries"]
    return [entry["answers"] for entry in entries if entry["kind"] == "rescreened"]


@pytest.mark.statement("S69")
def test_every_question_of_a_session_stands_on_the_page_in_full(runner: Visitor) -> None:
    pack = runner.client.get("/api/v1/sessions/today?anyway=true").json()["pack"]
    page = html.unescape(runner.get(PAGE).text)

    assert len(pack["questions"]) >= 15
    assert asked(runner) == {q["id"]: q["text"] for q in sorted(pack["questions"], key=urgency(pack))}
    for question in pack["questions"]:
        assert question["help"] in page
    # No question is folded away: what opens is only what is meant by it.
    form = page.partition("<form")[2].partition("</form>")[0]
    folded = " ".join(re.findall(r"<p data-help>(.*?)</p>", form, re.DOTALL))
    assert form.count("<details") == form.count('<details class="meant"')
    assert [question["id"] for question in pack["questions"] if question["text"] in folded] == []


def urgency(pack: dict[str, Any]) -> Any:
    """Most urgent first: emergency, the same day, within days; the order within is the pack's."""
    tiers = ["emergency", "same-day", "within-week", "see-professional"]
    order = [question["id"] for question in pack["questions"]]

    def key(question: dict[str, Any]) -> tuple[int, int]:
        tier = pack["closings"][question["yes"]]["tier"] if question["yes"] >= 0 else ""
        return (tiers.index(tier) if tier else len(tiers), order.index(question["id"]))

    return key


@pytest.mark.statement("S69")
def test_none_of_these_is_one_answer_and_the_diary_has_each_no(runner: Visitor) -> None:
    questions = asked(runner)
    answer = says(runner, none="1")

    assert (answer.status_code, answer.headers["location"]) == (303, f"{PAGE}?done=1")
    assert screened(runner) == [dict.fromkeys(questions, "no")]
    assert "Nothing new. You can train today." in runner.get(answer.headers["location"]).text


def test_a_line_that_was_tapped_closes_whatever_button_sent_it(runner: Visitor) -> None:
    answer = says(runner, none="1", new=["cauda-equina"])

    assert (answer.status_code, answer.headers["location"]) == (303, "/referral")
    told = screened(runner)[0]
    assert told.pop("cauda-equina") == "yes"
    assert set(told.values()) == {"no"}
    assert runner.get(PAGE).headers["location"] == "/referral"
    assert runner.client.get("/api/v1/sessions/today").json()["pack"] is None


def test_what_one_is_not_sure_of_is_written_as_that(runner: Visitor) -> None:
    answer = says(runner, some="1", new=["night-rest-pain"], how__night_rest_pain="unsure")

    assert screened(runner)[0]["night-rest-pain"] == "unsure"
    assert answer.status_code == 200
    assert "A professional should look at this next." in answer.text
    assert "exercises/" not in answer.text


def test_sent_twice_is_kept_once(runner: Visitor) -> None:
    name = str(uuid.uuid4())
    for _ in range(2):
        assert runner.send(PAGE, {"id": name, "none": "1"}).status_code == 303

    assert len(screened(runner)) == 1


def test_without_a_button_nothing_is_kept_and_it_is_said(runner: Visitor) -> None:
    answer = says(runner)

    assert answer.status_code == 422
    assert "tap the button under the list" in answer.text
    assert screened(runner) == []


def test_what_was_never_answered_is_asked_by_itself(runner: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    """A newer edition may ask something nobody was asked at the start."""
    from weaklink.care import train

    known = train.screening

    def with_a_new_one(*said: Any) -> Any:
        closings, questions = known(*said)
        new = type(questions[0])(id="pe", text="A new question?", help="", yes=0, unsure=0, known=False)
        return closings, (new, *(q for q in questions if q.id != "pe"))

    monkeypatch.setattr("weaklink.web.weeks.screening_page.screening", with_a_new_one)
    page = runner.get(PAGE).text
    assert page.index("A new question?") < page.index('class="flag-group"')
    assert says(runner, none="1").status_code == 422
    assert screened(runner) == []
    assert says(runner, none="1", how__pe="no").status_code == 303
    assert screened(runner)[0]["pe"] == "no"


def test_somebody_who_is_sent_on_is_not_asked_here(visitor: Visitor) -> None:
    referred(visitor)

    assert visitor.get(PAGE).status_code == 303
    assert says(visitor, none="1").status_code == 303


def test_the_page_of_the_session_leads_there_without_javascript(runner: Visitor) -> None:
    without = re.findall(r"<noscript>(.*?)</noscript>", tight(runner.get("/session").text))[0]

    assert 'href="/session/check"' in without


@pytest.mark.statement("S38")
def test_a_run_day_leads_to_its_stretches_from_today_and_from_running(runner: Visitor) -> None:
    for path in ("/today", "/running"):
        page = runner.get(path).text
        assert 'href="/session?around=before-run"' in page, path
        assert 'href="/session?around=after-run"' in page, path
    sets = {
        around: runner.client.get(f"/api/v1/sessions/today?around={around}").json()["pack"]
        for around in ("before-run", "after-run")
    }
    for around, pack in sets.items():
        assert (pack["around"], pack["questions"] != [], pack["shape"]) == (around, True, "straight")
        assert {item["kind"] for item in pack["items"]} == {"stretch"}
        assert {item["rungs"][0]["hold_s"] for item in pack["items"]} == {30}
    assert {item["rungs"][0]["sets"] for item in sets["before-run"]["items"]} == {1}
    assert {item["rungs"][0]["sets"] for item in sets["after-run"]["items"]} == {2}
    assert runner.client.get("/api/v1/sessions/today?around=nonsense").status_code == 422


def test_stretches_round_a_run_are_no_training_and_a_stretch_that_hurt_rests(runner: Visitor) -> None:
    at = datetime.datetime.now().astimezone().isoformat()
    told = [
        {"kind": "session-begun", "id": "run-set-0001", "session": "run-set-one", "around": "before-run"},
        {"kind": "this-hurts", "id": "run-set-0002", "session": "run-set-one", "slot": "quad-stretch",
         "exercise": "quad-stretch"},
        {"kind": "session-ended", "id": "run-set-0003", "session": "run-set-one"},
    ]  # fmt: skip
    sent = runner.client.post("/api/v1/diary", json={"entries": [{**one, "at": at} for one in told]})
    assert sent.status_code == 200
    day = runner.client.get("/api/v1/sessions/today?anyway=true").json()
    pack = runner.client.get("/api/v1/sessions/today?around=after-run").json()["pack"]

    assert day["pack"] is not None
    assert day["due"]["why"] != "done-today"
    assert [item["slot"] for item in pack["items"]] == ["hamstring-stretch"]


# --- one tap instead of the list ---------------------------------------------------------------------------


def tells(runner: Visitor, kind: str, days_ago: int = 0, **parts: Any) -> None:
    at = datetime.datetime.now().astimezone() - datetime.timedelta(days=days_ago)
    dated = {"date": str(at.date())} if kind in ("morning", "run-done", "walked") else {}
    entry = {"kind": kind, "id": str(uuid.uuid4()), "at": at.isoformat(timespec="seconds"), **dated, **parts}
    assert runner.client.post("/api/v1/diary", json={"entries": [entry]}).status_code == 200


def offers_the_tap(runner: Visitor) -> bool:
    """Whether the page offers it; the pack for a device says the same."""
    pack = runner.client.get("/api/v1/sessions/today?anyway=true").json()["pack"]
    offered = 'name="short"' in runner.get(PAGE).text
    assert pack is None or pack["check"]["short"] == offered
    return offered


def words_of(page: str) -> list[str]:
    form = re.findall(r"<form[^>]*data-short-check>(.*?)</form>", tight(page), re.DOTALL)[0]
    return html.unescape(re.sub(r"<[^>]+>", " ", form)).split()


@pytest.mark.statement("S69")
def test_after_the_list_one_tap_of_at_most_fifty_words_is_enough(runner: Visitor) -> None:
    assert not offers_the_tap(runner)
    assert "The first time, the whole list comes." in runner.get(PAGE).text
    assert says(runner, none="1").status_code == 303
    assert offers_the_tap(runner)
    said = words_of(runner.get(PAGE).text)

    assert len(said) <= 50
    for sign in (
        "chest pain",
        "blackout",
        "numbness between the legs",
        "hot or swollen calf",
        "Something is new",
    ):
        assert sign in " ".join(said)
    answer = says(runner, short="1")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{PAGE}?done=1")


def test_nothing_new_is_no_answer_to_any_question(runner: Visitor) -> None:
    says(runner, none="1")
    says(runner, short="1")
    entries = runner.client.get("/api/v1/diary").json()["entries"]
    tap = next(one for one in entries if one["kind"] == "rescreened" and "nothing_new_since" in one)

    assert "answers" not in tap
    assert tap["nothing_new_since"] == str(datetime.datetime.now().astimezone().date())


def test_something_is_new_opens_the_whole_list(runner: Visitor) -> None:
    says(runner, none="1")

    assert f'href="{PAGE}?list=1"' in runner.get(PAGE).text
    page = runner.get(f"{PAGE}?list=1").text
    assert 'name="none"' in page
    assert page.count('name="new"') >= 15


@pytest.mark.parametrize(
    ("kind", "parts"),
    [
        ("morning", {"pain": 1, "night": 2}),
        ("morning", {"pain": 1, "rest": 2}),
        ("morning", {"pain": 7}),
        ("run-done", {"km": 3, "pain": 0, "limped": True}),
        ("rescreened", {"new_places": [["midfoot-dorsal", "left"]]}),
    ],
)
def test_a_danger_told_on_any_device_opens_the_list_again(
    runner: Visitor, kind: str, parts: dict[str, Any]
) -> None:
    says(runner, none="1")
    assert offers_the_tap(runner)
    tells(runner, kind, **parts)
    page = runner.get(PAGE)

    # Either the list, or questions or a professional that come before any session.
    assert 'name="short"' not in page.text
    before = len(screened_in_short(runner))
    assert says(runner, short="1").status_code in (303, 422)
    assert len(screened_in_short(runner)) == before


def screened_in_short(runner: Visitor) -> list[dict[str, Any]]:
    entries = runner.client.get("/api/v1/diary").json()["entries"]
    return [one for one in entries if one["kind"] == "rescreened" and "nothing_new_since" in one]


def test_a_list_that_is_a_week_old_is_due(runner: Visitor) -> None:
    pack = runner.client.get("/api/v1/sessions/today?anyway=true").json()["pack"]
    noes = {question["id"]: "no" for question in pack["questions"]}
    tells(runner, "rescreened", 7, answers=noes)

    assert not offers_the_tap(runner)
    text = runner.get(PAGE).text
    assert text.index("</h1>") < text.index("The whole list comes once a week.")  # the sentence first
    answer = says(runner, short="1")
    assert answer.status_code == 422
    assert 'name="none"' in answer.text
    assert screened_in_short(runner) == []


def test_the_page_of_the_session_holds_the_same_words(runner: Visitor) -> None:
    says(runner, none="1")
    short = words_of(runner.get(PAGE).text)
    page = tight(runner.get("/session").text)
    card = re.findall(r'<section[^>]*data-screen="check"[^>]*>(.*?)</section>', page, re.DOTALL)[0]

    assert html.unescape(re.sub(r"<[^>]+>", " ", card)).split() == short
