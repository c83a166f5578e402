"""`./weaklink test`, `test-all` and `test soak`: what runs, and loudly what is missing."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.browser import browser_missing
from tests.postgres import postgres_missing

MEASURED = "not browser and not postgres and not load"  # slow tests show branches, too
QUICK = f"{MEASURED} and not slow"
# Rooms where a missed branch could hurt someone: every branch is under test.
SAFETY = [
    f"src/weaklink/{room}.py"
    for room in (
        "reasoning/triage",
        "reasoning/triggers",
        "reasoning/flags",
        "reasoning/guards",
        "reasoning/alarming",
        "reasoning/hanging",
        "reasoning/interview",
        "reasoning/relevance",
        "training/programme/doors",
        "training/programme/evidence",
        "training/programme/overlay",
        "training/programme/phases",
        "training/dose/phased",
        "training/dose/dose",
        "training/dose/pain_profile",
        "training/dose/restrictions",
        "training/dose/weights",
        "training/dose/racks",
        "training/progression/next_dose",
        "training/progression/easing",
        "training/progression/raising",
        "training/progression/rebasing",
        "training/course/slot",
        "training/course/course",
        "training/course/doorway",
        "training/course/day_told",
        "training/course/past",
        "training/session/session_rungs",
        "training/session/training_day",
        "training/session/doses_now",
        "training/dose/calibration",
        "training/course/pain_trend",
        "training/course/outcome",
        "training/course/upkeep",
        "running/return_to_running",
        "running/longest_run",
        "case/standing",
        "care/finish",
        "care/entry_reader",
        "care/filing",
        "care/folding",
        "care/follow_up",
        "care/watch",
        "care/train",
        "care/short_check",
    )
] + ["tests/training/session_rules.py", "tests/training/session_state.py"]
PYTEST = [sys.executable, "-m", "pytest"]
# A file is one worker's, in the order of the files: a long one with few tests must not come last and alone.
BY_FILE = ("-n", "2", "--dist", "loadfile", "--no-loadscope-reorder")
# Two processes measure them side by side: each of these rows takes about as long as the other.
COURSES = "tests/training/test_virtual_runners.py"
SAFETY_TESTS = (
    ("tests/training", "tests/case", "tests/care", f"--ignore={COURSES}"),
    ("tests/reasoning", "tests/running", COURSES),
)


# Whatever comes in from outside, changed at random: more than 200,000 inputs in `make soak`, counted aloud.
INCOMING = (
    "tests/web/test_odd_forms.py",
    "tests/api/test_odd_requests.py",
    "tests/web/test_stored_otherwise.py",
    "tests/store/test_odd_archives.py",
    "tests/store/test_my_data.py",
    "tests/store/test_backup.py",
    "tests/case/test_odd_case_files.py",
    "tests/library/test_odd_knowledge.py",
)


def missing() -> list[str]:
    """What parts of the whole test run cannot run on this machine, and why."""
    found = [reason for reason in (browser_missing(), postgres_missing()) if reason]
    if importlib.util.find_spec("ortools") is None:
        found.append("the extra `plan` is not installed: the exact planner is not tested")
    if importlib.util.find_spec("cryptography") is None or importlib.util.find_spec("segno") is None:
        found.append("the extra `lan` is not installed: serving the home network is not tested")
    if shutil.which("node") is None:
        found.append("node is not installed: the browser's solver is not compared with NumPy's")
    return found


def keep_bytecode() -> None:
    """Let every process of a test run find what the first one compiled, in the environment's own folder.

    Hundreds of them start (workers, servers, commands); compiling the libraries anew took most of their time.
    """
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ.setdefault("PYTHONPYCACHEPREFIX", str(Path(sys.prefix) / "bytecode"))


def one_thread_each() -> None:
    """One BLAS thread for each process: two workers already use two cores, and our matrices are small."""
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        os.environ.setdefault(name, "1")


def run(*arguments: str) -> int:
    """Run pytest; its exit status."""
    return subprocess.run([*PYTEST, *arguments], check=False).returncode


def soak_browser() -> int:
    """Every page in Lighthouse, and half an hour of the session's clock; `test-all` takes a third, two minutes."""
    os.environ["WEAKLINK_DRIFT_S"] = "1800"
    return run(
        "-m", "browser", "-s", "tests/journeys/test_lighthouse.py", "tests/journeys/test_session_drift.py"
    )


def soak_courses() -> int:
    """Thousands of virtual courses of twelve weeks, and hundreds of sessions without a connection."""
    rehearsed = "tests/rehearsal/test_laws.py"
    return run("-m", "load", "-s", COURSES, rehearsed, "tests/web/test_session_offline.py")


