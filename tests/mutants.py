"""`make mutants`: each rule that could hurt someone is changed in every small way, and a test must notice.

mutmut makes the changes in a copy of this checkout and runs, for each, the tests that come to the changed
function until one fails: first those of the room itself, then, for what these do not notice, all there are.
What no test notices has to stand in `survivors.toml` with its reason.

python -m tests.mutants                        all rooms, an hour and more
python -m tests.mutants "*.care.filing.*"      the changes whose names match
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import tomli as tomllib

from tests.run import keep_bytecode, one_thread_each

ROOT = Path(__file__).resolve().parents[1]
SURVIVORS = Path(__file__).with_name("survivors.toml")
LEAST = 0.90
ROOMS = (
    "reasoning/triage",
    "reasoning/triggers",
    "reasoning/flags",
    "reasoning/guards",
    "training/dose/pain_profile",
    "training/progression/next_dose",
    "training/course/day_told",
    "training/course/past",
    "training/course/course",
    "care/watch",
    "care/folding",
    "care/filing",
    "care/entry_reader",
)
ALL_TESTS = ("tests/reasoning", "tests/running", "tests/training", "tests/case", "tests/care")
# A room's own tests take seconds, so that what they notice is noticed at once.
OWN_TESTS = {
    "reasoning": ("tests/reasoning",),
    "training": tuple(
        f"tests/training/test_{name}.py"
        for name in ("course", "day_told", "pain_profile", "past", "progression", "slot")
    ),
    "care": tuple(f"tests/care/test_{name}.py" for name in ("entry_reader", "filing", "folding", "watch")),
}
LEFT_OUT = "not browser and not postgres and not load and not slow"
COPIED = ("src", "tests", "docs", "tools", "benchmarks", "README.md", "pyproject.toml")
NOTICED = {1, 3}  # a test failed, or pytest itself
UNNOTICED = {0, 5, 33}  # all passed, or none came to it
WORKERS = 2


class Mutant(NamedTuple):
    """One change: the function it is in, what the line said and says, what became of it, and mutmut's own name."""

    function: str
    change: str
    status: int
    key: str = ""

    @property
    def survived(self) -> bool:
        """Whether no test noticed. A run that takes ten times as long as it should is noticed, too."""
        return self.status in UNNOTICED

    @property
    def late(self) -> bool:
        """Whether time or a signal ended the run: on a busy machine that befalls a change of nothing, too."""
        return self.status not in NOTICED | UNNOTICED

    @property
    def name(self) -> str:
        """As it stands in the list of survivors."""
        return f"{self.function}: {self.change}"


class Verdict(NamedTuple):
    """What all of it came to."""

    score: float
    unexplained: tuple[str, ...]
    gone: tuple[str, ...]  # in the list, and noticed or no change any more


def settings(rooms: Sequence[str], tests: Sequence[str]) -> str:
    """What mutmut is told, as the copy's last lines of pyproject.toml: what is changed, and what has to notice."""
    told = {
        "source_paths": ["src/"],
        "only_mutate": [f"src/weaklink/{room}.py" for room in rooms],
        "also_copy": [name for name in COPIED if name not in ("src", "tests", "pyproject.toml")],
        "pytest_add_cli_args": ["-p", "no:xdist", "-p", "no:cacheprovider", "-m", LEFT_OUT],
        "pytest_add_cli_args_test_selection": list(tests),
        "timeout_multiplier": 3.0,
        "timeout_constant": 10.0,
    }
    return "\n[tool.mutmut]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in told.items())


