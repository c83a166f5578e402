"""The physiotherapist's plan as a case file says it: read exactly, written again, refused by the field."""

from __future__ import annotations

from typing import Any

import jsonschema_rs
import pytest

from weaklink.care.schema import given_schema
from weaklink.case.case_file import CaseError, read_given
from weaklink.case.load import Load
from weaklink.case.prescribed_move import PrescribedMove, is_prescribed, slug, words_of
from weaklink.case.prescription import MOST_A_DAY, MOST_MOVES, prescription_table
from weaklink.case.readable import readable
from weaklink.case.values import TogetherError
from weaklink.library.reading import Library

CLAM: dict[str, Any] = {"move": "clamshell", "sets": 3, "reps": 12, "days": ["mon", "wed"]}
DROPS: dict[str, Any] = {
    "named": "Heel drops on the stairs", "areas": ["calf-soleus", "calf-gastroc"], "jumps": False, "side": "left",
    "sets": 5, "hold_s": 45, "rest_s": 120, "load": {"kind": "dumbbell-each", "kg": 7.5}, "days": ["sun", "mon"],
    "by": "Anna", "agreed": ["gate-hop-gate"],
}  # fmt: skip


def read(library: Library, *moves: dict[str, Any]) -> tuple[PrescribedMove, ...]:
    given = read_given({"age": 33, "prescribed": list(moves)}, library, assume_unanswered_no=True)
    return given.prescribed


def test_what_was_written_is_read_and_written_again_as_it_was(library: Library) -> None:
    clam, drops = read(library, CLAM, DROPS)

    assert (clam.move, clam.side, clam.sets, clam.reps, clam.hold_s) == ("clamshell", "both", 3, 12, None)
    assert clam.days == ("mon", "wed")
    assert drops.load == Load(kind="dumbbell-each", kg=7.5)
    assert (drops.hold_s, drops.rest_s, drops.side, drops.by) == (45, 120, "left", "Anna")
    assert drops.days == ("mon", "sun")
    assert read(library, *prescription_table((clam, drops))) == (clam, drops)


def test_a_sided_move_done_with_both_legs_at_once_stays_so(library: Library) -> None:
    (together,) = read(library, {**CLAM, "side": "none"})

    assert read(library, *prescription_table([together])) == (together,)
    assert together.side == "none"


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        (7, "given.prescribed[0]: found 7"),
        ({}, "given.prescribed[0].move: expected either move"),
        ({**CLAM, "named": "x"}, "given.prescribed[0].move: expected either move"),
        ({**CLAM, "move": "clamshel"}, "given.prescribed[0].move: unknown exercise"),
        ({**CLAM, "move": ["clamshell"]}, "given.prescribed[0].move: unknown exercise"),
        ({**CLAM, "sets": 0}, "given.prescribed[0].sets: found 0"),
        ({**CLAM, "sets": "3"}, "given.prescribed[0].sets"),
        ({**CLAM, "reps": 201}, "given.prescribed[0].reps: found 201"),
        ({**CLAM, "hold_s": 601}, "given.prescribed[0].hold_s: found 601"),
        ({key: one for key, one in CLAM.items() if key != "sets"}, "given.prescribed[0].sets: missing"),
        ({key: one for key, one in CLAM.items() if key != "reps"}, "given.prescribed[0].reps: missing"),
        ({**CLAM, "days": []}, "given.prescribed[0].days"),
        ({**CLAM, "days": ["monday"]}, "given.prescribed[0].days[0]: unknown day"),
        ({**CLAM, "side": "up"}, "given.prescribed[0].side: unknown side"),
        ({**CLAM, "areas": ["quads"]}, "given.prescribed[0].areas: only a move in own words"),
        ({**CLAM, "load": {"kind": "anvil"}}, "given.prescribed[0].load.kind: unknown kind"),
        ({**CLAM, "load": {"kind": "none", "kg": 3}}, "given.prescribed[0].load.kind"),
        ({**CLAM, "load": {"kind": "kettlebell", "colour": "red"}}, "given.prescribed[0].load.colour"),
        ({**CLAM, "by": "x" * 61}, "given.prescribed[0].by"),
        ({**CLAM, "agreed": ["A b"]}, "given.prescribed[0].agreed"),
        ({**CLAM, "weeks": 3}, "given.prescribed[0]: unknown key"),
        ({**DROPS, "named": " \t "}, "given.prescribed[0].named"),
        ({**DROPS, "named": "x" * 61}, "given.prescribed[0].named"),
        ({**DROPS, "areas": ["leg"]}, "given.prescribed[0].areas[0]: unknown area"),
        ({key: one for key, one in DROPS.items() if key != "areas"}, "given.prescribed[0].areas: missing"),
        ({**DROPS, "jumps": "no"}, "given.prescribed[0].jumps"),
    ],
)
def test_what_is_wrong_is_named_by_its_field(said: Any, wanted: str, library: Library) -> None:
    with pytest.raises(CaseError) as refused:
        read(library, said)

    assert str(refused.value).startswith(wanted), str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_plan_is_bounded_and_no_move_stands_twice_on_a_day(library: Library) -> None:
    many = [
        {**DROPS, "named": f"Move {n}", "days": ["mon" if n % 2 else "tue"]} for n in range(MOST_MOVES + 1)
    ]
    day = [{**DROPS, "named": f"Move {n}", "days": ["mon"]} for n in range(MOST_A_DAY + 1)]

    assert len(read(library, *many[:MOST_MOVES])) == MOST_MOVES
    for moves, wanted in (
        (many, "at most 20"),
        (day, "on mon"),
        ([CLAM, {**CLAM, "reps": 5}], "twice on mon"),
    ):
        with pytest.raises(CaseError, match=wanted):
            read(library, *moves)
    with pytest.raises(TogetherError, match="twice on mon"):
        read(library, CLAM, CLAM)
    heavy, light = read(library, CLAM, {**CLAM, "reps": 20, "days": ["fri"]})
    assert heavy.slot == light.slot


