"""Second thoughts: a changed answer, the back button, a second tab, a disagreement, and erasing it all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.journeys.conftest import PHONE, watched
from tests.journeys.person import Person
from tests.server import serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser

WORDS = "zugspitze-and-back"


def to_the_result(person: Person) -> None:
    person.begin()
    person.about(33, "novice", "female", weeks=3)
    person.point("knee-front-right", "knee-anterior:right")
    person.press("Continue")
    person.answer({}, {"run": 4, "walk": 0, "stairs": 3, "sit": 2, "rest": 0, "night": 0})
    assert person.at == "/result"


def test_a_changed_answer_says_what_was_worked_out_again(person: Person) -> None:
    to_the_result(person)
    assert person.page.locator(".changed").count() == 0

    person.press("← My answers")
    assert person.at == "/answers"
    person.follow('a[href="/pain"]')
    person.pains({"stairs": 0, "sit": 0})
    person.answer({})

    assert person.at == "/result"
    said = person.page.locator(".changed").inner_text()
    assert said.strip()
    person.open("/result")
    assert person.page.locator(".changed").inner_text() == said  # looking again takes nothing away


def test_an_answer_that_turns_dangerous_later_ends_the_flow_there(person: Person) -> None:
    to_the_result(person)
    person.open("/answers")
    person.follow('a[href="/q/first-checks"]')
    person.answer_screen({"dvt": "yes"})
    person.answer({})

    assert person.at == "/referral"
    person.open("/answers")
    person.follow('a[href="/q/first-checks"]')
    assert person.page.locator('input[name="yes"][value="dvt"]').is_checked()
    person.page.locator('label:has(input[name="yes"][value="dvt"])').click()
    person.answer_screen({})
    person.answer({})
    person.open("/result")
    assert person.at == "/result"


def test_the_back_button_loses_nothing(person: Person) -> None:
    person.begin()
    person.about(41, "regular", "male", weeks=6)
    person.point("knee-front-right", "knee-anterior:right")
    person.press("Continue")
    person.answer_screen({})

    for _ in range(5):
        if person.at != "/who":
            person.page.go_back()
    assert person.at == "/who"
    assert person.page.locator("#age").input_value() == "41"
    assert person.page.locator('input[name="level"][value="regular"]').is_checked()
    person.open("/where")
    assert person.page.locator('input[value="knee-anterior:right"]').is_checked()
    person.open("/q/first-checks")
    assert "You said: none of these." in person.reads


def test_a_second_tab_sees_the_same_and_loses_nothing(person: Person) -> None:
    to_the_result(person)
    second = Person(person.page.context.new_page(), person.address)
    second.open("/pain")
    person.open("/who")

    second.pains({"run": 6})
    person.page.locator("#age").fill("52")
    person.press("Continue")
    person.answer({})

    second.open("/answers")
    assert "52" in second.reads
    assert "running 6/10" in second.reads
    second.page.close()


@pytest.mark.statement("S76")
def test_disagreeing_is_kept_and_thanked_for(person: Person) -> None:
    to_the_result(person)
    person.follow("ol.rank a")
    assert person.at.startswith("/evidence/")
    section = person.page.locator("#remark")
    if section.locator("form").count():
        person.tick("agrees", "no")
        person.page.locator("#remark-text").fill("My hips are fine.")
        person.page.get_by_role("button", name="Keep it").click()
    person.page.get_by_text("It is kept on this machine").wait_for()
    person.page.reload()
    assert "Thank you" in person.page.locator("#remark").inner_text()


@pytest.fixture
def kept(browser: Browser, tmp_path: Path) -> Iterator[tuple[Person, Path]]:
    """A runner on a server of its own, and the folder the data lie in."""
    with serving(tmp_path) as address, watched(browser, address, **PHONE) as context:
        yield Person(context.new_page(), address), tmp_path


def test_erasing_leaves_no_word_in_the_folder(kept: tuple[Person, Path]) -> None:
    person, folder = kept
    person.begin()
    person.about(33, "novice", weeks=3)
    person.point("knee-front-right", "knee-anterior:right")
    person.page.locator("details.story summary").click()
    person.page.locator("#story").fill(WORDS)
    person.press("Continue")
    person.answer({})
    assert any(WORDS.encode() in path.read_bytes() for path in files(folder))

    person.open("/settings")
    person.tick("confirm", "1")
    person.press("Erase all")

    assert person.at == "/"
    assert person.page.locator(".resume").count() == 0
    for path in files(folder):
        content = path.read_bytes()
        assert WORDS.encode() not in content, path
        assert b"knee-anterior" not in content, path


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_the_body_can_be_used_with_the_keyboard_alone(person: Person) -> None:
    person.begin()
    person.about(33, "novice", weeks=3)
    page = person.page
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "tap-knee-front-right":
            break
    assert page.evaluate("document.activeElement.id") == "tap-knee-front-right"

    page.keyboard.press("Enter")
    page.locator("#at-knee-front-right").wait_for(state="visible")
    for _ in range(60):
        if page.evaluate("document.activeElement.value") == "knee-anterior:right":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert page.locator('input[value="knee-anterior:right"]').is_checked()
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Continue":
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/q/first-checks")
