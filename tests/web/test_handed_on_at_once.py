"""What is made once stays one, however many ask at once; and who opens it is read, and nobody else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import msgspec
import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from tests.application import application, house_at
from tests.web.states import planned
from tests.web.visitor import ADDRESS, Visitor
from weaklink.bootstrap import House
from weaklink.care.ports import Address, Runner
from weaklink.web.visit import visit

FRENCH = "fr"


@pytest.fixture
def her(tmp_path: Path) -> Iterator[Visitor]:
    house = house_at(tmp_path)
    with TestClient(application(house), base_url=ADDRESS, follow_redirects=False) as client:
        made = Visitor(client, house)
        planned(made)
        yield made
    house.records.close()


@pytest.mark.parametrize("purpose", ["calendar", "plan"])
def test_six_that_are_made_at_once_leave_one_that_opens(her: Visitor, purpose: str) -> None:
    assert her.house is not None
    with ThreadPoolExecutor(6) as devices:
        sent = devices.map(lambda _: her.post("/hand-on", does="make", purpose=purpose), range(6))
        assert {answer.status_code for answer in sent} == {303}

    kept = [one for one in her.house.records.addresses(her.house.present()[0].id) if one.purpose == purpose]
    assert len(kept) == 1
    assert kept[0].secret in her.get("/hand-on").text


def test_groups_that_are_made_at_once_leave_one_group(her: Visitor) -> None:
    with ThreadPoolExecutor(4) as devices:
        list(devices.map(lambda count: her.post("/hand-on", does="group", count=str(count)), [3, 4, 5, 6]))

    assert len(set(re.findall(r"/shared/([\w-]{43})", her.get("/hand-on/slips").text))) in (3, 4, 5, 6)


def somebody_else(house: House, mine: Address) -> Runner:
    """A second runner with another language, to whom the addresses of the first now belong."""
    first, episode = house.present()
    assert episode is not None
    other = msgspec.structs.replace(
        first, id="the-second", settings={"language": FRENCH}, created_at=house.clock.now()
    )
    house.records.keep_runner(other).result(5)
    theirs = msgspec.structs.replace(episode, id="their-episode", runner_id=other.id)
    house.records.keep_episode(theirs).result(5)
    plan = house.records.plan(episode.id)
    assert plan is not None
    house.records.keep_plan(msgspec.structs.replace(plan, id="their-plan", episode_id=theirs.id)).result(5)
    house.records.replace_addresses(first.id, mine.purpose, ()).result(5)
    address = msgspec.structs.replace(mine, runner_id=other.id)
    house.records.replace_addresses(other.id, mine.purpose, (address,)).result(5)
    return other


class Statements:
    """What is read of a database: each statement with the rows it gave."""

    def __init__(self, house: House) -> None:
        self.made: list[tuple[str, Any]] = []
        records: Any = house.records
        sa.event.listen(records._reader, "before_cursor_execute", self._note)

    def _note(self, _c: Any, _cursor: Any, statement: str, values: Any, _x: Any, _many: Any) -> None:
        self.made.append((" ".join(statement.split()), values))


@pytest.mark.parametrize(("purpose", "path"), [("plan", "/shared/{}"), ("calendar", "/calendar/{}.ics")])
def test_a_secret_reads_only_what_it_opens_in_the_language_of_whose_it_is(
    her: Visitor, monkeypatch: pytest.MonkeyPatch, purpose: str, path: str
) -> None:
    assert her.house is not None
    her.post("/hand-on", does="make", purpose=purpose)
    mine = next(
        one for one in her.house.records.addresses(her.house.present()[0].id) if one.purpose == purpose
    )
    somebody_else(her.house, mine)
    monkeypatch.setattr(visit, "languages", lambda: ("en", FRENCH))
    spoken: list[str] = []
    house_for = visit.house_for

    def noting(house: House, runner: Runner) -> House:
        found = house_for(house, runner)
        spoken.append(found.settings.language)
        return found

    monkeypatch.setattr("weaklink.web.plan.handing_on_page.house_for", noting)
    read = Statements(her.house)

    answer = her.client.get(path.format(mine.secret))

    assert answer.status_code == 200
    assert spoken == [FRENCH]
    if purpose == "plan":
        assert '<html lang="fr"' in answer.text
    first = her.house.records.runners()[0].id
    before = read.made[:-1]  # the last one is the line above
    opened = [statement for statement, _ in before if "FROM addresses" in statement]
    assert len(opened) == 1
    assert [statement for statement, _ in before if "FROM runners" in statement] == []
    assert not any(first in str(values) for _, values in before)
    assert len(before) <= 5, before


@pytest.mark.parametrize("path", ["/shared/nothing-opens-this", "/calendar/nothing-opens-this.ics"])
def test_a_secret_that_opens_nothing_reads_nothing_else(her: Visitor, path: str) -> None:
    assert her.house is not None
    read = Statements(her.house)

    answer = her.client.get(path)

    assert answer.status_code == 404
    assert len(read.made) == 1
    assert 'href="/today"' not in answer.text
