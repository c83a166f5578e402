"""What is said once on a page: a reason with all its moves, and what cannot wait until a visit."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.web.states import State, emergency, hot_calf, planned, ranked, referred, trained
from tests.web.test_put_off import words_of
from tests.web.visitor import at_home
from weaklink.web.weeks.progress_page import said_together


def test_several_moves_stand_in_one_sentence() -> None:
    assert (
        said_together("A little more", ["Clamshell.", "Leg raise."]) == "A little more: Clamshell, Leg raise."
    )
    assert said_together("A little more", ["Clamshell."]) == "A little more: Clamshell."
    assert said_together("", ["Rest first."]) == "Rest first."


def test_a_week_of_progress_says_each_reason_of_a_day_once(tmp_path: Path) -> None:
    with at_home(tmp_path) as visitor:
        trained(visitor)
        page = words_of(visitor.get("/progress").text)
    why = page.partition("Why the dose changed")[2].partition("How is it now?")[0]

    assert "so a little more comes next: " in why
    days = [part.split(".", 1)[1].split()[0] for part in why.split("so a little more comes next: ")[1:]]
    assert len(days) == len(set(days))


def test_what_is_left_out_for_one_reason_is_left_out_in_one_sentence(tmp_path: Path) -> None:
    with at_home(tmp_path) as visitor:
        planned(visitor)
        page = words_of(visitor.get("/plan").text)
    left_out = page.partition("Left out on purpose")[2].partition("What comes next")[0]

    assert left_out.count("waits until week 3 and two green sessions: it can irritate") == 1
    assert "The same for:" in left_out
    assert "Wall squat" in left_out


@pytest.mark.parametrize(("state", "times"), [(referred, 1), (hot_calf, 0), (emergency, 0)])
def test_a_referral_says_once_what_cannot_wait(tmp_path: Path, state: State, times: int) -> None:
    with at_home(tmp_path) as visitor:
        state(visitor)
        page, letter = (words_of(visitor.get(path).text) for path in ("/referral", "/referral/letter"))

    assert page.count("Go today") == letter.count("Go today") == times
    # No comfort where somebody has to call.
    assert ("nothing serious" in page) == (state is not emergency)


def test_how_long_it_has_hurt_is_changed_where_it_is_asked(tmp_path: Path) -> None:
    with at_home(tmp_path) as visitor:
        ranked(visitor)
        shown = visitor.get("/answers").text
        asked = visitor.get("/story")
        leads = visitor.post("/story", since="5", since_unit="weeks", none="1").headers["location"]
        changed = words_of(visitor.get("/answers").text)

    page = words_of(shown)
    about, _, story = page.partition("How it started")
    assert "3 weeks" not in about
    assert "Since 3 weeks" in story
    assert 'href="/story"' in shown
    assert 'value="3"' in asked.text
    assert leads == "/result"
    assert "Since 5 weeks" in changed


def test_what_changed_before_it_began_is_said_in_the_words_that_were_ticked(tmp_path: Path) -> None:
    with at_home(tmp_path) as visitor:
        visitor.begin()
        visitor.hurts("shin-medial:right")
        visitor.answer({"load-hills": "yes", "new-shoes": "yes"}, {"run": "5", "night": "3", "rest": "0"})
        told, letter = (words_of(visitor.get(path).text) for path in ("/answers", "/referral/letter"))
        visitor.begin()
        visitor.hurts("shin-medial:right")
        visitor.answer({}, {"run": "3", "night": "0", "rest": "0"})
        nothing = words_of(visitor.get("/answers").text)

    assert "What changed in the month before? Hills; New shoes" in told
    assert "Changed in the month before Hills; New shoes" in letter
    assert "did you run more hills" not in told + letter
    assert "What changed in the month before? Nothing" in nothing
