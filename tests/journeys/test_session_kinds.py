"""Kinds of sessions in Chromium: a stretch that follows by itself, a circuit, and the stretches round a run.

The page's clock is the browser's own, run forward; everything else is real.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.api.runner_in_training import RunnerInTraining, all_no, novice_with_a_sore_kneecap
from tests.journeys.conftest import PHONE, watched
from tests.journeys.session_page import FIGURES_THERE, INSTALLED, Thumb, synced, wait
from tests.journeys.training_days import TODAY, week_days

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

CASES = Path(__file__).resolve().parents[1] / "cases" / "statements"
LOOK_S = 2
FRAME_MS = 40
PHASES = ("there", "hold", "back")
# Notes what is spoken, and each place the figure is put at with what the screen shows then.
SPY = """(() => {
  globalThis.noted = { spoken: [], figure: [] };
  speechSynthesis.speak = ({ text }) => noted.spoken.push([Date.now(), text]);
})()"""
WATCH = """(() => {
  const shown = (name) => document.querySelector(`[data-part="${name}"]`);
  const seek = weaklinkSession.stage.seek.bind(weaklinkSession.stage);
  weaklinkSession.stage.seek = (share) => {
    noted.figure.push([Date.now(), share, shown("count").textContent, shown("tempo").textContent, shown("tempo").querySelector("b")?.textContent ?? "", shown("go").textContent]);
    seek(share);
  };
})()"""


def someone(training: RunnerInTraining, case: str, episode: str) -> None:
    """Somebody of a case file, with every safety question answered no."""
    given: dict[str, Any] = tomllib.loads((CASES / f"{case}.toml").read_text(encoding="utf-8"))["given"]
    answers = all_no(training.house.library) | given.get("answers", {})
    training.says({**given, "answers": answers, "days": week_days()}, episode=episode)


def later(page: Page, seconds: float) -> None:
    """The page's clock runs on by itself; nobody taps."""
    for _ in range(round(seconds / LOOK_S)):
        page.clock.run_for(LOOK_S * 1000)
        page.wait_for_timeout(30)  # what is kept is kept in real time


def entries(training: RunnerInTraining, *kinds: str) -> list[dict[str, Any]]:
    """The entries of some kinds, oldest first."""
    found = training.client.get("/api/v1/diary", params={"limit": 1000}).json()["entries"]
    return [entry for entry in reversed(found) if entry["kind"] in kinds]


@pytest.mark.statement("S46")
def test_the_stretch_after_the_heel_raises_starts_by_itself_and_lasts_30_seconds(
    browser: Browser, home: str, training: RunnerInTraining
) -> None:
    someone(training, "s44-s46-tennis-ball-and-its-stretch", "episode-1")
    with watched(browser, home, **PHONE, reduced_motion="reduce") as context:
        page = context.new_page()
        page.clock.install()
        thumb = Thumb(page, home)
        thumb.begin("/session?anyway=1")
        thumb.until(training.house.library.exercises["tennis-ball-heel-raise"].name)
        thumb.tap("go")  # start now
        thumb.tap("go")  # and done: from here on nobody taps
        stretch = training.house.library.exercises["tib-post-stretch"].name
        assert thumb.name == stretch
        assert thumb.part("of") == "Get ready"
        page.clock.pause_at(page.evaluate("Date.now()") / 1000 + 2)
        seen = []
        for _ in range(60):
            later(page, LOOK_S)
            seen.append((thumb.part("side"), thumb.part("of"), thumb.part("count"), thumb.name))
            if thumb.name != stretch:
                break
        synced(page)

    held = [(side, int(count)) for side, of, count, name in seen if of == "s" and name == stretch]
    sides = list(dict.fromkeys(side for side, _ in held))
    assert sides == ["Right side", "Left side"] or sides == ["Left side", "Right side"]
    for side in sides:
        counts = [count for its, count in held if its == side]
        assert counts == sorted(counts, reverse=True)
        assert 28 <= counts[0] <= 30
        assert counts[-1] <= 3
        assert len(counts) in (14, 15, 16)  # 30 seconds, looked at every two
    assert seen[-1][3] != stretch
    told = [(e["exercise"], e["when"]) for e in entries(training, "stretched")]
    assert told == [("tib-post-stretch", "after-exercise")] * 2


