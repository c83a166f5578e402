"""The verdict on mutants: what no test notices is said, has to have its reason, and is never more than one in ten."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

import pytest

from tests import mutants, run
from tests.mutants import (
    ALL_TESTS,
    LEAST,
    OWN_TESTS,
    ROOMS,
    ROOT,
    SURVIVORS,
    Mutant,
    change_in,
    known,
    settings,
    told,
    verdict,
)

DIFF = """--- src/weaklink/care/watch.py
+++ src/weaklink/care/watch.py
@@ -1,4 +1,4 @@
 def wake(self):
-    self.rising |= is_rise(row)
+    self.rising = is_rise(row)
     return
"""
NOTICED = [Mutant("care.watch.Watch._wake", f"a{n} → b{n}", 1) for n in range(9)]
SURVIVOR = Mutant("care.watch.Watch._wake", "self.rising |= x → self.rising = x", 0)


def test_a_change_is_one_line() -> None:
    assert change_in(DIFF) == "self.rising |= is_rise(row) → self.rising = is_rise(row)"


@pytest.mark.parametrize(
    ("key", "function"),
    [
        ("weaklink.care.watch.xǁWatchǁ_wake__mutmut_7", "care.watch.Watch._wake"),
        ("weaklink.reasoning.guards.x__holding__mutmut_12", "reasoning.guards._holding"),
        ("weaklink.care.filing.x_in_time__mutmut_1", "care.filing.in_time"),
    ],
)
def test_a_change_is_named_by_its_function(key: str, function: str) -> None:
    assert mutants._function(key) == function


def test_the_score_is_the_share_that_was_noticed_and_time_counts_as_noticed() -> None:
    late = Mutant("care.watch.Watch._wake", "c → d", -24)
    found = verdict([*NOTICED, SURVIVOR], {SURVIVOR.name: "equal"})

    assert found == (0.9, (), ())
    assert verdict([*NOTICED, late], {}).score == 1.0
    assert "| care/watch | 10 | 9 | 1 | 90.0 % |" in told([*NOTICED, SURVIVOR], found)


def test_what_has_no_reason_and_what_survives_no_more_is_said() -> None:
    found = verdict([*NOTICED, SURVIVOR], {"care.filing.gone: a → b": "equal"})

    assert found.unexplained == (SURVIVOR.name,)
    assert found.gone == ("care.filing.gone: a → b",)
    assert f"NOT EXPLAINED: {SURVIVOR.name}" in told([SURVIVOR], found)
    assert verdict([SURVIVOR], {"elsewhere": "equal"}, whole=False).gone == ()


def test_a_reason_stays_when_time_ended_the_run_and_goes_when_a_test_failed() -> None:
    late, noticed = SURVIVOR._replace(status=-24), SURVIVOR._replace(status=1)

    assert verdict([*NOTICED, late], {SURVIVOR.name: "equal"}).gone == ()
    assert verdict([*NOTICED, noticed], {SURVIVOR.name: "equal"}).gone == (SURVIVOR.name,)


def test_nothing_tried_is_no_success() -> None:
    assert verdict([], {}).score < LEAST


@pytest.mark.parametrize(
    ("tried", "status"),
    [
        (NOTICED, 0),
        ([*NOTICED, SURVIVOR], 1),  # no reason
        ([], 1),
        ([NOTICED[0], *[SURVIVOR._replace(change=f"{n}") for n in range(9)]], 1),
    ],
)
def test_the_command_ends_as_the_mutants_do(
    monkeypatch: pytest.MonkeyPatch, tried: list[Mutant], status: int
) -> None:
    monkeypatch.setattr(mutants, "keep_bytecode", lambda: None)
    monkeypatch.setattr(mutants, "one_thread_each", lambda: None)
    monkeypatch.setattr(mutants, "by_all", lambda names: tried)
    monkeypatch.setattr(mutants, "known", dict)

    assert mutants.run() == status


def test_the_rooms_are_there_and_every_branch_of_them_is_under_test() -> None:
    assert all((ROOT / "src" / "weaklink" / f"{room}.py").is_file() for room in ROOMS)
    assert {f"src/weaklink/{room}.py" for room in ROOMS} <= set(run.SAFETY)
    assert len(ROOMS) == 13
    assert LEAST >= 0.90


def test_what_mutmut_is_told_can_be_read() -> None:
    said = tomllib.loads(settings(ROOMS, ALL_TESTS))["tool"]["mutmut"]

    assert said["only_mutate"] == [f"src/weaklink/{room}.py" for room in ROOMS]
    assert said["pytest_add_cli_args_test_selection"] == list(ALL_TESTS)
    assert all((ROOT / place).exists() for place in (*ALL_TESTS, *chain(*OWN_TESTS.values())))
    assert {room.partition("/")[0] for room in ROOMS} == set(OWN_TESTS)


def test_what_the_rooms_own_tests_do_not_notice_is_tried_by_all(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[tuple[str, ...], tuple[str, ...], list[str]]] = []

    def by(rooms: Sequence[str], tests: Sequence[str], names: Sequence[str] = ()) -> list[Mutant]:
        asked.append((tuple(rooms), tuple(tests), list(names)))
        if tests is ALL_TESTS:
            return [Mutant("care.watch.a", "a → b", 1, "weaklink.care.watch.x_a__mutmut_1")]
        if "care/watch" not in rooms:
            return []
        return [
            Mutant("care.watch.a", f"a → {n}", n, f"weaklink.care.watch.x_a__mutmut_{n + 1}") for n in (0, 1)
        ]

    monkeypatch.setattr(mutants, "by", by)
    found = mutants.by_all()

    assert [one.status for one in found] == [1, 1]
    assert asked[-1] == (ROOMS, ALL_TESTS, ["weaklink.care.watch.x_a__mutmut_1"])
    assert [rooms for rooms, _, _ in asked[:-1]] == [
        tuple(room for room in ROOMS if room.startswith(chapter)) for chapter in OWN_TESTS
    ]


def test_every_survivor_has_a_reason_of_its_own_words() -> None:
    reasons = known()

    assert all(len(why.split()) >= 4 for why in reasons.values())
    assert all(re.match(r"(reasoning|training|care)\.[\w.]+: .+ → ", name) for name in reasons)
    rooms = tuple(f"{room.replace('/', '.')}." for room in ROOMS)
    assert all(name.startswith(rooms) for name in reasons)


def test_it_is_a_command_and_a_part_of_the_soak() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")

    assert "\nmutants: environment\n\t$(DEV)/python -m tests.mutants\n" in makefile
    assert "soak_mutants" in Path(run.__file__).read_text(encoding="utf-8")
    assert SURVIVORS.is_file()