def copied(folder: Path, rooms: Sequence[str], tests: Sequence[str]) -> None:
    """A copy of the checkout that may be changed."""
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, folder / name)
    with (folder / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write(settings(rooms, tests))


def tried(folder: Path, names: Sequence[str] = ()) -> list[Mutant]:
    """Every change that mutmut makes in the copy, or those whose names match, and what became of each."""
    environment = {**os.environ, "WEAKLINK_SEARCH": "sample", "WEAKLINK_FIRST_FAULT": "1"}
    command = [sys.executable, "-m", "mutmut", "run", "--max-children", str(WORKERS), *names]
    subprocess.run(command, cwd=folder, env=environment, check=False)
    found = []
    for path in sorted((folder / "mutants").rglob("*.meta")):
        said = json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"]
        source = path.relative_to(folder / "mutants").with_suffix("")
        asked = [key for key, status in said.items() if status not in NOTICED and status is not None]
        changes = _changes(folder, source, asked)
        found += [
            Mutant(_function(key), changes.get(key, key.rpartition(".")[2]), status, key)
            for key, status in said.items()
            if status is not None
        ]
    return found


def by(rooms: Sequence[str], tests: Sequence[str], names: Sequence[str] = ()) -> list[Mutant]:
    """What became of the changes of some rooms, by some tests."""
    with tempfile.TemporaryDirectory(prefix="weaklink-mutants-") as folder:
        copied(Path(folder), rooms, tests)
        return tried(Path(folder), names)


def by_all(names: Sequence[str] = ()) -> list[Mutant]:
    """What became of every change: by the tests of its room, then, if need be, by all."""
    found: dict[str, Mutant] = {}
    for chapter, tests in OWN_TESTS.items():
        rooms = [room for room in ROOMS if room.startswith(f"{chapter}/")]
        mine = [name for name in names if f".{chapter}." in name]
        if mine or not names:
            found |= {one.key: one for one in by(rooms, tests, mine)}
    left = [one.key for one in found.values() if one.survived]
    print(f"{len(left)} of {len(found):,} were not noticed by the tests of their rooms", flush=True)
    if left:
        found |= {one.key: one for one in by(ROOMS, ALL_TESTS, left)}
    return list(found.values())


def _function(key: str) -> str:
    """`weaklink.care.watch.xǁWatchǁ_wake__mutmut_7` is in `care.watch.Watch._wake`."""
    room, _, mangled = key.removeprefix("weaklink.").rpartition(".")
    name = mangled.partition("__mutmut_")[0]
    return f"{room}.{name.removeprefix('x_').removeprefix('xǁ').replace('ǁ', '.')}"


def _changes(folder: Path, source: Path, keys: Sequence[str]) -> Mapping[str, str]:
    """What each change does to its line: what it said → what it says."""
    script = (
        "import json, sys; from mutmut.mutation.diff_apply import get_diff_for_mutant as diff;"
        "print(json.dumps({key: diff(key, path=sys.argv[1]) for key in json.load(sys.stdin)}))"
    )
    command = [sys.executable, "-c", script, str(source)]
    done = subprocess.run(
        command, cwd=folder, input=json.dumps(list(keys)), capture_output=True, text=True, check=True
    )
    return {key: change_in(diff) for key, diff in json.loads(done.stdout).items()}


def change_in(diff: str) -> str:
    """A change as one line: `was → became`."""
    lines = [line for line in diff.splitlines() if line[:3] not in ("---", "+++")]
    was, became = (" ".join(line[1:].strip() for line in lines if line[:1] == sign) for sign in "-+")
    return f"{was} → {became}"


def known(path: Path = SURVIVORS) -> dict[str, str]:
    """Why each survivor in the list survives."""
    found: dict[str, str] = {}
    for group in tomllib.loads(path.read_text(encoding="utf-8")).get("because", []):
        for name in group["changes"]:
            assert name not in found, f"twice in {path.name}: {name}"
            found[name] = group["why"]
    return found


def verdict(mutants: Iterable[Mutant], reasons: Mapping[str, str], *, whole: bool = True) -> Verdict:
    """The score, survivors without a reason, and reasons without a survivor; those only where all were tried.

    A change that has its reason and ended by time keeps it: no test has failed.
    """
    every = list(mutants)
    survivors = [one.name for one in every if one.survived]
    score = 1 - len(survivors) / len(every) if every else 0.0
    unsettled = {one.name for one in every if one.survived or one.late}
    gone = tuple(sorted(set(reasons) - unsettled)) if whole else ()
    return Verdict(score, tuple(name for name in survivors if name not in reasons), gone)


def told(mutants: Sequence[Mutant], found: Verdict) -> str:
    """The table by room, and what is not explained."""
    lines = ["| room | changes | noticed | survived | score |", "|---|---:|---:|---:|---:|"]
    for room in (*ROOMS, "all of them"):
        here = [
            one for one in mutants if one.function.startswith(room.replace("/", ".") + ".") or " " in room
        ]
        left = sum(one.survived for one in here)
        share = f"{100 * (1 - left / len(here)):.1f} %" if here else "–"
        lines.append(f"| {room} | {len(here):,} | {len(here) - left:,} | {left} | {share} |")
    late = sum(one.late for one in mutants)
    lines.append(f"\n{late} of those noticed ended by time or by a signal.")
    lines += [f"*** NOT EXPLAINED: {name} ***" for name in found.unexplained]
    lines += [f"*** IN THE LIST, AND NO SURVIVOR: {name} ***" for name in found.gone]
    return "\n".join(lines)


def run(names: Sequence[str] = ()) -> int:
    """Try, and say what came of it; 1 for less than nine in ten, or a survivor without a reason."""
    keep_bytecode()
    one_thread_each()
    mutants = by_all(names)
    found = verdict(mutants, known(), whole=not names)
    print(told(mutants, found), flush=True)
    return int(found.score < LEAST or bool(found.unexplained) or bool(found.gone))


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