def test_count_figure_and_speech_agree_at_every_look(
    browser: Browser, home: str, training: RunnerInTraining
) -> None:
    training.says(novice_with_a_sore_kneecap(training.house.library, days=week_days()), episode="episode-2")
    with watched(browser, home, **PHONE) as context:
        context.add_init_script(SPY)
        page = context.new_page()
        page.clock.install()
        thumb = Thumb(page, home)
        thumb.begin("/session?anyway=1")
        wait(page, FIGURES_THERE)
        page.clock.pause_at(page.evaluate("Date.now()") / 1000 + 2)
        page.evaluate(WATCH)
        later(page, 84)
        noted = page.evaluate("noted")
        rung = page.evaluate("weaklinkSession.pack.items[0].rungs[0]")
        pace = page.evaluate("weaklinkSession.stage.pace(weaklinkSession.pack.items[0].rungs[0].exercise)")

    figure = [look for look in noted["figure"] if look[5] == "Set done"]
    said = dict(re.findall(r"(there|hold|back) ([\d.]+)", figure[0][3]))
    phases = [float(said.get(name, 0)) for name in PHASES]
    length_ms = sum(phases) * 1000
    began = next(at for at, text in noted["spoken"] if text == "Go.")
    assert len(figure) > 500
    for at, share, count, _, part, _ in figure:
        done, within_ms = divmod(at - began, length_ms)
        if done >= rung["reps"]:
            continue
        off = abs(share - where(within_ms / 1000, phases, pace))
        assert min(off, 1 - off) < 0.02, (at - began, share)  # the end of one is the beginning of the next
        if FRAME_MS < within_ms < length_ms - FRAME_MS:
            assert int(count) == done
        ends = [sum(phases[:n]) * 1000 for n in (1, 2)]
        if min(abs(within_ms - end) for end in (0, *ends, length_ms)) > FRAME_MS:
            now = PHASES[sum(within_ms >= end for end in ends)]
            assert part.startswith(now), (at - began, part)
    counts = [(at, int(text)) for at, text in noted["spoken"] if text.isdigit()]
    assert [count for _, count in counts] == list(range(1, rung["reps"] + 1))
    for at, count in counts:
        assert abs(at - began - count * length_ms) <= FRAME_MS
        shown = next(look for look in figure if look[0] >= at)
        assert int(shown[2]) == count


def where(within_s: float, phases: list[float], pace: dict[str, float]) -> float:
    """Where the figure has to be, 0 to 1 of the drawn repetition, for a moment of the prescribed one."""
    up, hold, down = phases
    reached, left, whole = pace["reached_s"], pace["left_s"], pace["duration_s"]
    if within_s < up:
        return within_s / up * reached / whole
    if within_s < up + hold:
        return (reached + (within_s - up) / hold * (left - reached)) / whole
    return (left + (within_s - up - hold) / down * (whole - left)) / whole


