"""What there is to name: files, modules, tests, commands and their options, make targets, addresses."""

from __future__ import annotations

import ast
import collections
import datetime
import functools
import importlib
import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

import typer.main
from fastapi import FastAPI

from tests.house.page import ADDRESS, PACKAGE, ROOT, Named, commands, named
from weaklink.cli import app
from weaklink.cli.language import templates
from weaklink.cli.options import with_command
from weaklink.library.language_drafts import new_language
from weaklink.library.scaffold import stub
from weaklink.web.routes import ROUTES

# What a page may name though it belongs to others.
OF_OTHERS = {"opensim-org/opensim-models", "Pipelines/Rajagopal"}
TOOLS_OF_OTHERS = {"uv", "git", "pip"}
WRITTEN_BY_HAND = (".py", ".js", ".mjs", ".html", ".css", ".md", ".toml", ".lock", ".sh", ".jinja", ".typ")
PLACEHOLDER = re.compile(r"<[\w-]+>|…")  # what the reader, or each of many files, puts there


def has_path(one: Named) -> bool:
    """Whether a path leads to something: from here, from the page, or from a folder that line or page names.

    A bare file name belongs to a folder of its line or page.
    What no hand writes may be named as the program names it: `weaklink.sqlite`.
    """
    text = one.text
    if text in OF_OTHERS or text in _of_recipes(one.page) or text.startswith(("~", "$")):
        return True
    pattern = PLACEHOLDER.sub("*", text).rstrip("/")
    if text.startswith("…"):
        return any(PACKAGE.rglob(pattern))
    bases = [*_roots(one.page), *_page_folders(one.page, "/" in text), *_line_folders(one)]
    if any(next(base.glob(pattern), None) for base in bases):
        return True
    if PLACEHOLDER.search(text) and "/*" in pattern:
        return _may_be_filled(pattern, one.page)
    first, *rest = pattern.split("/")
    ours = bool(rest) and (ROOT / first).is_dir()
    return not ours and not text.endswith(WRITTEN_BY_HAND) and all(map(_is_written, [first, *rest]))


def _may_be_filled(pattern: str, page: Path) -> bool:
    """Whether there is a folder for what the reader puts in place of the first placeholder, or the program knows it."""
    folder = PurePosixPath(pattern.split("/*")[0])
    return any(
        (root / folder).is_dir() or ((root / folder.parent).is_dir() and _is_written(folder.name))
        for root in _roots(page)
    )


def _roots(page: Path) -> tuple[Path, ...]:
    return ROOT, ROOT / "src", PACKAGE, page.parent


def _line_folders(one: Named) -> list[Path]:
    """Where the files lie that a line names with their folders: `plan/greedy.py`, then `exact.py`."""
    if "/" in one.text:
        return []
    places = [
        base / word for base in _roots(one.page) for word in one.line if re.fullmatch(r"[\w./-]+", word)
    ]
    return [place if place.is_dir() else place.parent for place in places if place.exists()]


@functools.cache
def _page_folders(page: Path, ending_in_a_slash: bool) -> tuple[Path, ...]:
    """The folders that a page names; a path with folders of its own goes on from `tests/`, not from `tests`."""
    names = [one.text for one in named(page, "path") if "." not in one.text and "*" not in one.text]
    names = [name for name in names if name.endswith("/") or not ending_in_a_slash]
    return tuple(base / name for base in _roots(page) for name in names if (base / name).is_dir())


@functools.cache
def _of_recipes(page: Path) -> frozenset[str]:
    """The files that the recipes of a page write."""
    return frozenset(path for kind, name in recipes(page) for path in written_by(kind, name))


def written_by(kind: str, record_id: str) -> dict[str, str]:
    """The files that `weaklink new KIND ID` writes, by path."""
    if kind == "language":
        return {str(path): text for path, text in new_language(record_id, templates()).items()}
    return stub(kind, record_id, datetime.date(2026, 11, 20))


def recipes(page: Path) -> list[tuple[str, str]]:
    """Kind and id of each `./weaklink new KIND ID` of a page."""
    lines = [command.split() for command in commands(page)]
    return [
        (line[2], line[3])
        for line in lines
        if line[:2] == ["./weaklink", "new"] and len(line) == 4 and line[3].islower()
    ]


@functools.cache
def _sources() -> str:
    folders = ("src", "benchmarks", "tests/mechanics")  # the last two read the public gait example
    files = [ROOT / "weaklink", *(file for folder in folders for file in (ROOT / folder).rglob("*.py"))]
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def _is_written(name: str) -> bool:
    """Whether the program names a file or folder, as one that it keeps, reads or writes."""
    stem, dot, suffix = name.rpartition(".")
    put_together = bool(stem) and _is_written(stem) and f'{dot}{suffix}"' in _sources()
    return put_together or re.search(rf"[\"'/ ]{re.escape(name)}[\"'/ ;.,]", _sources()) is not None


