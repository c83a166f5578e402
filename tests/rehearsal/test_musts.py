"""The clinician's demands on the seven stories: every one is kept."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.rehearsal.musts import MUSTS, Must
from tests.rehearsal.stories import NAMES, course

COUNTS = {
    "s01-kneecap-novice": 4, "s02-patellar-lifter": 4, "s03-achilles-50km": 4, "s04-gtps": 3,
    "s05-masters-bone": 4, "s06-pht": 3, "s07-tib-post": 2,
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("must", MUSTS, ids=lambda must: f"{must.story}: {must.says}")
def test_must(must: Must) -> None:
    assert must.keeps(course(must.story))


def test_none_is_dropped() -> None:
    assert Counter(must.story for must in MUSTS) == COUNTS
    assert sorted(COUNTS) == NAMES


@pytest.mark.parametrize("must", MUSTS, ids=lambda must: f"{must.story}: {must.says}")
def test_an_empty_course_keeps_nothing(must: Must) -> None:
    with pytest.raises(AssertionError):
        assert must.keeps({"weeks": [], "notes": [], "refused": ["x"]})
