"""Laws every ranking keeps, whoever the runner is."""

from __future__ import annotations

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from tests.reasoning.runners import LIBRARY, mirrored, ranked, runners, verdicts
from tests.searches import search

from weaklink.case.given import Given
from weaklink.case.hypothesis import Hypothesis
from weaklink.library.wording import shipped_wording
from weaklink.quantities import MIRROR, VERDICTS, Message
from weaklink.reasoning.deficits import INHIBITING_PAIN, readings

many = search(25, 100)


@many
@given(runners())
def test_mirrored_input_gives_mirrored_output(runner: Given) -> None:
    straight, mirror = ranked(runner), ranked(mirrored(runner))

    assert verdicts(mirror) == {
        (area, MIRROR[side]): word
        for (area, side), word in verdicts(straight).items()  # type: ignore[index]
    }
    assert [(row.id, MIRROR[row.side], row.verdict) for row in straight.conditions] == [
        (row.id, row.side, row.verdict) for row in mirror.conditions
    ]


@many
@given(runners(), st.randoms(use_true_random=False))
def test_the_order_of_answers_never_matters(runner: Given, shuffler: st.DataObject) -> None:
    def shuffled(table: dict) -> dict:
        keys = list(table)
        shuffler.shuffle(keys)  # type: ignore[attr-defined]
        return {key: table[key] for key in keys}

    places = list(runner.pain_at)
    shuffler.shuffle(places)  # type: ignore[attr-defined]
    other = msgspec.structs.replace(
        runner,
        pain_at=tuple(places),
        answers=shuffled(runner.answers),
        tests={key: shuffled(results) for key, results in shuffled(runner.tests).items()},
        pain=shuffled(runner.pain),
    )

    assert ranked(other) == ranked(runner)


@many
@given(runners())
def test_removing_a_source_for_never_raises_and_one_against_never_lowers(runner: Given) -> None:
    before = ranked(runner)
    for source in (*runner.tests, *runner.answers):
        after = verdicts(ranked(without(runner, source)))
        for row in before.hypotheses:
            speaks_for, speaks_against = spoken(row, source)
            if row.kind == "strength" and speaks_for != speaks_against:
                change = rank(row.verdict) - worst_or_best(after, row, speaks_for)
                assert change <= 0 if speaks_for else change >= 0, (source, row)


def without(runner: Given, source: str) -> Given:
    return msgspec.structs.replace(
        runner,
        tests={key: value for key, value in runner.tests.items() if key != source},
        answers={key: value for key, value in runner.answers.items() if key != source},
    )


def spoken(row: Hypothesis, source: str) -> tuple[bool, bool]:
    """Whether a test or question speaks for, and against, a hypothesis."""

    def names(message: Message) -> bool:
        finding = message.id.startswith(("examination.", "differential.sign"))
        said = message.values.get("test") or message.values.get("question")
        return finding and "cannot-tell" not in message.id and said == source

    return any(map(names, row.reasons_for)), any(map(names, row.reasons_against))


def rank(verdict: str) -> int:
    return VERDICTS.index(verdict)  # type: ignore[arg-type]


def worst_or_best(after: dict[tuple[str, str], str], row: Hypothesis, best: bool) -> int:
    sides = ("right", "left") if row.side == "both" else (row.side,)
    ranks = [rank(after.get((row.area, side), "cannot-tell")) for side in sides]
    return min(ranks) if best else max(ranks)


@many
@given(runners())
def test_likely_needs_more_than_a_published_error_without_pain_in_the_test(runner: Given) -> None:
    published = {
        area
        for one in readings(runner, LIBRARY)
        if one.says == "weak" and one.basis == "published" and (one.pain or 0) < INHIBITING_PAIN
        for area in LIBRARY.clinical_tests[one.test].areas
    }
    for row in ranked(runner).hypotheses:
        if row.kind == "strength" and row.verdict == "likely":
            assert row.area in published


@many
@given(runners())
def test_every_hypothesis_states_what_speaks_against_it_and_can_be_worded(runner: Given) -> None:
    wording = shipped_wording()
    for row in ranked(runner).hypotheses:
        assert row.reasons_against
        for message in (*row.reasons_for, *row.reasons_against):
            sentence = wording.say(message)
            assert "  " not in sentence
            assert "None" not in sentence


@many
@given(runners())
def test_nothing_without_its_flag(runner: Given) -> None:
    for row in ranked(runner).conditions:
        assert LIBRARY.conditions[row.id].share != "only-with-flag"


@many
@given(runners())
def test_each_area_has_one_row_for_each_side(runner: Given) -> None:
    rows = [(row.area, row.side) for row in ranked(runner).hypotheses]

    assert len(rows) == len(set(rows))
    for area, side in rows:
        assert side != "both" or not {(area, "right"), (area, "left")} & set(rows)
