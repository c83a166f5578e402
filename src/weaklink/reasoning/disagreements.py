"""Disagreements: where the articles and the literature part ways, and what was decided (D1 to D10)."""

from __future__ import annotations

from collections.abc import Iterator

from weaklink.case.given import Given
from weaklink.case.hypothesis import Differential
from weaklink.library.reading import Library
from weaklink.quantities import Message
from weaklink.reasoning.claims import only_ideas
from weaklink.reasoning.examination import strength_tested

# A condition that is likely or possible, and the article's advice that is changed because of it (D5).
CHANGED_ADVICE: dict[str, tuple[str, tuple[str, ...]]] = {
    "gtps": ("explanation.d5-outer-hip", ("grimaldi-2017",)),
    "pht": ("explanation.d5-sit-bone", ("design-decisions",)),
    "tib-post-tendinopathy": ("explanation.d5-arch", ("design-decisions",)),
    "patellofemoral-pain": ("explanation.d5-wall-squat", ("design-decisions",)),
}
GLUTES = {"glute-max", "glute-med"}


def disagreements(given: Given, library: Library, differential: Differential) -> tuple[Message, ...]:
    """The decisions that touch this runner, in the order of their numbers."""
    return (
        *_about_effort(given),
        *_about_glutes(differential),
        *_about_advice(differential),
        *_about_load(differential),
        *_about_ideas(library, differential),
        *_about_tests(given, library),
        *_about_conditions(differential),
    )


def _about_effort(given: Given) -> Iterator[Message]:
    """D1 pain by tissue, D2 effort, D3 how many moves fit."""
    if given.pain_at:
        yield Message("explanation.d1", {}, ("article-a", "article-b", "thomee-1997", "silbernagel-2007"))
    yield Message("explanation.d2", {}, ("article-a", "article-b", "halperin-2022"))
    yield Message("explanation.d3", {"minutes": given.minutes}, ("article-b", "design-decisions"))


def _about_glutes(differential: Differential) -> Iterator[Message]:
    if any(row.area in GLUTES for row in differential.hypotheses):
        yield Message("explanation.d4", {}, ("article-a", "article-b"))


def _about_advice(differential: Differential) -> Iterator[Message]:
    near = {row.id for row in differential.conditions if row.verdict in ("likely", "possible")}
    for condition, (name, sources) in CHANGED_ADVICE.items():
        if condition in near:
            yield Message(name, {"condition": condition}, sources)


def _about_load(differential: Differential) -> Iterator[Message]:
    if any(row.kind == "load" for row in differential.hypotheses):
        yield Message("explanation.d6", {}, ("frandsen-2025", "esculier-2018"))


def _about_ideas(library: Library, differential: Differential) -> Iterator[Message]:
    ideas = [
        row
        for row in differential.hypotheses
        if row.claims and only_ideas(tuple(library.weak_links[key] for key in row.claims))
    ]
    if ideas:
        yield Message("explanation.d7", {}, ("article-a", "article-b"))


def _about_tests(given: Given, library: Library) -> Iterator[Message]:
    if not strength_tested(given, library):
        yield Message("explanation.d9")


def _about_conditions(differential: Differential) -> Iterator[Message]:
    if differential.conditions:
        yield Message("explanation.d10")
