"""The catalogue: questions and tests as JSON-ready documents, for the command line and the API."""

from __future__ import annotations

from typing import Any

from weaklink.case.case_file import possible_answers
from weaklink.library.reading import Library
from weaklink.library.records import ClinicalTest, Question


def question_documents(library: Library) -> list[dict[str, Any]]:
    """Every question a case, a page or a program can answer."""
    return [_question(question) for question in library.questions.values() if question.status != "retired"]


def _question(question: Question) -> dict[str, Any]:
    return {
        "id": question.id,
        "kind": question.kind,
        "decides": question.decides,
        "text": question.text,
        "why": question.why,
        "answers": [] if question.kind == "number" else possible_answers(question),
        "unit": question.unit,
        "min": question.min,
        "max": question.max,
        "sites": question.sites,
    }


def clinical_test_documents(library: Library) -> list[dict[str, Any]]:
    """Every test with how its result is written down."""
    return [_test(test) for test in library.clinical_tests.values() if test.status != "retired"]


def _test(test: ClinicalTest) -> dict[str, Any]:
    return {
        "id": test.id,
        "name": test.name,
        "areas": test.areas,
        "performed_by": test.performed_by,
        "value": test.value,
        "unit": test.unit,
        "sided": test.sided,
        "options": [option.id for option in test.options],
        "levels": test.levels,
        "min": test.min,
        "max": test.max,
        "error": test.error,
    }
