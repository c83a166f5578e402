"""The knowledge that ships: whole, reachable, worded as it should be."""

from __future__ import annotations

from weaklink.library.checking import check_library
from weaklink.library.reading import KINDS, Library
from weaklink.review.book import render_book
from weaklink.review.reachability import check_reachability


def test_the_shipped_knowledge_has_no_problem(library: Library) -> None:
    assert [str(problem) for problem in check_library(library)] == []


def test_every_question_outcome_and_exercise_is_reached(library: Library) -> None:
    assert [str(problem) for problem in check_reachability(library)] == []


def test_no_record_claims_a_review_that_has_not_happened(library: Library) -> None:
    reviewed = [
        f"{kind}/{record.id}"
        for kind in KINDS
        for record in library.of_kind(kind).values()
        if record.status == "reviewed" or record.reviewed_by
    ]

    assert reviewed == []


def test_the_book_holds_every_record(library: Library) -> None:
    book = render_book(library, None)
    lost = [
        f"{kind}/{name}"
        for kind in KINDS
        for name in library.of_kind(kind)
        if f'id="{kind}--{name}"' not in book
    ]

    assert lost == []
