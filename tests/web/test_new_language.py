"""A new language, made as CONTRIBUTING says, in a weaklink of its own: from the commands to a plan in it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po, write_po

import weaklink

pytestmark = pytest.mark.load  # commands and walks in a copy of the package: half a minute

CODE = "xq"  # no real language: every sentence of it stands in brackets
ROOT = Path(__file__).resolve().parents[2]


class Checkout:
    """A copy of the package that may be written to, and what is run in it."""

    def __init__(self, folder: Path) -> None:
        self.package = folder / "src" / "weaklink"
        shutil.copytree(
            Path(weaklink.__file__).parent, self.package, ignore=shutil.ignore_patterns("__pycache__")
        )
        self.folder = folder

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """`python -m …` with this copy in place of the installed one."""
        path = f"{self.folder / 'src'}{os.pathsep}{ROOT}"
        return subprocess.run(
            [sys.executable, "-m", *arguments], env={**os.environ, "PYTHONPATH": path, **environment},
            cwd=self.folder, capture_output=True, text=True, check=False,
        )  # fmt: skip

    @property
    def words(self) -> Path:
        """The words of the pages in the new language."""
        return self.package / "locale" / CODE / "LC_MESSAGES" / "weaklink.po"

    def text(self, name: str) -> Path:
        """The file of a text in the new language."""
        return self.package / "knowledge" / "text" / CODE / name


def bracketed(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: part if key == "by" else bracketed(part) for key, part in value.items()}
    return [bracketed(part) for part in value] if isinstance(value, list) else f"[{value}]"


def inline(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f'"{key}" = {inline(part)}' for key, part in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(inline, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def fill(path: Path) -> None:
    """Translate a file of sentences or a text as it was written: each comment that says something, in brackets."""
    filled = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if re.match(r'# ("[^"]+"|[a-z_]+) = ', line):
            ((key, value),) = tomllib.loads(line[2:]).items()
            line = f'"{key}" = {inline(bracketed(value))}'
        filled.append(line)
    path.write_text("\n".join(filled) + "\n", encoding="utf-8")


def fill_words(path: Path) -> None:
    words = read_po(BytesIO(path.read_bytes()))
    for message in words:
        if message.id:
            message.string = (
                tuple(map(bracketed, message.id)) if message.pluralizable else bracketed(message.id)
            )
    with path.open("wb") as file:
        write_po(file, words)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """A weaklink in which the language was begun and filled."""
    made = Checkout(tmp_path_factory.mktemp("checkout"))
    begun = made.run("weaklink", "new", "language", CODE)
    assert begun.returncode == 0, begun.stderr
    for path in (made.package / "locale" / CODE / "messages").glob("*.toml"):
        fill(path)
    fill(made.text("exercises/clamshell.toml"))
    fill_words(made.words)
    return made


@pytest.fixture(scope="module")
def compiled(checkout: Checkout) -> str:
    """What the language's own commands say of it."""
    extracted = checkout.run("weaklink", "language", "extract", CODE)
    assert extracted.returncode == 0, extracted.stderr
    made = checkout.run("weaklink", "language", "compile", CODE)
    assert made.returncode == 0, made.stderr
    checkout.words.with_suffix(".mo").unlink()  # nothing has to be compiled
    return made.stdout


def test_all_of_a_filled_language_is_used(compiled: str) -> None:
    counted = re.findall(r"(\d+) of (\d+) (?:sentences|words)", compiled)

    assert len(counted) == 2
    assert "cannot be read" not in compiled
    for said, known in counted:
        assert int(known) - int(said) <= 1, compiled  # its own name is there already


def test_somebody_walks_from_the_start_to_a_plan_in_it(checkout: Checkout, compiled: str) -> None:
    ran = checkout.run("tests.web.new_language_walk", str(checkout.folder / "data"), CODE)
    assert ran.returncode == 0, ran.stderr
    pages = json.loads(ran.stdout)

    assert {path: status for path, (status, *_) in pages.items() if status != 200} == {"/nowhere": 404}
    assert all(in_it for _, in_it, _ in pages.values())
    texts = {path: re.sub(r"<[^>]+>", "", page) for path, (*_, page) in pages.items()}
    assert "[Clamshell]" in texts["/exercises/clamshell"]
    assert "[Trains the side of the hip" in texts["/exercises/clamshell"]
    assert re.search(r"\[This week: 3 sessions of \d+ minutes\.\]", texts["/plan"])
    assert "[Distances]" in texts["/settings"]


def test_a_typo_is_english_and_is_said_by_check_and_starts_all_the_same(
    checkout: Checkout, compiled: str
) -> None:
    broken = {
        checkout.text("areas/glute-med.toml"): 'nmae = "[x]"\n',
        checkout.text("exercises/side-plank.toml"): "name = \n",
        checkout.package / "locale" / CODE / "messages" / "typo.toml": '"plan.lede" = "[{weks}]"\n',
    }
    for path, content in broken.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")
    code = (
        "import os, pathlib; from weaklink.bootstrap import build, settings_from;"
        f"house = build(settings_from(os.environ, folder=pathlib.Path({str(checkout.folder / 'more')!r})));"
        "print(house.settings.language, len(house.library.faults))"
    )
    path = f"{checkout.folder / 'src'}{os.pathsep}{ROOT}"
    started = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": path, "WEAKLINK_LANGUAGE": CODE},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert started.stdout.split() == [CODE, "2"], started.stderr
    ran = checkout.run("tests.web.new_language_walk", str(checkout.folder / "again"), CODE)
    assert ran.returncode == 0, ran.stderr
    statuses = {path: status for path, (status, *_) in json.loads(ran.stdout).items()}
    assert {path: status for path, status in statuses.items() if status != 200} == {"/nowhere": 404}

    said = checkout.run("weaklink", "language", "compile", CODE).stdout
    for path in broken:
        assert f"{CODE}/" in said
        assert path.name in said
        path.unlink()
