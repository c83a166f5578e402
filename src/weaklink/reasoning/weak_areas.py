"""Weak areas: how far tests and visible signs speak for weakness, each area on each side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from weaklink.case.findings import Finding
from weaklink.quantities import Side
from weaklink.reasoning import bins, noisy_or
from weaklink.reasoning.deficits import TestReading, Weight, counted_sides
from weaklink.reasoning.edges import Edges, Evidence
from weaklink.reasoning.noisy_or import Network
from weaklink.reasoning.observed import BOTH, view

CLEAR = 1e-6
WEIGHTS: tuple[Weight, ...] = ("published", "provisional", "even")


class AreaWeakness(NamedTuple):
    """What is believed of one area seen from one side."""

    belief: float
    findings_for: tuple[str, ...]  # without it belief would fall
    findings_against: tuple[str, ...]  # without it belief would rise
    published: bool  # a finding for it is beyond a published error


class AreaView(NamedTuple):
    """What is known of all areas from one side: finding -> present, with the basis of each test."""

    evidence: Mapping[str, Evidence]
    observed: dict[str, bool]
    basis: dict[str, Weight]  # of the test findings among `observed`


UNKNOWN = AreaWeakness(bins.WEAK_PRIOR, (), (), False)


def area_view(
    edges: Edges, found: tuple[Finding, ...], measured: tuple[TestReading, ...], side: Side
) -> AreaView:
    """The findings that speak about areas, seen from one side."""
    observed = {key: seen for key, seen in view(found, side).items() if key in edges.area_evidence}
    return AreaView(edges.area_evidence, observed, _bases(measured, side))


def _bases(measured: tuple[TestReading, ...], side: Side) -> dict[str, Weight]:
    """Basis per test finding; where sides are merged, that of the side that decides."""
    found: dict[str, Weight] = {}
    for one in sorted(measured, key=lambda one: (one.says != "weak", WEIGHTS.index(one.weight))):
        sides = counted_sides(one.side)
        if one.says != "cannot-tell" and (side not in BOTH or side in sides or "none" in sides):
            found.setdefault(f"{one.test}=weak", one.weight)
    return found


def weakness(view_of_areas: AreaView, area: str) -> AreaWeakness:
    """What is believed of one area.

    Only findings that speak for this area are named; the others play through explaining away.
    """
    linked = [key for key in view_of_areas.observed if area in view_of_areas.evidence[key].shares]
    if not linked:
        return UNKNOWN
    belief = believed(view_of_areas, area)
    changes = {key: believed(_without(view_of_areas, key), area) - belief for key in linked}
    speaking_for = tuple(key for key, change in changes.items() if change < -CLEAR)
    return AreaWeakness(
        belief=belief,
        findings_for=speaking_for,
        findings_against=tuple(key for key, change in changes.items() if change > CLEAR),
        published=any(
            view_of_areas.observed[key] and view_of_areas.basis.get(key) == "published"
            for key in speaking_for
        ),
    )


def _without(view_of_areas: AreaView, key: str) -> AreaView:
    rest = {other: seen for other, seen in view_of_areas.observed.items() if other != key}
    return view_of_areas._replace(observed=rest)


def believed(view_of_areas: AreaView, area: str) -> float:
    """Posterior that an area is weak, from the part of the network its findings reach."""
    areas, findings = reach(view_of_areas, area)
    if not findings:
        return bins.WEAK_PRIOR
    network = network_of(view_of_areas, areas, findings)
    observed = {index: view_of_areas.observed[key] for index, key in enumerate(findings)}
    return float(noisy_or.posterior(network, observed)[areas.index(area)])


def reach(view_of_areas: AreaView, area: str) -> tuple[list[str], list[str]]:
    """The areas and observed findings connected with an area, both sorted.

    Parts that share no finding are independent, so at most three true causes holds in each part: a runner
    may well be weak in four places.
    """
    areas, findings = {area}, set[str]()
    while True:
        near = {key for key in view_of_areas.observed if areas & view_of_areas.evidence[key].shares.keys()}
        if near == findings:
            return sorted(areas), sorted(findings)
        findings = near
        areas |= {one for key in near for one in view_of_areas.evidence[key].shares}


def network_of(view_of_areas: AreaView, areas: list[str], findings: list[str]) -> Network:
    """The noisy-OR of these areas and findings, in the order given."""
    strengths = [_strength(view_of_areas, key) for key in findings]
    return Network(
        priors=np.full(len(areas), bins.WEAK_PRIOR),
        leaks=np.array([leak for _, leak in strengths]),
        links=np.array(
            [
                [
                    link * view_of_areas.evidence[key].shares.get(area, 0.0)
                    for key, (link, _) in zip(findings, strengths, strict=True)
                ]
                for area in areas
            ]
        ),
    )


def _strength(view_of_areas: AreaView, key: str) -> tuple[float, float]:
    """Link and leak of a finding: seen, or measured on a published or provisional basis."""
    if view_of_areas.evidence[key].seen:
        return bins.SEEN_LINK, bins.SEEN_LEAK
    basis = view_of_areas.basis.get(key, "provisional")
    return bins.TEST_LINK[basis], bins.TEST_LEAK[basis]
