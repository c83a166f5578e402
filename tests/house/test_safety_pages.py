"""The pages on safety: what they name exists, the table of ASVS is whole, and pages say what the code holds."""

from __future__ import annotations

import ast
import functools
import re
from itertools import pairwise
from pathlib import Path

import pytest
from tools import asvs, licences

from tests.house.checkout import targets
from weaklink.web.home.devices import UNUSED_FOR
from weaklink.web.home.pairing_code import DIGITS, GOOD_FOR, MOST_WRONG

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "weaklink"
THREATS = ROOT / "docs" / "safety" / "threats.md"
WORDS = {5: "five", 8: "eight", 10: "ten"}
# How many requirements each section of ASVS 5.0.0 has, and of which level: the third level is not judged here.
SECTIONS = """
    V1.1 22, V1.2 1111122223, V1.3 112222222223, V1.4 222, V1.5 123, V2.1 122, V2.2 112, V2.3 12223, V2.4 23, V3.1 3,
    V3.2 113, V3.3 12223, V3.4 11222233, V3.5 11122333, V3.6 3, V3.7 22333, V4.1 12233, V4.2 23333, V4.3 22, V4.4 1222,
    V5.1 2, V5.2 112333, V5.3 113, V5.4 222, V6.1 122, V6.2 111111112222, V6.3 11223333, V6.4 112233, V6.5 22222333,
    V6.6 2223, V6.7 33, V6.8 2222, V7.1 222, V7.2 1111, V7.3 22, V7.4 11222, V7.5 223, V7.6 22, V8.1 1233, V8.2 1123,
    V8.3 133, V8.4 23, V9.1 111, V9.2 1222, V10.1 22, V10.2 223, V10.3 22223, V10.4 1111122222233333, V10.5 22222,
    V10.6 22, V10.7 222, V11.1 2233, V11.2 22233, V11.3 11233, V11.4 1222, V11.5 23, V11.6 23, V11.7 33, V12.1 12233,
    V12.2 11, V12.3 22223, V13.1 2333, V13.2 222223, V13.3 2233, V13.4 1222233, V14.1 22, V14.2 12223333, V14.3 122,
    V15.1 12233, V15.2 12233, V15.3 1222222, V15.4 3333, V16.1 2, V16.2 22222, V16.3 2222, V16.4 222, V16.5 2223,
    V17.1 23, V17.2 22223333, V17.3 22
"""
REQUIRED = [
    (f"{section}.{number}", level)
    for section, levels in (entry.split() for entry in SECTIONS.split(","))
    for number, level in enumerate(levels, 1)
    if level in "12"
]


@functools.cache
def names_in(path: Path) -> frozenset[str]:
    """The names of the tests of a file; none where there is no file."""
    if not path.is_file():
        return frozenset()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(
        one.name for one in tree.body if isinstance(one, ast.FunctionDef) and one.name.startswith("test_")
    )


def is_there(test: str) -> bool:
    """Whether a test is there under its name: tests/web/test_tls.py::test_..."""
    path, _, name = test.partition("::")
    return name in names_in(ROOT / path)


# ASVS.


def test_every_requirement_of_both_levels_stands_in_the_table_once_and_in_order() -> None:
    assert len(REQUIRED) == 253
    assert [(one.id, one.level) for one in asvs.requirements()] == REQUIRED


def test_ids_are_in_the_order_of_the_standard() -> None:
    numbers = [[int(part) for part in one.id[1:].split(".")] for one in asvs.requirements()]

    assert all(one < following for one, following in pairwise(numbers))


def test_each_is_met_not_applicable_or_open_and_says_why() -> None:
    found = asvs.requirements()

    assert {one.state for one in found} == set(asvs.STATES)
    assert [one.id for one in found if not one.subject.strip() or not one.shown.strip()] == []
    reasons = [one for one in found if one.state != "met"]
    assert [one.id for one in reasons if not (one.shown.endswith(".") and len(one.shown) > 12)] == []
    assert [one.id for one in reasons if "::" in one.shown] == []


def test_what_is_met_names_tests_that_exist() -> None:
    shown = [
        (one.id, test) for one in asvs.requirements() if one.state == "met" for test in one.shown.split("; ")
    ]
    commands = {test.removeprefix("make ") for _, test in shown if test.startswith("make ")}

    assert commands <= targets()
    assert [(name, test) for name, test in shown if not test.startswith("make ") and not is_there(test)] == []


def test_what_is_met_is_shown_by_a_test_and_not_by_a_command_alone() -> None:
    met = [one for one in asvs.requirements() if one.state == "met"]

    assert [one.id for one in met if "::" not in one.shown] == []


