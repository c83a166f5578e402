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
    visitor.post("/start", aim="pain")
    visitor.post("/who", age="33")
    story = "läuft + 100 % & <b>\r\nnext line"
    visitor.post("/where", place="knee-anterior:right", story=story)

    assert "läuft + 100 % &amp; &lt;b&gt;\nnext line" in visitor.get("/where").text
