"""Situations: in which moments it is worth asking for a pain number, by where it hurts."""

from __future__ import annotations

from weaklink.library.reading import Library
from weaklink.library.records import PainSituation

ALWAYS: tuple[PainSituation, ...] = ("run", "walk", "night", "rest")
ORDER: tuple[PainSituation, ...] = ("run", "walk", "stairs", "sit", "morning", "rest", "night", "jump")


def situations(
    sites: frozenset[str], library: Library, also: frozenset[str] = frozenset()
) -> tuple[PainSituation, ...]:
    """The moments to ask about. Jumping is asked about as remembered, never to be tried.

    `also`: names "pain-<moment>" that a rule waits for.
    """
    regions = (library.regions[site] for site in sites)
    wanted = {*ALWAYS, *(moment for region in regions for moment in region.pain_moments)}
    return tuple(moment for moment in ORDER if moment in wanted or f"pain-{moment}" in also)
