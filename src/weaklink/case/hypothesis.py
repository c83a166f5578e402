"""Hypotheses: ranked weak links and ranked conditions, as words with reasons."""

from __future__ import annotations

import msgspec

from weaklink.quantities import Message, Side, Verdict, WeakLinkKind


class Hypothesis(msgspec.Struct, frozen=True, kw_only=True):
    """One area (or `load`) that may be the weak link, on one side."""

    area: str  # area id, or "running-load" for kind = load, or a question id for mobility and control
    side: Side
    kind: WeakLinkKind
    verdict: Verdict
    reasons_for: tuple[Message, ...] = ()
    reasons_against: tuple[Message, ...] = ()
    claims: tuple[str, ...] = ()  # weak-link ids
    belief: float = 0.0  # posterior in the model; for ordering only, never shown


class RankedCondition(msgspec.Struct, frozen=True, kw_only=True):
    """What a professional might check. Findings are ids, as in `case.findings`, for the clinician's view."""

    id: str
    side: Side
    verdict: Verdict
    belief: float = 0.0
    findings_for: tuple[str, ...] = ()
    findings_against: tuple[str, ...] = ()


class Differential(msgspec.Struct, frozen=True, kw_only=True):
    """Most likely first, both lists. `no_deficit` = every test done so far was fine."""

    hypotheses: tuple[Hypothesis, ...]
    conditions: tuple[RankedCondition, ...]
    no_deficit: bool = False

    @property
    def weak_link(self) -> Hypothesis | None:
        """What may be called a weak link: what leads, where it is about strength and more than an idea."""
        leading = self.hypotheses[0] if self.hypotheses else None
        found = (
            leading is not None and leading.kind == "strength" and leading.verdict in ("likely", "possible")
        )
        return leading if found else None


class NextTest(msgspec.Struct, frozen=True, kw_only=True):
    """The home test that would change the ranking most."""

    id: str
    why: Message
    gain: float = 0.0
