"""What the pages carry of others: the files in the vendor folder, as tools/vendor.sh noted them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from tools.licences import ROOT

FOLDER = ROOT / "src" / "weaklink" / "web" / "static" / "vendor"
NOTE = "versions.txt"
ENTRY = re.compile(
    r"^(?P<file>\S+)\n"
    r"  package  (?P<package>\S+) (?P<version>[^\s,]+).*\n"
    r"(?:  bundler .*\n)?"
    r"  licence  (?P<licence>[^\s,]+).*\n"
    r"  sha256   (?P<sha256>[0-9a-f]{64})$",
    re.MULTILINE,
)


class Vendored(NamedTuple):
    """One file of others: the package it came from, the licence, and the SHA-256 of the file."""

    file: str
    package: str
    version: str
    licence: str
    sha256: str


def vendored(folder: Path = FOLDER) -> list[Vendored]:
    """Every file that the note names, in its order."""
    note = (folder / NOTE).read_text(encoding="utf-8")
    return [Vendored(**found.groupdict()) for found in ENTRY.finditer(note)]
