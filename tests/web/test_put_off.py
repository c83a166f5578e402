"""A test that cannot be done: put off with a reason, which is shown where it is missed and is never a zero."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from tests.web.states import ranked
from tests.web.visitor import Visitor, at_home
from weaklink.library.wording import shipped_wording
from weaklink.web.result.put_off import REASONS

TEST = "sidelying-hip-abduction-hold-or-reps"
NAME = "Side-lying leg raise"


@pytest.fixture
def visitor(tmp_path: Path) -> Iterator[Visitor]:
    with at_home(tmp_path) as found:
        ranked(found)
        yield found


def words_of(page: str) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.partition("<main")[2])))


@pytest.mark.parametrize("because", REASONS)
def test_the_reason_stands_in_the_list_and_on_the_result(visitor: Visitor, because: str) -> None:
    sent = visitor.post(f"/tests/{TEST}", because=because)
    says = shipped_wording().word(f"tests.put-off.{because}")

    assert sent.status_code == 303
    assert sent.headers["location"] != f"/tests/{TEST}"  # the next test follows
    assert f"Left out: {says}" in words_of(visitor.get("/tests").text)
    assert f"Left out: {NAME} ({says})" in words_of(visitor.get("/result").text)


def test_it_is_no_result(visitor: Visitor) -> None:
    assert visitor.house is not None
    before = words_of(visitor.get("/result").text)
    visitor.post(f"/tests/{TEST}", because="hurts")

    _, episode = visitor.house.records.present() or (None, None)
    assert episode is not None
    assert "tests" not in episode.given
    after = words_of(visitor.get("/result").text)
    assert "A first ranking, before your tests" in after
    first = before.partition("How likely")[2].partition("Would tell")[0]
    assert first == after.partition("How likely")[2].partition("Would tell")[0]


def test_a_test_that_is_done_after_all_is_no_longer_left_out(visitor: Visitor) -> None:
    visitor.post(f"/tests/{TEST}", because="space")
    visitor.post(f"/tests/{TEST}", value__right=12, value__left=20)
    visitor.answer({}, {})

    assert "Left out" not in words_of(visitor.get("/result").text)


def test_what_was_put_off_before_there_were_reasons_stays_put_off(visitor: Visitor) -> None:
    assert visitor.house is not None
    _, episode = visitor.house.records.present() or (None, None)
    assert episode is not None
    older = msgspec.structs.replace(episode, steps={**episode.steps, "skipped": [TEST]})
    visitor.house.records.keep_episode(older).result(5)

    assert f"Left out: {NAME} ." in words_of(visitor.get("/result").text)


def test_a_reason_nobody_offers_is_refused(visitor: Visitor) -> None:
    assert visitor.post(f"/tests/{TEST}", because="lazy").status_code in (400, 422)
