"""Every page in a real state: axe finds nothing in light and dark, nothing overflows, targets fit a thumb."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests.journeys.conftest import watched
from tests.web.states import PAGES, STATES
from tests.web.visitor import Visitor
from weaklink.web.routes import ROUTES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WIDTHS = (390, 1280)
SMALLEST = 360
TARGET = 44
ANSWERS = {"/session/figures", "/shared/{secret}"}  # the shared plan is the printed sheet

# Links inside a sentence are exempt, as everywhere; a box or circle counts with the label around it.
SMALL_TARGETS = """(least) => {
  const small = [];
  const seen = new Set();
  const things = document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary");
  for (const thing of things) {
    const target = thing.closest("label") ?? thing;
    if (seen.has(target) || thing.closest("[hidden], .skip, [tabindex='-1'][aria-hidden=true]")) continue;
    seen.add(target);
    if (!target.checkVisibility({ visibilityProperty: true, opacityProperty: false })) continue;
    const details = target.closest("details:not([open])");
    if (details && target.closest("summary") === null) continue;
    const inText = getComputedStyle(thing).display === "inline" && thing.tagName === "A" &&
      thing.parentElement.textContent.trim().length > thing.textContent.trim().length;
    if (inText) continue;
    const box = target.getBoundingClientRect();
    if (box.width < least - 0.5 || box.height < least - 0.5) {
      small.push(`${thing.tagName} "${(target.textContent || thing.name || thing.id).trim().slice(0, 40)}" ${Math.round(box.width)} x ${Math.round(box.height)}`);
    }
  }
  return small;
}"""
OVERFLOW = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  return [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > room + 1)
    .map((one) => `${one.tagName}.${one.getAttribute("class") ?? ""}`).slice(0, 5).concat(`page ${document.documentElement.scrollWidth} > ${room}`);
}"""
RUN_AXE = "axe.run(document, {resultTypes: ['violations']}).then(found => found.violations.map(one => `${one.id}: ${one.nodes.map(node => node.target.join(' ') + ' ' + (node.any[0]?.message ?? '')).slice(0, 3).join(' | ')}`))"


@pytest.fixture(scope="module")
def visitor(address: str) -> Iterator[Visitor]:
    """Whoever fills in the forms, without a browser."""
    with httpx.Client(base_url=address, timeout=30) as client:
        yield Visitor(client)


@pytest.fixture(scope="module")
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A page that is looked at in several sizes."""
    with watched(
        browser, address, reduced_motion="reduce", viewport={"width": 390, "height": 844}
    ) as context:
        yield context.new_page()


@pytest.fixture(scope="module")
def state(request: pytest.FixtureRequest, visitor: Visitor) -> str:
    """The state the runner is in now."""
    STATES[request.param](visitor)
    return str(request.param)


def problems(page: Page) -> list[str]:
    """What axe says in both themes and widths, and what is too wide or too small."""
    from axe_playwright_python.base import AXE_SCRIPT

    page.evaluate(AXE_SCRIPT)
    found = []
    for width in (*WIDTHS, SMALLEST):
        page.set_viewport_size({"width": width, "height": 844})
        found += [f"{width}: overflows: {line}" for line in page.evaluate(OVERFLOW)]
        if width == SMALLEST:
            continue
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
            found += [f"{width} {theme}: {line}" for line in page.evaluate(RUN_AXE)]
    page.set_viewport_size({"width": 390, "height": 844})
    found += [f"smaller than {TARGET} px: {line}" for line in page.evaluate(SMALL_TARGETS, TARGET)]
    return found


# Shown only with the session it is about; its journey looks at it.
NAMED_ONLY = {"/diary/session"}
SHOWN = [(state, path) for state, path, _ in PAGES if path not in NAMED_ONLY]


@pytest.mark.parametrize(("state", "path"), SHOWN, indirect=["state"])
def test_a_page_is_usable_by_everyone(page: Page, address: str, state: str, path: str) -> None:
    response = page.goto(address + path)

    assert response is not None
    assert response.status == 200
    assert page.url == address + path
    assert problems(page) == []


@pytest.mark.parametrize("state", ["begun"], indirect=True)
def test_a_page_with_a_problem_is_usable_by_everyone(page: Page, address: str, state: str) -> None:
    page.goto(f"{address}/who")
    page.locator("#age").fill("7")
    with page.expect_navigation():
        page.get_by_role("button", name="Continue").click()

    assert page.locator("#problem-age").is_visible()
    assert problems(page) == []


def test_a_page_that_is_not_there_is_usable_by_everyone(page: Page, address: str) -> None:
    page.goto(f"{address}/nowhere")

    assert problems(page) == []


@pytest.mark.parametrize("state", ["planned"], indirect=True)
def test_the_ways_at_the_top_fit_the_narrowest_phone(page: Page, address: str, state: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    wide = {}
    for path in ("/plan", "/today", "/diary", "/progress", "/settings", "/running"):
        page.goto(address + path)
        wide[path] = page.evaluate(OVERFLOW)
    page.set_viewport_size({"width": 390, "height": 844})

    assert {path: lines for path, lines in wide.items() if lines} == {}


@pytest.mark.parametrize("state", ["fresh"], indirect=True)
def test_no_link_at_the_foot_is_broken_over_two_lines(page: Page, address: str, state: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(address)
    links = page.locator(".foot a")
    broken = [
        link.inner_text() for link in links.all() if link.evaluate("a => a.getClientRects().length") > 1
    ]

    assert links.count() > 3
    assert broken == []


@pytest.mark.parametrize("state", ["pointed"], indirect=True)
def test_the_body_map_says_what_is_marked(page: Page, address: str, state: str) -> None:
    page.goto(f"{address}/where")
    said = page.locator('[data-part="marked"]')
    assert said.inner_text() == ""

    for box in page.locator("[name=place]:checked").all():
        box.evaluate("box => box.click()")
    assert said.inner_text() == "Nothing marked yet."
    page.locator('[name=place][value="calf:left"]').evaluate("box => box.click()")

    assert said.inner_text().startswith("Marked: ")
    assert "calf" in said.inner_text().lower()


def test_no_page_is_forgotten() -> None:
    shown = {route.path for route in ROUTES if "GET" in (route.methods or ())}
    shown = {path for path in shown if "." not in path and path not in ANSWERS}  # files and answers

    assert {route for _, _, route in PAGES} == shown


def test_the_first_page_is_light(browser: Browser, address: str) -> None:
    sizes: dict[str, Any] = {}
    with watched(browser, address, viewport={"width": 390, "height": 844}) as context:
        page = context.new_page()
        page.on("requestfinished", lambda request: sizes.update({request.url: request}))
        page.goto(address, wait_until="networkidle")
        total = sum(
            request.sizes()["responseBodySize"] + request.sizes()["responseHeadersSize"]
            for request in sizes.values()
        )

        assert len(sizes) <= 15
        assert total <= 300_000