@pytest.mark.statement("S66")
def test_a_circuit_goes_through_every_move_round_by_round(
    browser: Browser, home: str, training: RunnerInTraining
) -> None:
    someone(training, "s66-three-rounds-wished", "episode-3")
    pack = training.today(TODAY, anyway=True)["pack"]
    assert (pack["shape"], pack["rounds"]) == ("circuit", 3)
    walked: list[tuple[str, str, str]] = []
    with watched(browser, home, **PHONE, reduced_motion="reduce") as context:
        thumb = Thumb(context.new_page(), home)
        thumb.begin("/session?anyway=1")
        for _ in range(160):
            if not thumb.page.locator('[data-screen="work"]').is_visible():
                break
            if thumb.part("go") == "Start now":
                walked.append((thumb.part("cue").split(".")[0], thumb.name, thumb.part("of")))
            thumb.tap("go")
        thumb.finish()
        title = thumb.part("done-title")
        synced(thumb.page)

    names = {item["rungs"][0]["exercise"]: item["rungs"][0]["name"] for item in pack["items"]}
    strength = [i["rungs"][0]["name"] for i in pack["items"] if i["kind"] == "exercise"]
    for number in (1, 2, 3):
        mine = [name for cue, name, _ in walked if cue == f"Round {number} of 3"]
        assert [name for name in dict.fromkeys(mine) if name in strength] == strength
    between = [of for _, _, of in walked if of == "Rest before the next round"]
    assert len(between) == 2
    done = entries(training, "set-done")
    rounds = [(e["set"], names[e["exercise"]]) for e in done if names[e["exercise"]] in strength]
    assert [number for number, _ in rounds] == sorted(number for number, _ in rounds)
    assert {number for number, _ in rounds} == {1, 2, 3}
    assert title.startswith("Done: ")


@pytest.mark.statement("S38")
def test_the_stretches_round_a_run_are_guided_and_counted_apart(
    browser: Browser, home: str, training: RunnerInTraining
) -> None:
    training.says(novice_with_a_sore_kneecap(training.house.library, days=week_days()), episode="episode-4")
    # Without a connection the console is full of what could not be fetched: nobody watches it here.
    with browser.new_context(**PHONE, reduced_motion="reduce") as context:
        page = context.new_page()
        page.goto(home + "/today", wait_until="domcontentloaded")
        wait(page, INSTALLED)
        wait(
            page,
            "caches.open('weaklink-figures').then((kept) => kept.keys()).then((keys) => keys.length > 4)",
        )
        page.get_by_role("link", name="Stretch before the run").click()
        thumb = Thumb(page, home)
        stretch_through(thumb)
        assert thumb.part("done-title") == "Stretched. Enjoy the run."
        synced(page)
        context.set_offline(True)
        thumb.page.goto(home + "/session?around=after-run", wait_until="domcontentloaded")
        stretch_through(thumb)
        assert thumb.part("done-title") == "Stretched after the run."
        assert thumb.page.get_by_role("link", name="Write down the run").is_visible()
        context.set_offline(False)
        synced(page)
        page.goto(home + "/progress", wait_until="domcontentloaded")
        progress = page.locator("main").inner_text()

    told = [(e["exercise"], e["when"]) for e in entries(training, "stretched")]
    assert sorted(set(told)) == [
        (name, when) for name in ("hamstring-stretch", "quad-stretch") for when in ("after-run", "before-run")
    ]
    assert len([when for _, when in told if when == "before-run"]) == 4  # one short hold on each side
    assert len([when for _, when in told if when == "after-run"]) == 8
    assert [e.get("around", "") for e in entries(training, "session-begun")] == ["before-run", "after-run"]
    assert len(entries(training, "rescreened")) == 2
    assert "tretch" in progress
    today = training.today(TODAY, anyway=True)
    assert today["pack"] is not None  # no training was done by it
    assert today["pack"]["around"] == ""


def stretch_through(thumb: Thumb) -> None:
    """One tap for the questions, one for the pain, and the holds, each let go early."""
    thumb.start(pain=0)
    thumb.through()


WAYS = """(() => {
  globalThis.told = { spoken: 0, felt: 0, heard: 0, awake: 0, released: 0 };
  speechSynthesis.speak = () => (told.spoken += 1);
  navigator.vibrate = () => ((told.felt += 1), true);
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (at) { told.heard += 1; return start.call(this, at); };
  if (!globalThis.WakeLock) return; // a blank page has none
  const ask = WakeLock.prototype.request;
  WakeLock.prototype.request = async function (kind) {
    const lock = await ask.call(this, kind);
    told.awake += 1;
    lock.addEventListener("release", () => (told.released += 1));
    return lock;
  };
})()"""


