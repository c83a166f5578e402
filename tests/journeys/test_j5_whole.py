"""J5's coach: sixty people, a link each without an account, and sheets with empty boxes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.exchange.pdf_reader import Pdf
from tests.journeys.conftest import PHONE, watched
from tests.journeys.person import Person

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PEOPLE = 60


@pytest.fixture(scope="module")
def coach(person: Person) -> Person:
    """No pain, starting to run: the plan for the group."""
    person.begin(hurts=False)
    person.about(28, "planning")
    person.answer({})
    person.week(25, ("tue", "fri"), ("band",))
    return person


@pytest.fixture(scope="module")
def links(coach: Person) -> list[str]:
    """The coach makes an address for each."""
    coach.open("/hand-on")
    if not coach.page.locator("#count").count():  # the group of the journey before this one
        coach.press("Close them all")
    coach.page.locator("#count").fill(str(PEOPLE))
    coach.press("Make an address for each")
    assert coach.at == "/hand-on/slips"
    return addresses(coach)


def addresses(coach: Person) -> list[str]:
    """The addresses on the slips."""
    return [str(field.get_attribute("value")) for field in coach.page.locator("input.address").all()]


@pytest.fixture(scope="module")
def runner(browser: Browser, coach: Person, scripts: bool) -> Iterator[Person]:
    """Somebody of the group, on a phone of their own."""
    with watched(browser, coach.address, **PHONE, java_script_enabled=scripts) as context:
        yield Person(context.new_page(), coach.address)


@pytest.mark.statement("S77")
def test_sixty_people_get_a_link_each(coach: Person, links: list[str]) -> None:
    assert len(set(links)) == len(links) == PEOPLE
    assert f"{PEOPLE} people" in coach.headline
    assert coach.page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.statement("S63", "S64", "S77")
def test_a_link_opens_the_sheet_with_empty_boxes_and_nothing_else(
    coach: Person, links: list[str], runner: Person
) -> None:
    for link in (links[0], links[-1]):
        runner.page.goto(link)
        rows = runner.page.locator("section.rowx")
        assert rows.count() >= 5
        assert runner.page.locator("table.boxes tbody td:not(.gap)").count() >= 2 * 4 * (rows.count() - 1)
        assert runner.page.locator("a[href^='/plan'], a[href^='/diary'], nav a").count() == 0
        assert "Name" in runner.reads


def test_one_link_is_closed_and_the_others_stay(coach: Person, links: list[str], runner: Person) -> None:
    coach.open("/hand-on/slips")
    coach.leave(coach.page.locator('button[name="address"]').first)

    left = addresses(coach)
    assert len(left) == PEOPLE - 1
    gone = next(link for link in links if link not in left)
    response = runner.page.goto(gone)
    assert response is not None
    assert response.status == 404
    other = runner.page.goto(left[0])
    assert other is not None
    assert other.ok


def test_the_coach_prints_a_sheet_on_one_page(coach: Person) -> None:
    coach.open("/plan/print")
    assert coach.page.locator("section.rowx table.boxes").count() >= 6
    assert coach.page.locator("section.rowx svg, section.rowx img").count() >= 5
    answer = coach.page.request.get(coach.address + "/plan/sheet.pdf")
    assert answer.ok
    pdf = Pdf(answer.body())
    assert len(pdf.pages) == 1
    assert "week 1" in pdf.text
