"""The moving figure in a real Chromium with a software renderer: it moves, gives way, and never gets in the way."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.journeys.conftest import PHONE, watched
from tests.journeys.person import Person
from tests.journeys.test_accessibility import problems
from tests.journeys.test_j1_kneecap import ANSWERS, PAIN
from weaklink.figure.drawing import TONES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

SQUAT = "/exercises/wall-squat"
LIVE = "figure.is-live .live-canvas"
# Frames say that they are so far apart [ms], whatever this machine is busy with: the figure's only clock.
CLOCK = """(() => {
  let now = 1000;
  let next = 1;
  const waiting = new Map();
  window.requestAnimationFrame = (step) => {
    const id = next++;
    waiting.set(id, setTimeout(() => { waiting.delete(id); now += STEP; step(now); }, 4));
    return id;
  };
  window.cancelAnimationFrame = (id) => { clearTimeout(waiting.get(id)); waiting.delete(id); };
})()"""


@contextlib.contextmanager
def looking(browser: Browser, address: str, step_ms: int = 16, **options: Any) -> Iterator[Page]:
    """A page at phone size whose frames are so far apart; fails on any complaint or foreign request."""
    with watched(browser, address, **{**PHONE, **options}) as context:
        context.set_default_timeout(40_000)
        context.set_default_navigation_timeout(60_000)
        context.add_init_script(CLOCK.replace("STEP", str(step_ms)))
        yield context.new_page()


def opened(page: Page, path: str) -> Page:
    """A page whose figure stands in three dimensions."""
    page.goto(path)
    page.locator("[data-stage]").first.scroll_into_view_if_needed()  # nothing large comes before it is seen
    page.locator(LIVE).wait_for()
    page.wait_for_timeout(600)  # the canvas has faded in
    return page


def picture(page: Page) -> bytes:
    return page.locator(LIVE).screenshot()


def becomes_another(page: Page, before: bytes, patience_ms: int = 15_000) -> bool:
    """Whether the figure looks different at some moment; a busy machine may draw few frames."""
    for _ in range(patience_ms // 250):
        page.wait_for_timeout(250)
        if picture(page) != before:
            return True
    return False


@pytest.fixture(scope="module")
def squat(drawing_browser: Browser, address: str) -> Iterator[Page]:
    """The wall squat, as a runner with a phone sees it."""
    with looking(drawing_browser, address) as page:
        yield opened(page, address + SQUAT)


@pytest.mark.statement("S23")
def test_the_figure_moves_until_it_is_paused(squat: Page) -> None:
    assert becomes_another(squat, picture(squat))

    squat.get_by_role("button", name="Pause").click()
    squat.wait_for_timeout(200)
    still = picture(squat)
    squat.wait_for_timeout(400)
    assert picture(squat) == still

    squat.get_by_role("button", name="Play").click()
    assert becomes_another(squat, still)


def test_a_button_and_a_finger_turn_it(squat: Page) -> None:
    paused(squat)
    first = picture(squat)
    squat.get_by_role("button", name="Back", exact=True).click()
    squat.wait_for_timeout(1200)
    behind = picture(squat)
    assert behind != first

    box = squat.locator(LIVE).bounding_box()
    assert box is not None
    squat.mouse.move(box["x"] + 100, box["y"] + 100)
    squat.mouse.down()
    squat.mouse.move(box["x"] + 200, box["y"] + 100, steps=4)
    squat.mouse.up()
    squat.wait_for_timeout(300)
    assert picture(squat) != behind


def paused(page: Page) -> None:
    """The figure of this page holds still."""
    button = page.get_by_role("button", name="Pause")
    if button.is_visible():
        button.click()
    page.wait_for_timeout(300)


def test_a_touch_on_a_muscle_gives_its_name_and_what_it_does(squat: Page) -> None:
    paused(squat)
    squat.get_by_role("button", name="Front", exact=True).click()
    squat.wait_for_timeout(1200)
    box = squat.locator(LIVE).bounding_box()
    assert box is not None
    said = ""
    for row in range(9, 16):
        for column in range(6, 15):
            squat.mouse.click(box["x"] + box["width"] * column / 20, box["y"] + box["height"] * row / 20)
            squat.wait_for_timeout(60)
            said = squat.locator("[data-words-here]").inner_text()
            if "knee" in said.lower():
                break
        else:
            continue
        break

    assert "knee" in said.lower()
    assert squat.locator(".live-label").inner_text()
    assert len(said.splitlines()) >= 3  # name, action, what it does in running


def test_the_list_of_muscles_is_the_other_way_for_a_keyboard(squat: Page) -> None:
    squat.locator(".live-muscles summary").focus()
    squat.keyboard.press("Enter")
    squat.keyboard.press("Tab")
    assert squat.evaluate("document.activeElement.closest('[data-muscle]') !== null")
    name = squat.evaluate("document.activeElement.textContent")
    squat.keyboard.press("Enter")
    squat.wait_for_timeout(500)

    assert name.split(",")[0] in squat.locator("[data-words-here]").inner_text()

    squat.locator("[data-play]").focus()
    before = squat.locator("[data-play]").inner_text()
    squat.keyboard.press("Enter")
    assert squat.locator("[data-play]").inner_text() != before


def test_the_theme_changes_while_it_stands(squat: Page) -> None:
    paused(squat)
    light = picture(squat)
    squat.emulate_media(color_scheme="dark")
    squat.wait_for_timeout(500)
    assert picture(squat) != light
    squat.emulate_media(color_scheme="light")
    squat.wait_for_timeout(500)
    assert picture(squat) == light


def test_axe_finds_nothing_while_it_moves(drawing_browser: Browser, address: str) -> None:
    with looking(drawing_browser, address) as page:
        assert problems(opened(page, address + "/exercises/clamshell")) == []


def test_the_still_picture_is_painted_before_any_script_of_the_figure(
    drawing_browser: Browser, address: str
) -> None:
    with looking(drawing_browser, address) as page:
        opened(page, address + SQUAT)
        painted, fetched = page.evaluate("""() => [
          performance.getEntriesByName('first-contentful-paint')[0].startTime,
          Math.min(...performance.getEntriesByType('resource')
            .filter((one) => /three|figure\\/figure|\\.glb/.test(one.name)).map((one) => one.startTime)),
        ]""")

    assert painted < fetched


def test_less_motion_means_a_picture_and_a_button(drawing_browser: Browser, address: str) -> None:
    with looking(drawing_browser, address, reduced_motion="reduce") as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(address + SQUAT)
        button = page.get_by_role("button", name="Show it moving")
        button.wait_for()
        page.wait_for_timeout(1500)
        assert page.locator("canvas").count() == 0
        assert [url for url in asked if "three" in url or ".glb" in url] == []
        assert page.locator("[data-stage] svg").is_visible()

        button.click()
        page.locator(LIVE).wait_for()
        assert becomes_another(page, picture(page))


def still_stays(page: Page) -> None:
    """The picture is there, nothing of the figure is, and nobody is told of it."""
    page.locator("[data-figure][data-state=still]").first.wait_for()
    assert page.locator("figure.is-live").count() == 0
    assert page.locator("[data-stage] svg").is_visible()
    assert page.locator("[data-bar]").is_hidden()
    assert page.locator("canvas").count() == 0


def test_without_webgl_the_picture_stays(browser: Browser, address: str) -> None:
    with looking(browser, address) as page:
        page.goto(address + SQUAT)
        if page.evaluate("document.createElement('canvas').getContext('webgl2') !== null"):
            page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
            page.goto(address + SQUAT)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.reload()
        still_stays(page)
        assert [url for url in asked if "three" in url] == []  # nothing large is fetched for nothing


def test_a_lost_context_brings_the_picture_back(drawing_browser: Browser, address: str) -> None:
    with looking(drawing_browser, address) as page:
        opened(page, address + SQUAT)
        page.evaluate(
            "document.querySelector('.live-canvas').getContext('webgl2').getExtension('WEBGL_lose_context').loseContext()"
        )
        still_stays(page)


def test_a_script_or_a_file_that_does_not_come_leaves_the_picture(
    drawing_browser: Browser, address: str
) -> None:
    for missing in ("**/three.min.js", "**/body.glb*"):
        context: BrowserContext = drawing_browser.new_context(**PHONE)
        errors: list[str] = []
        context.on("weberror", lambda error, errors=errors: errors.append(str(error.error)))
        page = context.new_page()
        page.route(missing, lambda route: route.abort())
        page.goto(address + SQUAT)
        still_stays(page)
        assert errors == []
        context.close()


def test_a_slow_machine_gets_fewer_pixels_then_the_picture(drawing_browser: Browser, address: str) -> None:
    with looking(drawing_browser, address, step_ms=60) as page:
        page.add_init_script("""(() => {
          window.widths = [];
          new MutationObserver(() => {
            const canvas = document.querySelector('.live-canvas');
            if (canvas && canvas.width !== widths.at(-1)) widths.push(canvas.width);
          }).observe(document, { subtree: true, childList: true, attributes: true });
        })()""")
        page.goto(address + SQUAT)
        still_stays(page)
        widths = page.evaluate("widths")

    assert len(widths) >= 2
    assert widths[-1] == pytest.approx(widths[-2] / 2, abs=1)


def test_without_a_graphics_card_more_pixels_stand_for_smoothed_edges(
    drawing_browser: Browser, address: str
) -> None:
    with looking(drawing_browser, address, device_scale_factor=1) as page:
        opened(page, address + SQUAT)
        width, shown, smoothed = page.evaluate("""() => {
          const canvas = document.querySelector('.live-canvas');
          const { antialias } = canvas.getContext('webgl2').getContextAttributes();
          return [canvas.width, canvas.clientWidth, antialias];
        }""")

    assert not smoothed
    assert width == pytest.approx(1.25 * shown, abs=1)


def test_what_takes_over_has_one_colour_in_stills_figure_and_legend(browser: Browser, address: str) -> None:
    with looking(browser, address) as page:
        page.goto(address + "/what-if")
        legend, token = page.evaluate("""() => {
          const probe = document.body.appendChild(document.createElement('i'));
          probe.style.color = 'var(--take)';
          const legend = getComputedStyle(document.querySelector('.key .tone.more')).fill;
          return [legend, getComputedStyle(probe).color];
        }""")
        palette = page.request.get(address + "/static/figures/palette.js").text()

    assert legend == token
    assert TONES["takes"] == "take"
    assert re.search(r"case 'takes':\n\s*case 'overworked': return \[this\.mixed\('muscle', 'take'", palette)


def test_result_and_plan_show_it_too(drawing_browser: Browser, address: str) -> None:
    with looking(drawing_browser, address) as page:
        person = Person(page, address)
        person.begin()
        person.about(33, "novice", "female", weeks=3)
        person.point("knee-front-right", "knee-anterior:right")
        person.press("Continue")
        person.answer(ANSWERS, PAIN)
        assert person.at == "/result"
        opened(page, address + "/result")
        assert page.locator("[data-pain-site=knee-anterior]").count() == 1
        assert becomes_another(page, picture(page))

        person.week(15, ("mon", "wed", "fri"))
        opened(page, address + "/plan")
        rows = page.locator("li.can-move")
        assert rows.nth(0).locator("figure.is-live").count() == 1
        assert page.locator("canvas").count() == 1

        rows.nth(1).locator("[data-bring]").click()
        rows.nth(1).locator("figure.is-live canvas").wait_for()
        assert page.locator("canvas").count() == 1  # one figure at a time
        assert problems(page) == []
