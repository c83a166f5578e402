"""The pictures of the README: a real server, a real browser, one runner's answers.

.venv-dev/bin/python tools/pictures.py           writes docs/pictures/*.png
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.server import serving  # noqa: E402

PICTURES = ROOT / "docs" / "pictures"
CHROMIUM = "/usr/bin/chromium"
TEST = "sidelying-hip-abduction-hold-or-reps"


def main() -> None:
    """Takes the four pictures."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as address, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(
            viewport={"width": 390, "height": 844},
            device_scale_factor=2,
            color_scheme="light",
            reduced_motion="reduce",
        )
        to_the_result(page, address)
        to_the_plan(page, address)
        to_the_referral(page, address)
        browser.close()


def to_the_result(page: Page, address: str) -> None:
    """A runner with pain at the outer side of the left knee, and one test."""
    begin(page, address)
    page.locator("#tap-knee-front-left").click()
    page.locator('[value="knee-lateral:left"]').check(force=True)
    page.evaluate("scrollTo(0, 0)")
    take(page, "where")
    go_on(page)
    answer(page, ())
    page.goto(f"{address}/tests/{TEST}")
    page.fill('[name="value.right"]', "22")
    page.fill('[name="value.left"]', "14")
    with page.expect_navigation():
        page.locator('button[value="keep"]').click()
    page.goto(f"{address}/result")
    take(page, "result")


def to_the_plan(page: Page, address: str) -> None:
    """The week that follows from it."""
    page.goto(f"{address}/week")
    go_on(page)
    take(page, "plan")


def to_the_referral(page: Page, address: str) -> None:
    """Another runner, whose shin wakes them at night."""
    begin(page, address)
    page.locator("#tap-shin-front-right").click()
    page.locator('[value="shin-medial:right"]').check(force=True)
    go_on(page)
    answer(page, ("night-rest-pain",))
    take(page, "referral")


def begin(page: Page, address: str) -> None:
    """From the start page to the body."""
    page.goto(address)
    with page.expect_navigation():
        page.locator('button[value="pain"]').click()
    page.fill("#age", "33")
    page.locator('[name="level"][value="regular"]').check(force=True)
    page.fill("#km_per_week", "24")
    page.fill("#since", "5")
    go_on(page)


def answer(page: Page, true_flags: tuple[str, ...]) -> None:
    """Answers every question until the result or the referral: the flags as given, the rest with care."""
    while not any(end in page.url for end in ("/result", "/referral")):
        if page.url.endswith("/pain"):
            for scale in page.locator(".scale").all():
                value = "0" if scale.locator('[name="night"], [name="rest"]').count() else "3"
                scale.locator(f'input[value="{value}"]').check(force=True)
        elif page.locator(".flags").count():
            hit = [f for f in true_flags if page.locator(f'[name="yes"][value="{f}"]').count()]
            box = f'[name="yes"][value="{hit[0]}"]' if hit else '[name="none"]'
            page.locator(box).check(force=True)
        else:
            likely = page.locator('button[value="left"], button[value="same-distance"], button[value="no"]')
            chosen = likely if likely.count() else page.locator("button.answer")
            with page.expect_navigation():
                chosen.first.click()
            continue
        go_on(page)


def go_on(page: Page) -> None:
    """The one button of the page."""
    with page.expect_navigation():
        page.locator(".dock .button").first.click()


def take(page: Page, name: str) -> None:
    """What stands on the screen of a phone."""
    page.evaluate("document.fonts.ready")
    page.screenshot(path=PICTURES / f"{name}.png")
    print(PICTURES / f"{name}.png")


if __name__ == "__main__":
    main()
