"""The files of the moving figure as a browser gets them."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest

from tests.web.visitor import Visitor, at_home
from weaklink.library.reading import Library

BODY = "/static/figures/body.glb"
CLAMSHELL = "/static/figures/movements/clamshell.glb"


def extras(content: bytes) -> dict[str, object]:
    length = int.from_bytes(content[12:16], "little")
    found: dict[str, object] = json.loads(content[20 : 20 + length])["asset"]["extras"]
    return found


@pytest.mark.parametrize("address", [BODY, CLAMSHELL, "/static/figures/muscles.json"])
def test_a_file_is_small_dated_and_not_sent_twice(visitor: Visitor, address: str) -> None:
    first = visitor.get(f"{address}?v=1")

    assert first.status_code == 200
    assert first.headers["content-encoding"] == "gzip"
    assert "immutable" in first.headers["cache-control"]
    assert visitor.get(address).headers["cache-control"] == "no-cache"
    again = visitor.client.get(address, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    plain = visitor.client.get(address, headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.content == first.content


def test_scripts_and_styles_travel_compressed(visitor: Visitor) -> None:
    for name in ("vendor/three.min.js", "figures/figure.js", "figures/figure.css"):
        answer = visitor.get(f"/static/{name}")
        assert answer.headers["content-encoding"] == "gzip", name


def test_all_the_script_of_a_figure_is_small() -> None:
    folder = Path(__file__).resolve().parents[2] / "src" / "weaklink" / "web" / "static"
    files = [*(folder / "figures").glob("*.js"), folder / "vendor" / "three.min.js"]

    assert sum(len(gzip.compress(file.read_bytes(), 6)) for file in files) <= 150_000


def test_a_movement_is_done_by_the_side_asked_for(visitor: Visitor) -> None:
    right, left = visitor.get(CLAMSHELL).content, visitor.get(f"{CLAMSHELL}?side=left").content

    assert extras(right)["side"] == "right"
    assert extras(left)["side"] == "left"
    assert "gluteus-medius_r" in extras(right)["lit"]  # type: ignore[operator]
    assert "gluteus-medius_l" in extras(left)["lit"]  # type: ignore[operator]


def test_what_the_model_says_a_muscle_does_stands_beside_the_movement(visitor: Visitor) -> None:
    said = extras(visitor.get("/static/figures/movements/wall-squat.glb").content)["activations"]

    assert isinstance(said, dict)
    levels = said["values"]["vastus-lateralis_r"]
    assert len(levels) == len(said["times_s"])
    assert 0 <= min(levels) < max(levels) <= 1


def test_the_running_stride_is_there(visitor: Visitor) -> None:
    assert extras(visitor.get("/static/figures/movements/running.glb").content)["id"] == "running"


@pytest.mark.parametrize("address", ["nothing.glb", "clamshell.glb?side=up", "..%2fclamshell.glb"])
def test_what_is_not_there_is_not_found(visitor: Visitor, address: str) -> None:
    assert visitor.get(f"/static/figures/movements/{address}").status_code == 404


def test_the_body_is_that_of_the_runner_and_its_address_says_nothing(tmp_path: Path) -> None:
    with at_home(tmp_path) as visitor:
        before = figure_of(visitor.get("/exercises/clamshell").text)
        visitor.post("/what-if/step", height="158", mass="51", speed="", cadence="")
        after = figure_of(visitor.get("/exercises/clamshell").text)
        body = extras(visitor.get(after).content)

    assert body["height_m"] == 1.58
    assert before != after
    assert re.fullmatch(r"/static/figures/body\.glb\?v=[0-9a-f]{16}", after)


def figure_of(page: str) -> str:
    found = re.search(r'data-body="([^"]+)"', page)
    assert found, "the page has no figure"
    return found.group(1)


def test_an_address_changes_with_what_it_shows(visitor: Visitor) -> None:
    pages = [visitor.get(f"/exercises/{name}").text for name in ("clamshell", "step-down")]
    found = [re.search(r'data-movement="([^"]+)"', page) for page in pages]

    assert all(found)
    first, second = (match.group(1) for match in found if match)
    assert first.split("v=")[1] != second.split("v=")[1]
    for address in (first, second):
        assert visitor.get(address.replace("&amp;", "&")).status_code == 200


def test_words_about_every_muscle(visitor: Visitor, library: Library) -> None:
    words = visitor.get("/static/figures/muscles.json").json()

    assert set(words) == set(library.muscles)
    for name, muscle in library.muscles.items():
        assert words[name]["action"] == muscle.action
        assert words[name]["running"] == muscle.in_running


def test_every_page_with_a_figure_has_its_still_and_its_words(visitor: Visitor) -> None:
    page = visitor.get("/exercises/clamshell").text

    assert page.index("data-stage") < page.index("<svg")
    assert "Gluteus medius" in page
    assert "data-bar hidden" in page  # without JavaScript no button stands there that does nothing
    assert "style=" not in page
