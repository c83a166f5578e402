"""The chain: weak part, what takes over, where it hurts; with three grades and the evidence against."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from weaklink.body.weakness import strength_from_force, strength_from_repetitions
from weaklink.case.given import Given
from weaklink.case.hypothesis import Hypothesis
from weaklink.library.reading import Library
from weaklink.library.records import GradedClaim, WeakLink
from weaklink.mechanics.leg_findings import ModelFindings
from weaklink.quantities import Grade, Message, Side
from weaklink.reasoning.model_says import model_says
from weaklink.reasoning.observed import BOTH

# How a part falls short, by the kind of claim; every other kind is about strength.
FAILING = {"mobility": "stiff", "stability": "unsteady"}
# Units of results that are strength itself, or nearly: a force, a moment, either over body size.
FORCES = frozenset({"N", "mmHg or N", "Nm", "Nm/kg", "% body weight x height", "x body weight"})
REPETITIONS = "reps"


class GradeLine(msgspec.Struct, frozen=True, kw_only=True):
    """One of the three questions about a claim, with the grade and what the sources say."""

    question: Message
    grade: Grade
    word: Message
    says: Message


class Chain(msgspec.Struct, frozen=True, kw_only=True):
    """One weak link explained. `takes_over` names muscles by id, other structures in plain words."""

    link: str
    area: str
    side: Side
    site: str
    weak: Message
    steps: tuple[Message, ...]
    pain: Message
    takes_over: tuple[str, ...]
    grades: tuple[GradeLine, GradeLine, GradeLine]
    against: Message
    idea: Message | None  # said where only the articles carry it
    extent: Message
    model: tuple[Message, ...]  # what the muscle model says, limits last; empty where it has no such muscle
    sources: tuple[str, ...]


def chains_of(
    row: Hypothesis, given: Given, library: Library, findings: ModelFindings | None = None
) -> tuple[Chain, ...]:
    """The chains of one hypothesis, best graded first; none where no claim ties it to the pain."""
    links = [library.weak_links[key] for key in row.claims if key in library.weak_links]
    return tuple(_chain(link, row, given, findings) for link in links)


def _chain(link: WeakLink, row: Hypothesis, given: Given, findings: ModelFindings | None) -> Chain:
    values: dict[str, str | int | float] = {"link": link.id, "area": link.area, "site": link.site}
    where = "-one-side" if row.side in BOTH else ""
    return Chain(
        link=link.id,
        area=link.area,
        side=row.side,
        site=link.site,
        weak=Message(f"explanation.{FAILING.get(link.kind, 'weak')}{where}", {**values, "side": row.side}),
        steps=tuple(Message("explanation.step", {"link": link.id, "text": step}) for step in link.chain),
        pain=Message("explanation.pain", values),
        takes_over=tuple(link.takes_over),
        grades=_grades(link, values),
        against=Message("explanation.against", values),
        idea=_idea(link, values),
        extent=extent(row, given),
        model=_model(link, row, given, findings),
        sources=tuple(sorted({cited.cite for cited in link.sources})),
    )


def _grades(link: WeakLink, values: dict[str, str | int | float]) -> tuple[GradeLine, GradeLine, GradeLine]:
    def line(name: str, claim: GradedClaim) -> GradeLine:
        return GradeLine(
            question=Message(f"explanation.{name}", values),
            grade=claim.grade,
            word=Message(f"explanation.grade-{claim.grade}"),
            says=Message(f"explanation.{name}-says", values, tuple(claim.sources)),
        )

    return line("predicts", link.predicts), line("present", link.present), line("helps", link.helps)


def _idea(link: WeakLink, values: dict[str, str | int | float]) -> Message | None:
    untested = all(claim.grade == "none-known" for claim in (link.predicts, link.present, link.helps))
    return Message("explanation.idea", values) if untested else None


def _model(
    link: WeakLink, row: Hypothesis, given: Given, findings: ModelFindings | None
) -> tuple[Message, ...]:
    """Only where strength is the question: a stiff or unsteady part is no weak muscle."""
    if findings is None or link.kind in FAILING:
        return ()
    return model_says(link.area, link.site, _strength(row), given.km_per_week, findings)


def extent(row: Hypothesis, given: Given) -> Message:
    """How soon another part has to help: how weak it is, times how often you run (S9)."""
    behind = _behind(row)
    if behind is not None and given.km_per_week:
        values: dict[str, str | int | float] = {"percent": behind, "km": given.km_per_week, "side": row.side}
        return Message("explanation.extent-measured", values)
    return Message("explanation.extent", {"area": row.area})


def _behind(row: Hypothesis) -> int | None:
    """How much less the weaker side did, in percent of the other, by its clearest side comparison."""
    shares = [round(100 * (1 - low / high)) for low, high, _ in _sides(row)]
    return max(shares, default=None)


def _strength(row: Hypothesis) -> float | None:
    """The weaker side's strength as a share of the other, where a test can say it; the clearest one.

    Forces compare as they are, repetitions through the one-repetition maximum; seconds of holding say more
    of endurance than of strength.
    """
    shares = [
        strength_from_force(low, high) if unit in FORCES else strength_from_repetitions(int(low), int(high))
        for low, high, unit in _sides(row)
        if (unit in FORCES and low > 0) or unit == REPETITIONS
    ]
    return min(shares, default=None)


def _sides(row: Hypothesis) -> Iterator[tuple[float, float, str]]:
    """Every side comparison that speaks for the row: the smaller result, the larger one, their unit."""
    for message in row.reasons_for:
        if message.id.startswith("examination.sides-weak"):
            low, high = sorted(float(message.values[key]) for key in ("value", "other"))
            if high > 0:
                yield low, high, str(message.values["unit"])
