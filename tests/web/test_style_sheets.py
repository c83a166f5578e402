"""Style sheets: one thing a file, tokens in one place, nothing dead, and few requests."""

from __future__ import annotations

import functools
import re
from pathlib import Path

import pytest

import weaklink.web
from tests.web.states import PAGES, STATES
from tests.web.visitor import Visitor
from weaklink.web.visit.static_files import PART, static_content

STATIC = Path(weaklink.web.__file__).parent / "static"
SHEETS = sorted(path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*.css"))
TOKENS = "visit/tokens.css"
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch|color)\(")
SIZE = re.compile(r"\bfont(?:-size)?:\s*([^;}]+)")
LAYER = re.compile(r"\bz-index:\s*([^;}]+)")
MOST_SHEETS = 6
MOST_LINES = 400
# Names that code puts together: the part of a name that stands in the source.
MADE = (
    r"(?:at|tap)-[a-z-]+",  # asking/where.html, drawing/body_map.py: figure region and side
    r"c-(?:weak|pain)",  # parts/words.html: the kind of a step
    r"view-(?:front|back)",  # drawing/body_map.py
    r"tone-[a-z]+",  # parts/live.html: the tone of a muscle
    r"[lpr]-(?:dot|err|line)",  # drawing of the charts: left, pain, right
)


def rules(name: str) -> str:
    """A sheet without its comments."""
    return re.sub(r"/\*.*?\*/", "", (STATIC / name).read_text(encoding="utf-8"), flags=re.DOTALL)


@pytest.mark.parametrize("name", [name for name in SHEETS if name != TOKENS])
def test_colours_sizes_and_layers_stand_among_the_tokens_only(name):
    text = rules(name)

    assert COLOUR.findall(re.sub(r"(?<=[\s(,])#[\w-]+(?=[\s):.,>+~\]]|$)", "", _values(text))) == []
    assert [
        size for size in SIZE.findall(text) if not re.search(r"var\(--|^(inherit|0)$", size.strip())
    ] == []
    assert [layer for layer in LAYER.findall(text) if not layer.strip().startswith("var(--over")] == []


def _values(text: str) -> str:
    # What stands behind a property's colon; the ids of selectors are no colours.
    return "\n".join(re.findall(r"[\w-]+:\s*([^;{}]+);", text)).replace("color-mix(", "mix(")


def test_every_token_is_used():
    everything = "\n".join([*map(rules, SHEETS), _everything_written()])
    declared = set(re.findall(r"(?<![\w-])(--[a-z0-9-]+):", rules(TOKENS)))

    assert {token for token in declared if not re.search(_used(token), everything)} == set()


def _used(token: str) -> str:
    # A sheet says var(--name); the drawn figure asks for its colours by name.
    return rf"var\({token}\)|['\"](?:--)?{token[2:]}['\"]|(?<![\w-]){token[2:]}:"


@pytest.mark.parametrize("name", SHEETS)
def test_every_rule_matches_something_that_we_write(name):
    selectors = re.findall(r"([^{}]+)\{", rules(name))
    named = {
        word for one in selectors for word in re.findall(r"[.#]([a-zA-Z][\w-]*)", re.sub(r'"[^"]*"', "", one))
    }

    dead = named - _words_written()
    assert {word for word in dead if not re.fullmatch("|".join(MADE), word)} == set()


@functools.cache
def _words_written() -> frozenset[str]:
    return frozenset(re.findall(r"[\w-]+", _everything_written()))


@functools.cache
def _everything_written() -> str:
    package = STATIC.parents[1]
    kinds = (".html", ".js", ".py", ".jinja")
    found = [path for path in package.rglob("*") if path.suffix in kinds and "vendor" not in path.parts]
    return "\n".join(path.read_text(encoding="utf-8") for path in found)


def test_every_sheet_says_what_it_is_and_stays_short():
    for name in SHEETS:
        lines = (STATIC / name).read_text(encoding="utf-8").splitlines()

        assert lines[0].startswith("/* "), name
        assert len(lines) < MOST_LINES, (name, len(lines))


def test_every_sheet_is_asked_for_or_part_of_one_that_is():
    asked = set(re.findall(r"static\('([^']+\.css)'\)", _everything_written()))
    parts = {
        f"{Path(name).parent.as_posix()}/{part}"
        for name in SHEETS
        for part in PART.findall((STATIC / name).read_text(encoding="utf-8"))
    }

    assert asked | {re.sub(r"^\w+/\.\./", "", part) for part in parts} == set(SHEETS)


def test_a_sheet_is_sent_with_its_parts(visitor: Visitor):
    sent = visitor.get("/static/visit/site.css")

    assert sent.headers["content-type"].startswith("text/css")
    assert sent.content == static_content("visit/site.css")
    assert "@import" not in sent.text
    assert ".paper .rowx" in sent.text


def test_no_file_that_a_sheet_names_is_missing(visitor: Visitor):
    for name in SHEETS:
        for found in re.findall(r'url\("([^"]+)"\)', rules(name)):
            named = visitor.client.base_url.join(f"/static/{name}").join(found)
            assert visitor.get(str(named)).status_code == 200, (name, found)


@pytest.mark.parametrize("state", STATES)
def test_a_page_asks_for_few_sheets(visitor: Visitor, state: str):
    STATES[state](visitor)
    for path in (path for wanted, path, _ in PAGES if wanted == state):
        page = visitor.get(path).text

        assert page.count('rel="stylesheet"') <= MOST_SHEETS, path
