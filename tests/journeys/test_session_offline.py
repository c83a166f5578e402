"""The session in Chromium without a connection: installed, killed, in two tabs, with a clock that is set, synced twice.

Real IndexedDB, real service worker, real server. The same modules go through 200 courses in
`tests/web/test_session_offline.py`.
"""

from __future__ import annotations

import contextlib
import random
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.api.runner_in_training import RunnerInTraining
from tests.journeys.conftest import PHONE
from tests.journeys.session_page import ALL_SENT, FIGURES_THERE, INSTALLED, Thumb, all_synced, rows_of, wait
from tests.web.test_session_offline import new_episode

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

COURSES, ACTIONS = 12, 24
WAITING = "async () => (await weaklinkSession.port.waiting()).length"
SET_CLOCK = """(() => {
  const Real = Date;
  const ahead = () => Number(sessionStorage.getItem("ahead") ?? localStorage.getItem("ahead") ?? 0);
  globalThis.Date = class extends Real {
    constructor(...said) { super(...(said.length ? said : [Real.now() + ahead()])); }
    static now() { return Real.now() + ahead(); }
  };
})()"""
EVENTS = [
    '{type: "set-done", reps: 10, hold_s: null}',
    '{type: "set-done", reps: 8, hold_s: null}',
    '{type: "set-done", reps: 9, hold_s: null}',
    '{type: "effort", rir: 2}',
    '{type: "pain", pain: 1}',
    '{type: "hurts", rep: 3}',
    '{type: "undo"}',
    '{type: "skip", what: "set"}',
]


