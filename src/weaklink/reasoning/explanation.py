"""The explanation: why, for one runner; chains, what follows from them, and where sources disagree."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from weaklink.case.given import Given
from weaklink.case.hypothesis import Differential
from weaklink.library.reading import Library
from weaklink.mechanics.findings import ModelFindings
from weaklink.quantities import Message
from weaklink.reasoning.chain import Chain, chains_of
from weaklink.reasoning.disagreements import disagreements

# Facts said where these weak areas are tied to these sites (S31, S18).
FACTS_OF_LINKS = {
    "quads--knee-anterior": ("not-only-vmo", "hip-or-knee-equal"),
    "glute-med--knee-anterior": ("hip-or-knee-equal",),
    "glute-med--back-lower": ("weak-glutes-back-pain",),
}
KNEE = "knee"


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
        consequences=tuple(_consequences(given, library)),
        facts=_facts(chains, library),
        other_culprits=tuple(_other_culprits(given, library, differential)),
        disagreements=disagreements(given, library, differential),
    )


def fact(name: str, library: Library) -> Iterator[Message]:
    """A fact of the knowledge with its sources; nothing where the library lacks it."""
    record = library.facts.get(name)
    if record is not None:
        yield Message("explanation.fact", {"fact": name}, tuple(one.cite for one in record.sources))


def _consequences(given: Given, library: Library) -> Iterator[Message]:
    """S2 for the knee; S3 and S9 wherever something hurts or may come to hurt."""
    if any(site.startswith(KNEE) for site in given.sites):
        yield from fact("consequence", library)
    yield from fact("weakness-goes-unnoticed", library)
    yield from fact("slack-is-picked-up", library)


def _facts(chains: tuple[Chain, ...], library: Library) -> tuple[Message, ...]:
    names = [name for chain in chains for name in FACTS_OF_LINKS.get(chain.link, ())]
    names += ["weakness-before-or-after"] if chains else []
    return tuple(message for name in dict.fromkeys(names) for message in fact(name, library))


def _other_culprits(given: Given, library: Library, differential: Differential) -> Iterator[Message]:
    """S10: what else weighs in; what this runner named comes first."""
    for row in differential.hypotheses:
        if row.kind != "strength" and row.verdict in ("likely", "possible"):
            yield from row.reasons_for
    yield from fact("not-only-strength", library)
    if given.pain_at:
        yield from fact("load-advice-counts", library)
