"""The documents: their commands exist, their links lead somewhere, their lists are complete."""

from __future__ import annotations

import datetime
import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
import typer.main
from tools import licences

from tests.house.test_house import ROOT, tracked
from weaklink.cli import app
from weaklink.cli.assess import assess_case
from weaklink.cli.language import templates
from weaklink.library.language_drafts import new_language
from weaklink.library.scaffold import stub

DOCS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)
NAMED_FILE = re.compile(
    r"`((?:[\w.-]+/)*[\w.<>-]+\.(?:py|toml|html|css|md|lock)|(?:src|tests|docs|tools|benchmarks)/[\w./-]+)`"
)
LAUNCHER = {"test", "test-all", "environment", "up"}


def commands(page: Path) -> list[str]:
    """Every line of every shell block of a page, and what stands in backticks with ./weaklink or make."""
    text = page.read_text(encoding="utf-8")
    lines = [line.split("#")[0].strip() for block in BLOCK.findall(text) for line in block.splitlines()]
    return [line for line in lines if line] + re.findall(r"`((?:\./weaklink|make) [^`]+)`", text)


def known(command: str) -> bool:
    """Whether the first word after the program is a command or a target of ours."""
    program, *words = re.sub(r"^(\w+=\S+ )+", "", command).split()
    if program == "./weaklink":
        own = set(typer.main.get_command(app).commands) | LAUNCHER  # type: ignore[attr-defined]
        return not words or words[0] in own or words[0].startswith("--")
    if program == "make":
        targets = re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
        return set(words) <= set(targets)
    if program.startswith(".venv-dev/bin/"):
        return all((ROOT / word).exists() for word in words if word.startswith(("tools/", "tests/")))
    return program in ("uv", "git")


