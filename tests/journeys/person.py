"""A person at the pages: taps, ticks and reads as a runner would, with or without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page, Response

MOST_SCREENS = 30


class Person:
    """One runner in one browser page. `screens` keeps the addresses of every screen that was answered."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.screens: list[str] = []
        self.weeks: int | None = None  # how long it has hurt, told with the story

    # Moving about.

    def open(self, path: str) -> Response:
        """Go to an address, as typed."""
        response = self.page.goto(self.address + path)
        assert response is not None
        return response

    @property
    def at(self) -> str:
        """The path of the page shown."""
        return urlsplit(self.page.url).path

    @property
    def reads(self) -> str:
        """Everything in the page's main part, hidden details included, as one line."""
        return re.sub(r"\s+", " ", self.page.locator("main").text_content() or "").strip()

    @property
    def headline(self) -> str:
        """The one sentence at the top."""
        return self.page.locator("h1").first.inner_text()

    def follow(self, selector: str) -> None:
        """Follow the first link a selector finds."""
        self.leave(self.page.locator(selector))

    def press(self, words: str) -> None:
        """Press the button or follow the link of these words, and wait for the page it leads to."""
        found = self.page.get_by_role("button", name=words, exact=True)
        self.leave(found if found.count() else self.page.get_by_role("link", name=words, exact=True))

    def leave(self, thing: Locator) -> None:
        """Tap what leads to another page, and wait for it."""
        self.unfold(thing)
        with self.page.expect_navigation():
            thing.first.click()

    def unfold(self, thing: Locator) -> None:
        """Open what a thing is folded into, the outermost first."""
        folded = thing.first.locator("xpath=ancestor::details[not(@open)]")
        while folded.count():
            folded.first.locator("> summary").click()

    def tick(self, name: str, value: str) -> None:
        """Tick a box or choose a circle by tapping its label."""
        label = self.page.locator(f'label:has(input[name="{name}"][value="{value}"])').first
        if not label.locator("input").is_checked():
            label.click()

    # The intake.

    def begin(self, *, hurts: bool = True) -> None:
        """From the first page on."""
        self.open("/")
        self.press("Show where it hurts" if hurts else "No pain? Train to prevent it")
        if self.at.startswith("/episodes"):  # there is a plan already
            self.press("It is something new")
        assert self.at == "/who"

    def about(self, age: int, level: str, sex: str = "not-said", weeks: int | None = None) -> None:
        """Who I am."""
        self.page.locator("#age").fill(str(age))
        self.tick("sex", sex)
        self.tick("level", level)
        self.weeks = weeks
        self.press("Continue")

    def point(self, region: str, *spots: str, back: bool = False) -> None:
        """Tap a region of the body, then tick the spots in it; a lone spot may be ticked by the tap already."""
        self.tick("view", "back" if back else "front")
        self.page.locator(f"#tap-{region}").click()
        group = self.page.locator(f"#at-{region}")
        group.wait_for(state="visible")
        for spot in spots:
            self.tick("place", spot)

    def pains(self, answers: Mapping[str, int]) -> None:
        """How much it hurts, where asked."""
        for situation, number in answers.items():
            if self.page.locator(f'input[name="{situation}"]').count():
                self.tick(situation, str(number))
        self.press("Continue")

    def answer(self, answers: Mapping[str, str], pain: Mapping[str, int] | None = None) -> None:
        """Answer every screen that comes; "no" or "none of these" where nothing else is wanted."""
        for _ in range(MOST_SCREENS):
            if self.at == "/before":
                self.press("No, something else")
            elif self.at == "/pain":
                self.screens.append(self.at)
                self.pains(pain or {"run": 4, "night": 0, "rest": 0})
            elif self.at == "/story":
                self.screens.append(self.at)
                self.tell(answers)
            elif self.at.startswith("/q/"):
                self.screens.append(self.at)
                self.answer_screen(answers)
            else:
                return
        raise AssertionError(f"the questions never end: {self.screens}")

    def tell(self, answers: Mapping[str, str]) -> None:
        """The story: since when, what changed, and what else is known; the rest is left open."""
        if self.weeks is not None:
            self.page.locator("#since").fill(str(self.weeks))
            self.page.locator("[name=since_unit]").select_option("weeks")
        changed = [name for name in self._values("yes") if answers.get(name) == "yes"]
        for name in changed:
            self.tick("yes", name)
        if not changed and self._values("none"):
            self.tick("none", "1")
        for name, said in answers.items():
            if self.page.locator(f'input[type=radio][name="{name}"]').count():
                self.tick(name, said)
        self.press("Continue")

    def _values(self, name: str) -> list[str]:
        boxes = self.page.locator(f'input[name="{name}"]').all()
        return [str(box.get_attribute("value")) for box in boxes]

    def answer_screen(self, answers: Mapping[str, str]) -> None:
        """Answer the screen shown."""
        if self.page.locator("fieldset.flags").count():
            self.press("Continue" if self._flags(answers) else "None of these")
        elif self.page.locator(".dock button").count():
            for field in self.page.locator("fieldset.field").all():
                self._field(field, answers)
            self.press("Continue")
        else:
            self._one_tap(answers)

    def _flags(self, answers: Mapping[str, str]) -> int:
        """Tick what is true; how many lines that were. "Not sure" opens under a line that was tapped."""
        said = 0
        for flag in self._values("yes"):
            if answers.get(flag) in ("yes", "unsure"):
                self.tick("yes", flag)
                said += 1
            if answers.get(flag) == "unsure":
                self.tick("unsure", flag)
        return said

    def _field(self, field: Locator, answers: Mapping[str, str]) -> None:
        name = field.locator("input").first.get_attribute("name") or ""
        number = field.locator("input[inputmode]")
        said = answers.get(name, "0" if number.count() else "no")
        if number.count():
            number.fill(said)
        elif said in self._values(name):
            self.tick(name, said)

    def _one_tap(self, answers: Mapping[str, str]) -> None:
        buttons = self.page.locator("form.question button.answer")
        name = buttons.first.get_attribute("name") or ""
        wanted = answers.get(name, "no")
        exact = self.page.locator(f'button.answer[value="{wanted}"]')
        self.leave(exact if exact.count() else self.page.locator('button.answer[value="unsure"]'))

    # The tests and the week.

    def test(self, test: str, **results: str | int) -> None:
        """Write down a test's result, per side: a number or the id of an option."""
        self.open(f"/tests/{test}")
        for side, result in results.items():
            number = self.page.locator(f'input[name="value.{side}"]')
            if number.count():
                number.fill(str(result))
            else:
                self.tick(f"option.{side}", str(result))
        self.leave(self.page.locator('button[value="keep"]'))

    def week(self, minutes: int, days: tuple[str, ...], equipment: tuple[str, ...] = ()) -> None:
        """What my week allows."""
        self.open("/week")
        self.tick("minutes", str(minutes))
        for box in self.page.locator('input[name="days"]').all():
            day = box.get_attribute("value") or ""
            if box.is_checked() != (day in days):
                self.page.locator(f'label:has(input[name="days"][value="{day}"])').click()
        for thing in equipment:
            self.tick("equipment", thing)
        self.press("Make my plan")
        assert self.at == "/plan", self.at

    def moves(self, where: str = ".moves:not(.slim)") -> list[str]:
        """The ids of the moves in the plan shown."""
        links = self.page.locator(f"ol{where} h3 a").all()
        return [str(link.get_attribute("href")).rpartition("/")[2] for link in links]
