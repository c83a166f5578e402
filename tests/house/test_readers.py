"""What comes in is read as kinds that were looked at while a module was imported, never first by a request."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.searches import reach

SOURCE = Path(__file__).resolve().parents[2] / "src" / "weaklink"
# One thread, before there is another: a command, or the start of the server.
ALONE = ("review/", "study/", "library/reading.py", "reader.py")
# Simple types, nothing of which is noted.
SIMPLE = {"int | float", "tuple[str, dict[str, str]]", "Side", "_annotation(kind, field.name)"}
TOGETHER = """
import sys, threading
from weaklink.case.diary import read_entry

sys.setswitchinterval(1e-6)
entry = {"kind": "session-begun", "id": "begun-001", "at": "2026-11-23T11:00:00+01:00", "session": "session-1",
         "moves": [{"slot": "a", "exercise": "b", "sets": 1}]}
start, found = threading.Barrier(16), []

def read():
    start.wait()
    found.append(read_entry(entry).kind_of_day)

threads = [threading.Thread(target=read) for _ in range(16)]
[one.start() for one in threads]
[one.join() for one in threads]
assert found == ["full"] * 16, found
"""


def test_no_request_is_the_first_to_look_at_a_kind() -> None:
    late = [f"{place}: {said}" for place, said in _readings() if said not in SIMPLE]

    assert not late, late


def test_readers_are_made_while_a_module_is_imported() -> None:
    for path in SOURCE.rglob("*.py"):
        for outer in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(outer, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
                assert not [one for one in ast.walk(outer) if _called(one) == "Reader"], path


@pytest.mark.search
def test_many_threads_may_read_the_first_entry_at_once() -> None:
    for _ in range(reach(4, 12)):
        done = subprocess.run([sys.executable, "-c", TOGETHER], capture_output=True, text=True, check=False)
        assert done.returncode == 0, (done.returncode, done.stderr[-300:])


def _readings() -> list[tuple[str, str]]:
    """Where msgspec is told a kind within a function, and the kind."""
    found = []
    for path in sorted(SOURCE.rglob("*.py")):
        place = path.relative_to(SOURCE).as_posix()
        if place.startswith(ALONE):
            continue
        for one in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if _called(one) not in {"convert", "decode", "Decoder"} or not isinstance(one, ast.Call):
                continue
            if not ast.unparse(one.func).startswith("msgspec."):
                continue
            kinds = [*one.args[1:], *(word.value for word in one.keywords if word.arg == "type")]
            found += [(f"{place}:{one.lineno}", ast.unparse(kind)) for kind in kinds]
    return found


def _called(one: ast.AST) -> str:
    if not isinstance(one, ast.Call):
        return ""
    return one.func.attr if isinstance(one.func, ast.Attribute) else getattr(one.func, "id", "")
