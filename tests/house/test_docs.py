"""The documents: their commands exist, their links lead somewhere, their lists are complete."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest
from benchmarks import __main__ as benchmark
from benchmarks import pages as figures
from benchmarks.row import HEAD
from fastapi import FastAPI
from tools import licences

from tests.application import house_at
from tests.house import checkout
from tests.house.page import FENCE, PAGES, ROOT, commands, links, name_of, named, shell_lines
from tests.house.test_house import tracked
from weaklink.cli.assess import assess_case
from weaklink.library.reading import Library
from weaklink.store import tables
from weaklink.web.app import make_pages

every_page = pytest.mark.parametrize("page", PAGES, ids=name_of)


@every_page
def test_every_command_can_be_typed_as_it_stands(page: Path) -> None:
    wrong = [(command, checkout.wrong_in(command)) for command in commands(page)]

    assert [(command, word) for command, word in wrong if word] == []


@pytest.mark.parametrize(
    ("command", "word"),
    [
        ("./weaklink walk", "walk"),
        ("weaklink plan --differ", "--differ"),
        ("./weaklink plan --diff --json", ""),
        ("./weaklink who clamshell again", "again"),
        ("./weaklink study new mine.toml", ""),
        ("./weaklink study start", "start"),
        ("./weaklink --data D --port 8080", ""),
        ("./weaklink test soak", ""),
        ("weaklink test", "test"),
        ("make tea", "tea"),
        ("python -m tools.brew", "tools.brew"),
        (".venv-dev/bin/python -m benchmarks --write", ""),
        (".venv-dev/bin/python -m benchmarks --white", "--white"),
        (".venv-dev/bin/pytest tests/kitchen", "tests/kitchen"),
    ],
)
def test_a_command_that_cannot_be_typed_is_seen(command: str, word: str) -> None:
    assert checkout.wrong_in(command) == word


@every_page
def test_every_option_exists(page: Path) -> None:
    assert [one.text for one in named(page, "option") if not checkout.has_option(one)] == []


@every_page
def test_every_path_leads_to_something(page: Path) -> None:
    assert [one.text for one in named(page, "path") if not checkout.has_path(one)] == []


@pytest.mark.parametrize(
    ("line", "lost"),
    [
        ("`training/plan/greedy.py`, `exact.py`", []),
        ("`training/course/reflow.py`, `calibration.py`", ["calibration.py"]),
        ("`training/reflow.py`", ["training/reflow.py"]),
        ("`knowledge/exercises/<id>.toml`, `web/plates/*.toml`", ["web/plates/*.toml"]),
        ("`src/weaklink/packs/exercise-loads.npz`", ["src/weaklink/packs/exercise-loads.npz"]),
        ("`weaklink.sqlite`, `network/`, `people.parquet`, `kitchen.sqlite`", ["kitchen.sqlite"]),
    ],
)
def test_a_path_that_leads_nowhere_is_seen(line: str, lost: list[str], tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(line, encoding="utf-8")

    assert [one.text for one in named(page, "path") if not checkout.has_path(one)] == lost


@every_page
def test_every_test_that_is_named_exists(page: Path) -> None:
    assert [one.text for one in named(page, "test") if not checkout.has_test(one)] == []


@every_page
def test_every_module_that_is_named_exists(page: Path) -> None:
    assert [one.text for one in named(page, "module") if not checkout.has_module(one)] == []


@every_page
def test_every_constant_and_variable_that_is_named_stands_in_the_code(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    constants = set(re.findall(r"`\$?([A-Z][A-Z0-9]*_[A-Z0-9_]+)", text))

    assert {name for name in constants if not checkout.is_said(name)} == set()


@every_page
def test_every_extra_that_is_named_is_declared(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    extras = set(re.findall(r"\bextra `([a-z]+)`", text)) | set(re.findall(r"weaklink\[(\w+)\]", text))

    assert extras - checkout.extras() - {"bench"} == set()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    """The whole application, to be asked for its addresses."""
    house = house_at(tmp_path_factory.mktemp("data"))
    yield make_pages(house)
    house.records.close()


def test_every_address_is_answered(site: FastAPI) -> None:
    lost = [
        f"{name_of(page)}: {one.text}"
        for page in PAGES
        for one in named(page, "address")
        if not checkout.has_address(one, site)
    ]

    assert lost == []


def test_every_recipe_writes_new_files() -> None:
    found = checkout.recipes(ROOT / "CONTRIBUTING.md")
    files = [checkout.written_by(kind, record_id) for kind, record_id in found]

    assert len(found) >= 8
    assert all(files)
    assert [path for made in files for path in made if (ROOT / path).exists()] == []


def test_the_case_of_the_readme_is_answered(capsys: pytest.CaptureFixture[str]) -> None:
    words = next(command.split() for command in commands(ROOT / "README.md") if " assess " in command)
    assess_case(str(ROOT / words[-1]), as_json=False, schema=False)

    assert "Likely weak links to train" in capsys.readouterr().out


def test_the_readme_is_short_and_names_its_two_commands() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")

    assert len(text.splitlines()) <= 130
    assert shell_lines(ROOT / "README.md")[:2] == ["./weaklink", "make test"]


def test_the_readme_counts_what_the_knowledge_holds(library: Library) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")

    assert f"{len(library.red_flags)} red flags and {len(library.guards)} precautions" in text


def test_the_ten_figures_of_the_readme_are_rows_of_the_whole_table() -> None:
    whole = (ROOT / figures.WHOLE).read_text(encoding="utf-8")
    chosen = figures.between((ROOT / figures.FRONT).read_text(encoding="utf-8"))
    where, _, *table = figures.between(whole).splitlines()

    assert len(figures.CHOSEN) == 10
    assert chosen.splitlines() == [where, "", *figures.chosen(table), "", figures.missed(table)]
    assert "not measured here" not in chosen


def test_a_run_is_written_whole_into_one_page_and_ten_rows_into_the_other(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    for name in (figures.FRONT, figures.WHOLE):
        (tmp_path / name).write_text(
            f"before\n{figures.BEGIN}\nold\n{figures.END}\nafter\n", encoding="utf-8"
        )
    table = [
        *HEAD.splitlines(),
        *(f"| {name} | 1 s | – | – |" for name in ("unknown", *reversed(figures.CHOSEN))),
    ]

    figures.write(table, "Measured today.", tmp_path)
    front, whole = ((tmp_path / name).read_text(encoding="utf-8") for name in (figures.FRONT, figures.WHOLE))

    assert whole.splitlines() == [
        "before",
        figures.BEGIN,
        "Measured today.",
        "",
        *table,
        figures.END,
        "after",
    ]
    assert front.splitlines()[4:-4] == [
        *HEAD.splitlines(),
        *(f"| {name} | 1 s | – | – |" for name in figures.CHOSEN),
    ]


def test_a_run_of_some_figures_hides_no_others() -> None:
    with pytest.raises(SystemExit, match="hide the others"):
        benchmark.main(["--write", "knowledge_load"])


@every_page
def test_every_link_leads_to_a_file(page: Path) -> None:
    targets = [link.split("#")[0] for link in links(page)]
    inside = [target for target in targets if target and not re.match(r"https?:|mailto:", target)]

    assert [target for target in inside if not (page.parent / target).exists()] == []


@every_page
def test_every_link_to_a_heading_leads_to_one(page: Path) -> None:
    lost = []
    for link in links(page):
        target, _, anchor = link.partition("#")
        other = page.parent / target if target else page
        if anchor and not target.startswith("http") and anchor not in anchors(other):
            lost.append(link)

    assert lost == []


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def test_the_order_of_the_chapters_is_the_one_that_is_proved() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    proved = [{name.strip() for name in layer.split("|")} for layer in reversed(layers)]

    for name in ("ARCHITECTURE.md", "docs/decisions/0001-house.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        drawn = next(block for _, block in FENCE.findall(text) if "quantities <" in block)
        said = [{name.strip() for name in layer.split("|")} for layer in drawn.split("<")]

        assert said == proved


def test_architecture_says_what_every_chapter_holds() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    chapters = [name.strip() for layer in layers for name in layer.split("|")]

    assert [name for name in chapters if f"\n| `{name}` |" not in text] == []


def test_my_data_names_every_table() -> None:
    text = (ROOT / "docs" / "my-data.md").read_text(encoding="utf-8")

    assert [name for name in tables.metadata.tables if f"`{name}`" not in text] == []


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
