"""The law of the interview over thousands of truths; the counts are printed."""

from __future__ import annotations

import pytest

from tests.reasoning.test_interview_laws import never_less_urgent, never_looser
from tests.searches import reach

PARTS = 6  # so that two cores share them


@pytest.mark.search
@pytest.mark.parametrize("part", range(PARTS))
def test_an_interview_is_never_looser_than_the_case_file(part: int) -> None:
    never_looser(10 + part, reach(20, 3_400))


@pytest.mark.search
@pytest.mark.parametrize("part", range(PARTS))
def test_a_more_alarming_answer_never_ends_less_urgently(part: int) -> None:
    never_less_urgent(10 + part, reach(10, 1_000))
