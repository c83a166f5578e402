"""`weaklink plan`: a plan as JSON or as one page; no plan, no file."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.exchange.pdf_reader import Pdf

VIGNETTES = Path(__file__).parent.parent / "cases" / "vignettes"


def plan(name: str, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "weaklink", "plan", str(VIGNETTES / f"{name}.toml"), *options],
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_a_plan_is_printed_as_json() -> None:
    found = plan("v01-kneecap-novice")

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
