"""The lines of a result: what its pages show of a chain, a ranking and its reasons, in words."""

from __future__ import annotations

from typing import Literal

import msgspec

from weaklink.web.figures.live_figure import LiveFigure
from weaklink.web.result.changes import ChangedLines
from weaklink.web.result.ranking import RankGroup, UntoldLine


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
    """One reason: the fact, in bold where its meaning follows, and what opens on a tap."""

    fact: str
    says: str = ""
    more: str = ""


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
    reasons_title: str
    reasons_for: list[ReasonLine]
    reasons_against: list[ReasonLine]
    ranks: list[RankGroup]
    untold: UntoldLine
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
