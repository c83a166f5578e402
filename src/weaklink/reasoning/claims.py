"""Claims: what the literature says about an area and the painful sites, as worth, limits and reasons."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from weaklink.library.records import WeakLink
from weaklink.quantities import Message, Side, WeakLinkKind
from weaklink.reasoning import bins
from weaklink.reasoning.edges import Edges
from weaklink.reasoning.observed import BOTH

UNLINKED_WORTH = 0.05  # a weak area that no claim ties to this pain
# A control claim (the knee caves in, the pelvis drops) still runs over a weak muscle; stiffness does not.
STRENGTH_KINDS: tuple[WeakLinkKind, ...] = ("strength", "control")
CONDITION_SHARE = 0.5  # half of a claim's worth depends on how likely its conditions are


class Ties(NamedTuple):
    """What can tie an area to the pain: the edges, the painful places, belief in each condition."""

    edges: Edges
    places: frozenset[tuple[str, Side]]
    conditions: Mapping[str, float]


def linked(
    ties: Ties, area: str, side: Side, kinds: tuple[WeakLinkKind, ...] = STRENGTH_KINDS
) -> tuple[WeakLink, ...]:
    """The claims of these kinds that tie an area on one side to what hurts; the one worth most first.

    A sided area counts for pain on its side, in the midline, or with a side not said; side "none": all.
    A claim about conditions that cannot be here, for age or want of a flag, does not count.
    """
    conditions = ties.conditions
    sites = {site for site, where in ties.places if side not in BOTH or where in (side, "none")}
    found = [
        link
        for site in sites
        for link in ties.edges.links_at.get(site, ())
        if link.area == area
        and link.kind in kinds
        and (not link.conditions or conditions.keys() & set(link.conditions))
    ]
    return tuple(sorted(found, key=lambda link: (-round(_worth_given(link, conditions), 9), link.id)))


def grade_worth(link: WeakLink) -> float:
    """What the three grades of a claim are worth together, 0 to 1: helps > present > predicts."""
    grades = (link.helps.grade, link.present.grade, link.predicts.grade)
    worths = (bins.GRADE_WORTH[grade] * share for grade, share in zip(grades, bins.CLAIM_SHARES, strict=True))
    return sum(worths) / sum(bins.CLAIM_SHARES)


def worth(links: tuple[WeakLink, ...], conditions: Mapping[str, float]) -> float:
    """How much an area matters for this pain, 0 to 1: its best claim, given the likely conditions."""
    return max((_worth_given(link, conditions) for link in links), default=UNLINKED_WORTH)


def _worth_given(link: WeakLink, conditions: Mapping[str, float]) -> float:
    believed = max((conditions.get(key, 0.0) for key in link.conditions), default=0.0)
    return grade_worth(link) * (1.0 - CONDITION_SHARE + CONDITION_SHARE * believed)


def only_ideas(links: tuple[WeakLink, ...]) -> bool:
    """Whether no claim has a study behind it: then the area is at most possible behind this pain."""
    return all(
        claim.grade in bins.IDEA_ONLY for link in links for claim in (link.helps, link.present, link.predicts)
    )


def claims_for(links: tuple[WeakLink, ...]) -> tuple[Message, ...]:
    """What studies say for the best claim: that training helps, that weakness is found."""
    if not links:
        return ()
    best = links[0]
    return tuple(
        Message(
            f"differential.claim-{name}",
            {"area": best.area, "site": best.site, "link": best.id, "grade": claim.grade},
            tuple(claim.sources),
        )
        for name, claim in (("helps", best.helps), ("present", best.present))
        if claim.grade in ("strong", "moderate", "limited")
    )


def claims_against(links: tuple[WeakLink, ...]) -> tuple[Message, ...]:
    """What speaks against the best claim: its own evidence against, and whether weakness comes first."""
    if not links:
        return (Message("differential.no-claim"),)
    best = links[0]
    values: dict[str, str | int | float] = {"area": best.area, "site": best.site, "link": best.id}
    found = [Message("differential.claim-against", values, tuple(best.predicts.sources))]
    if best.predicts.grade in ("conflicting", "against"):
        name = f"differential.first-{best.predicts.grade}"
        found.append(Message(name, values, tuple(best.predicts.sources)))
    if only_ideas(links):
        found.append(Message("differential.idea-only", values))
    return tuple(found)
