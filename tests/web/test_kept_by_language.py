"""What is kept by the server is kept for each language: nobody reads what was made for somebody else."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.application import application, house_at
from weaklink.case.case_file import read_given
from weaklink.case.given import Given
from weaklink.library.reading import Library, shipped_library
from weaklink.web.figures.figure_files import FigureFiles
from weaklink.web.visit.assessments import KeptAssessments

FRENCH = "fr"


class Remembering:
    """A planner that plans nothing and remembers in which languages it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def assess(self, given: Given, language: str) -> None:
        self.asked.append(language)

    def prepare(self, language: str) -> None:
        self.asked.append(f"prepared {language}")


@pytest.fixture
def given(library: Library) -> Given:
    table = {"age": 30, "pain_at": [{"site": "knee-anterior", "side": "left"}], "minutes": 20}
    return read_given(table, library, assume_unanswered_no=True)


def test_an_assessment_made_in_one_language_is_never_shown_in_another(given: Given) -> None:
    planner = Remembering()
    kept = KeptAssessments(planner)  # type: ignore[arg-type]

    async def both() -> None:
        for language in ("en", FRENCH, "en", FRENCH):
            await kept.of(given, shipped_library(language), best_plan=True)

    asyncio.run(both())
    kept.prepare_plan(FRENCH)

    assert planner.asked == ["en", FRENCH, "prepared fr"]


def test_the_words_about_muscles_have_an_address_for_each_language(tmp_path: Path) -> None:
    house = house_at(tmp_path)
    try:
        application(house)
        files = FigureFiles(house)

        assert "language=en" in files.words_address("en")
        assert files.words_address("en") != files.words_address(FRENCH)
    finally:
        house.records.close()
