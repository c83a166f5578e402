"""The parts of the siege, in the order of the table: what runs each, what it needs, how much of it is enough."""

from __future__ import annotations

import importlib.util
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tests.postgres import postgres_missing
from tests.siege import (
    clock_jumps,
    damaging,
    flooding,
    full_disk,
    fuzzing,
    killing,
    postgres_restarts,
    racing,
)
from tests.siege.ground import Ground
from tests.siege.tally import FROM_HOME, FROM_STRANGERS, Bounds, Row


def no_home_network() -> str:
    """Why the home network cannot be served here; empty when it can."""
    absent = [name for name in ("cryptography", "segno") if importlib.util.find_spec(name) is None]
    return f"the extra `lan` is not installed: no {', '.join(absent)}" if absent else ""


def no_postgres() -> str:
    """Why no PostgreSQL can be restarted here; empty when one can."""
    if importlib.util.find_spec("psycopg") is None:
        return "the extra `postgres` is not installed: no psycopg"
    return postgres_missing()


def no_limits() -> str:
    """Why no disk can be filled here; empty when one can."""
    return "" if hasattr(resource, "prlimit") else "this system has no prlimit to fill a disk with"


def nothing_is_missing() -> str:
    """It runs everywhere."""
    return ""


class Part(NamedTuple):
    """One part: what it does, what it needs, its share of the time, and what it never tries less than."""

    name: str
    run: Callable[[Ground], None]
    missing: Callable[[], str]
    share: float
    at_least: int
    bounds: Bounds = FROM_HOME


PARTS = (
    Part("flood", flooding.flood, no_home_network, 0.11, 27, FROM_STRANGERS),
    Part("slow", flooding.slow, no_home_network, 0.08, 21, FROM_STRANGERS),
    Part("fuzz", fuzzing.fuzz, nothing_is_missing, 0.16, 2000),
    Part("kill -9", killing.kill, nothing_is_missing, 0.3, 100),
    Part("disk full", full_disk.disk_full, no_limits, 0.03, 10),
    Part("clock jumps", clock_jumps.clock_jumps, no_home_network, 0.06, 8),
    Part("PostgreSQL restarts", postgres_restarts.postgres_restarts, no_postgres, 0.08, 15),
    Part("damaged files", damaging.damaged, no_home_network, 0.1, 36),
    Part("races", racing.races, nothing_is_missing, 0.08, 25),
)
NAMES = tuple(part.name for part in PARTS)


def held(part: Part, seconds: float, at_least: int | None = None) -> Row:
    """Run one part for so long; its line. Whatever goes wrong in it is a line, too.

    Args:
        at_least: how much is tried even when the time is up; the part's own figure unless said otherwise.
    """
    if why := part.missing():
        return Row(part.name, 0, 0, 0, 0, 0, None, None, 0.0, missing=why)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="weaklink-siege-", ignore_cleanup_errors=True) as folder:
        ground = Ground(Path(folder), seconds, part.at_least if at_least is None else at_least)
        try:
            part.run(ground)
        except Exception as error:  # the other parts still run, and the table says it
            ground.tally.demand(False, f"it broke off: {type(error).__name__}: {str(error)[-300:]}")
    return ground.tally.row(part.name, time.monotonic() - began, part.bounds)
