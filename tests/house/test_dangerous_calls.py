"""What the program never does: run text as code, start commands, load pickles, parse XML, guess at random."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Held without exception: exec, pickle and marshal, weak digests, eval, old temporary files, XML, random, telnet and
# FTP, requests without checking certificates, weak TLS, weak ciphers, YAML, SNMP, ssh, shells, and commands.
NEVER = ("S102,S301,S302,S303,S304,S305,S306,S307,S311,S312,S313,S314,S315,S316,S317,S318,S319,S321,S323,S324,"
         "S401,S402,S403,S405,S406,S407,S408,S409,S411,S501,S502,S503,S504,S505,S506,S507,S508,S509,S602,S604,S605,"
         "S606,S609,S701,S702")  # fmt: skip
# Held but where a comment says why: words put together for a database, addresses opened, files of temporary folders.
ELSE = "S108,S310,S603,S607,S608,S704"
SCRIPTS = ROOT / "src" / "weaklink" / "web" / "static"
RUNS_TEXT = re.compile(
    r"\b(?:eval|Function|setTimeout|setInterval)\(\s*[\"'`]|\bnew Function\b|\b(?:inner|outer)HTML\b|"
    r"insertAdjacentHTML|document\.write|\beval\("
)


def found(rules: str, *options: str, path: Path = ROOT / "src") -> str:
    """What ruff says about these rules; empty when nothing."""
    ruff = str(Path(sys.executable).with_name("ruff"))
    command = [ruff, "check", "--isolated", "--preview", "--no-cache", "--quiet", "--select", rules, *options]
    done = subprocess.run([*command, str(path)], capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


def test_nothing_dangerous_is_called_whatever_a_comment_says() -> None:
    assert found(NEVER, "--ignore-noqa") == ""


def test_what_needs_a_reason_has_one() -> None:
    assert found(ELSE) == ""


@pytest.mark.parametrize(
    "line",
    ["import pickle; pickle.loads(b'')", "eval('1')", "import random; random.random()",
     "import hashlib; hashlib.md5(b'')", "import os; os.system('ls ' + name)",
     "import xml.etree.ElementTree as tree; tree.parse('x')", "import subprocess; subprocess.run('ls', shell=True)"],
)  # fmt: skip
def test_what_is_dangerous_is_seen(line: str, tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text(f"{line}  # noqa\n")

    assert found(NEVER, "--ignore-noqa", path=tmp_path)


def test_no_script_of_ours_runs_text_or_makes_elements_of_it() -> None:
    scripts = [path for path in SCRIPTS.rglob("*.js") if "vendor" not in path.parts]

    assert len(scripts) > 30
    assert [path.name for path in scripts if RUNS_TEXT.search(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("line", ["a.innerHTML = b", "eval(b)", "setTimeout('f()')", "new Function(b)"])
def test_a_script_that_does_is_seen(line: str) -> None:
    assert RUNS_TEXT.search(line)
