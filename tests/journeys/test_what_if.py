"""What if, in Chromium: sliders answer at once, the same without scripts, from a result and from the open page."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.journeys.conftest import PHONE, watched
from tests.journeys.person import Person
from tests.journeys.session_page import wait
from tests.web.states import STATES
from tests.web.visitor import Visitor
from weaklink.body.names import Leg
from weaklink.library.packs import load_pack
from weaklink.library.reading import Library, shipped_library
from weaklink.mechanics.redistribution import redistribution
from weaklink.web.words.muscle_groups import muscle_groups, strengths, weaknesses

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SAME = 1e-6
ROWS = """() => Object.fromEntries([...document.querySelectorAll("[data-row]")].map(
  (row) => [row.dataset.row, [row.dataset.low, row.dataset.high]]))"""
ANSWERED = "(number) => Number(document.querySelector('main').dataset.answered ?? 0) > number"


@pytest.fixture(scope="module")
def library() -> Library:
    return shipped_library()


@pytest.fixture(scope="module")
def visitor(address: str) -> Iterator[Visitor]:
    """Whoever fills in the intake, without a browser."""
    with httpx.Client(base_url=address, timeout=120) as client:
        yield Visitor(client)


@pytest.fixture(scope="module")
def calm(browser: Browser, address: str) -> Iterator[Person]:
    """A runner with scripts who wants no motion: the chart is all there is."""
    with watched(browser, address, **PHONE, reduced_motion="reduce") as context:
        yield Person(context.new_page(), address)


def answered(person: Person) -> int:
    """The last question that was answered over all variants."""
    person.page.wait_for_selector("main[data-answered]")
    return int(person.page.locator("main").get_attribute("data-answered") or 0)


def set_sliders(person: Person, percents: dict[str, int], *, scripts: bool) -> None:
    """Move sliders to these places; those not named go to full strength."""
    before = answered(person) if scripts else 0
    for box in person.page.locator(".group").all():
        name = box.get_attribute("data-group") or ""
        slider = box.locator("input")
        value = str(percents.get(name, 100))
        slider.evaluate("(slider, value) => { slider.value = value; }", value)
        if scripts:
            slider.dispatch_event("input")
    if scripts:
        wait(person.page, ANSWERED, before)
        settled(person)
    else:
        person.press("Show who takes over")


def settled(person: Person) -> None:
    """Wait until no newer answer comes."""
    person.page.wait_for_timeout(120)
    answered(person)


def ranges(person: Person) -> dict[str, list[str]]:
    """Low and high of every row, as shown."""
    found: dict[str, list[str]] = person.page.evaluate(ROWS)
    return found


def check_numbers(person: Person, library: Library, side: Leg, percents: dict[str, int]) -> None:
    shares = strengths(muscle_groups(library), percents)
    (leg,) = redistribution(load_pack("running"), weaknesses(shares, side))
    shown = ranges(person)
    for change in leg.muscles + leg.structures:
        low, high = shown[change.id]
        if change.low is None or change.high is None:
            assert (low, high) == ("", ""), change.id
        else:
            assert abs(float(low) - change.low) <= SAME * (1 + abs(change.low)), change.id
            assert abs(float(high) - change.high) <= SAME * (1 + abs(change.high)), change.id


def test_the_page_gives_the_numbers_of_python(person: Person, scripts: bool, library: Library) -> None:
    chance = random.Random(7)
    groups = [group.id for group in muscle_groups(library)]
    person.open("/what-if")
    for _ in range(3):
        percents = {name: chance.randrange(20, 100, 5) for name in chance.sample(groups, 2)}
        set_sliders(person, percents, scripts=scripts)

        check_numbers(person, library, "right", percents)
        assert person.page.url.split("#")[0].endswith("/what-if")  # nothing of it stands in the address


@pytest.mark.statement("S14")
def test_sixty_percent_of_the_gluteus_medius_raise_the_tensor_fasciae_latae(
    person: Person, scripts: bool
) -> None:
    person.open("/what-if")
    set_sliders(person, {"glute-med": 60}, scripts=scripts)
    sentence = person.page.locator("#sentence").inner_text()

    assert float(ranges(person)["tensor-fasciae-latae"][0]) >= 0.1
    assert "60 % of its strength" in sentence
    assert "tensor fasciae latae" in sentence
    assert "times as hard" in sentence
    assert person.page.locator(".part.is-weak[data-of*='gluteus-medius']").count() == 2
    assert person.page.locator(".part.is-more[data-of='tensor-fasciae-latae']").count() == 2
    assert "not a diagnosis" in person.reads


def test_words_are_the_same_with_and_without_scripts(browser: Browser, address: str) -> None:
    said = []
    for scripts in (True, False):
        with watched(browser, address, **PHONE, java_script_enabled=scripts) as context:
            person = Person(context.new_page(), address)
            person.open("/what-if")
            set_sliders(person, {"calf-soleus": 55, "quads": 80}, scripts=scripts)
            places = ("#title", "#sentence", "#short", "#models", "#claims", "#takes .is-shown .says")
            found = [person.page.locator(place).all_text_contents() for place in places]
            # The layout of the source puts white space between elements that a script does not.
            said.append([["".join(text.split()) for text in texts] for texts in found])

    assert said[0] == said[1]


def test_sliders_work_together_and_all_go_back(calm: Person) -> None:
    calm.open("/what-if")
    set_sliders(calm, {"glute-med": 60, "calf-soleus": 70}, scripts=True)
    assert calm.headline == "What if 2 muscle groups were weaker?"
    assert calm.page.locator(".which .is-weak").count() == 2

    calm.page.locator("#reset").click()
    settled(calm)

    assert (
        calm.page.locator("#sentence").inner_text()
        == "Every muscle has its full strength, so nothing changes."
    )
    assert calm.page.locator(".part.is-weak, .part.is-more").count() == 0
    assert calm.page.locator("#takes .is-shown").count() == 0


def test_the_other_leg_is_a_tap_away(calm: Person) -> None:
    calm.open("/what-if")
    answered(calm)
    calm.page.locator('label:has([name="side"][value="left"])').click()
    wait(calm.page, "document.getElementById('sentence').textContent.includes('on your left')")

    turned = calm.page.locator("svg[data-view=side] .turned")
    assert turned.get_attribute("transform") == "scale(-1 1)"


def test_a_tap_on_a_muscle_brings_its_slider(calm: Person) -> None:
    calm.open("/what-if")
    answered(calm)
    assert calm.page.locator(".group:visible").count() == 1

    calm.page.locator("svg[data-view=back] [data-of=soleus]").click()

    assert calm.page.locator(".group:visible").get_attribute("data-group") == "calf-soleus"


def test_without_scripts_every_slider_stands_with_a_button(person: Person, scripts: bool) -> None:
    person.open("/what-if")
    groups = person.page.locator(".group:visible").count()

    assert (groups > 10) == (not scripts)
    assert person.page.get_by_role("button", name="Show who takes over").is_visible() == (not scripts)


def test_the_phone_keeps_sentence_body_and_slider_in_sight(calm: Person) -> None:
    calm.open("/what-if")
    answered(calm)
    boxes = [calm.page.locator(place).bounding_box() for place in ("#sentence", ".legs", ".hand")]
    tops = [box["y"] for box in boxes if box]

    assert tops == sorted(tops)
    hand = boxes[2]
    assert hand
    assert hand["y"] + hand["height"] <= 845
    legs = boxes[1]
    assert legs
    assert legs["y"] + legs["height"] <= hand["y"] + 1


@pytest.mark.parametrize("lost", ["**/what_if_worker.js*", "**/packs/running*"])
def test_without_the_solver_the_form_is_there(browser: Browser, address: str, lost: str) -> None:
    context = browser.new_context(**PHONE)
    page = context.new_page()
    page.route(lost, lambda route: route.abort())
    page.goto(f"{address}/what-if")
    page.wait_for_selector("main.still")

    assert page.get_by_role("button", name="Show who takes over").is_visible()
    assert page.locator(".group:visible").count() > 10
    context.close()


def test_a_result_brings_its_weak_link(
    browser: Browser, address: str, visitor: Visitor, library: Library
) -> None:
    STATES["planned"](visitor)
    with watched(browser, address, **PHONE, reduced_motion="reduce") as context:
        person = Person(context.new_page(), address)
        person.open("/result")
        person.follow('a[href="/what-if"]')

        answered(person)
        assert person.page.locator(".group:visible").get_attribute("data-group") == "quads"
        assert person.page.url == f"{address}/what-if"
        check_numbers(person, library, "right", {"quads": 60})
    STATES["fresh"](visitor)
