"""The counts of docs/safety/asvs.csv, and their place in the page beside it.

.venv-dev/bin/python -m tools.asvs             prints them
.venv-dev/bin/python -m tools.asvs --write     puts them into docs/safety/README.md
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tools.licences import ROOT

TABLE = ROOT / "docs" / "safety" / "asvs.csv"
PAGE = ROOT / "docs" / "safety" / "README.md"
BEGIN, END = "<!-- counts: begin -->", "<!-- counts: end -->"
STATES = ("met", "not applicable", "open")


class Requirement(NamedTuple):
    """One requirement: its id and level, what it is about, and how weaklink stands to it.

    `shown` holds the tests and commands that show it, parted by "; ", or the reason.
    """

    id: str
    level: str
    subject: str
    state: str
    shown: str


def requirements(table: Path = TABLE) -> list[Requirement]:
    """Every row of the table, in its order."""
    with table.open(encoding="utf-8", newline="") as file:
        return [Requirement(**row) for row in csv.DictReader(file, strict=True)]


def counts(found: Sequence[Requirement]) -> str:
    """How many are met, not applicable and open, for each level, in Markdown."""
    lines = ["| level | " + " | ".join(STATES) + " | all |", "|---" * 5 + "|"]
    for name, levels in (("1", "1"), ("2", "2"), ("both", "12")):
        here = [one.state for one in found if one.level in levels]
        lines.append(
            f"| {name} | " + " | ".join(str(here.count(one)) for one in STATES) + f" | {len(here)} |"
        )
    return "\n".join(lines)


def written(page: str) -> str:
    """The counts as they stand in the page."""
    return page.split(BEGIN)[1].split(END)[0].strip()


def main(words: Sequence[str]) -> None:
    """Print the counts, or put them into the page."""
    made = counts(requirements())
    if list(words) != ["--write"]:
        print(made)
        return
    page = PAGE.read_text(encoding="utf-8")
    before, after = page.split(BEGIN)[0], page.split(END)[1]
    PAGE.write_text(f"{before}{BEGIN}\n{made}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
