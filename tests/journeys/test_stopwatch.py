"""The tests of strength with the phone on the floor: a stopwatch, and a metronome that counts."""

from __future__ import annotations

import pytest

from tests.journeys.person import Person
from tests.journeys.session_page import wait


@pytest.mark.parametrize(("test", "most"), [("side-plank-hold", 3), ("sl-heel-raise-reps", 2)])
def test_what_was_counted_goes_into_the_field(person: Person, test: str, most: int) -> None:
    person.open(f"/tests/{test}")
    field = person.page.locator('[id="value.right"]')
    button = person.page.locator(".stopwatch button").first
    if not button.is_visible():
        assert field.is_visible()  # without scripts the number is typed
        return

    button.click()
    person.page.wait_for_timeout(1_000)
    assert button.inner_text() in ("3", "2")  # time to get into place
    person.page.wait_for_timeout(4_300)
    button.click()

    assert 1 <= int(field.input_value()) <= most
    assert button.inner_text().startswith(("Stopwatch", "Metronome, 2 s"))


@pytest.mark.parametrize(
    ("test", "name"),
    [
        ("straight-leg-raise-reps", "Metronome, 4 s"),
        ("one-leg-sts-30s", "Clock, 30 s"),
        ("toe-raise-wall-reps", ""),
    ],
)
def test_the_pace_is_the_one_the_steps_set_and_none_where_they_set_none(
    person: Person, scripts: bool, test: str, name: str
) -> None:
    person.open(f"/tests/{test}")
    shown = [button.inner_text() for button in person.page.locator(".stopwatch button:visible").all()]

    assert [words.partition(":")[0].strip() for words in shown] == ([name] * 2 if name and scripts else [])


def test_a_count_that_is_stopped_before_it_begins_says_nothing(person: Person) -> None:
    person.open("/tests/side-plank-hold")
    field = person.page.locator('[id="value.right"]')
    button = person.page.locator(".stopwatch button").first
    if not button.is_visible():
        return
    field.fill("")
    button.click()
    person.page.wait_for_timeout(500)
    button.click()

    assert field.input_value() == ""


def test_the_next_test_begins_at_its_top_and_a_refused_number_at_its_field(person: Person) -> None:
    scrolled = "window.scrollY"
    person.open("/tests/sl-heel-raise-reps")
    person.page.locator('[id="value.right"]').fill("many")
    person.leave(person.page.locator('button[value="keep"]'))
    assert person.at == "/tests/sl-heel-raise-reps"
    wait(person.page, f"() => {scrolled} > 0")  # the browser goes there once the page is laid out

    person.test("sl-heel-raise-reps", right=20, left=20)

    assert person.at.startswith("/tests/")
    assert person.at != "/tests/sl-heel-raise-reps"
    assert person.page.evaluate(scrolled) == 0  # its picture and its steps come before the number


@pytest.fixture(scope="module", autouse=True)
def ranked(person: Person) -> None:
    """Somebody with a result, who may test."""
    person.begin()
    person.about(33, "regular", "female", weeks=8)
    person.point("knee-front-right", "knee-anterior:right")
    person.press("Continue")
    person.answer({}, {"run": 3, "walk": 0, "stairs": 2, "rest": 0, "night": 0})
    assert person.at == "/result"
