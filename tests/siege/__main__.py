"""`make siege`: every part against real servers on this machine, and one table.

python -m tests.siege                       all parts, about ten minutes
python -m tests.siege --minutes 30          all parts, longer
python -m tests.siege --part "kill -9"      this part alone
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Sequence

from tests.run import keep_bytecode, one_thread_each
from tests.siege.parts import NAMES, PARTS, held
from tests.siege.tally import Row, is_held, table, verdict


def run(minutes: float, names: Sequence[str]) -> list[Row]:
    """Each part in turn, said as it goes."""
    rows = []
    for part in PARTS:
        if part.name not in names:
            continue
        print(f"=== {part.name}", flush=True)
        row = held(part, 60 * minutes * part.share)
        said = "held" if is_held(row) else "BROKEN" if not row.missing else "DID NOT RUN"
        print(f"=== {part.name}: {said}, {row.seconds:.0f} s", flush=True)
        rows.append(row)
    return rows


def main(words: Sequence[str]) -> int:
    """Lay siege; 1 when anything is lost, faulty, out of bounds, or could not run."""
    parser = argparse.ArgumentParser(prog="make siege")
    parser.add_argument("--minutes", type=float, default=10.0, help="how long all parts may take together")
    parser.add_argument("--part", action="append", choices=NAMES, help="one part; may be said again")
    asked = parser.parse_args(words)
    keep_bytecode()
    one_thread_each()
    busy = os.getloadavg()[0]
    names = tuple(asked.part or NAMES)
    rows = run(asked.minutes, names)
    print(f"\n{table(rows)}\n")
    print(
        f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
    )
    if busy > 0.5:
        print(f"Other work kept {busy:.1f} processes running when it began: times are longer for it.")
    return verdict(rows, names)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
