"""A tally: what one part of the siege tried, what survived, and what must never be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

SAID = (503, 507)  # what a server may say: the store is away or full, or too many are connected


class Bounds(NamedTuple):
    """What the server may do meanwhile: memory in MB above before, None where the work itself needs some; and the
    longest wait for one of this machine's own pages, p99 in ms."""

    memory_mb: float | None
    p99_ms: float


# Strangers must not be felt. Where this machine's own devices send as fast as they can, or servers start beside
# it, both cores are at work, and a page waits for its turn.
FROM_STRANGERS = Bounds(50.0, 300.0)
FROM_HOME = Bounds(None, 1000.0)


class Seen(NamedTuple):
    """What the lookout saw meanwhile: memory in MB at its height above before, and the wait for a local page."""

    memory_mb: float = 0.0
    p99_ms: float = 0.0
    asked: int = 0
    faults: int = 0
    said: int = 0
    unanswered: int = 0


def worst(seen: Sequence[Seen]) -> Seen:
    """Several looks as one: the greatest height, the longest of the waits, and everything counted."""
    counted = (sum(getattr(one, name) for one in seen) for name in ("asked", "faults", "said", "unanswered"))
    return Seen(max(one.memory_mb for one in seen), max(one.p99_ms for one in seen), *counted)


class Row(NamedTuple):
    """One line of the table. `memory_mb` and `p99_ms` are None where no server stood meanwhile."""

    part: str
    tried: int
    survived: int
    lost: int
    faults: int  # answers of 5xx that nothing explains
    said: int  # those that do: 503 and 507
    memory_mb: float | None
    p99_ms: float | None
    seconds: float
    broken: tuple[str, ...] = ()  # what is wrong, in words; none: the part is held
    missing: str = ""  # why it could not run


class Tally:
    """Counts while a part runs. Its methods may be called from several threads."""

    def __init__(self) -> None:
        self.tried = self.survived = self.faults = self.said = 0
        self.lost: list[str] = []
        self.broken: list[str] = []
        self.seen: Seen | None = None

    def survive(self, times: int = 1) -> None:
        """So many were tried and did no harm."""
        self.tried += times
        self.survived += times

    def fall(self, why: str) -> None:
        """One was tried and did harm."""
        self.tried += 1
        self.broken.append(why)

    def lose(self, what: str) -> None:
        """Something acknowledged is not there."""
        self.lost.append(what)

    def answer(self, status: int, where: str = "") -> bool:
        """Note the status of an answer; whether the server did what was asked or refused it by its rules."""
        if status in SAID:
            self.said += 1
        elif status >= 500:
            self.faults += 1
            self.broken.append(f"{status} {where}".strip())
        return status < 500

    def demand(self, holds: bool, why: str) -> None:
        """Something that must be so, whatever else happens."""
        if not holds:
            self.broken.append(why)

    def row(self, part: str, seconds: float, bounds: Bounds) -> Row:
        """The line of the table."""
        seen, broken = self.seen, list(self.broken)
        if self.tried == 0:
            broken.append("nothing was tried")
        if self.lost:
            broken.append(f"lost: {', '.join(self.lost[:5])}")
        if seen is not None:
            broken += _broken_bounds(seen, bounds)
        return Row(
            part,
            self.tried,
            self.survived,
            len(self.lost),
            self.faults + (seen.faults if seen else 0),
            self.said + (seen.said if seen else 0),
            seen.memory_mb if seen else None,
            seen.p99_ms if seen else None,
            seconds,
            tuple(broken),
        )


def _broken_bounds(seen: Seen, bounds: Bounds) -> list[str]:
    found = []
    if bounds.memory_mb is not None and seen.memory_mb > bounds.memory_mb:
        found.append(f"memory grew by {seen.memory_mb:.0f} MB, at most {bounds.memory_mb:.0f} are allowed")
    if seen.p99_ms > bounds.p99_ms:
        found.append(f"this machine's pages took {seen.p99_ms:.0f} ms (p99), at most {bounds.p99_ms:.0f}")
    if seen.faults:
        found.append(f"{seen.faults} of this machine's pages were answered with 5xx")
    if seen.unanswered:
        found.append(f"{seen.unanswered} of this machine's pages were not answered")
    if not seen.asked:
        found.append("no page was asked for meanwhile")
    return found


def is_held(row: Row) -> bool:
    """Whether a part did what it must: everything survived, nothing was lost, every bound was kept."""
    counts = row.tried > 0 and row.survived == row.tried and not row.lost and not row.faults
    return counts and not row.broken and not row.missing


HEAD = (
    "| part | tried | survived | lost | 5xx | said 503/507 | memory + MB | p99 ms | s | |\n"
    "|---|---:|---:|---:|---:|---:|---:|---:|---:|---|"
)


def table(rows: list[Row]) -> str:
    """Every part in one table, and below it what is wrong."""
    lines = [HEAD, *(_line(row) for row in rows)]
    for row in rows:
        if row.missing:
            lines.append(f"*** {row.part}: DID NOT RUN: {row.missing} ***")
        lines += [f"*** {row.part}: {why} ***" for why in row.broken[:8]]
        if len(row.broken) > 8:
            lines.append(f"*** {row.part}: and {len(row.broken) - 8} more ***")
    return "\n".join(lines)


def _line(row: Row) -> str:
    if row.missing:
        return f"| {row.part} | – | – | – | – | – | – | – | – | **did not run** |"
    memory = "–" if row.memory_mb is None else f"{row.memory_mb:.0f}"
    p99 = "–" if row.p99_ms is None else f"{row.p99_ms:.0f}"
    counts = f"{row.tried:,} | {row.survived:,} | {row.lost} | {row.faults} | {row.said:,}"
    verdict = "held" if is_held(row) else "**broken**"
    return f"| {row.part} | {counts} | {memory} | {p99} | {row.seconds:.0f} | {verdict} |"


def verdict(rows: list[Row], parts: tuple[str, ...]) -> int:
    """The exit status: 0 when every part ran and is held."""
    held = {row.part for row in rows if is_held(row)}
    return int(held != set(parts))
