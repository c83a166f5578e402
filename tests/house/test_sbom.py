"""The bill of materials: valid, whole, the same each time; and what the pages carry is what it says."""

from __future__ import annotations

import hashlib
import importlib.util
import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from tools import licences, sbom
from tools.vendored import FOLDER, NOTE, vendored

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def bill() -> dict[str, Any]:
    return json.loads(sbom.written(sbom.bill()))


def schemas() -> Path:
    found = importlib.util.find_spec("cyclonedx.schema._res")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent


def test_it_keeps_to_the_published_schema(bill: dict[str, Any]) -> None:
    read = {
        path.name: json.loads(path.read_text(encoding="utf-8")) for path in schemas().glob("*.schema.json")
    }
    known = [(f"http://cyclonedx.org/schema/{name}", schema) for name, schema in read.items()]
    validator = jsonschema_rs.Draft7Validator(
        read["bom-1.6.SNAPSHOT.schema.json"], registry=jsonschema_rs.Registry(known), validate_formats=True
    )

    assert list(validator.iter_errors(bill)) == []
    assert list(validator.iter_errors({**bill, "components": [{"name": "nothing"}]})) != []


def test_every_pin_of_the_lock_is_in_it_with_version_and_licence(bill: dict[str, Any]) -> None:
    found = {
        (part["name"], part["version"]): part["licenses"]
        for part in bill["components"]
        if part["purl"].startswith("pkg:pypi/")
    }

    assert set(found) == {(pin.name, pin.version) for pin in licences.pins(ROOT / "requirements.lock")}
    assert all(found.values())


def test_every_file_the_pages_carry_is_in_it_with_its_digest(bill: dict[str, Any]) -> None:
    parts = [part for part in bill["components"] if part["purl"].startswith("pkg:npm/")]
    files = [file for part in parts for file in part["components"]]
    scripts = {path.relative_to(ROOT).as_posix() for path in FOLDER.iterdir() if path.suffix == ".js"}

    assert {file["name"] for file in files} == scripts
    assert len(scripts) >= 2
    for file in files:
        assert file["hashes"][0]["content"] == hashlib.sha256((ROOT / file["name"]).read_bytes()).hexdigest()


def test_it_says_that_weaklink_needs_each_of_them(bill: dict[str, Any]) -> None:
    needs = {one["ref"]: one.get("dependsOn", []) for one in bill["dependencies"]}

    assert bill["metadata"]["component"]["name"] == "weaklink"
    assert sorted(needs["weaklink"]) == sorted(part["bom-ref"] for part in bill["components"])


def test_the_same_state_gives_the_same_bytes(tmp_path: Path) -> None:
    sbom.main([str(tmp_path / "first")])
    sbom.main([str(tmp_path / "second")])

    assert (tmp_path / "first").read_bytes() == (tmp_path / "second").read_bytes()


def test_the_page_of_licences_names_version_and_licence_of_each_file_that_is_carried() -> None:
    lines = licences.PAGE.read_text(encoding="utf-8").splitlines()
    for one in vendored():
        (line,) = [line for line in lines if f"package `{one.package}`" in line]
        assert f" {one.version}," in line
        assert one.licence in line


def test_the_note_names_every_file_with_the_version_that_is_asked_for() -> None:
    asked = json.loads((ROOT / "tools" / "package.json").read_text(encoding="utf-8"))["dependencies"]
    texts = {path.name for path in FOLDER.iterdir()} - {NOTE} - {one.file for one in vendored()}

    assert {one.package: one.version for one in vendored()} == asked
    assert texts == {one.file.replace(".min.js", ".LICENSE.txt") for one in vendored()}
