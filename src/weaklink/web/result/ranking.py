"""Ranking: what is likely, possible or less likely row by row, and in one line what nobody can tell yet."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from weaklink.case.assessment import Assessment
from weaklink.case.hypothesis import Hypothesis
from weaklink.library.records import ClinicalTest
from weaklink.library.wording import spoken_name
from weaklink.reasoning.battery import battery
from weaklink.reasoning.examination import offered
from weaklink.web.result.put_off import PutOffLine, put_off, put_off_lines
from weaklink.web.visit.visit import Visit

MOST_UNLIKELY = 2  # what is likely or possible is never cut
MOST_UNTOLD = 6
MOST_TESTS = 3


class RankLine(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the ranking; `note` says when it is not strength, `url` leads to its evidence if any."""

    name: str
    note: str
    url: str


class RankGroup(msgspec.Struct, frozen=True, kw_only=True):
    """The rows of one verdict, and the place of the first among all."""

    verdict: str
    start: int
    rows: list[RankLine]


class NamedLink(msgspec.Struct, frozen=True, kw_only=True):
    """A name, and where more stands about it; the address may be empty."""

    name: str
    url: str


class UntoldLine(msgspec.Struct, frozen=True, kw_only=True):
    """What nobody can tell yet, the tests that would, and those that were put off."""

    names: list[NamedLink]
    tests: list[NamedLink]
    put_off: list[PutOffLine]


def ranks(seen: Visit, found: Assessment) -> list[RankGroup]:
    """The rows somebody has reason to think of, by verdict, most likely first."""
    rows = found.differential.hypotheses
    unlikely = [row for row in rows if row.verdict == "unlikely"][:MOST_UNLIKELY]
    shown = (*(row for row in rows if row.verdict in ("likely", "possible")), *unlikely)
    groups: list[RankGroup] = []
    for verdict in ("likely", "possible", "unlikely"):
        of_it = [_rank(seen, row) for row in shown if row.verdict == verdict]
        start = 1 + sum(len(group.rows) for group in groups)
        groups += [RankGroup(verdict=verdict, start=start, rows=of_it)] if of_it else []
    return groups


def untold(seen: Visit, found: Assessment) -> UntoldLine:
    """What no answer or test has told yet, each area once whatever its side."""
    rows = [row for row in found.differential.hypotheses if row.verdict == "cannot-tell"]
    named = {row_name(seen, row): _evidence(row) for row in reversed(rows[:MOST_UNTOLD])}
    tests = _would_tell(seen, found, rows[:MOST_UNTOLD])
    return UntoldLine(
        names=[NamedLink(name=name, url=url) for name, url in reversed(named.items())],
        tests=[NamedLink(name=test.name, url=f"/tests/{test.id}") for test in tests],
        put_off=put_off_lines(seen),
    )


def _evidence(row: Hypothesis) -> str:
    return f"/evidence/{row.claims[0]}" if row.claims else ""


def _would_tell(seen: Visit, found: Assessment, rows: Iterable[Hypothesis]) -> list[ClinicalTest]:
    """For each row the test most worth doing; what was put off, and the next test, stand elsewhere."""
    areas = [row.area for row in rows]
    if not areas:
        return []
    library, following = seen.house.library, {found.next_test.id} if found.next_test else set()
    aside = frozenset({*put_off(seen), *following})
    todo = (
        *battery(found.given, library, found.differential, aside),
        *(test for test in offered(found.given, library) if test.id not in aside),
    )
    fitting = (next((test for test in todo if area == test.id or area in test.areas), None) for area in areas)
    return list({test.id: test for test in fitting if test is not None}.values())[:MOST_TESTS]


def _rank(seen: Visit, row: Hypothesis) -> RankLine:
    word = seen.wording.word
    side = word(f"word.{row.side}")
    return RankLine(
        name=f"{row_name(seen, row)}{f', {side}' if side else ''}",
        note="" if row.kind == "strength" else word(f"result.kind.{row.kind}"),
        url=_evidence(row),
    )


def row_name(seen: Visit, row: Hypothesis) -> str:
    """What a row of the ranking is called."""
    library = seen.house.library
    if row.area in library.areas:
        name = spoken_name(library.areas[row.area])
    elif row.area in library.questions:
        name = spoken_name(library.questions[row.area])
    elif row.area in library.clinical_tests:
        name = spoken_name(library.clinical_tests[row.area])
    else:
        name = seen.wording.word(f"result.row.{row.area}")
    return name[:1].upper() + name[1:]
