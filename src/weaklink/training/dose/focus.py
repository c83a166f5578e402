"""What to train: the areas of the ranked weak links, most important first, with their side."""

from __future__ import annotations

import msgspec

from weaklink.case.hypothesis import Differential, Hypothesis
from weaklink.library.reading import Library
from weaklink.quantities import Side, Verdict, WeakLinkKind

TRAINED: tuple[Verdict, ...] = ("likely", "possible", "cannot-tell")


class Focus(msgspec.Struct, frozen=True, kw_only=True):
    """One area to train and why. `side` is the side that goes first; both if neither does."""

    area: str
    side: Side
    verdict: Verdict
    kind: WeakLinkKind = "strength"
    claims: tuple[str, ...] = ()


def areas_of(hypothesis: Hypothesis, library: Library) -> tuple[str, ...]:
    """The areas a hypothesis speaks for: its own, or those of the finding it is named after."""
    if hypothesis.area in library.areas:
        return (hypothesis.area,)
    question = library.questions.get(hypothesis.area)
    return tuple(question.areas) if question is not None else ()


def leading_side(sides: list[Side]) -> Side:
    """The one side named by all, or both."""
    named = {side for side in sides if side not in ("none", "not-said")}
    if not named:
        return "none"
    return named.pop() if len(named) == 1 else "both"


def merged_focus(area: str, named: list[Hypothesis]) -> Focus:
    """All hypotheses about one area as one; those with the best verdict and belief decide the side."""
    best = min(named, key=lambda hypothesis: TRAINED.index(hypothesis.verdict)).verdict
    leaders = [hypothesis for hypothesis in named if hypothesis.verdict == best]
    claims = dict.fromkeys(claim for hypothesis in leaders for claim in hypothesis.claims)
    belief = max(hypothesis.belief for hypothesis in leaders)
    side = leading_side([hypothesis.side for hypothesis in leaders if hypothesis.belief == belief])
    kind = next(hypothesis.kind for hypothesis in leaders if hypothesis.belief == belief)
    return Focus(area=area, side=side, verdict=best, kind=kind, claims=tuple(claims))


def focuses(library: Library, differential: Differential) -> tuple[Focus, ...]:
    """The areas to train in the order of the hypotheses; none when no test found a deficit."""
    if differential.no_deficit:
        return ()
    by_area: dict[str, list[Hypothesis]] = {}
    for hypothesis in differential.hypotheses:
        if hypothesis.kind != "load" and hypothesis.verdict in TRAINED:
            for area in areas_of(hypothesis, library):
                by_area.setdefault(area, []).append(hypothesis)
    found = [merged_focus(area, named) for area, named in by_area.items()]
    return tuple(sorted(found, key=lambda focus: TRAINED.index(focus.verdict)))