def test_subjects_are_our_own_few_words() -> None:
    found = [one.subject for one in asvs.requirements()]

    assert max(len(subject) for subject in found) <= 60
    assert [
        subject for subject in found if re.search(r"\bverify\b|\bapplication\b", subject, re.IGNORECASE)
    ] == []


def test_the_page_counts_what_stands_in_the_table() -> None:
    assert asvs.written(asvs.PAGE.read_text(encoding="utf-8")) == asvs.counts(asvs.requirements())


def test_the_counts_are_those_of_the_rows() -> None:
    met = asvs.Requirement("V1.1.1", "1", "a", "met", "b")
    rows = [
        met,
        met._replace(level="2"),
        met._replace(state="open"),
        met._replace(state="not applicable", level="2"),
    ]

    assert asvs.counts(rows).splitlines()[2:] == [
        "| 1 | 1 | 0 | 1 | 2 |",
        "| 2 | 1 | 1 | 0 | 2 |",
        "| both | 2 | 1 | 1 | 4 |",
    ]  # fmt: skip


def test_a_test_that_is_not_there_is_seen() -> None:
    assert is_there("tests/house/test_safety_pages.py::test_a_test_that_is_not_there_is_seen")
    assert not is_there("tests/house/test_safety_pages.py::test_nothing")
    assert not is_there("tests/house/test_nothing.py::test_a_test_that_is_not_there_is_seen")


# Threats.


def threats() -> list[list[str]]:
    """The rows of the tables: id, threat, kind, what stands against it, what shows it."""
    lines = THREATS.read_text(encoding="utf-8").splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| T")]


def test_every_threat_has_its_kind_a_control_and_a_test() -> None:
    found = threats()

    assert [row[0] for row in found] == [f"T{number}" for number in range(1, len(found) + 1)]
    assert len(found) >= 30
    assert [row[0] for row in found if len(row) != 5 or not all(row)] == []
    assert {letter for row in found for letter in row[2].split()} == set("STRIDE")


def test_every_control_names_a_file_that_exists() -> None:
    named = {row[0]: re.findall(r"`([^`]+)`", row[3]) for row in threats()}
    files = {key: [one for one in found if "/" in one or "." in one] for key, found in named.items()}

    assert [key for key, found in files.items() if not found] == []
    assert [
        (key, one) for key, found in files.items() for one in found if not ((PACKAGE / one).is_file() or (ROOT / one).is_file())
    ] == []  # fmt: skip


def test_every_test_that_shows_it_exists() -> None:
    missing = []
    for row in threats():
        file = ""
        found = re.findall(r"`([^`]+)`", row[4])
        assert found, row[0]
        for one in found:
            path, _, name = one.partition("::")
            file = path or file
            if not is_there(f"tests/{file}::{name}"):
                missing.append((row[0], one))

    assert missing == []


def test_what_is_not_defended_is_said() -> None:
    text = THREATS.read_text(encoding="utf-8").partition("## Not defended")[2]

    for word in ("root", "unlocked phone", "account on this computer", "internet", "export"):
        assert word in text


# What other pages say, and the code holds.


def test_the_pages_say_what_the_code_holds() -> None:
    hosting = (ROOT / "docs" / "hosting.md").read_text(encoding="utf-8")
    decision = (ROOT / "docs" / "decisions" / "0016-pairing.md").read_text(encoding="utf-8")
    minutes = int(GOOD_FOR.total_seconds()) // 60
    pairing = f"good once, for {WORDS[minutes]} minutes, for {WORDS[MOST_WRONG]} tries"

    assert pairing in hosting
    assert f"not used for {UNUSED_FOR.days} days has to be paired again" in hosting
    assert f"a code of {WORDS[DIGITS]} digits" in decision
    assert "its owner makes another" in decision  # what a lock does to the owner
    for who in ("was not paired", "knows an address that you handed on", "was paired", "was revoked"):
        assert f"| {who}" in hosting
    assert "It sends nothing anywhere" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_page_of_my_data_says_what_is_taken() -> None:
    from weaklink.store import unpacking

    text = (ROOT / "docs" / "my-data.md").read_text(encoding="utf-8")

    assert f"{unpacking.LARGEST_ARCHIVE // 2**20} MB packed" in text
    assert f"{unpacking.LARGEST_MEMBER // 10**6} MB of `data.json`" in text
    assert f"{unpacking.LARGEST_OF_ALL // 10**6} MB and {unpacking.MOST_MEMBERS} files in all" in text
    assert f"{unpacking.MOST_RATIO} to 1, {unpacking.LONGEST_S:.0f} seconds" in text


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_every_pin_has_its_hashes(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    entries = [entry for entry in re.split(r"\n(?=\w)", text) if not entry.startswith("#")]

    assert len(entries) == len(licences.pins(ROOT / name)) > 30
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert "--require-hashes" in (ROOT / "weaklink").read_text(encoding="utf-8")
