"""Posted forms: what is refused before any page looks at it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.visitor import Visitor, at_home
from weaklink.web.visit.visit import MOST_FIELDS


@pytest.fixture
def visitor(tmp_path: Path) -> Iterator[Visitor]:
    with at_home(tmp_path) as made:
        yield made


def test_a_form_with_too_many_fields_is_refused(visitor: Visitor) -> None:
    assert visitor.post("/start", aim=["pain"] * (MOST_FIELDS + 1)).status_code == 400


def test_a_form_of_another_kind_has_no_token(visitor: Visitor) -> None:
    answer = visitor.client.post("/start", files={"csrf": (None, visitor.token), "aim": (None, "pain")})

    assert answer.status_code == 403


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"csrf", b"=&=&=", b"csrf=%ZZ", b"{}" * 1000])
def test_what_is_no_form_at_all_is_refused(visitor: Visitor, body: bytes) -> None:
    headers = {"content-type": "application/x-www-form-urlencoded"}

    assert visitor.client.post("/start", content=body, headers=headers).status_code == 403


def test_words_arrive_as_they_were_written(visitor: Visitor) -> None:
    visitor.post("/start", aim="pain", new="1")
    visitor.post("/who", age="33")
    story = "läuft + 100 % & <b>\r\nnext line"
    visitor.post("/where", place="knee-anterior:right", story=story)

    assert "läuft + 100 % &amp; &lt;b&gt;\nnext line" in visitor.get("/where").text


def test_a_field_that_no_form_has_changes_nothing(visitor: Visitor) -> None:
    assert visitor.house is not None
    visitor.post("/start", aim="pain", new="1")
    before, episode = visitor.house.present()
    foreign = {"id": "another", "runner_id": "another", "created_at": "2000-01-01", "settings": "{}", "version": "99",
               "form_key": "mine", "session_hour": "03:00", "edition": "1999.01"}  # fmt: skip
    answer = visitor.send("/settings", {"units": "mi", "country": "", "language": "en", **foreign})
    visitor.send("/who", {"age": "33", "level": "novice", **foreign})
    after, same = visitor.house.present()

    assert answer.status_code == 303
    assert after.settings["units"] == "mi"
    assert not foreign.keys() & after.settings.keys()
    assert (after.id, after.created_at) == (before.id, before.created_at)
    assert episode is not None
    assert same is not None
    assert (same.id, same.runner_id, same.created_at) == (episode.id, before.id, episode.created_at)
    assert same.given["age"] == 33
    assert not foreign.keys() & same.given.keys()
    assert visitor.house.form_key != "mine"


def test_what_stands_in_the_address_is_no_part_of_a_form(visitor: Visitor) -> None:
    assert visitor.house is not None
    visitor.post("/start", aim="pain", new="1")
    said = {"csrf": visitor.token, "level": "novice"}

    assert (
        visitor.client.post(f"/who?age=44&csrf={visitor.token}", data={"level": "novice"}).status_code == 403
    )
    assert visitor.client.post("/who?age=44", data=said).status_code == 422
    assert visitor.client.post("/who?age=44&level=seasoned", data={**said, "age": "33"}).status_code == 303
    _, episode = visitor.house.present()
    assert episode is not None
    assert (episode.given["age"], episode.given["level"]) == (33, "novice")
