"""`make bench`: every figure as one table.

python -m benchmarks                 all figures but those that are named only
python -m benchmarks assessment ...  some of them
python -m benchmarks --write         all, and the tables into docs/figures.md and README.md
"""

from __future__ import annotations

import datetime
import os
import platform
import sys
from collections.abc import Iterator
from types import ModuleType

from benchmarks import (
    assessment,
    clone_to_page,
    clone_to_tests,
    figure,
    knowledge_load,
    lighthouse,
    long_diary,
    page_weight,
    pages,
    peer_fittrackee,
    server_load,
    start_to_page,
    study,
    what_if,
)
from benchmarks.installed import ROOT
from benchmarks.row import HEAD, Missing

ALL: dict[str, ModuleType] = {
    module.__name__.rsplit(".", 1)[-1]: module
    for module in (
        clone_to_page,
        clone_to_tests,
        start_to_page,
        knowledge_load,
        assessment,
        server_load,
        long_diary,
        page_weight,
        figure,
        what_if,
        peer_fittrackee,
        study,
    )
}
NAMED_ONLY = {"lighthouse": lighthouse}  # a quarter of an hour


def lines(names: list[str]) -> Iterator[str]:
    """The table, a line as soon as it is known."""
    yield HEAD
    for name in names:
        try:
            yield from (row.line() for row in (ALL | NAMED_ONLY)[name].rows())
        except Exception as error:  # one figure that cannot be had must not hide the others
            yield Missing(name, f"{type(error).__name__}: {str(error).strip()[-200:]}").line()


def machine(busy: float) -> str:
    """Two sentences on where, when, and what else the machine did. `busy`: its load before the run."""
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    system = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    where = f"{os.cpu_count()} cores, {memory:.0f} GiB, {system}"
    others = (
        "" if busy < 0.5 else f" Other work kept {busy:.1f} processes running meanwhile; read the ratios."
    )
    return f"Measured in one run on {today}: {where}.{others}"


def main(words: list[str]) -> None:
    """Measure, print, and write when asked."""
    known = [*ALL, *NAMED_ONLY]
    unknown = set(words) - set(known) - {"--write"}
    if unknown:
        raise SystemExit(f"no figure {', '.join(sorted(unknown))}; known: {', '.join(known)}")
    if "--write" in words and len(words) > 1:
        raise SystemExit("--write measures everything; a table of some figures would hide the others")
    table, where = [], machine(os.getloadavg()[0])
    for line in lines([name for name in words if name in known] or list(ALL)):
        print(line, flush=True)
        table.append(line)
    print(where)
    if "--write" in words:
        pages.write(table, where, ROOT)


if __name__ == "__main__":
    main(sys.argv[1:])
