"""Edges: what can bring which finding, read once from the library."""

from __future__ import annotations

from typing import NamedTuple

from weaklink.library.reading import Library
from weaklink.library.records import ClinicalTest, Condition, Question, WeakLink
from weaklink.reasoning.bins import FURTHER_AREA, SIGN_LINK, SITE_LINK


class Edge(NamedTuple):
    """How strongly one cause brings a finding, or takes it away."""

    link: float
    block: float


class Evidence(NamedTuple):
    """How one finding speaks about areas: area -> share of the link, in order of the record."""

    shares: dict[str, float]
    seen: bool  # a visible sign instead of a test


class Edges(NamedTuple):
    """The two layers of the model without any runner."""

    conditions: dict[str, Condition]
    condition_edges: dict[str, dict[str, Edge]]  # condition -> finding -> edge, sites included
    at_site: dict[str, tuple[str, ...]]  # site -> conditions that can hurt there
    area_evidence: dict[str, Evidence]  # finding -> areas
    links_at: dict[str, tuple[WeakLink, ...]]  # site -> weak links
    factors: dict[str, Question | ClinicalTest]  # not strength: mobility, stability, control, load


_READ: dict[int, tuple[Library, Edges]] = {}
_KEPT = 8


def edges_of(library: Library) -> Edges:
    """The edges of a library; the same library object is read only once."""
    kept = _READ.get(id(library))
    if kept is not None and kept[0] is library:
        return kept[1]
    if len(_READ) >= _KEPT:
        _READ.clear()
    edges = _read(library)
    _READ[id(library)] = (library, edges)
    return edges


def _read(library: Library) -> Edges:
    conditions = {key: one for key, one in library.conditions.items() if one.status != "retired"}
    condition_edges = {key: _condition_edges(one) for key, one in conditions.items()}
    _add_test_pain(condition_edges, library)
    return Edges(
        conditions=conditions,
        condition_edges=condition_edges,
        at_site=_at_site(conditions),
        area_evidence={**_tested(library), **_seen(library)},
        links_at=_links_at(library),
        factors=_factors(library),
    )


def _condition_edges(condition: Condition) -> dict[str, Edge]:
    found: dict[str, Edge] = {}
    for place, site in enumerate(condition.sites):
        found[f"site={site}"] = Edge(SITE_LINK["also" if place else "main"], 0.0)
    for site in condition.other_sites:
        found.setdefault(f"site={site}", Edge(SITE_LINK["other"], 0.0))
    for sign in condition.signs:
        found[sign.finding] = Edge(SIGN_LINK[sign.link], 0.0)
    for sign in condition.against:
        found[sign.finding] = Edge(0.0, SIGN_LINK[sign.link])
    return found


def _add_test_pain(condition_edges: dict[str, dict[str, Edge]], library: Library) -> None:
    """A test may name conditions its pain speaks for; the condition's own sign wins where both do."""
    for test in library.clinical_tests.values():
        for sign in test.finds_pain_of:
            edges = condition_edges.get(sign.finding)
            if edges is not None and test.status != "retired":
                edges.setdefault(f"{test.id}=pain", Edge(SIGN_LINK[sign.link], 0.0))


def _at_site(conditions: dict[str, Condition]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for key, condition in sorted(conditions.items()):
        for site in (*condition.sites, *condition.other_sites):
            found.setdefault(site, []).append(key)
    return {site: tuple(keys) for site, keys in found.items()}


def _tested(library: Library) -> dict[str, Evidence]:
    return {
        f"{test.id}=weak": Evidence(_shares(test.areas, library), seen=False)
        for test in library.clinical_tests.values()
        if test.status != "retired" and test.value != "pain-at-levels" and test.areas
    }


def _shares(areas: list[str], library: Library) -> dict[str, float]:
    known = [area for area in areas if area in library.areas]
    return {area: FURTHER_AREA if place else 1.0 for place, area in enumerate(known)}


def _seen(library: Library) -> dict[str, Evidence]:
    found: dict[str, Evidence] = {}
    for question in library.questions.values():
        # A stiff joint names the area whose shortness it may be; that says nothing about strength.
        if question.status != "retired" and question.areas and question.kind_of_link != "mobility":
            for finding in _speaking(question):
                found[finding] = Evidence(_shares(question.areas, library), seen=True)
    return found


def _speaking(question: Question) -> list[str]:
    """The findings of a question that speak for its areas or its factor."""
    if question.kind == "choice" and not question.sided:
        return [f"{question.id}={answer}" for answer in question.areas_for]
    return [question.id]


def factor_findings(record: Question | ClinicalTest) -> list[str]:
    """The findings that speak for a mobility, stability, control or load factor."""
    return _speaking(record) if isinstance(record, Question) else [f"{record.id}=weak"]


def _links_at(library: Library) -> dict[str, tuple[WeakLink, ...]]:
    found: dict[str, list[WeakLink]] = {}
    for _, link in sorted(library.weak_links.items()):
        if link.status != "retired":
            found.setdefault(link.site, []).append(link)
    return {site: tuple(links) for site, links in found.items()}


def _factors(library: Library) -> dict[str, Question | ClinicalTest]:
    found: dict[str, Question | ClinicalTest] = {}
    for question in library.questions.values():
        if question.status != "retired" and question.kind_of_link not in (None, "strength"):
            found[question.id] = question
    for test in library.clinical_tests.values():
        if test.status != "retired" and test.kind_of_link != "strength":
            found[test.id] = test
    return found
