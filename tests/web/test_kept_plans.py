"""The plan is a decision: kept with why it was made, made anew by what is sent and never by looking."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest
from starlette.testclient import TestClient

from tests.application import application, house_at
from tests.command import weaklink
from tests.web.states import KNEE_ANSWERS, KNEE_PAIN, STATES
from tests.web.visitor import ADDRESS, Visitor
from weaklink.bootstrap import House
from weaklink.care.kept_plan import changes_of, plan_kept
from weaklink.care.ports import Episode, KeptPlan


class Planned:
    """Somebody with a plan, and the plans that are kept of them."""

    def __init__(self, house: House, client: httpx.Client) -> None:
        self.house, self.visitor = house, Visitor(client, house)

    @property
    def plans(self) -> tuple[KeptPlan, ...]:
        """Newest first."""
        _, episode = self.house.present()
        assert episode is not None
        return self.house.records.plans(episode.id)


@pytest.fixture
def runner(tmp_path: Path) -> Iterator[Planned]:
    house = house_at(tmp_path)
    with TestClient(application(house), base_url=ADDRESS, follow_redirects=False) as client:
        found = Planned(house, client)
        STATES["planned"](found.visitor)
        yield found
    house.records.close()


def test_choosing_the_week_makes_the_plan(runner: Planned) -> None:
    assert [plan.because for plan in runner.plans] == ["first"]
    assert 'href="/plan"' in runner.visitor.get("/about").text


def test_every_change_keeps_a_plan_with_its_reason(runner: Planned) -> None:
    runner.visitor.post("/week", minutes="30", days=["tue", "fri"])
    runner.visitor.post("/routine", does="add", name="Wall squat", sets="3", reps="8", days=["fri"])
    runner.visitor.post("/tests/straight-leg-raise-reps", value__right=16, value__left=16)

    newest = [plan.because for plan in runner.plans]
    assert newest[-2:] == ["week", "first"]
    assert set(newest) <= {"tests", "routine", "week", "first"}
    assert "Made anew" in runner.visitor.get("/plan").text


def test_another_week_is_no_other_answer(runner: Planned) -> None:
    runner.visitor.post("/week", minutes="30", days=["tue", "fri"])
    runner.visitor.post("/week", minutes="15", days=["mon"])

    assert '<section class="changed"' not in runner.visitor.get("/result").text


def test_another_week_is_followed_while_a_question_is_open(runner: Planned) -> None:
    """As after an update of the knowledge that asks something more."""
    _, episode = runner.house.present()
    assert episode is not None
    answers = {name: said for name, said in episode.given["answers"].items() if name != "knee-swelling"}

    def reopened(old: Episode) -> Episode:
        return msgspec.structs.replace(old, given={**old.given, "answers": answers})

    runner.house.records.change_episode(episode.id, reopened).result(5)
    assert 'href="/q/' in runner.visitor.get("/").text

    runner.visitor.post("/week", minutes="25", days=["tue", "sat"])

    assert [plan.because for plan in runner.plans] == ["week", "first"]
    assert "Tuesday" in runner.visitor.get("/plan").text


def test_the_same_again_keeps_nothing(runner: Planned) -> None:
    runner.visitor.post("/week", minutes="15", days=["mon", "wed", "fri"])

    assert len(runner.plans) == 1


def test_page_session_and_paper_follow_the_kept_plan(runner: Planned) -> None:
    kept = plan_kept(runner.plans[0], runner.house.library)
    assert kept is not None
    moves = {item.id for item in kept.weeks[0].sessions[0].items if item.kind != "load-advice"}
    page = runner.visitor.get("/plan?week=1&session=1").text
    sheet = runner.visitor.get("/plan/print").text

    assert {move for move in moves if f"/exercises/{move}" not in page} == set()
    assert {move for move in moves if runner.house.library.exercises[move].name not in sheet} == set()


def test_newer_knowledge_is_offered_and_changes_nothing_by_itself(runner: Planned) -> None:
    old = msgspec.structs.replace(runner.plans[0], edition="2001.01")
    runner.house.records.keep_plan(old).result(5)

    page = runner.visitor.get("/plan").text
    assert "There is newer knowledge" in page
    assert [plan.edition for plan in runner.plans] == ["2001.01"]


def test_a_plan_with_moves_that_are_gone_is_shown_anew_and_made_anew_when_told(runner: Planned) -> None:
    plan = runner.plans[0]
    gone = msgspec.convert(
        json.loads(json.dumps(plan.made).replace("straight-leg-raise", "move-of-long-ago")), dict[str, Any]
    )
    runner.house.records.keep_plan(msgspec.structs.replace(plan, made=gone, edition="2001.01")).result(5)

    page = runner.visitor.get("/plan")
    assert (page.status_code, "move-of-long-ago" in page.text) == (200, False)
    assert runner.visitor.get("/today").status_code == 200
    assert runner.visitor.post("/plan").status_code == 303
    assert [one.because for one in runner.plans] == ["knowledge", "first"]


def test_what_a_change_did_is_shown_and_told_on_the_terminal(runner: Planned) -> None:
    runner.visitor.post("/week", minutes="45", days=["mon", "wed", "fri"])
    newest, first = runner.plans
    changes = changes_of(first, newest)
    found = weaklink("plan", "--diff", "--json", "--data", runner.house.settings.folder)

    assert found.returncode == 0, found.stderr
    told = json.loads(found.stdout)
    assert told["changes"] == [msgspec.to_builtins(change) for change in changes]
    assert [plan["because"] for plan in told["plans"]] == ["week", "first"]
    added = {c.id for c in changes if c.what == "added"} - {c.id for c in changes if c.what == "removed"}
    page = runner.visitor.get("/plan").text
    assert added
    assert all(
        runner.house.library.exercises[move].name in page
        for move in added
        if move in runner.house.library.exercises
    )


@pytest.mark.slow
def test_answers_sent_at_once_leave_one_plan_for_what_is_kept(runner: Planned) -> None:
    """Two forms at the same moment: neither is lost, and the plan fits what stands in the end."""

    async def both() -> list[int]:
        transport = httpx.ASGITransport(application(runner.house))
        hers = httpx.Cookies(runner.visitor.client.cookies)
        async with httpx.AsyncClient(transport=transport, base_url=ADDRESS, cookies=hers) as client:
            sent = [
                client.post("/pain", data={"csrf": runner.visitor.token, **KNEE_PAIN, "stairs": str(felt)})
                for felt in range(1, 6)
            ] + [client.post("/q/knee-cave-in", data={"csrf": runner.visitor.token, "knee-cave-in": "left"})]
            return [answer.status_code for answer in await asyncio.gather(*sent)]

    codes = asyncio.run(both())

    assert set(codes) <= {303, 409}
    _, episode = runner.house.present()
    assert episode is not None
    if codes[-1] == 303:
        assert episode.given["answers"]["knee-cave-in"] == "left"
    runner.visitor.answer(KNEE_ANSWERS, KNEE_PAIN)
    before = runner.plans
    runner.visitor.post("/plan")
    assert runner.plans == before  # nothing was left to make anew


def test_a_diary_that_allows_less_keeps_the_gentler_plan(runner: Planned) -> None:
    question = {"kind": "rescreened", "id": "entry-0001", "at": runner.house.clock.now().isoformat(),
                "answers": {"not-improving": "yes"}}  # fmt: skip
    answer = runner.visitor.client.post("/api/v1/diary", json={"entries": [question]})

    assert answer.status_code == 200, answer.text
    newest = runner.plans[0]
    assert (newest.because, newest.document["heading"]) == ("course", "while-you-wait")
    assert len(runner.plans) == 2
