"""Calendar and shared plan: opened by who knows the address, closed when revoked, silent about health."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import vobject

from tests.web import states
from tests.web.visitor import Visitor, at_home


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    with at_home(tmp_path_factory.mktemp("planned")) as visitor:
        states.planned(visitor)
        yield visitor


def address(visitor: Visitor, purpose: str) -> str:
    visitor.post("/hand-on", does="make", purpose=purpose)
    found = re.search(rf'id="{purpose}" readonly value="https?://[^/]+([^"]+)"', visitor.get("/hand-on").text)
    assert found
    return found.group(1)


def test_the_calendar_holds_the_sessions_of_the_plan_and_nothing_of_health(planned: Visitor) -> None:
    answer = planned.client.get(address(planned, "calendar"))

    assert answer.headers["content-type"].startswith("text/calendar")
    events = vobject.readOne(answer.text).vevent_list
    assert len(events) >= 9
    assert {event.dtstart.value.weekday() for event in events} == {0, 2, 4}
    for word in ("knee", "pain", "raise", "clam", "squat"):
        assert word not in answer.text.lower()


def test_ids_last_and_an_hour_makes_appointments(planned: Visitor) -> None:
    where = address(planned, "calendar")
    before = [event.uid.value for event in vobject.readOne(planned.get(where).text).vevent_list]

    assert planned.post("/hand-on", does="hour", hour="18:30").status_code == 303
    events = vobject.readOne(planned.get(where).text).vevent_list

    assert [event.uid.value for event in events] == before
    assert {(event.dtstart.value.hour, event.dtstart.value.minute) for event in events} == {(18, 30)}
    assert planned.post("/hand-on", does="hour", hour="").status_code == 303


@pytest.mark.statement("S77")
def test_a_plan_can_be_read_by_address_and_not_after_it_is_closed(planned: Visitor) -> None:
    where = address(planned, "plan")
    sheet = planned.client.get(where)
    assert (sheet.status_code, "Straight leg raise" in sheet.text) == (200, True)
    assert 'href="/plan"' not in sheet.text
    assert planned.client.get(where.replace("/shared/", "/calendar/") + ".ics").status_code == 404

    newer = address(planned, "plan")
    assert (planned.client.get(where).status_code, planned.client.get(newer).status_code) == (404, 200)
    planned.post("/hand-on", does="revoke", purpose="plan")
    assert planned.client.get(newer).status_code == 404


def test_a_closed_plan_gives_neither_moves_nor_sessions(tmp_path: Path, planned: Visitor) -> None:
    with at_home(tmp_path) as visitor:
        states.planned(visitor)
        calendar, plan = address(visitor, "calendar"), address(visitor, "plan")
        visitor.send("/q/first-checks", {"yes": ["dvt"]})

        sheet = visitor.client.get(plan)
        assert (sheet.status_code, "closed" in sheet.text) == (200, True)
        assert not re.search(r"/exercises/|/static/figures/moves/", sheet.text)
        assert "VEVENT" not in visitor.client.get(calendar).text


def test_what_cannot_be_made_is_refused(planned: Visitor) -> None:
    assert planned.post("/hand-on", does="make", purpose="spell").status_code == 422
    assert planned.post("/hand-on", does="hour", hour="25:99").status_code == 422
    assert planned.post("/hand-on").status_code == 422
    assert planned.get("/calendar/x.ics").status_code == 404
    assert planned.get("/shared/" + "a" * 43).status_code == 404
