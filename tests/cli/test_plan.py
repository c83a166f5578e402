"""`weaklink plan`: a plan as JSON or as one page; no plan, no file."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import weaklink
from tests.exchange.pdf_reader import Pdf

VIGNETTES = Path(__file__).parent.parent / "cases" / "vignettes"


def plan(name: str, *options: str) -> subprocess.CompletedProcess[str]:
    return weaklink("plan", VIGNETTES / f"{name}.toml", *options)


@pytest.mark.slow
def test_a_plan_is_printed_as_json() -> None:
    found = subprocess.run(
        [sys.executable, "-m", "weaklink", "plan", VIGNETTES / "v01-kneecap-novice.toml"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (found.returncode, found.stderr) == (0, "")
    assert json.loads(found.stdout)["format"] == "weaklink-plan/1"


def test_a_plan_is_written_on_one_page(tmp_path: Path) -> None:
    found = plan("v01-kneecap-novice", "--pdf", str(tmp_path / "sheet.pdf"))

    assert (found.returncode, found.stdout, found.stderr) == (0, "", "")
    pdf = Pdf((tmp_path / "sheet.pdf").read_bytes())
    assert (len(pdf.pages), "Straight leg raise" in pdf.text) == (1, True)


def test_who_gets_no_plan_gets_no_file(tmp_path: Path) -> None:
    found = plan("v09-cauda-equina", "--pdf", str(tmp_path / "sheet.pdf"))

    assert found.returncode == 2
    assert found.stderr.startswith("weaklink: plan: no plan for this case (cauda-equina")
    assert len(found.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    found = plan("v01-kneecap-novice", "--pdf", str(tmp_path / "nowhere" / "sheet.pdf"))

    assert found.returncode == 2
    assert "nowhere" in found.stderr
    assert len(found.stderr.splitlines()) == 1


def difference(*words: str) -> subprocess.CompletedProcess[str]:
    return weaklink("plan", "--diff", *words, at=VIGNETTES)


def test_two_cases_differ_by_what_one_has_and_the_other_has_not() -> None:
    there = json.loads(difference("v01-kneecap-novice.toml", "v02-outer-knee-marathon.toml", "--json").stdout)
    back = json.loads(difference("v02-outer-knee-marathon.toml", "v01-kneecap-novice.toml", "--json").stdout)
    told = difference("v01-kneecap-novice.toml", "v02-outer-knee-marathon.toml").stdout.splitlines()

    def moves(found: dict[str, list[dict[str, str]]], what: str) -> set[tuple[str, str, str]]:
        return {(one["week"], one["day"], one["id"]) for one in found["changes"] if one["what"] == what}

    assert moves(there, "added")
    assert moves(there, "added") == moves(back, "removed")
    assert moves(there, "removed") == moves(back, "added")
    assert len(told) == 1 + len(there["changes"])
    assert told[0].startswith("v02-outer-knee-marathon.toml, edition ")


def test_a_case_does_not_differ_from_itself() -> None:
    found = difference("v01-kneecap-novice.toml", "v01-kneecap-novice.toml", "--json")

    assert json.loads(found.stdout)["changes"] == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["v01-kneecap-novice.toml"], "name no case file, or two"),
        (
            ["v01-kneecap-novice.toml", "v09-cauda-equina.toml"],
            "v09-cauda-equina.toml: no plan for this case",
        ),
        (["--data", "nowhere"], "nothing is kept in nowhere yet"),
    ],
)
def test_where_nothing_can_be_compared_one_line_says_why(words: list[str], said: str) -> None:
    found = difference(*words)

    assert (found.returncode, found.stdout) == (2, "")
    assert said in found.stderr
    assert len(found.stderr.splitlines()) == 1
    assert not (VIGNETTES / "nowhere").exists()
