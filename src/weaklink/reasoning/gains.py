"""Gains: how much an unanswered question or an undone test is expected to settle, in bits."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from weaklink.case.disposition import Disposition
from weaklink.case.given import Given
from weaklink.library.reading import Library
from weaklink.library.records import ClinicalTest, Question
from weaklink.quantities import Side
from weaklink.reasoning import bins, noisy_or
from weaklink.reasoning.claims import Ties, linked, worth
from weaklink.reasoning.conditions import Seen, condition_net, seen, viewed_sides
from weaklink.reasoning.deficits import Weight, readings
from weaklink.reasoning.factors import SAID
from weaklink.reasoning.noisy_or import Network
from weaklink.reasoning.observed import BOTH, RUNNER_FACTS, findings
from weaklink.reasoning.weak_areas import AreaView, area_view, network_of

FACTOR_WORTH = 0.5  # a factor that is not strength, against a well supported weak area of 1
PREVENTION_WORTH = 0.2  # without pain every area matters alike, and none is urgent


class Outlook(NamedTuple):
    """What is known so far, laid out for asking what would settle most."""

    given: Given
    library: Library
    known: Seen
    views: dict[Side, AreaView]
    conditions: dict[str, float]


def outlook(given: Given, library: Library, disposition: Disposition | None = None) -> Outlook:
    """The outlook of what is known; one serves any number of questions and tests."""
    found = findings(given, library)
    known = seen(given, library, disposition, found)
    measured = readings(given, library)
    sides = viewed_sides(known)
    sides = [*BOTH] if sides == ["none"] else sides
    return Outlook(
        given,
        library,
        known,
        {side: area_view(known.edges, found, measured, side) for side in sides},
        _beliefs(known),
    )


def _beliefs(known: Seen) -> dict[str, float]:
    best: dict[str, float] = {}
    for side in viewed_sides(known):
        net = condition_net(known, side)
        if net.causes:
            beliefs = noisy_or.posterior(net.network, net.observed)
            best.update(
                {key: max(best.get(key, 0.0), float(b)) for key, b in zip(net.causes, beliefs, strict=True)}
            )
    return best


def expected_gains(now: Outlook) -> dict[str, float]:
    """Expected gain of every open question and undone test that can change something, by its id.

    The sum of what it settles about conditions, about weak areas worth by their claims, and about factors
    that are not strength.
    """
    total: dict[str, float] = {}
    for found in (_about_conditions(now), _about_areas(now), _about_factors(now)):
        for key, gain in found.items():
            total[key] = total.get(key, 0.0) + gain
    return total


def expected_gain(given: Given, library: Library, question_or_test: str) -> float:
    """Expected gain of one open question or undone test; 0 where it can change nothing."""
    return expected_gains(outlook(given, library)).get(question_or_test, 0.0)


def _about_conditions(now: Outlook) -> dict[str, float]:
    """Best of the findings of each question or test, best of the sides."""
    best: dict[str, float] = {}
    for side in viewed_sides(now.known):
        net = condition_net(now.known, side)
        open_ones = [
            index
            for index, finding in enumerate(net.findings)
            if index not in net.observed and _can_be_found(now, finding)
        ]
        if open_ones and net.causes:
            worths = np.ones(len(net.causes))
            gains = noisy_or.expected_information(net.network, net.observed, open_ones, worths)
            _keep_best(best, (net.findings[index] for index in open_ones), gains.tolist())
    return best


def _keep_best(best: dict[str, float], found: Iterable[str], gains: Iterable[float]) -> None:
    for finding, gain in zip(found, gains, strict=True):
        source = finding.split("=")[0]
        best[source] = max(best.get(source, 0.0), gain)


def _can_be_found(now: Outlook, finding: str) -> bool:
    source = finding.split("=")[0]
    if finding in RUNNER_FACTS or source == "site" or source in now.given.answers:
        return False
    if source in now.library.clinical_tests:
        return source not in now.given.tests
    return source in now.library.questions


def _about_areas(now: Outlook) -> dict[str, float]:
    """Expected information about weak areas, all at once in one network of each side.

    Coarser than the verdicts: at most three areas are weak over the whole side, so a runner who is weak in
    many places is asked for fewer further tests.
    """
    best: dict[str, float] = {}
    for side, view in now.views.items():
        worths = {area: _area_worth(now, area, side) for area in now.library.areas}
        open_ones = [
            key
            for key, evidence in view.evidence.items()
            if key not in view.observed
            and _may_answer(now, key)
            and any(worths[area] for area in evidence.shares)
        ]
        if open_ones:
            _keep_best(best, open_ones, _area_gains(now, view, open_ones, worths))
    return best


def _area_gains(now: Outlook, view: AreaView, open_ones: list[str], worths: dict[str, float]) -> list[float]:
    basis = {key: _basis(now, key) for key in open_ones if key.split("=")[0] in now.library.clinical_tests}
    named = [*view.observed, *open_ones]
    network = network_of(view._replace(basis={**view.basis, **basis}), list(worths), named)
    observed = dict(enumerate(view.observed.values()))
    candidates = range(len(observed), len(named))
    weights = np.array(list(worths.values()))
    found: list[float] = noisy_or.expected_information(network, observed, candidates, weights).tolist()
    return found


def _basis(now: Outlook, finding: str) -> Weight:
    test = now.library.clinical_tests[finding.split("=")[0]]
    return "published" if any(one.basis == "published" for one in test.criteria) else "provisional"


def _may_answer(now: Outlook, finding: str) -> bool:
    """Whether the question is open, or the test is undone and able to tell a deficit."""
    source = finding.split("=")[0]
    test = now.library.clinical_tests.get(source)
    if test is not None:
        at_home = test.performed_by == "self"
        return at_home and source not in now.given.tests and _can_tell(test)
    return source not in now.given.answers


def _can_tell(test: ClinicalTest) -> bool:
    return bool(test.criteria) or any(option.meaning == "weak" for option in test.options)


def _area_worth(now: Outlook, area: str, side: Side) -> float:
    if now.known.no_pain:
        return PREVENTION_WORTH
    where: Side = side if now.library.areas[area].sided else "none"
    links = linked(Ties(now.known.edges, now.known.places, now.conditions), area, where)
    return worth(links, now.conditions) if links else 0.0


def _about_factors(now: Outlook) -> dict[str, float]:
    """A constant for each open question about load, mobility, stability or control at these sites."""
    gain = FACTOR_WORTH * _said_gain()
    return {
        key: gain
        for key, record in now.known.edges.factors.items()
        if isinstance(record, Question)
        and key not in now.given.answers
        and (not record.sites or now.given.sites & set(record.sites))
    }


def _said_gain() -> float:
    network = Network(
        priors=np.array([bins.FACTOR_PRIOR]), leaks=np.array([SAID.leak]), links=np.array([[SAID.link]])
    )
    return float(noisy_or.expected_information(network, {}, [0], np.ones(1))[0])
