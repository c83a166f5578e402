"""Disagreements: where the articles and the literature part ways, and what was decided (D1 to D10)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from weaklink.case.given import Given
from weaklink.case.hypothesis import Differential
from weaklink.library.reading import Library
from weaklink.library.records import ArticleDisagreement
from weaklink.quantities import Message
from weaklink.reasoning.claims import only_ideas
from weaklink.reasoning.examination import strength_tested


def disagreements(given: Given, library: Library, differential: Differential) -> tuple[Message, ...]:
    """The decisions that touch this runner, in the order of their numbers."""
    return tuple(
        message for record in in_order(library) for message in _about(record, given, library, differential)
    )


def in_order(library: Library) -> tuple[ArticleDisagreement, ...]:
    """All disagreements, in the order of their numbers."""
    found = (record for record in library.disagreements.values() if record.status != "retired")
    return tuple(sorted(found, key=lambda record: (record.order, record.id)))


def sentence_of(record: ArticleDisagreement) -> str:
    """The id of the message that says what was decided."""
    return f"explanation.{record.id}"


def _about(
    record: ArticleDisagreement, given: Given, library: Library, differential: Differential
) -> Iterator[Message]:
    """What is said of one disagreement: nothing, one sentence, or one for each condition it names."""
    sources = tuple(cited.cite for cited in record.sources)
    minutes: dict[str, str | int | float] = {"minutes": given.minutes} if "minutes" in record.fills else {}
    if record.touches == "conditions":
        near = {row.id for row in differential.conditions if row.verdict in ("likely", "possible")}
        for condition in (name for name in record.conditions if name in near):
            named = {"condition": condition} if "condition" in record.fills else {}
            yield Message(sentence_of(record), {**minutes, **named}, sources)
    elif _touches(record, given, library, differential):
        yield Message(sentence_of(record), minutes, sources)


def _touches(record: ArticleDisagreement, given: Given, library: Library, differential: Differential) -> bool:
    rows = differential.hypotheses
    holds: Mapping[str, Callable[[], bool]] = {
        "everyone": lambda: True,
        "in-pain": lambda: bool(given.pain_at),
        "areas": lambda: any(row.area in record.areas for row in rows),
        "load": lambda: any(row.kind == "load" for row in rows),
        "ideas-only": lambda: any(_is_idea(row.claims, library) for row in rows),
        "untested": lambda: not strength_tested(given, library),
        "any-condition": lambda: bool(differential.conditions),
    }
    return holds[record.touches]()


def _is_idea(claims: tuple[str, ...], library: Library) -> bool:
    """Whether there are claims and all of them come from the articles alone."""
    return bool(claims) and only_ideas(tuple(library.weak_links[name] for name in claims))