def has_test(one: Named) -> bool:
    """Whether a test id leads to a test; one without a file belongs to the file before it in its line."""
    path, _, name = one.text.partition("::")
    if not path:
        before = one.line[: one.line.index(one.text)]
        path = next((word.partition("::")[0] for word in reversed(before) if ".py" in word), "")
    file = next((base / path for base in (ROOT, ROOT / "tests") if path and (base / path).is_file()), None)
    if file is None:
        return False
    tree = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    return name in {node.name for node in tree if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


def has_module(one: Named) -> bool:
    """Whether a dotted name is a module of ours or something in it; names of other things pass."""
    first, *rest = one.text.split(".")
    if first != "weaklink" and not (PACKAGE / first).is_dir():
        return True
    names = rest if first == "weaklink" else [first, *rest]
    found: Any = importlib.import_module("weaklink")
    for index, name in enumerate(names):
        if not hasattr(found, name):
            try:
                importlib.import_module(".".join(["weaklink", *names[: index + 1]]))
            except ImportError:
                return False
        found = getattr(found, name)
    return True


def wrong_in(command: str) -> str:
    """What of a command does not exist; empty where it can be typed as it stands."""
    program, *words = shlex.split(re.sub(r"^(?:\w+=\S+ )+", "", command).replace("…", ""))
    if program in ("./weaklink", "weaklink"):
        return _wrong_of_ours(words, launched=program == "./weaklink")
    if program == "make":
        return ", ".join(sorted(set(words) - targets()))
    if program.endswith("python"):
        return _wrong_of_python(words)
    if program.startswith(".venv-dev/bin/"):
        return ", ".join(_lost(words))
    if program in TOOLS_OF_OTHERS:
        return ", ".join(_lost(words))
    return _wrong_of_ours([program, *words], launched=True)


def targets() -> set[str]:
    """What `make` can be asked for."""
    return set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def _wrong_of_ours(words: list[str], *, launched: bool) -> str:
    if not words or (launched and words[0] in _of_the_launcher()):
        return ""
    command: Any = typer.main.get_command(app)
    rest = with_command(words)
    while hasattr(command, "commands") and rest and not rest[0].startswith("-"):
        if rest[0] not in command.commands:
            return rest[0]
        command, rest = command.commands[rest[0]], rest[1:]
    return _wrong_option(command, rest) or ", ".join(_lost(words))


@functools.cache
def _of_the_launcher() -> set[str]:
    """The words that the launcher keeps for itself."""
    found = re.search(r"^ +(test(?: \| [\w-]+)*)\)$", (ROOT / "weaklink").read_text(), re.MULTILINE)
    assert found is not None
    return set(found[1].split(" | "))


def _wrong_option(command: Any, words: list[str]) -> str:
    """The first word that a command would refuse, for being no option of its or one word too many."""
    options = {name: option for option in command.params for name in (*option.opts, *option.secondary_opts)}
    places = [option for option in command.params if option.param_type_name == "argument"]
    left = sum(option.nargs if option.nargs > 0 else 99 for option in places)
    waiting = iter(words)
    for word in waiting:
        if word.startswith("-") and word != "-":
            if word not in options and word != "--help":
                return word
            if word in options and not options[word].is_flag:
                next(waiting, None)
        elif (left := left - 1) < 0:
            return word
    return ""


def _wrong_of_python(words: list[str]) -> str:
    if words[:1] != ["-m"]:
        return ", ".join(_lost(words))
    path = ROOT / words[1].replace(".", "/")
    file = path / "__main__.py" if path.is_dir() else path.with_suffix(".py")
    if not file.is_file():
        return words[1]
    text = file.read_text(encoding="utf-8")
    return ", ".join(word for word in words[2:] if word.startswith("--") and f'"{word}"' not in text)


def _lost(words: list[str]) -> Iterator[str]:
    """Files of the repository that a command takes, but for those that are not there."""
    folders = ("tests/", "tools/", "docs/", "src/", "requirements", "pyproject")
    return (
        word
        for word in words
        if word.startswith(folders) and not (ROOT / word).exists() and not word.endswith("/CHAPTER")
    )


def has_option(one: Named) -> bool:
    """Whether an option exists: for a command of its line where one is named, else for any of ours."""
    option = one.text.split()[0]
    own = [word for word in one.line if word.startswith(("./weaklink ", "weaklink "))]
    if own:
        return any(not wrong_in(f"{command} {option}") for command in own)
    return (
        option in _options(typer.main.get_command(app)) or option in (ROOT / "weaklink").read_text().split()
    )


def _options(command: Any) -> set[str]:
    own = {name for option in command.params for name in option.opts}
    return own.union(*(_options(one) for one in getattr(command, "commands", {}).values()))


def has_address(one: Named, site: FastAPI) -> bool:
    """Whether the application answers at an address, by that method and with those parameters."""
    found = ADDRESS.match(one.text)
    assert found is not None
    method, path, query = found.groups()
    if path.startswith("/static/"):
        return (PACKAGE / "web" / path.lstrip("/")).exists()
    methods: dict[str, set[str]] = collections.defaultdict(set)
    for route in [*ROUTES, *site.routes]:
        methods[getattr(route, "path", "")] |= getattr(route, "methods", None) or set()
    for each, operations in site.openapi()["paths"].items():
        methods[each] |= {operation.upper() for operation in operations}
    if method:
        said = {part.partition("=")[0] for part in (query or "").split("&") if part}
        return method in methods[path] and said <= _parameters(site, path, method)
    return any(each == path or each.startswith(path.rstrip("/") + "/") for each in methods)


def _parameters(site: FastAPI, path: str, method: str) -> set[str]:
    described = site.openapi()["paths"].get(path, {}).get(method.lower(), {})
    return {parameter["name"] for parameter in described.get("parameters", [])}


def extras() -> set[str]:
    """The extras that the project declares."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return set(settings["project"]["optional-dependencies"])


def is_said(constant: str) -> bool:
    """Whether a constant or an environment variable stands in the code."""
    return re.search(rf"\b{constant}\b", _sources()) is not None
