"""Factors: not strength; running load, mobility, stability and control as hypotheses of their own."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from weaklink.case.findings import Finding
from weaklink.case.given import Given
from weaklink.case.hypothesis import Hypothesis
from weaklink.library.records import ClinicalTest, Question, WeakLink
from weaklink.quantities import Message, Side, Verdict, WeakLinkKind
from weaklink.reasoning import bins, noisy_or
from weaklink.reasoning.claims import Ties, claims_against, claims_for, linked
from weaklink.reasoning.deficits import TestReading, counted_sides
from weaklink.reasoning.edges import Edges, factor_findings
from weaklink.reasoning.noisy_or import Network
from weaklink.reasoning.observed import BOTH, view

RUNNING_LOAD = "running-load"


class Bin(NamedTuple):
    """How strongly one finding speaks for a factor."""

    link: float
    leak: float
    measured: bool = False


SAID = Bin(bins.SAID_LINK, bins.SAID_LEAK)
LOAD_BINS = {
    "load-spike": Bin(bins.SPIKE_LINK, bins.SPIKE_LEAK, measured=True),
    "novice": Bin(bins.NOVICE_LINK, bins.NOVICE_LEAK),
}


def believed(seen: dict[str, bool], speaking: dict[str, Bin]) -> float:
    """Posterior of one factor from the findings that speak for it."""
    known = [(one, seen[key]) for key, one in speaking.items() if key in seen]
    network = Network(
        priors=np.array([bins.FACTOR_PRIOR]),
        leaks=np.array([one.leak for one, _ in known]),
        links=np.array([[one.link for one, _ in known]]),
    )
    observed = {index: present for index, (_, present) in enumerate(known)}
    return float(noisy_or.posterior(network, observed)[0])


def load_questions(edges: Edges) -> tuple[str, ...]:
    """The questions whose yes says that running itself became more, in id order."""
    return tuple(
        key
        for key, record in sorted(edges.factors.items())
        if isinstance(record, Question) and record.running_load
    )


def running_load(
    given: Given, found: tuple[Finding, ...], no_deficit: bool, asked: tuple[str, ...]
) -> Hypothesis | None:
    """Too much running too soon, as a hypothesis; None without pain and without any sign of it.

    Said alone it is at most possible; a measured jump and the runner's word together may be likely.

    Args:
        asked: the questions about it (`load_questions`).
    """
    everything, speaking = view(found, "none"), {**dict.fromkeys(asked, SAID), **LOAD_BINS}
    seen = {key: everything[key] for key in speaking if key in everything and _counts(key, everything)}
    told = [key for key, present in seen.items() if present and key != "novice"]
    if not given.pain_at and not told:
        return None
    belief = believed(seen, speaking)
    measured = any(speaking[key].measured for key in told)
    return Hypothesis(
        area=RUNNING_LOAD,
        side="none",
        kind="load",
        verdict=_load_word(belief, measured, no_deficit and bool(given.pain_at)),
        reasons_for=_load_for(given, seen, no_deficit, asked),
        reasons_against=_load_against(seen, asked),
        belief=belief,
    )


def _counts(key: str, seen: dict[str, bool]) -> bool:
    """Being new speaks for load; not being new speaks for nothing."""
    return key != "novice" or seen[key]


def _load_word(belief: float, measured: bool, leads: bool) -> Verdict:
    word = capped(bins.word_for_area(belief), measured)
    return "possible" if leads and word in ("cannot-tell", "unlikely") else word


def capped(word: Verdict, measured: bool) -> Verdict:
    """Likely only where something was measured."""
    return "possible" if word == "likely" and not measured else word


def _load_for(
    given: Given, seen: dict[str, bool], no_deficit: bool, asked: tuple[str, ...]
) -> tuple[Message, ...]:
    found = []
    if seen.get("load-spike") and given.load is not None and given.load.spike_percent is not None:
        percent = round(given.load.spike_percent)
        found.append(Message("differential.load-spike", {"percent": percent}, ("frandsen-2025",)))
    said = (name for name in asked if seen.get(name))
    found.extend(Message("differential.load-said", {"question": name}) for name in said)
    if seen.get("novice"):
        found.append(Message("differential.load-novice", {}, ("nielsen-2014",)))
    if no_deficit:
        found.append(Message("differential.load-leads"))
    return tuple(found)


def _load_against(seen: dict[str, bool], asked: tuple[str, ...]) -> tuple[Message, ...]:
    denied = (name for name in asked if seen.get(name) is False)
    found = [Message("differential.load-denied", {"question": name}) for name in denied]
    if seen.get("load-spike") is False:
        found.append(Message("differential.load-no-spike", {}, ("frandsen-2025",)))
    if "load-spike" not in seen:
        found.append(Message("differential.load-not-measured"))
    return (*found, Message("differential.load-few-injuries", {}, ("frandsen-2025",)))


def other_factors(
    ties: Ties, found: tuple[Finding, ...], measured: tuple[TestReading, ...]
) -> tuple[Hypothesis, ...]:
    """Mobility, stability, control and other load that an answer or a test speaks for."""
    about_running = load_questions(ties.edges)
    rows = [
        (record, _present_side(record, found))
        for key, record in sorted(ties.edges.factors.items())
        if key not in about_running
    ]
    return tuple(
        _factor(record, side, measured, _claims(ties, record, side))
        for record, side in rows
        if side is not None
    )


def _claims(ties: Ties, record: Question | ClinicalTest, side: Side) -> tuple[WeakLink, ...]:
    """The claims of the factor's own kind about the areas it names."""
    return tuple(link for area in record.areas for link in linked(ties, area, side, (_kind(record),)))