@pytest.fixture(scope="module")
def phone(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(**PHONE, reduced_motion="reduce")
    context.set_default_timeout(20000)
    context.add_init_script(SET_CLOCK)
    yield context
    context.close()


def opened(phone: BrowserContext, home: str) -> Page:
    page = phone.new_page()
    page.goto(home + "/session?anyway=1", wait_until="domcontentloaded")
    # "loading" is shown before the session is ready
    wait(
        page,
        "['questions', 'check', 'start', 'work', 'ending', 'done', 'none', 'closed', 'not-today'].includes(globalThis.weaklinkSession?.screens.shown)",
    )
    return page


def started(page: Page) -> None:
    page.evaluate(
        """async () => {
      for (const { id } of weaklinkSession.pack.questions) await weaklinkSession.event({type: "answer", question: id, answer: "no"});
      await weaklinkSession.event({type: "start", pain: 1, places: []});
    }"""
    )


def finish(page: Page) -> None:
    """A session that was not finished would go on; one not sent would be today's in the next test's diary."""
    page.evaluate("weaklinkSession.event({type: 'finish', minutes: 9})")
    page.evaluate("weaklinkSession.event({type: 'finish', minutes: 9})")  # the first may meet an old state
    all_synced(page)


def test_a_whole_session_in_airplane_mode_from_the_installed_page(
    phone: BrowserContext, home: str, training: RunnerInTraining
) -> None:
    episode = new_episode(training, 1)
    page = opened(phone, home)
    wait(page, FIGURES_THERE)
    wait(page, INSTALLED)
    page.close()
    phone.set_offline(True)

    page = opened(phone, home)
    thumb = Thumb(page, home)
    thumb.start()
    thumb.through()

    assert "worked out when this device is connected again" in thumb.part("changes")
    assert "not yet synced" in thumb.part("sync")
    assert rows_of(training, episode) == []
    phone.set_offline(False)
    kept = all_synced(page)
    assert rows_of(training, episode) == kept
    assert len(kept) > 10
    page.close()


def test_back_to_today_without_a_connection_is_a_page_of_ours(
    phone: BrowserContext, home: str, training: RunnerInTraining
) -> None:
    new_episode(training, 2)
    page = opened(phone, home)
    wait(page, FIGURES_THERE)
    wait(page, INSTALLED)
    phone.set_offline(True)
    thumb = Thumb(page, home)
    thumb.start()
    thumb.through()
    page.get_by_role("link", name="Back to today").click()
    page.locator("h1").wait_for()

    assert page.locator("h1").inner_text() == "No connection just now."
    page.get_by_role("link", name="To the session kept here").wait_for()
    phone.set_offline(False)
    page.close()
    all_synced(opened(phone, home))  # one not sent would be today's in the next test's diary


@pytest.mark.parametrize("seed", range(COURSES))
def test_a_random_course_loses_nothing_and_doubles_nothing(
    phone: BrowserContext, home: str, training: RunnerInTraining, seed: int
) -> None:
    dice = random.Random(seed)
    episode = new_episode(training, 10 + seed)
    tabs = [opened(phone, home)]
    started(tabs[0])
    tabs.append(opened(phone, home))
    for _ in range(ACTIONS):
        which = dice.randrange(2)
        what = dice.random()
        if what < 0.12:
            phone.set_offline(dice.random() < 0.6)
        elif what < 0.24:
            # The tab is killed while an event is on its way; offline, the installed page opens again.
            with contextlib.suppress(Exception):
                tabs[which].evaluate(f"void weaklinkSession.event({dice.choice(EVENTS)})")
            tabs[which].close()
            tabs[which] = opened(phone, home)
        elif what < 0.32:
            tabs[which].evaluate(f"localStorage.setItem('ahead', {dice.randrange(-7200, 7200) * 1000})")
        elif what < 0.4:
            tabs[which].evaluate("void weaklinkSession.postman.hurry()")
        else:
            tabs[which].evaluate(f"weaklinkSession.event({dice.choice(EVENTS)})")
    phone.set_offline(False)
    finish(tabs[0])
    kept = all_synced(tabs[0])
    for tab in tabs:
        tab.evaluate("localStorage.removeItem('ahead')")
        tab.close()

    assert len(set(kept)) == len(kept) > 2
    assert rows_of(training, episode) == kept


def test_two_tabs_show_the_same_place(phone: BrowserContext, home: str, training: RunnerInTraining) -> None:
    new_episode(training, 90)
    first = opened(phone, home)
    started(first)
    second = opened(phone, home)
    first.evaluate('weaklinkSession.event({type: "set-done", reps: 10, hold_s: null})')
    where = first.evaluate("weaklinkSession.session.state.place")

    wait(
        second,
        "(place) => JSON.stringify(weaklinkSession.session.state.place) === JSON.stringify(place)",
        where,
    )
    finish(first)
    first.close()
    second.close()


def test_a_killed_tab_comes_back_at_the_same_place(
    phone: BrowserContext, home: str, training: RunnerInTraining
) -> None:
    new_episode(training, 91)
    page = opened(phone, home)
    started(page)
    thumb = Thumb(page, home)
    thumb.tap("go")
    thumb.tap("go")
    thumb.tap("go")
    before = page.evaluate("weaklinkSession.session.state.place")
    page.close()
    page = opened(phone, home)

    assert page.evaluate("weaklinkSession.session.state.place") == before
    assert Thumb(page, home).part("name") == "Straight leg raise"
    finish(page)
    page.close()


def caches_of(page: Page) -> list[Any]:
    found: list[Any] = page.evaluate(
        """async () => { const found = []; for (const name of await caches.keys()) for (const request of await (await caches.open(name)).keys()) found.push(new URL(request.url).pathname); return found; }"""
    )
    return found


def test_only_the_page_its_files_and_the_figures_are_kept(
    phone: BrowserContext, home: str, training: RunnerInTraining
) -> None:
    new_episode(training, 92)
    page = opened(phone, home)
    wait(page, "caches.keys().then((names) => names.length >= 2)")
    wait(page, "caches.match('/session').then((kept) => kept !== undefined)")
    allowed = ("/static/", "/figures/moves/", "/session", "/offline", "/manifest.webmanifest")
    kept = caches_of(page)
    shell = page.evaluate("caches.match('/session').then((kept) => kept.text())")

    assert kept
    assert [path for path in kept if not path.startswith(allowed)] == []
    assert "/session/figures" not in kept
    assert "Straight leg raise" not in shell
    page.close()


def test_a_wrong_date_is_said_and_loses_nothing(
    phone: BrowserContext, home: str, training: RunnerInTraining
) -> None:
    episode = new_episode(training, 93)
    page = opened(phone, home)
    started(page)
    phone.set_offline(True)
    for event in (EVENTS[0], "{type: 'finish', minutes: 9}"):
        page.evaluate(f"weaklinkSession.event({event})")
    kept = page.evaluate(WAITING)
    page.evaluate(f"localStorage.setItem('ahead', {5 * 86_400_000})")
    page.close()
    # The network fails just then, so that nothing is sent before today's session is asked for.
    phone.route("**/api/v1/diary", lambda route: route.abort())
    phone.set_offline(False)
    page = opened(phone, home)
    said, left = page.locator("main").inner_text(), page.evaluate(WAITING)
    page.evaluate("localStorage.removeItem('ahead')")
    page.close()
    phone.unroute("**/api/v1/diary")

    assert "The date of this device looks wrong." in said
    assert left == kept >= 2
    page = opened(phone, home)
    wait(page, ALL_SENT)
    assert len(rows_of(training, episode)) >= kept
    page.close()


def test_erasing_takes_everything_off_the_device(
    phone: BrowserContext, home: str, training: RunnerInTraining
) -> None:
    new_episode(training, 94)
    page = opened(phone, home)
    started(page)
    page.goto(home + "/settings#erase", wait_until="domcontentloaded")
    page.locator('form[action="/settings/erase"] input[name="confirm"]').check()
    page.get_by_role("button", name="Erase all").click()
    page.wait_for_url(home + "/")
    page.wait_for_timeout(500)

    assert page.evaluate("indexedDB.databases().then((all) => all.length)") == 0
    assert page.evaluate("caches.keys().then((all) => all.length)") == 0
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
    page.close()