def soak_incoming() -> int:
    """Forms, requests, archives, backups, case files and records as nobody ought to send them."""
    return run("-m", f"search and {QUICK}", "-n", "2", "--dist", "loadfile", "-rP", *INCOMING)


def soak_mutants() -> int:
    """Every small change of the safety rooms, and whether a test notices."""
    return subprocess.run([sys.executable, "-m", "tests.mutants"], check=False).returncode


def safety_coverage() -> int:
    """Run the tests of reasoning, training and care, and demand every branch of the safety rooms."""
    with tempfile.TemporaryDirectory() as folder:
        halves = [_measured(tests, Path(folder) / f"half-{n}") for n, tests in enumerate(SAFETY_TESTS)]
        status = 0
        for process, said in halves:
            status = process.wait() or status
            print(said.read_text(encoding="utf-8"), flush=True)
        data = f"--data-file={folder}/whole"
        measures = [sys.executable, "-m", "coverage"]
        found = [f"{folder}/half-{n}.data" for n in range(len(halves))]
        subprocess.run([*measures, "combine", "-q", data, *found], check=False)
        report = [
            *measures,
            "report",
            data,
            "-m",
            "--skip-covered",
            "--fail-under=100",
            f"--include={','.join(SAFETY)}",
        ]
        return status or subprocess.run(report, check=False).returncode


def _measured(tests: tuple[str, ...], at: Path) -> tuple[subprocess.Popen[bytes], Path]:
    """Some tests under way, their branches measured; the file of what they print."""
    said = at.with_suffix(".txt")
    # The safety rooms alone are traced: following every other file takes longer than the tests.
    measured = ("--rcfile=", "--branch", f"--include={','.join(SAFETY)}", f"--data-file={at}.data")
    command = [sys.executable, "-m", "coverage", "run", *measured, *PYTEST[1:]]
    with said.open("wb") as out:
        process = subprocess.Popen(
            [*command, "-p", "no:xdist", "-m", MEASURED, *tests], stdout=out, stderr=subprocess.STDOUT
        )
    return process, said


def searches(*arguments: str) -> int:
    """Every search as a whole, but those that ran whole for the safety rooms."""
    rooms = [f"--ignore={room}" for half in SAFETY_TESTS for room in half if room.startswith("tests/")]
    return run("-m", f"search and {QUICK}", "-n", "2", "--dist", "worksteal", *rooms, *arguments)


def timed(name: str, part: Callable[[], int]) -> int:
    """Run a part and say what it took, by the clock and in processors; its exit status."""
    began, used = time.monotonic(), _processor_s()
    status = part()
    took = f"{time.monotonic() - began:5.0f} s by the clock, {_processor_s() - used:5.0f} s of processors"
    print(f"=== {took}: {name}{' (failed)' if status else ''}", flush=True)
    return status


def _processor_s() -> float:
    """What the processes took that have ended."""
    found = os.times()
    return found.children_user + found.children_system


def all_of_it(rest: list[str]) -> int:
    """Everything that `make test` leaves out, part after part until one fails."""
    os.environ["WEAKLINK_SEARCH"] = "whole"
    for reason in missing():
        print(f"\n*** NOT TESTED HERE: {reason} ***\n", flush=True)
    heavy = ("-m", "postgres or load or slow", *BY_FILE, *rest)
    return (
        timed("every branch of the safety rooms, their searches whole", safety_coverage)
        or timed("the other searches, whole", lambda: searches(*rest))
        or timed("PostgreSQL, load, kill and what is slow", lambda: run(*heavy))
        # Two browsers: while one waits for its page or for a clock, the other has both cores.
        or timed("the browser", lambda: run("-m", "browser", *BY_FILE, *rest))
    )


def main(words: list[str]) -> int:
    """Choose the tests by the command's first word; further words go to pytest."""
    keep_bytecode()
    one_thread_each()
    what, rest = (words or ["test"])[0], words[1:]
    quick = ("-m", QUICK, "-n", "2", "--dist", "worksteal")
    if what == "test" and rest[:1] == ["soak"]:
        os.environ["WEAKLINK_SEARCH"] = "soak"
        return (
            timed(
                "searches without end", lambda: run(*quick, *(f"--ignore={f}" for f in INCOMING), *rest[1:])
            )
            or timed("what comes in from outside", soak_incoming)
            or timed("virtual courses", soak_courses)
            or timed("mutants of the safety rooms", soak_mutants)
            or timed("every page, and the clock", soak_browser)
        )
    if what == "test":
        os.environ["WEAKLINK_SEARCH"] = "sample"
        return timed("quick tests", lambda: run(*quick, *rest))
    return all_of_it(rest)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
