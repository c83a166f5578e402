"""`./weaklink test`, `test-all` and `test soak`: what runs, and loudly what is missing."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

from tests.browser import browser_missing
from tests.postgres import postgres_missing

QUICK = "not browser and not postgres and not load"
SHARED = Path(__file__).resolve().parent.parent.parent / "shared"


def missing() -> list[str]:
    """What parts of the whole test run cannot run on this machine, and why."""
    found = [reason for reason in (browser_missing(), postgres_missing()) if reason]
    if importlib.util.find_spec("ortools") is None:
        found.append("the extra `plan` is not installed: the exact planner is not tested")
    return found


def run(*arguments: str) -> int:
    """Run pytest; its exit status."""
    return subprocess.run([sys.executable, "-m", "pytest", *arguments], check=False).returncode


def main(words: list[str]) -> int:
    """Choose the tests by the command's first word; further words go to pytest."""
    what, rest = (words or ["test"])[0], words[1:]
    if what == "test":
        return run("-m", QUICK, "-n", "2", "--dist", "worksteal", *rest)
    for reason in missing():
        print(f"\n*** NOT TESTED HERE: {reason} ***\n", flush=True)
    status = run("-m", "postgres or load", *rest)
    return status or run("-m", "browser", *rest)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
