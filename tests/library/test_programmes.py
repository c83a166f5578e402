"""What `check` finds in a programme: one fault put into a whole small library, one problem out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.library.small import SMALL, Change, small_library
from weaklink.library.checking import check_library

PROGRAMME = "programmes/itbs"
RUN = '{ says = "A run with pain of 2 at most.", pain = "run", pain_most = 2 },'
DONE = '{ says = "Clamshells, 3 sets of 12, in two sessions.", exercise = "clamshell", sets = 3, reps = 12 },'
TEST = 'says = "Ten.", test = "abduction-reps"'
GATE = 'gate = "band-walks"\nsteps'


def left_by(milestone: str) -> Change:
    """The first phase is left by this besides."""
    return (RUN, f"{RUN}\n  {{ {milestone} }},")


FAULTS: list[tuple[Change, str, str]] = [
    (left_by('says = "Well."'), "phases.leave", "nothing that can be told"),
    (left_by('says = "Well.", weeks = 1, asked = "well"'), "phases.leave", "weeks and asked"),
    (left_by('says = "Stairs.", pain = "stairs", pain_most = 2'), "phases.leave", "moment stairs"),
    (left_by('says = "Sitting.", pain = "run", without_limp = true, minutes = 5'), "", ""),
    (left_by('says = "Night.", pain = "night", minutes = 5'), "phases.leave", "minutes or a limp"),
    (left_by(TEST), "phases.leave", "says nothing of"),
    (left_by(f"{TEST}, least = 2000"), "phases.leave", "goes from 0 to 1000"),
    (left_by(f'{TEST}, option = "able"'), "phases.leave", "is no result of"),
    (left_by('says = "Walks.", exercise = "band-walk"'), "phases.leave", "is no move until then"),
    ((DONE, DONE.replace("reps = 12", "reps = 20")), "phases.leave", "with 15 repetitions at most"),
    ((DONE, DONE.replace("sets = 3", "sets = 4")), "phases.leave", "with 3 sets at most"),
    ((DONE, DONE.replace("reps = 12", "reps = 12, pain_most = 5")), "phases.leave", "stops at 3"),
    (
        (DONE, DONE.replace("reps = 12", 'reps = 20, any_of = [{ says = "A week.", weeks = 1 }]')),
        "",
        "",
    ),
    (('keeps = "calm"', 'keeps = "rest"'), "phases.keeps", 'no earlier phase "rest"; known: calm'),
    (('keeps = "calm"', 'keeps = "build"'), "phases.keeps", 'no earlier phase "build"'),
    ((GATE, 'gate = "hops"\nsteps'), "phases.gate", 'no gates "hops"; nearest: band-walks'),
    (('exercise = "band-walk"', 'exercise = "band-walks"'), "phases.moves.exercise", 'no exercises "band-'),
    (('instead = ["clamshell"], ', ""), "phases.moves", '"build" has no move for a home'),
    (('id = "build"', 'id = "calm"'), "phases.id", "stands twice"),
    (("earliest_week = 3", "earliest_week = 0"), "phases.earliest_week", "which comes first"),
    (("from_week = 1, sets", "from_week = 2, sets"), "phases.steps", "expected 1 and then later ones"),
    (("from_week = 3, sets", "from_week = 1, sets"), "phases.steps", "expected 1 and then later ones"),
    (
        ('cap = "Long steps." }', 'cap = "Long steps." }, { from_week = 2, cap = "Any." }'),
        "phases.moves.widens",
        "does not go on",
    ),
    (
        ('effort = "reserve"', 'effort = "reserve", effort_percent = [60, 70]'),
        "phases.moves.effort_percent",
        "for a hold only",
    ),
    (('id = "build"', 'id = "build"\nalongside = true\nskip_if = []'), "", ""),
    (
        (GATE, 'enter = [{ says = "Well?", asked = "well" }, { says = "Well?", asked = "well" }]\nsteps'),
        "phases.asked",
        '"well" is asked 2 times',
    ),
    (("name = ", 'in_place_of = "itbs"\nname = '), "when", "say for whom"),
]


def problems_of(folder: Path, changes: dict[str, Change]) -> list[tuple[str, str, str]]:
    found = check_library(small_library(folder, changes))
    return [(problem.file, problem.field, problem.message) for problem in found]


@pytest.mark.parametrize(("change", "field", "words"), FAULTS)
def test_one_fault_of_a_programme_is_named_with_its_field(
    tmp_path: Path, change: tuple[str, str], field: str, words: str
) -> None:
    text = (SMALL / "programmes" / "itbs.toml").read_text(encoding="utf-8")
    assert change[0] in text
    found = problems_of(tmp_path, {PROGRAMME: text.replace(*change, 1)})

    assert {(file, name) for file, name, _ in found} == (
        {(f"knowledge/{PROGRAMME}.toml", field)} if field else set()
    )
    assert all(words in message for _, _, message in found)


def test_a_programme_that_no_condition_names_is_led_to_by_nothing(tmp_path: Path) -> None:
    found = problems_of(tmp_path, {"conditions/itbs": ('programme = "itbs"\n', "")})

    assert found == [(f"knowledge/{PROGRAMME}.toml", "id", "no condition names it as its programme")]


def test_a_programme_after_a_clearance_needs_no_condition_to_name_it(tmp_path: Path) -> None:
    changes: dict[str, Change] = {
        "conditions/itbs": ('programme = "itbs"\n', ""),
        PROGRAMME: ("pain_most = 3\n", 'pain_most = 3\nafter_clearance_of = ["itbs"]\n'),
        "exercises/band-walk": ("level = 3", 'never_in = ["itbs"]\nlevel = 3'),
    }

    assert problems_of(tmp_path, changes) == []


@pytest.mark.parametrize("circumstance", ["itbs", "knee-lateral"])
def test_a_move_that_is_never_given_with_what_the_programme_is_for(tmp_path: Path, circumstance: str) -> None:
    found = problems_of(
        tmp_path, {"exercises/band-walk": ("level = 3", f'never_in = ["{circumstance}"]\nlevel = 3')}
    )

    assert [(file, field) for file, field, _ in found] == [
        (f"knowledge/{PROGRAMME}.toml", "phases.moves.exercise")
    ]
    assert found[0][2].startswith(f'"band-walk" is never given with "{circumstance}"')


def test_a_move_on_a_machine_needs_another_one_instead(tmp_path: Path) -> None:
    text = (SMALL / "programmes" / "itbs.toml").read_text(encoding="utf-8")
    walk = (SMALL / "exercises" / "band-walk.toml").read_text(encoding="utf-8")
    machine = walk.replace('needs = ["band"]', 'needs = ["machine"]').replace(
        'held = ["band"]', 'held = ["machine-stack"]'
    )
    alone = text.replace('instead = ["clamshell"], ', "").replace(
        "moves = [\n", 'moves = [\n  { exercise = "clamshell" },\n'
    )

    assert problems_of(tmp_path / "beside", {"exercises/band-walk": machine}) == []
    (found,) = problems_of(tmp_path / "alone", {"exercises/band-walk": machine, PROGRAMME: alone})
    assert found[1:] == (
        "phases.moves.instead",
        '"band-walk" needs a machine; name in `instead` what does without',
    )


def test_what_only_a_gym_has_opens_nothing_for_those_at_home(tmp_path: Path) -> None:
    found = problems_of(tmp_path, {"exercises/clamshell": ("level = 1", 'needs = ["bar"]\nlevel = 1')})

    assert {(field, "at home" in text or "for a home" in text) for _, field, text in found} == {
        ("phases.moves", True),
        ("phases.leave", True),
    }


def test_a_hop_waits_for_a_gate(tmp_path: Path) -> None:
    hop: Change = ("level = 3", "level = 6")
    text = (SMALL / "programmes" / "itbs.toml").read_text(encoding="utf-8")
    changes: dict[str, Change] = {
        "exercises/band-walk": hop,
        PROGRAMME: text.replace('gate = "band-walks"\n', ""),
    }

    assert problems_of(tmp_path / "gated", {"exercises/band-walk": hop}) == []
    (found,) = problems_of(tmp_path / "open", changes)
    assert found[1:] == ("phases.moves.gate", '"band-walk" is a hop, and no gate stands before it')


def test_nothing_but_the_calendar_opens_no_phase(tmp_path: Path) -> None:
    text = (SMALL / "programmes" / "itbs.toml").read_text(encoding="utf-8")
    text = text.replace('gate = "band-walks"\n', "").replace(RUN, "").replace(DONE, "")
    (found,) = problems_of(tmp_path, {PROGRAMME: text})

    assert found[1:] == ("phases.leave", 'nothing but the calendar opens "build" after "calm"')


def test_a_phase_alongside_has_a_gate(tmp_path: Path) -> None:
    text = (SMALL / "programmes" / "itbs.toml").read_text(encoding="utf-8")
    text = text.replace('gate = "band-walks"\n', "alongside = true\n")
    (found,) = problems_of(tmp_path, {PROGRAMME: text})

    assert found[1:] == ("phases.gate", '"build" comes in alongside and has no gate')


def test_what_a_gate_waits_for_has_to_be_there_before_it(tmp_path: Path) -> None:
    text = (SMALL / "gates" / "band-walks.toml").read_text(encoding="utf-8")
    asked = 'test = "abduction-reps"\nleast = 10\nleast_older = 8\n'
    assert asked in text
    (found,) = problems_of(tmp_path, {"gates/band-walks": text.replace(asked, 'exercise = "band-walk"\n')})

    assert found[:2] == (f"knowledge/{PROGRAMME}.toml", "phases.gate")
    assert '"band-walk" is no move until then' in found[2]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("least = 10", 'least = 10\nasked = "ten"'), "says test and asked; expected one kind"),
        (
            (
                'test = "abduction-reps"\nleast = 10\nleast_older = 8',
                'gate = "band-walks"',
            ),
            "waits for itself, so it never opens",
        ),
        (("every_days = 2", 'every_days = 2\nhops = ["band-walk"]'), "no exercise that waits for this gate"),
        (("every_days = 2", 'every_days = 2\nhops = ["nothing"]'), "no exercise that waits for this gate"),
        (("bouts = [{ sets = 2, reps = 10 }]", 'hops = ["band-walk"]'), "has no bouts"),
        (
            ("bouts = [{", 'hops = ["band-walk"]\nbouts = [{ sets = 3, reps = 10 }, {'),
            "does not grow from one to the next",
        ),
    ],
)
def test_a_gate_says_one_kind_at_a_time_and_never_waits_for_itself(
    tmp_path: Path, change: tuple[str, str], words: str
) -> None:
    found = problems_of(tmp_path, {"gates/band-walks": change})

    assert any(file == "knowledge/gates/band-walks.toml" and words in text for file, _, text in found)
