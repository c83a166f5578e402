"""Shapes of the API: the contract's answer as documented models."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from weaklink.quantities import Allows, Side, Tier, Verdict, WeakLinkKind


class CaseBody(BaseModel):
    """A case in the shape of a case file's [given]. Unanswered safety questions count as not asked."""

    model_config = ConfigDict(extra="forbid")
    given: dict[str, Any] = Field(
        examples=[{"age": 33, "pain_at": [{"site": "knee-lateral", "side": "left"}]}]
    )


class RuleShape(BaseModel):
    id: str
    tier: Tier
    because: str
    contradicts: list[str] | None = None


class DispositionShape(BaseModel):
    tier: Tier
    allows: Allows
    rules: list[RuleShape]
    unasked: list[str]
    guards: list[str]


class HypothesisShape(BaseModel):
    model_config = ConfigDict(populate_by_name=True)
    area: str
    side: Side
    kind: WeakLinkKind
    verdict: Verdict
    reasons_for: list[str] = Field(alias="for")
    against: list[str]
    claims: list[str]


class ConditionShape(BaseModel):
    id: str
    verdict: Verdict
    side: Side


class NextTestShape(BaseModel):
    id: str
    why: str


class AnswerShape(BaseModel):
    """Disposition, ranked weak links, what a professional might check, next test, plan or refusal."""

    disposition: DispositionShape
    hypotheses: list[HypothesisShape]
    conditions: list[ConditionShape]
    next_test: NextTestShape | None
    plan: dict[str, Any] | None
    plan_refused: list[str]
    conflict: dict[str, Any] | None
    edition: str


class ScreenShape(BaseModel):
    """The next screen of questions, or null when nothing more would change the result."""

    screen: str | None
    title: str | None
    questions: list[dict[str, Any]]
    number: int
    at_most: int
