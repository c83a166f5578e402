"""The dependency table of docs/licences.md, from the locks and the metadata of what is installed.

.venv-dev/bin/python tools/licences.py           prints the table
.venv-dev/bin/python tools/licences.py --write   puts it into docs/licences.md
"""

from __future__ import annotations

import re
import sys
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "licences.md"
BEGIN, END = "<!-- dependencies: begin -->", "<!-- dependencies: end -->"
PIN = re.compile(r"^([\w.-]+)==([^\s;\\]+)\s*(?:;\s*([^\\\n]*?))?\s*\\?$", re.MULTILINE)
SPDX = {
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD 2-Clause License": "BSD-2-Clause",
    "ISC License": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "PSFL": "PSF-2.0",
    "Python Software Foundation License": "PSF-2.0",
}
# Metadata that name no licence, or only a family; read in the licence file inside the package.
READ_IN_FILE = {
    "axe-playwright-python": "MIT",
    "colorama": "BSD-3-Clause",  # installed on Windows only
    "contourpy": "BSD-3-Clause",
    "cycler": "BSD-3-Clause",
    "jinja2": "BSD-3-Clause",
    "kiwisolver": "BSD-3-Clause",
    "matplotlib": "PSF-based (matplotlib licence)",
    "pyyaml-ft": "MIT",  # installed on Python 3.13 only
    "scipy": "BSD-3-Clause",
}


class Pin(NamedTuple):
    """One line of a lock: an exact version, perhaps for some machines only."""

    name: str
    version: str
    only: str


class Row(NamedTuple):
    """One dependency of the table."""

    name: str
    version: str
    licence: str
    used: str
    only: str

    def line(self) -> str:
        """The row in Markdown."""
        return f"| {self.name} | {self.version} | {self.licence} | {self.used} | {self.only} |"


def plain(name: str) -> str:
    """A distribution's name as the registry compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(lock: Path) -> list[Pin]:
    """What a lock pins."""
    return [Pin(plain(name), version, only or "") for name, version, only in PIN.findall(lock.read_text())]


def licence(name: str) -> str:
    """The licence of an installed distribution; empty when nobody says."""
    if name in READ_IN_FILE:
        return READ_IN_FILE[name]
    try:
        found = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return ""
    said = (found.get_all("License-Expression") or found.get_all("License") or [""])[0].strip()
    if not said or "\n" in said:
        classes = [c.rsplit(" :: ", 1)[-1] for c in found.get_all("Classifier") or [] if "License ::" in c]
        said = " OR ".join(classes)
    return SPDX.get(said, said)


def rows(root: Path = ROOT) -> list[Row]:
    """Every dependency of both locks, by name."""
    shipped = set(pins(root / "requirements.lock"))
    known = sorted(shipped | set(pins(root / "requirements-dev.lock")))
    return [
        Row(
            pin.name, pin.version, licence(pin.name), "running" if pin in shipped else "development", pin.only
        )
        for pin in known
    ]


def table() -> str:
    """The table in Markdown."""
    head = "| package | version | licence | needed for | only where |\n|---|---|---|---|---|"
    return "\n".join([head, *(row.line() for row in rows())])


def written(page: str) -> str:
    """The part of the page between the two marks."""
    return page.split(BEGIN)[1].split(END)[0].strip()


def main(words: list[str]) -> None:
    """Print the table, or put it into the page."""
    if words != ["--write"]:
        print(table())
        return
    page = PAGE.read_text(encoding="utf-8")
    before, after = page.split(BEGIN)[0], page.split(END)[1]
    PAGE.write_text(f"{before}{BEGIN}\n{table()}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
