"""Strength: every area that may be the weak link, each side with verdict and reasons."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from weaklink.case.findings import Finding
from weaklink.case.hypothesis import Hypothesis
from weaklink.library.reading import Library
from weaklink.library.records import WeakLink
from weaklink.quantities import Message, Side, Verdict
from weaklink.reasoning import bins
from weaklink.reasoning.claims import Ties, claims_against, claims_for, linked, worth
from weaklink.reasoning.deficits import TestReading, counted_sides
from weaklink.reasoning.edges import Edges
from weaklink.reasoning.limits import Limit, claim_limits, evidence_limits, limited
from weaklink.reasoning.observed import BOTH
from weaklink.reasoning.weak_areas import AreaView, AreaWeakness, area_view, weakness


class Grounds(NamedTuple):
    """Everything the areas are judged by."""

    library: Library
    ties: Ties
    measured: tuple[TestReading, ...]
    views: dict[Side, AreaView]
    guard_limits: tuple[Limit, ...]

    @property
    def places(self) -> frozenset[tuple[str, Side]]:
        """Where it hurts, with the side."""
        return self.ties.places


def views(
    edges: Edges, found: tuple[Finding, ...], measured: tuple[TestReading, ...]
) -> dict[Side, AreaView]:
    """The areas as seen from the right, the left and both together."""
    sides: tuple[Side, ...] = (*BOTH, "none")
    return {side: area_view(edges, found, measured, side) for side in sides}


def weak_area_hypotheses(given: Grounds) -> tuple[Hypothesis, ...]:
    """One row for each area and side that the pain or a finding brings in; sides that agree are one row."""
    return tuple(
        row
        for area, record in sorted(given.library.areas.items())
        if record.status != "retired"
        for row in (_sided_rows(given, area) if record.sided else _midline_rows(given, area))
    )


def _midline_rows(given: Grounds, area: str) -> Iterator[Hypothesis]:
    row = _row(given, area, "none")
    if _worth_showing(given, row, "none"):
        yield row


def _sided_rows(given: Grounds, area: str) -> Iterator[Hypothesis]:
    right, left = _row(given, area, "right"), _row(given, area, "left")
    shown = [row for row in (right, left) if _worth_showing(given, row, row.side)]
    if len(shown) == 2 and _agree(right, left):
        yield _merged(given, right, left)
    else:
        yield from shown


def _agree(right: Hypothesis, left: Hypothesis) -> bool:
    """Same word, same ties to the pain, and the same findings behind it."""
    return right.verdict == left.verdict and right.claims == left.claims and _close(right, left)


def _close(right: Hypothesis, left: Hypothesis) -> bool:
    return abs(right.belief - left.belief) < 1e-9


def _merged(given: Grounds, right: Hypothesis, left: Hypothesis) -> Hypothesis:
    """Both sides in one row; without a side where no side was ever said or tested."""
    where = {side for _, side in given.places}
    named = bool(where & set(BOTH)) or any(one.side != "none" for one in given.measured)
    midline = any(not given.library.regions[site].sided for site, _ in given.places if _known(given, site))
    return Hypothesis(
        area=right.area,
        side="both" if named or midline or not where else "none",
        kind=right.kind,
        verdict=right.verdict,
        reasons_for=_together(right.reasons_for, left.reasons_for),
        reasons_against=_together(right.reasons_against, left.reasons_against),
        claims=right.claims,
        belief=right.belief,
    )


def _known(given: Grounds, site: str) -> bool:
    return site in given.library.regions


def _together(first: tuple[Message, ...], second: tuple[Message, ...]) -> tuple[Message, ...]:
    return (*first, *(one for one in second if one not in first))


def _worth_showing(given: Grounds, row: Hypothesis, side: Side) -> bool:
    """Tied to the pain; or its own test found it weak; or, without any pain, tested at all."""
    if row.claims:
        return True
    if not given.places:
        return bool(_readings(given, row.area, side))
    return row.verdict in ("likely", "possible") and _own_finding(given, row.area, side)


def _own_finding(given: Grounds, area: str, side: Side) -> bool:
    """Whether something present speaks for this area first of all, not as one of several."""
    view = given.views[side]
    return any(
        present and view.evidence[name].shares.get(area) == 1.0 for name, present in view.observed.items()
    )


def _row(given: Grounds, area: str, side: Side) -> Hypothesis:
    found = weakness(given.views[side], area)
    links = linked(given.ties, area, side)
    limits = _limits(given, area, side, found, links)
    return Hypothesis(
        area=area,
        side=side,
        kind="strength",
        verdict=_word(found, limits),
        reasons_for=(*_findings_said(given, area, side, found.findings_for), *claims_for(links)),
        reasons_against=_against(
            given,
            _findings_said(given, area, side, found.findings_against),
            (*_unclear(given, area, side), *_said(limits, found)),
            links,
        ),
        claims=tuple(link.id for link in links),
        belief=found.belief * (worth(links, given.ties.conditions) if given.places else 1.0),
    )


def _word(found: AreaWeakness, limits: tuple[Limit, ...]) -> Verdict:
    if not found.findings_for and not found.findings_against:
        return "cannot-tell"
    return limited(bins.word_for_area(found.belief), limits)


def _limits(
    given: Grounds, area: str, side: Side, found: AreaWeakness, links: tuple[WeakLink, ...]
) -> tuple[Limit, ...]:
    tested = bool(_readings(given, area, side))
    evidence = evidence_limits(found.published, tested)
    return (*given.guard_limits, *evidence, *claim_limits(links, no_pain=not given.places))


def _readings(given: Grounds, area: str, side: Side) -> list[TestReading]:
    """The test results that say something about this area on this side."""
    return [
        one
        for one in given.measured
        if area in given.library.clinical_tests[one.test].areas
        and given.library.clinical_tests[one.test].value != "pain-at-levels"
        and (side not in BOTH or side in counted_sides(one.side) or "none" in counted_sides(one.side))
    ]


def _findings_said(given: Grounds, area: str, side: Side, names: tuple[str, ...]) -> tuple[Message, ...]:
    """Findings as sentences: test results with their numbers, visible signs with their question."""
    view = given.views[side]
    tests = [
        one.because
        for one in _readings(given, area, side)
        if f"{one.test}=weak" in names and (one.says == "weak") == view.observed[f"{one.test}=weak"]
    ]
    return (*tests, *(_sign_said(view, name, side) for name in names if view.evidence[name].seen))


def _sign_said(view: AreaView, name: str, side: Side) -> Message:
    seen = "seen" if view.observed[name] else "not-seen"
    where = "" if side in BOTH else "-unsided"
    return Message(f"differential.sign-{seen}{where}", {"question": name.split("=")[0], "side": side})


def _against(
    given: Grounds, found: tuple[Message, ...], said: tuple[Message, ...], links: tuple[WeakLink, ...]
) -> tuple[Message, ...]:
    """Never empty: opposing findings, what is missing, what pain may explain, what studies do not show."""
    claims = claims_against(links) if given.places else ()
    return (*found, *said, *claims) or (Message("differential.one-day"),)


def _said(limits: tuple[Limit, ...], found: AreaWeakness) -> tuple[Message, ...]:
    return tuple(limit.because for limit in limits if _matters(limit, found))


def _matters(limit: Limit, found: AreaWeakness) -> bool:
    """A limit is said where there is something to limit; a guard always."""
    return limit.most == "cannot-tell" or found.belief >= bins.POSSIBLE


def _unclear(given: Grounds, area: str, side: Side) -> Iterator[Message]:
    """Results that cannot tell, pain that may hold the muscle back, or no test at all."""
    results = _readings(given, area, side)
    for one in results:
        if one.says == "cannot-tell":
            yield one.because
        elif one.says == "weak" and one.inhibited and one.pain is not None:
            values: dict[str, str | int | float] = {"test": one.test, "side": one.side, "pain": one.pain}
            where = "" if one.side in BOTH else "-unsided"
            yield Message(f"differential.pain-inhibits{where}", values)
    if not results:
        where = "" if side in BOTH else "-unsided"
        yield Message(f"differential.not-tested{where}", {"area": area, "side": side})
