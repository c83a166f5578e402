"""The bill of materials: everything of others that a runner's machine gets, as CycloneDX 1.6 in JSON.

.venv-dev/bin/python -m tools.sbom          prints it
.venv-dev/bin/python -m tools.sbom FILE     writes it

In it are the packages that requirements.lock pins and the files that the pages carry.
The same state gives the same bytes: it has no time, and its number comes from what it holds.
"""

from __future__ import annotations

import json
import sys
import tomllib
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType, Property
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL

from tools.licences import ROOT, Row, rows
from tools.vendored import FOLDER, Vendored, vendored

VERSION = SchemaVersion.V1_6
ONLY = "weaklink:only-where"  # the marker of the lock: which machines get it


def bill() -> Bom:
    """The bill of this checkout."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    ours = _component("weaklink", project["version"], project["license"], kind=ComponentType.APPLICATION)
    parts = [_pinned(row) for row in rows() if row.used == "running"]
    parts += [_carried(one) for one in vendored()]
    made = Bom(components=parts)
    made.metadata.component = ours
    made.metadata.timestamp = None  # type: ignore[assignment]
    made.register_dependency(ours, parts)
    return made


def written(made: Bom) -> str:
    """The bill as JSON, with a number that comes from its words."""
    made.serial_number = uuid.UUID(int=0)
    first = make_outputter(made, OutputFormat.JSON, VERSION).output_as_string()
    made.serial_number = uuid.uuid5(uuid.NAMESPACE_OID, first)
    said: dict[str, Any] = json.loads(make_outputter(made, OutputFormat.JSON, VERSION).output_as_string())
    return json.dumps(said, indent=2, sort_keys=True) + "\n"


def _pinned(row: Row) -> Component:
    only = [Property(name=ONLY, value=row.only)] if row.only else []
    return _component(row.name, row.version, row.licence, registry="pypi", properties=only)


def _carried(one: Vendored) -> Component:
    path = (FOLDER / one.file).relative_to(ROOT).as_posix()
    file = Component(
        name=path,
        bom_ref=path,
        type=ComponentType.FILE,
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=one.sha256)],
    )
    return _component(one.package, one.version, one.licence, registry="npm", components=[file])


def _component(
    name: str,
    version: str,
    licence: str,
    *,
    registry: str = "",
    kind: ComponentType = ComponentType.LIBRARY,
    **more: Any,
) -> Component:
    address = PackageURL(registry, name=name, version=version) if registry else None
    return Component(
        name=name,
        version=version,
        type=kind,
        licenses=[LicenseFactory().make_from_string(licence)],
        purl=address,
        bom_ref=address.to_string() if address else name,
        **more,
    )


def main(words: Sequence[str]) -> None:
    """Print the bill, or write it into a file."""
    text = written(bill())
    if not words:
        print(text, end="")
        return
    Path(words[0]).write_text(text, encoding="utf-8")
    found = len(json.loads(text)["components"])
    print(f"{words[0]}: {found} packages of others")


if __name__ == "__main__":
    main(sys.argv[1:])