def test_each_way_it_tells_you_is_real_and_can_be_turned_off(
    browser: Browser, home: str, training: RunnerInTraining
) -> None:
    training.says(novice_with_a_sore_kneecap(training.house.library, days=week_days()), episode="episode-5")
    with watched(browser, home, **PHONE, reduced_motion="reduce") as context:
        context.add_init_script(WAYS)
        page = context.new_page()
        thumb = Thumb(page, home)
        thumb.begin("/session?anyway=1")
        wait(page, "told.awake === 1")
        thumb.tap("go")  # "go" is spoken, heard and felt
        wait(page, "told.spoken > 0 && told.felt > 0 && told.heard > 0")
        thumb.tap("menu")
        for way in ("sound", "voice", "vibration", "awake"):
            page.locator(f'[data-part="ways-menu"] label:has([name="{way}"])').click()
        page.keyboard.press("Escape")
        wait(page, "told.released === 1")
        before = page.evaluate("({ ...told })")
        thumb.tap("go")  # the set is done; the next one begins at once
        thumb.tap("go")
        page.wait_for_timeout(1500)
        after = page.evaluate("({ ...told })")
        page.reload(wait_until="domcontentloaded")
        thumb.sees("work")
        kept = page.evaluate("weaklinkSession.settings")

    assert after == before
    assert [kept[way] for way in ("sound", "voice", "vibration", "awake")] == [False] * 4


def test_a_line_that_was_tapped_stays_tapped_when_the_figures_arrive(
    browser: Browser, home: str, training: RunnerInTraining
) -> None:
    training.says(novice_with_a_sore_kneecap(training.house.library, days=week_days()), episode="episode-6")
    with watched(browser, home, **PHONE, reduced_motion="reduce") as context:
        page = context.new_page()
        thumb = Thumb(page, home)
        page.goto(home + "/session?anyway=1", wait_until="domcontentloaded")
        thumb.sees("questions")
        line = page.locator(".flag-line", has_text="chest pain, sudden breathlessness")
        line.click()
        page.evaluate("weaklinkSession.render()")
        assert line.locator("input").is_checked()
        lines = page.locator(".flag-line").count()
        assert not page.get_by_role("button", name="None of these").is_visible()
        assert "Get help now." in page.locator(".flag-row", has=line).inner_text()
        page.get_by_role("button", name="Continue").click()
        thumb.sees("closed")
        synced(page)

    told = entries(training, "rescreened")[-1]["answers"]
    assert told["pe"] == "yes"
    assert list(told.values()).count("no") == lines - 1


def test_what_was_never_answered_is_asked_by_itself_first(
    browser: Browser, home: str, training: RunnerInTraining
) -> None:
    """As after a newer edition with a question nobody was asked at the start."""
    training.says(novice_with_a_sore_kneecap(training.house.library, days=week_days()), episode="episode-7")

    def with_a_new_one(route: Route) -> None:
        found = route.fetch().json()
        for question in found["pack"]["questions"]:
            question["known"] = question["id"] != "dvt"
        route.fulfill(json=found)

    with watched(browser, home, **PHONE, reduced_motion="reduce", service_workers="block") as context:
        page = context.new_page()
        page.route("**/api/v1/sessions/today?*", with_a_new_one)
        thumb = Thumb(page, home)
        page.goto(home + "/session?anyway=1", wait_until="domcontentloaded")
        thumb.sees("question")
        alone = thumb.part("question-text")
        page.get_by_role("button", name="No", exact=True).click()
        thumb.sees("questions")
        page.get_by_role("button", name="None of these").click()
        thumb.sees("start")
        answers = page.evaluate("weaklinkSession.session.state.answers")

    assert alone == training.house.library.questions["dvt"].text
    assert set(answers.values()) == {"no"}
    assert "dvt" in answers
