"""The explanation: why, for one runner; chains, what follows from them, and where sources disagree."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from weaklink.case.given import Given
from weaklink.case.hypothesis import Differential
from weaklink.library.reading import Library
from weaklink.library.records import Fact, Told
from weaklink.mechanics.leg_findings import ModelFindings
from weaklink.quantities import Message
from weaklink.reasoning.chain import Chain, chains_of
from weaklink.reasoning.disagreements import disagreements
from weaklink.reasoning.facts import concerns, facts_told


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """Everything the page of reasons needs; nothing here names an exercise to do."""

    chains: tuple[Chain, ...]  # in the order of the hypotheses
    consequences: tuple[Message, ...]  # what may follow if nothing changes
    facts: tuple[Message, ...]  # figures and corrected beliefs that belong to these chains
    other_culprits: tuple[Message, ...]  # not only weakness
    disagreements: tuple[Message, ...]


def explain(
    given: Given, library: Library, differential: Differential, findings: ModelFindings | None = None
) -> Explanation:
    """The reasons behind a ranking, as values for any page or sheet.

    Args:
        findings: what the muscle model says (`library.model_findings.shipped_findings`); without it the
            chains carry no sentences of the model.
    """
    chains = tuple(
        chain for row in differential.hypotheses for chain in chains_of(row, given, library, findings)
    )
    return Explanation(
        chains=chains,
        consequences=tuple(_told("consequences", given, library)),
        facts=_facts(chains, given, library),
        other_culprits=tuple(_other_culprits(given, library, differential)),
        disagreements=disagreements(given, library, differential),
    )


def _said(fact: Fact) -> Message:
    """A fact of the knowledge with its sources."""
    return Message("explanation.fact", {"fact": fact.id}, tuple(one.cite for one in fact.sources))


def _told(where: Told, given: Given, library: Library) -> Iterator[Message]:
    """What is told in one place to this runner: S2 for the knee, S3 and S9 whatever hurts or may come to."""
    return (_said(fact) for fact in facts_told(where, library) if concerns(fact, given))


def _facts(chains: tuple[Chain, ...], given: Given, library: Library) -> tuple[Message, ...]:
    """What belongs to the links of these chains (S31, S18), then to any chain."""
    links = (library.weak_links[chain.link] for chain in chains)
    found = [_said(library.facts[name]) for link in links for name in link.facts]
    found += _told("chains", given, library) if chains else []
    return tuple({message.values["fact"]: message for message in found}.values())


def _other_culprits(given: Given, library: Library, differential: Differential) -> Iterator[Message]:
    """S10: what else weighs in; what this runner named comes first."""
    for row in differential.hypotheses:
        if row.kind != "strength" and row.verdict in ("likely", "possible"):
            yield from row.reasons_for
    yield from _told("other-culprits", given, library)
