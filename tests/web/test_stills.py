"""The files of pictures: drawn once, kept for ever under their key, refused when there is nothing to draw."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from tests.web.visitor import Visitor


@pytest.mark.parametrize(("path", "name"), [("moves/clamshell", "move"), ("maps/front", "body")])
def test_a_picture_is_a_whole_svg_that_pages_can_refer_to(visitor: Visitor, path: str, name: str) -> None:
    answer = visitor.client.get(f"/static/figures/{path}.svg?v=1")
    tree = ElementTree.fromstring(answer.text)

    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert "immutable" in answer.headers["cache-control"]
    assert any(element.get("id") == name for element in tree.iter())


def test_without_a_key_a_picture_is_asked_for_again(visitor: Visitor) -> None:
    assert visitor.client.get("/static/figures/moves/clamshell.svg").headers["cache-control"] == "no-cache"


@pytest.mark.slow
def test_left_and_right_are_two_pictures(visitor: Visitor) -> None:
    one, other = (
        visitor.client.get(f"/static/figures/moves/clamshell.svg?v=1{side}").text
        for side in ("", "&side=left")
    )

    assert one != other


def test_a_picture_is_packed_for_whoever_can_unpack_it(visitor: Visitor) -> None:
    packed = visitor.client.get("/static/figures/moves/clamshell.svg")
    plain = visitor.client.get("/static/figures/moves/clamshell.svg", headers={"accept-encoding": "identity"})

    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) < 0.6 * int(plain.headers["content-length"])
    assert packed.text == plain.text


@pytest.mark.parametrize("path", ["moves/no-such-move", "maps/top"])
def test_what_is_not_there_is_said(visitor: Visitor, path: str) -> None:
    assert visitor.client.get(f"/static/figures/{path}.svg").status_code == 404


def test_a_page_with_pictures_stays_small(visitor: Visitor) -> None:
    page = visitor.client.get("/exercises/clamshell").text

    assert "/static/figures/moves/clamshell.svg?v=" in page
    assert page.count("<path") < 20
