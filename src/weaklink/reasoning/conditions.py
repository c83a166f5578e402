"""Conditions: what a professional might check, ranked by the noisy-OR over where and how it hurts."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from weaklink.case.disposition import Disposition
from weaklink.case.findings import Finding
from weaklink.case.given import Given
from weaklink.case.hypothesis import RankedCondition
from weaklink.library.reading import Library
from weaklink.library.records import Condition
from weaklink.quantities import VERDICTS, Side, Verdict
from weaklink.reasoning import bins, noisy_or
from weaklink.reasoning.edges import Edge, Edges, edges_of
from weaklink.reasoning.noisy_or import Floats, Network
from weaklink.reasoning.observed import BOTH, RUNNER_FACTS, painful, view

MOST_CAUSES = 40  # 10,701 states; the likeliest by prior and site stay when a library offers more
CALM = ("self-manage", "prevention")
NO_EDGE = Edge(0.0, 0.0)
CLEAR = 1e-6  # a change of belief that counts as one


class ConditionNet(NamedTuple):
    """The network seen from one side: its causes and findings by id, and what is known of them."""

    network: Network
    causes: tuple[str, ...]
    findings: tuple[str, ...]
    observed: dict[int, bool]
    urgent: frozenset[str]  # causes that are for a professional


class Seen(NamedTuple):
    """Everything the conditions are judged by."""

    edges: Edges
    places: frozenset[tuple[str, Side]]
    found: tuple[Finding, ...]
    flags: dict[str, frozenset[str]]  # fired red flag -> conditions it suggests
    age: int
    no_pain: bool


def seen(given: Given, library: Library, disposition: Disposition | None, found: tuple[Finding, ...]) -> Seen:
    """What is known for judging conditions. Flags count when their rule fired or their answer is yes."""
    fired = {rule.id for rule in disposition.rules} if disposition is not None else set()
    fired |= {flag for flag in library.red_flags if given.answers.get(flag) == "yes"}
    return Seen(
        edges=edges_of(library),
        places=painful(given, library),
        found=found,
        flags={
            flag: _suggested(given, library, library.red_flags[flag].suggests)
            for flag in sorted(fired)
            if flag in library.red_flags
        },
        age=given.age,
        no_pain=not given.pain_at,
    )


def _suggested(given: Given, library: Library, suggests: list[str]) -> frozenset[str]:
    """What a fired flag makes think of where it hurts; conditions without a place fit everywhere."""
    known = [library.conditions[key] for key in suggests if key in library.conditions]
    fitting = [
        one for one in known if not one.sites or given.sites.intersection((*one.sites, *one.other_sites))
    ]
    return frozenset(one.id for one in fitting)


def ranked_conditions(known: Seen) -> tuple[RankedCondition, ...]:
    """Every condition that takes part, most likely first, one row each."""
    sides: dict[Side, dict[str, RankedCondition]] = {}
    for side in viewed_sides(known):
        sides[side] = {row.id: row for row in _rows(known, side)}
    rows = [_one_row(key, known, sides) for key in sorted({key for each in sides.values() for key in each})]
    return tuple(sorted((row for row in rows if row is not None), key=_order))


def _order(row: RankedCondition) -> tuple[int, float, str]:
    """By the word, for it is what is read and acted on; then by belief."""
    return (VERDICTS.index(row.verdict), -round(row.belief, 9), row.id)


def viewed_sides(known: Seen) -> list[Side]:
    """Right and left where something hurts there, and the view over all sides."""
    hurting = {side for _, side in known.places}
    return [*(side for side in BOTH if side in hurting), "none"]


def _one_row(key: str, known: Seen, sides: dict[Side, dict[str, RankedCondition]]) -> RankedCondition | None:
    """A condition's row: of the side it can explain; of both in one when the words agree."""
    here = [side for side in BOTH if _touches(known, key, side)]
    rows = [sides[side][key] for side in here if key in sides.get(side, {})]
    if not rows:
        return sides["none"].get(key)
    best = max(rows, key=lambda row: row.belief)
    if len(rows) == 2 and rows[0].verdict == rows[1].verdict:
        return RankedCondition(
            id=key,
            side="both",
            verdict=best.verdict,
            belief=best.belief,
            findings_for=tuple(sorted({*rows[0].findings_for, *rows[1].findings_for})),
            findings_against=tuple(sorted({*rows[0].findings_against, *rows[1].findings_against})),
        )
    return best


def _touches(known: Seen, key: str, side: Side) -> bool:
    condition = known.edges.conditions[key]
    return any((site, side) in known.places for site in (*condition.sites, *condition.other_sites))


def _rows(known: Seen, side: Side) -> list[RankedCondition]:
    net = condition_net(known, side)
    if not net.causes:
        return []
    beliefs = noisy_or.posterior(net.network, net.observed)
    without = noisy_or.leave_one_out(net.network, net.observed)
    return [
        _row(net, place, side, float(belief), without[:, place] - belief)
        for place, belief in enumerate(beliefs)
    ]


