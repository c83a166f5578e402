"""A document as a reader meets it: its links, and what it names in backticks and in shell blocks."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "weaklink"
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "benchmarks").glob("*.md")])
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.DOTALL | re.MULTILINE)
SPAN = re.compile(r"`([^`\n]+)`")
SUFFIXES = "py|toml|html|css|md|lock|js|mjs|json|sh|jinja|typ|npz|pack|png|svg|csv|sqlite|parquet"
PROGRAM = re.compile(
    r"^(?:\w+=\S+ )*(?:(?:\./)?weaklink|make|uv|git|pip|(?:\.venv-dev/bin/)?python|\.venv-dev/bin/\w+)(?: |$)"
)
ADDRESS = re.compile(r"^(?:(GET|POST) )?(/[\w/{}.-]*)(?:\?([\w=&]*))?$")
FILE = re.compile(rf"^[\w.<>*…-]+\.(?:{SUFFIXES})$")
PATH = re.compile(r"^[\w.<>*…~$-]+(?:/[\w.<>*…-]+)*/?$")
DOTTED = re.compile(r"^[a-z_]\w*(?:\.\w+)+$")


class Named(NamedTuple):
    """One thing that a page names, and the words of the line it stands in."""

    page: Path
    text: str
    line: tuple[str, ...]

    @property
    def kind(self) -> str:
        """What it is: command, option, address, test, path, module; empty for any other word."""
        text = self.text
        if PROGRAM.match(text) or re.match(r"^\w[\w-]* --", text):
            return "command"
        if re.match(r"^--[a-z-]+( [A-Z0-9]\S*| [a-z]\S*)?$", text):
            return "option"
        if ADDRESS.match(text):
            return "address"
        if "::" in text:
            return "test"
        if FILE.match(text) or ("/" in text and PATH.match(text)):
            return "path"
        return "module" if DOTTED.match(text) else ""


def name_of(page: Path) -> str:
    """A page as one would say it: docs/hosting.md."""
    return str(page.relative_to(ROOT))


def links(page: Path) -> list[str]:
    """Where the links and pictures of a page lead."""
    return LINK.findall(page.read_text(encoding="utf-8"))


def named(page: Path, kind: str) -> list[Named]:
    """Everything of one kind that stands in backticks on a page, and in its shell blocks."""
    text = page.read_text(encoding="utf-8")
    found = []
    for line in FENCE.sub("", text).splitlines():
        words = tuple(SPAN.findall(line))
        found += [Named(page, word, words) for word in words]
    found += [Named(page, line, ()) for line in shell_lines(page)]
    found += [
        Named(page, address, ())
        for language, block in FENCE.findall(text)
        for address in re.findall(r'from "(/[^"]+)"', block)
        if language == "js"
    ]
    return [one for one in found if one.kind == kind]


def shell_lines(page: Path) -> list[str]:
    """Every command of the shell blocks of a page, without its comment."""
    blocks = [
        block for language, block in FENCE.findall(page.read_text(encoding="utf-8")) if language == "sh"
    ]
    lines = [line.split(" #")[0].strip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if line and not line.startswith("#")]


def commands(page: Path) -> list[str]:
    """Every command that a page names, those joined by `&&` apart."""
    return [one for found in named(page, "command") for one in re.split(r" && ", found.text)]