@pytest.mark.parametrize("page", DOCS, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_exists(page: Path) -> None:
    assert [command for command in commands(page) if not known(command)] == []


def recipes() -> list[list[str]]:
    lines = (command.split() for command in commands(ROOT / "CONTRIBUTING.md"))
    return [
        words[2:] for words in lines if words[:2] == ["./weaklink", "new"] and words[2:] != ["KIND", "ID"]
    ]


@pytest.mark.parametrize(("kind", "record_id"), recipes())
def test_every_recipe_writes_new_files(kind: str, record_id: str) -> None:
    if kind == "language":
        files = {str(path): text for path, text in new_language(record_id, templates()).items()}
    else:
        files = stub(kind, record_id, datetime.date(2026, 11, 20))

    assert files
    assert [path for path in files if (ROOT / path).exists()] == []


def test_the_case_of_the_readme_is_answered(capsys: pytest.CaptureFixture[str]) -> None:
    words = next(command.split() for command in commands(ROOT / "README.md") if " assess " in command)
    assess_case(str(ROOT / words[-1]), as_json=False, schema=False)

    assert "Likely weak links to train" in capsys.readouterr().out


def test_the_readme_names_its_two_commands() -> None:
    found = commands(ROOT / "README.md")

    assert found[:2] == ["./weaklink", "make test"]


@pytest.mark.parametrize("page", DOCS, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_to_a_file(page: Path) -> None:
    targets = [link.split("#")[0] for link in LINK.findall(page.read_text(encoding="utf-8"))]
    inside = [target for target in targets if target and not re.match(r"https?:|mailto:", target)]

    assert [target for target in inside if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", DOCS, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_to_a_heading_leads_to_one(page: Path) -> None:
    lost = []
    for link in LINK.findall(page.read_text(encoding="utf-8")):
        target, _, anchor = link.partition("#")
        other = page.parent / target if target else page
        if anchor and not target.startswith("http") and anchor not in anchors(other):
            lost.append(link)

    assert lost == []


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", ["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md"])
def test_every_file_that_is_named_exists(name: str) -> None:
    named = NAMED_FILE.findall((ROOT / name).read_text(encoding="utf-8"))
    made_by_the_reader = ("heel-sit-lift", "<")
    lost = [
        path
        for path in named
        if not any(word in path for word in made_by_the_reader)
        and not any((base / path).exists() for base in (ROOT, ROOT / "src", ROOT / "src" / "weaklink"))
    ]

    assert lost == []


def test_architecture_names_every_chapter() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    chapters = [name.strip() for layer in layers for name in layer.split("|")]

    assert [name for name in chapters if f"`{name}`" not in text] == []


def test_decisions_are_numbered_without_gaps_and_listed() -> None:
    folder = ROOT / "docs" / "decisions"
    files = sorted(path.name for path in folder.glob("[0-9]*.md"))
    index = (folder / "README.md").read_text(encoding="utf-8")
    titles = [(folder / name).read_text(encoding="utf-8").splitlines()[0] for name in files]

    assert [name[:4] for name in files] == [f"{number:04d}" for number in range(1, len(files) + 1)]
    assert [title[2:6] for title in titles] == [name[:4] for name in files]
    assert [name for name in files if f"({name})" not in index] == []


def test_the_changelog_has_the_version() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    edition = (ROOT / "src" / "weaklink" / "knowledge" / "EDITION").read_text(encoding="utf-8").strip()
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")

    assert f"## {settings['project']['version']}" in text
    assert edition in text


def table() -> list[list[str]]:
    """The rows of the dependency table as it stands in the page."""
    text = licences.written(licences.PAGE.read_text(encoding="utf-8"))
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines()[2:]]


def test_licences_list_every_pinned_dependency() -> None:
    expected = [[row.name, row.version, row.used] for row in licences.rows()]

    assert [[name, version, used] for name, version, _, used, _ in table()] == expected


def test_licences_say_what_the_packages_say() -> None:
    installed = {licences.plain(dist.name): dist.version for dist in metadata.distributions()}
    wrong = [
        (name, said, licences.licence(name))
        for name, version, said, _, _ in table()
        if installed.get(name) == version and said != licences.licence(name)
    ]

    assert wrong == []
    assert [name for name, _, said, _, _ in table() if not said] == []


def test_nothing_that_runs_is_under_a_copyleft_licence() -> None:
    running = [(name, said) for name, _, said, used, _ in table() if used == "running"]

    assert [(name, said) for name, said in running if re.search(r"GPL|MPL", said)] == []


def test_licences_name_everything_carried_from_others() -> None:
    static = ROOT / "src" / "weaklink" / "web" / "static"
    text = licences.PAGE.read_text(encoding="utf-8")
    carried = [
        path for path in tracked() if path.suffix in {".woff2", ".ttf"} or static / "vendor" in path.parents
    ]
    families = {path.name.split(".")[0].split("-")[0].lower() for path in carried if path.suffix != ".txt"}

    assert [family for family in sorted(families) if family not in text.lower()] == []


def test_derived_data_say_their_licence_and_are_listed() -> None:
    packs = ROOT / "src" / "weaklink" / "packs"
    text = licences.PAGE.read_text(encoding="utf-8")
    said = {path.name: tomllib.loads(path.read_text(encoding="utf-8")) for path in packs.glob("*.toml")}

    assert [name for name, pack in said.items() if "CC BY 3.0" not in pack.get("licence", "")] == []
    assert "`src/weaklink/packs`" in text
    unnamed = [
        path.name
        for path in packs.iterdir()
        if path.name not in said and f"{path.stem}.toml" not in said and f"`{path.name}`" not in text
    ]
    assert unnamed == []


def test_licence_texts_are_whole() -> None:
    apache = (ROOT / "LICENSE").read_text(encoding="utf-8")
    knowledge = (ROOT / "LICENSE-knowledge").read_text(encoding="utf-8")

    assert "TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION" in apache
    assert "END OF TERMS AND CONDITIONS" in apache
    assert "creativecommons.org/licenses/by/4.0" in knowledge
    assert "Uberon" in knowledge