def _present_side(record: Question | ClinicalTest, found: tuple[Finding, ...]) -> Side | None:
    """Where a factor is present: right, left, both, none (no side known); None = nowhere."""
    speaking = factor_findings(record)
    sides = {one.side for one in found if one.present and one.id in speaking}
    if sides.issuperset(BOTH):
        return "both"
    sided: list[Side] = [side for side in BOTH if side in sides]
    return sided[0] if sided else ("none" if sides else None)


def _factor(
    record: Question | ClinicalTest,
    side: Side,
    measured: tuple[TestReading, ...],
    links: tuple[WeakLink, ...],
) -> Hypothesis:
    """One factor that was found present; at most possible unless a published error was exceeded."""
    readings = [one for one in measured if one.test == record.id and one.says == "weak"]
    published = any(one.strength == "published" and _on(one, side) for one in readings)
    belief = believed({record.id: True}, {record.id: _bin(record, published)})
    return Hypothesis(
        area=record.id,
        side=side,
        kind=_kind(record),
        verdict=capped(bins.word_for_area(belief), published),
        reasons_for=(*_reasons_for(record, side, readings), *claims_for(links)),
        reasons_against=claims_against(links) if links else (Message("differential.factor-against"),),
        claims=tuple(link.id for link in links),
        belief=belief * 0.5,
    )


def _on(reading: TestReading, side: Side) -> bool:
    return side not in BOTH or side in counted_sides(reading.side)


def _bin(record: Question | ClinicalTest, published: bool) -> Bin:
    if isinstance(record, Question):
        return SAID
    basis = "published" if published else "provisional"
    return Bin(bins.TEST_LINK[basis], bins.TEST_LEAK[basis])


def _kind(record: Question | ClinicalTest) -> WeakLinkKind:
    return record.kind_of_link or "control"


def _reasons_for(
    record: Question | ClinicalTest, side: Side, readings: list[TestReading]
) -> tuple[Message, ...]:
    if isinstance(record, Question):
        where = "" if side in BOTH else "-unsided"
        return (Message(f"differential.said{where}", {"question": record.id, "side": side}),)
    return tuple(one.because for one in readings if _on(one, side))
