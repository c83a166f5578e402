"""`./weaklink test`, `test-all` and `test soak`: what runs, and loudly what is missing."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.browser import browser_missing
from tests.postgres import postgres_missing

QUICK = "not browser and not postgres and not load"
# Rooms where a missed branch could hurt someone: every branch is under test.
SAFETY = [
    f"src/weaklink/{room}.py"
    for room in (
        "reasoning/triage",
        "reasoning/triggers",
        "reasoning/flags",
        "reasoning/guards",
        "training/dose/dose",
        "training/dose/pain_profile",
        "training/dose/restrictions",
        "training/course/progression",
        "training/course/slot",
        "training/course/course",
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
        "care/follow_up",
        "care/train",
    )
] + ["tests/training/session_rules.py", "tests/training/session_state.py"]
# schemathesis is a program of its own here; as a plugin it costs every process seconds to load.
PYTEST = [sys.executable, "-m", "pytest", "-p", "no:schemathesis"]
SAFETY_TESTS = ["tests/reasoning", "tests/training", "tests/running", "tests/care", "tests/case"]


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


def soak_clock() -> int:
    """The session's clock against one outside the browser for half an hour; two minutes in `test-all`."""
    os.environ["WEAKLINK_DRIFT_S"] = "1800"
    return run("-m", "browser", "-s", "tests/journeys/test_session_drift.py")


def safety_coverage() -> int:
    """Run the tests of reasoning, training and care, and demand every branch of the safety rooms."""
    measured = [sys.executable, "-m", "coverage", "run", *PYTEST[1:], "-q", "-p", "no:xdist", "-m", QUICK]
    status = subprocess.run([*measured, *SAFETY_TESTS], check=False).returncode
    report = [
        sys.executable,
        "-m",
        "coverage",
        "report",
        "-m",
        "--fail-under=100",
        f"--include={','.join(SAFETY)}",
    ]
    return status or subprocess.run(report, check=False).returncode


def main(words: list[str]) -> int:
    """Choose the tests by the command's first word; further words go to pytest."""
    keep_bytecode()
    one_thread_each()
    what, rest = (words or ["test"])[0], words[1:]
    if what == "test" and rest[:1] == ["soak"]:
        os.environ["WEAKLINK_HYPOTHESIS"] = "soak"
        return run("-m", QUICK, "-n", "2", *rest[1:]) or soak_clock()
    if what == "test":
        return run("-m", QUICK, "-n", "2", "--dist", "worksteal", *rest)
    for reason in missing():
        print(f"\n*** NOT TESTED HERE: {reason} ***\n", flush=True)
    heavy = ("-m", "postgres or load", "-n", "2", "--dist", "loadfile")
    return safety_coverage() or run(*heavy, *rest) or run("-m", "browser", *rest)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
