"""The ranking of a result: nothing likely or possible is cut, and what nobody can tell stands in one line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.reasoning.truths import LIBRARY
from tests.web.states import State, planned, pointed, ranked
from tests.web.test_put_off import words_of
from tests.web.visitor import at_home
from weaklink.care.begin import assess
from weaklink.case.case_file import read_given


@pytest.mark.parametrize("state", [ranked, planned])
def test_every_row_of_the_judgement_has_its_place(tmp_path: Path, state: State) -> None:
    with at_home(tmp_path) as visitor:
        state(visitor)
        page = visitor.get("/result").text
        assert visitor.house is not None
        _, episode = visitor.house.records.present() or (None, None)
        assert episode is not None
    given = read_given(episode.given, LIBRARY, assume_unanswered_no=False)
    rows = assess(given, LIBRARY, "greedy").differential.hypotheses
    verdicts = [row.verdict for row in rows]
    listed = re.findall(r'<ol class="rank".*?</ol>', page, re.DOTALL)
    untold = words_of(page).partition("cannot tell yet")[2].partition("What would change this")[0]

    shown = sum(part.count("<li>") for part in listed)
    assert shown == verdicts.count("likely") + verdicts.count("possible") + min(2, verdicts.count("unlikely"))
    assert shown > 0
    assert "cannot-tell" in verdicts
    assert "Would tell:" in untold


def test_where_no_link_is_named_the_reasons_are_about_an_idea(tmp_path: Path) -> None:
    with at_home(tmp_path) as visitor:
        pointed(visitor)
        visitor.answer({})
        unnamed = words_of(visitor.get("/result").text)
        ranked(visitor)
        named = words_of(visitor.get("/result").text)

    assert "We cannot tell yet" in unnamed
    assert "One idea: Front of the thigh For" in unnamed
    assert "Why we think so" not in unnamed
    assert "Why we think so For" in named