@pytest.mark.parametrize("words", ["Heel drops", "Übung für die Wade", "下蹲", "A & B", "x" * 60, "Čučanj 2"])
def test_every_name_has_a_slot_the_diary_can_keep(words: str, library: Library) -> None:
    (move,) = read(library, {**DROPS, "named": words})

    assert is_prescribed(move.slot)
    assert move.slot == move.slot.lower()
    assert all(one.isascii() and (one.isalnum() or one == "-") for one in move.slot)
    assert len("physio-") < len(move.slot) <= 80
    assert slug(words) != slug(words + "!!?ß")


def test_a_slot_tells_about_what_it_was() -> None:
    assert words_of(PrescribedMove(named="Heel drops", sets=1, reps=1, days=("mon",)).slot) == "Heel drops"


def test_no_exercise_of_ours_can_be_taken_for_theirs(library: Library) -> None:
    assert not [name for name in library.exercises if is_prescribed(name)]


def test_one_that_cannot_be_read_any_more_asks_no_danger_sign_again(library: Library) -> None:
    table = {"age": 33, "answers": {"night-rest-pain": "no"}, "prescribed": [{**CLAM, "move": "gone-since"}]}
    found = readable(table, library)

    assert set(found.aside) == {"prescribed"}
    assert found.table["answers"] == {"night-rest-pain": "no"}


def test_the_schema_says_the_same(library: Library) -> None:
    check = jsonschema_rs.validator_for(given_schema(library))

    assert check.is_valid({"age": 33, "prescribed": [CLAM, DROPS]})
    loads = (
        {"kind": "none", "kg": 3},
        {"kind": "kettlebell", "kg": 3, "colour": "red"},
        {"kg": 3},
    )
    for wrong in (
        {**CLAM, "sets": 0},
        {**CLAM, "named": "x"},
        {**CLAM, "days": []},
        {"move": "clamshell"},
        {**DROPS, "named": "&#"},
        *({**CLAM, "load": load} for load in loads),
    ):
        assert not check.is_valid({"age": 33, "prescribed": [wrong]}), wrong
        with pytest.raises(CaseError):
            read(library, wrong)


def test_what_cannot_be_printed_is_a_space(library: Library) -> None:
    (move,) = read(library, {**DROPS, "named": "Heel\x86drops\u2028 slow", "by": "Anna\tB."})

    assert (move.named, move.by) == ("Heel drops slow", "Anna B.")
