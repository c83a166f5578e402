"""Why: every explanation names the weak part, what compensates and where it hurts; and finds the unnoticed."""

from __future__ import annotations

import pytest

from weaklink.care.begin import assess
from weaklink.case.case_file import read_given
from weaklink.library.reading import Library
from weaklink.library.wording import shipped_wording
from weaklink.reasoning.explanation import explain


@pytest.mark.statement("S3")
def test_every_chain_leads_from_the_weak_part_over_what_compensates_to_the_pain(library: Library) -> None:
    say = shipped_wording().say
    for site in library.regions:
        given = read_given({"age": 30, "pain_at": [site]}, library, assume_unanswered_no=True)
        ranked = assess(given, library, "greedy").differential
        for chain in explain(given, library, ranked).chains:
            assert chain.steps, chain.link
            sentences = [say(chain.weak), *map(say, chain.steps), say(chain.pain)]
            assert all(sentences), chain.link
            assert len(set(sentences)) == len(sentences), chain.link


@pytest.mark.statement("S4")
@pytest.mark.parametrize(
    ("area", "test", "weak", "fine"),
    [
        ("glute-med", "sidelying-hip-abduction-hold-or-reps", 10, 24),
        ("quads", "one-leg-sts-5", 16.0, 11.0),
        ("tib-post", "heel-raise-inversion-check", "unable", "able"),
    ],
)
def test_a_weakness_nobody_reported_is_found(
    area: str, test: str, weak: object, fine: object, library: Library
) -> None:
    site = {"glute-med": "knee-lateral", "quads": "knee-anterior", "tib-post": "ankle-medial"}[area]
    told = {"age": 35, "pain_at": [{"site": site, "side": "left"}]}
    tested = {**told, "tests": {test: {"left": weak, "right": fine}}}

    def flagged(given: dict[str, object]) -> set[tuple[str, str]]:
        found = assess(read_given(given, library, assume_unanswered_no=True), library, "greedy")
        rows = found.differential.hypotheses
        return {(row.area, row.side) for row in rows if row.verdict in ("likely", "possible")}

    assert (area, "left") not in flagged(told)
    assert (area, "left") in flagged(tested)
