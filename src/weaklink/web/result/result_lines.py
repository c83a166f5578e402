"""The lines of a result: what its pages show of a chain, a ranking and its reasons, in words."""

from __future__ import annotations

from typing import Literal

import msgspec

from weaklink.web.figures.live_figure import LiveFigure
from weaklink.web.result.changes import ChangedLines


class ChainFigure(msgspec.Struct, frozen=True, kw_only=True):
    """The runner with a chain on it: what is weak or stiff (`label`), what takes over, where it hurts."""

    area: str
    site: str
    side: str
    takes_over: list[str]
    label: str
    described: str
    live: LiveFigure | None = None  # see figures/parts/live.html


class ChainLine(msgspec.Struct, frozen=True, kw_only=True):
    """One step of a chain."""

    kind: Literal["weak", "takes", "pain"]
    says: str
    note: str = ""


class CareLine(msgspec.Struct, frozen=True, kw_only=True):
    """One reason to see a professional as well."""

    says: str


class ReasonLine(msgspec.Struct, frozen=True, kw_only=True):
    """One reason: the fact in bold, its meaning after it."""

    fact: str
    says: str


class RankLine(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the ranking; `url` is the evidence of its first claim, or empty."""

    name: str
    verdict: str
    kind: str
    note: str
    url: str


class GradeShown(msgspec.Struct, frozen=True, kw_only=True):
    """One of the three claims of the leading link with its grade; `sources` is how many there are."""

    question: str
    grade: str
    says: str
    url: str
    sources: int


class NextTestLine(msgspec.Struct, frozen=True, kw_only=True):
    """The test that would change the ranking most, and why."""

    url: str
    name: str
    why: str
    minutes: str


class TestsLeft(msgspec.Struct, frozen=True, kw_only=True):
    """How many tests are worth doing, and how long they take."""

    count: int
    minutes: str


class ConditionLine(msgspec.Struct, frozen=True, kw_only=True):
    """One condition for the clinician."""

    name: str
    verdict: str
    icd: list[str]
    why: str
    side: str


class ResultPage(msgspec.Struct, frozen=True, kw_only=True):
    """What the result page shows; "first" is the stage before any test. Empty lists hide their part."""

    back: str
    stage: Literal["first", "full"]
    sentence: str
    lede: str
    care: list[CareLine]
    safety_net: list[str]
    changed: ChangedLines | None
    figure: ChainFigure | None
    places: list[tuple[str, str]]
    chain: list[ChainLine]
    consequence: list[str]
    reasons_for: list[ReasonLine]
    reasons_against: list[ReasonLine]
    ranks: list[RankLine]
    claims: list[GradeShown]
    model: list[str]
    facts: list[str]
    disagreements: list[str]
    next_test: NextTestLine | None
    tests_left: TestsLeft | None
    can_plan: bool
    view: Literal["runner", "clinician"]
    conditions: list[ConditionLine]
    often_called: list[str]
