"""Known vulnerabilities of what requirements.lock pins, by pip-audit; loud when nobody could be asked.

.venv-dev/bin/python -m tools.audit                     asks the public database of vulnerabilities
.venv-dev/bin/python -m tools.audit --osv-url ADDRESS   asks another one that answers alike

Ends with 0: asked about each package, nothing is known; 1: something is known; 3: not asked about all.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from tools.licences import ROOT, Pin, pins, plain

LOCK = ROOT / "requirements.lock"
NOTHING_KNOWN, SOMETHING_KNOWN, NOT_ASKED = 0, 1, 3
LONGEST_S = 15  # for one answer
MOST_SHOWN = 8


class Known(NamedTuple):
    """One vulnerability of one pinned package, and the versions that mend it."""

    name: str
    version: str
    id: str
    fixed: tuple[str, ...]


class Audit(NamedTuple):
    """What was found, and about what nobody could be asked; `why` is empty when all were."""

    pins: list[Pin]
    known: list[Known]
    left: list[Pin]
    why: str

    @property
    def status(self) -> int:
        """How the command ends."""
        if self.known:
            return SOMETHING_KNOWN
        return NOT_ASKED if self.left or not self.pins else NOTHING_KNOWN


def audit(lock: Path = LOCK, osv_url: str = "") -> Audit:
    """Ask about every pin of a lock, those for other machines too."""
    wanted = pins(lock)
    known, asked, why = [], set(), ""
    for batch in _batches(wanted):
        found, failed = _asked(batch, osv_url)
        why = why or failed
        if failed:
            break  # the next list would wait for nothing as long
        for one in found:
            name = plain(one["name"])
            if "vulns" not in one:
                why = why or one.get("skip_reason", "no answer")
                continue
            asked.add((name, one["version"]))
            known += [
                Known(name, one["version"], vuln["id"], tuple(vuln["fix_versions"])) for vuln in one["vulns"]
            ]
    left = [pin for pin in wanted if (pin.name, pin.version) not in asked]
    return Audit(wanted, known, left, why)


def _batches(wanted: list[Pin]) -> Iterator[list[Pin]]:
    """All pins, in lists that hold no name twice: pip-audit takes one version of each."""
    while wanted:
        batch = list({pin.name: pin for pin in reversed(wanted)}.values())
        yield batch
        wanted = [pin for pin in wanted if pin not in batch]


def _asked(batch: list[Pin], osv_url: str) -> tuple[list[dict[str, Any]], str]:
    """What pip-audit says of each pin, or why it said nothing."""
    options = ["--disable-pip", "--no-deps", "--progress-spinner", "off", "--format", "json", "--desc", "off"]
    options += ["--vulnerability-service", "osv", "--timeout", str(LONGEST_S)]
    options += ["--osv-url", osv_url] if osv_url else []
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "requirements.txt"
        listed.write_text("".join(f"{pin.name}=={pin.version}\n" for pin in batch), encoding="utf-8")
        command = [sys.executable, "-m", "pip_audit", *options, "--requirement", str(listed)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    try:
        said: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        lines = done.stderr.strip().splitlines() or ["it said nothing"]
        return [], lines[-1][:300]
    return said, ""


def told(found: Audit, lock: str) -> str:
    """The findings in words; what nobody was asked about comes last and loud."""
    lines = [
        f"{one.name} {one.version}: {one.id}, "
        + (f"mended in {', '.join(one.fixed)}" if one.fixed else "not mended yet")
        for one in found.known
    ]
    asked = len(found.pins) - len(found.left)
    if asked:
        lines.append(f"{lock}: asked about {asked} packages, {len(found.known)} vulnerabilities are known.")
    if found.status == NOT_ASKED or found.left:
        names = ", ".join(pin.name for pin in found.left[:MOST_SHOWN])
        more = " and others" if len(found.left) > MOST_SHOWN else ""
        lines += [
            f"NOT AUDITED: {len(found.left)} of {len(found.pins)} packages ({names}{more}).",
            f"NOT AUDITED: {found.why or 'nothing was answered about them'}",
            "NOT AUDITED: whether they are safe is not known. Try again with a connection.",
        ]
    return "\n".join(lines)


def main(words: Sequence[str]) -> int:
    """Audit, say what was found, and how it ends."""
    reader = argparse.ArgumentParser(prog="python -m tools.audit", description=__doc__.splitlines()[0])
    reader.add_argument("--osv-url", default="", help="a database that answers as the public one does")
    reader.add_argument("--lock", type=Path, default=LOCK, help="the lock to audit")
    said = reader.parse_args(words)
    found = audit(said.lock, said.osv_url)
    print(told(found, said.lock.name))
    return found.status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