def _row(net: ConditionNet, place: int, side: Side, belief: float, changes: Floats) -> RankedCondition:
    """`changes`: how belief would change without each observed finding, in the order of `observed`."""
    named = [net.findings[index] for index in net.observed]
    return RankedCondition(
        id=net.causes[place],
        side=side,
        verdict=_word(net, place, belief),
        belief=belief,
        findings_for=tuple(one for one, change in zip(named, changes, strict=True) if change < -CLEAR),
        findings_against=tuple(one for one, change in zip(named, changes, strict=True) if change > CLEAR),
    )


def _word(net: ConditionNet, place: int, belief: float) -> Verdict:
    """The verdict; likely needs a sign beyond site and runner, and a harmless condition its own site."""
    word = bins.word_for_condition(belief)
    links = net.network.links[place]
    present = {index for index, seen in net.observed.items() if seen and links[index] > 0}
    here = {index for index in present if net.findings[index].startswith("site=")}
    signs = {index for index in present - here if net.findings[index] not in RUNNER_FACTS}
    at_home = any(links[index] > bins.SITE_LINK["other"] for index in here)
    # An urgent one may be likely from a place it only sends pain to: that is how it is missed.
    placed = at_home or net.causes[place] in net.urgent
    return "possible" if word == "likely" and not (signs and placed) else word


def condition_net(known: Seen, side: Side) -> ConditionNet:
    """The network of the conditions that can explain the pain seen from one side.

    Findings without an edge to a taking-part condition are left out; unobserved ones stay, for questions.
    """
    causes = _taking_part(known, side)
    tables = [_with_flags(known, key) for key in causes]
    findings = tuple(sorted({finding for table in tables for finding in table}))
    present = view(known.found, side) | dict.fromkeys(known.flags, True)
    observed = {
        index: present[finding]
        for index, finding in enumerate(findings)
        if finding in present and _of_view(known, finding, side)
    }
    network = _network(known, causes, tables, findings)
    urgent = frozenset(key for key in causes if known.edges.conditions[key].tier not in CALM)
    return ConditionNet(network, causes, findings, observed, urgent)


def _of_view(known: Seen, finding: str, side: Side) -> bool:
    if not finding.startswith("site="):
        return True
    return finding.removeprefix("site=") in _sites(known, side)


def _sites(known: Seen, side: Side) -> set[str]:
    """Painful sites seen from a side: its own and those without one; from "none" all."""
    return {site for site, where in known.places if side == "none" or where in (side, "none")}


def _taking_part(known: Seen, side: Side) -> tuple[str, ...]:
    suggested = {key for keys in known.flags.values() for key in keys}
    keys = {key for site in _sites(known, side) for key in known.edges.at_site.get(site, ())}
    if known.no_pain:
        keys |= {key for key, one in known.edges.conditions.items() if one.tier == "prevention"}
    chosen = [
        key
        for key in sorted(keys | (suggested & known.edges.conditions.keys()))
        if _admitted(known.edges.conditions[key], known.age, key in suggested)
    ]
    return tuple(sorted(sorted(chosen, key=lambda key: -_prior(known, key))[:MOST_CAUSES]))


def _admitted(condition: Condition, age: int, suggested: bool) -> bool:
    if condition.needs_age is not None and not condition.needs_age[0] <= age <= condition.needs_age[1]:
        return False
    return suggested or condition.share != "only-with-flag"


def _prior(known: Seen, key: str) -> float:
    return bins.SHARE_PRIOR[known.edges.conditions[key].share]


def _with_flags(known: Seen, key: str) -> dict[str, Edge]:
    """A condition's edges, with those of the fired flags that suggest it."""
    table = dict(known.edges.condition_edges[key])
    for flag, suggests in known.flags.items():
        if key in suggests:
            table[flag] = Edge(bins.FLAG_LINK, 0.0)
    return table


def _network(
    known: Seen, causes: tuple[str, ...], tables: list[dict[str, Edge]], findings: tuple[str, ...]
) -> Network:
    shape = (len(causes), len(findings))
    edges = [[table.get(finding, NO_EDGE) for finding in findings] for table in tables]
    return Network(
        priors=np.array([_prior(known, key) for key in causes]),
        leaks=np.array([_leak(known, finding) for finding in findings]),
        links=np.array([[edge.link for edge in row] for row in edges], dtype=float).reshape(shape),
        blocks=np.array([[edge.block for edge in row] for row in edges], dtype=float).reshape(shape),
    )


def _leak(known: Seen, finding: str) -> float:
    if finding in known.flags:
        return bins.FLAG_LEAK
    return bins.SITE_LEAK if finding.startswith("site=") else bins.SIGN_LEAK
