"""Weights at a phone: asked with the week, with JavaScript and without, and held in the session that follows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.application import house_at
from tests.in_process import at_a_port
from tests.journeys.conftest import PHONE, watched
from tests.journeys.person import Person
from tests.journeys.session_page import Thumb
from tests.journeys.test_accessibility import OVERFLOW, problems
from tests.web.visitor import Visitor
from weaklink.quantities import WEEKDAYS
from weaklink.web.course.weights_form import KINDS

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NARROWEST = 320


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Somebody strong whom nothing hurts, with a plan for every day, at a port of their own."""
    house = house_at(tmp_path_factory.mktemp("data"))
    with at_a_port(house) as address, httpx.Client(base_url=address, timeout=60) as client:
        visitor = Visitor(client)
        visitor.begin("prevent", level="seasoned", since="", sex="male", age="34")
        visitor.answer({})
        visitor.post("/tests/one-leg-sts-30s", value__right="20", value__left="20")
        visitor.answer({})
        visitor.post("/week", minutes="45", days=list(WEEKDAYS))
        yield address
    house.records.close()


def sees(person: Person, name: str) -> bool:
    return person.page.locator(f'[name="{name}"]').first.is_visible()


def choose(person: Person) -> None:
    """A rucksack of at most 12 kg and a bar with 60, in kilograms, for somebody of 80 who squats 100."""
    for kind in ("rucksack", "barbell"):
        person.tick("owns", kind)
    person.page.fill('[name="kg-rucksack"]', "12")
    person.page.fill('[name="kg-barbell"]', "60")
    person.page.fill('[name="mass"]', "80")
    person.page.select_option('[name="legs"]', "weekly")
    person.page.fill('[name="squat"]', "100")


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_a_number_is_asked_only_beside_what_was_ticked(browser: Browser, served: str, scripts: bool) -> None:
    with watched(browser, served, **PHONE, java_script_enabled=scripts) as context:
        person = Person(context.new_page(), served)
        person.open("/week")
        numbers = ("kg-rucksack", "kg-barbell", "squat", "bands")
        assert [sees(person, name) for name in numbers] == [False] * 4

        choose(person)
        person.tick("equipment", "band")
        person.tick("bands", "green")
        assert [sees(person, name) for name in numbers] == [True] * 4
        assert not sees(person, "kg-kettlebell")

        person.page.fill('[name="mass"]', "eighty")
        person.press("Make my plan")
        assert "Please enter a number from 20 to 250." in person.reads
        assert person.page.locator('[name="kg-barbell"]').input_value() == "60"
        assert [sees(person, name) for name in numbers] == [True] * 4

        person.page.fill('[name="mass"]', "80")
        person.press("Make my plan")
        assert person.at == "/plan"
        person.open("/week")
        for name in ("rucksack", "barbell"):
            person.page.locator(f'label:has(input[name="owns"][value="{name}"])').click()
        person.page.locator('label:has(input[name="equipment"][value="band"])').click()
        person.page.select_option('[name="legs"]', "")
        person.press("Make my plan")
        assert "bottles" not in person.reads


def test_the_page_is_usable_by_everyone_with_every_number_asked(browser: Browser, served: str) -> None:
    with watched(browser, served, reduced_motion="reduce", viewport={"width": 390, "height": 844}) as context:
        person = Person(context.new_page(), served)
        for path in ("/week", "/settings"):
            person.open(path)
            for kind in KINDS:
                if not person.page.locator(f'input[name="owns"][value="{kind}"]').is_checked():
                    person.tick("owns", kind)
            if not person.page.locator('input[name="equipment"][value="band"]').is_checked():
                person.tick("equipment", "band")
            person.page.select_option('[name="legs"]', "twice-a-week")
            assert problems(person.page) == []
            person.page.set_viewport_size({"width": NARROWEST, "height": 640})
            assert person.page.evaluate(OVERFLOW) == []
            person.page.set_viewport_size({"width": 390, "height": 844})


def test_a_session_holds_what_is_owned_and_says_how_to_put_it_together(browser: Browser, served: str) -> None:
    with watched(browser, served, **PHONE) as context:
        person = Person(context.new_page(), served)
        person.open("/week")
        choose(person)
        person.press("Make my plan")

        thumb = Thumb(person.page, served)
        thumb.begin("/session?anyway=1", pain=0)
        while not person.page.locator('[data-part="load"]').is_visible():
            thumb.tap("skip")
        first = thumb.part("load-says")
        assert "bottles of 1 l" in first or "each side " in first
        person.page.set_viewport_size({"width": NARROWEST, "height": 640})
        assert person.page.evaluate(OVERFLOW) == []
        assert person.page.locator('[data-part="load"]').is_visible()  # on the shortest phone, too
        assert person.page.locator('[data-do="hurts"]').is_visible()
        assert problems(person.page) == []
