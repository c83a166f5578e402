"""The interpreter of session packs: its laws in Python, and the browser's against it, state by state."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.training.packs import random_pack, walks
from tests.training.session_rules import happen
from tests.training.session_state import State, begin, step_of
from weaklink.case.diary import read_entry
from weaklink.training.session.session_pack import PackQuestion, SessionPack, pack_document

NODE = shutil.which("node")
STATIC = Path(__file__).resolve().parents[2] / "src" / "weaklink" / "web" / "static"
MODULE = STATIC / "weeks" / "session" / "rules.js"
RUNNER = Path(__file__).parent / "rules_runner.mjs"
PACKS, STEPS = 250, 40
AT = "2026-11-23T18:00:00+01:00"
QUESTION = PackQuestion(id="dvt", text="?", help="", yes=-1, unsure=-1, known=True)


@pytest.fixture(scope="module")
def met() -> list[tuple[int, State, dict[str, Any]]]:
    return walks(PACKS, STEPS)


def plain(value: object) -> Any:
    return json.loads(msgspec.json.encode(value))


def test_the_browser_does_what_python_does_in_thousands_of_states(
    met: list[tuple[int, State, dict[str, Any]]], tmp_path: Path
) -> None:
    if NODE is None:
        pytest.skip("node is not installed: the browser's interpreter is NOT TESTED here")
    packs = [random_pack(seed) for seed in range(PACKS)]
    data = {"packs": [pack_document(p) for p in packs], "walks": plain(met)}
    path = tmp_path / "walks.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    command = [str(NODE), str(RUNNER), str(MODULE), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)

    assert len(found["answers"]) == PACKS * STEPS >= 5000
    assert found["begun"] == plain([begin(pack, "session-1", "a") for pack in packs])
    for (seed, state, event), answer in zip(met, found["answers"], strict=True):
        outcome = happen(packs[seed], state, event)
        expected = {
            "next": plain(outcome.state),
            "effects": plain(outcome.effects),
            "step": plain(step_of(packs[seed], outcome.state)),
            "pure": True,
        }
        assert answer == expected, (seed, event)


def test_the_walks_meet_every_phase_and_every_turn(met: list[tuple[int, State, dict[str, Any]]]) -> None:
    phases = {state.phase for _, state, _ in met}
    did = {
        effect["do"]
        for seed, state, event in met[:4000]
        for effect in happen(random_pack(seed), state, event).effects
    }

    assert phases == {"questions", "work", "ending", "done", "not-today", "closed"}
    assert did == {"keep", "say", "swap", "stop", "ask", "show", "forget"}


def test_every_entry_it_writes_can_be_read(met: list[tuple[int, State, dict[str, Any]]]) -> None:
    packs = {seed: random_pack(seed) for seed in range(PACKS)}
    kinds = set()
    for seed, state, event in met:
        for effect in happen(packs[seed], state, event).effects:
            if effect["do"] == "keep":
                kinds.add(type(read_entry({**plain(effect["entry"]), "at": AT})).__name__)

    assert kinds == {
        "SessionBegun", "Rescreened", "SetDone", "Felt", "Hurt", "Skipped", "SessionEnded", "Undone", "Stretched",
    }  # fmt: skip


def test_pain_never_leads_up_and_a_closed_session_stays_closed(
    met: list[tuple[int, State, dict[str, Any]]],
) -> None:
    for seed, state, event in met:
        after = happen(random_pack(seed), state, event).state
        if event.get("type") in ("pain", "hurts"):
            assert all(new >= old for new, old in zip(after.rungs, state.rungs, strict=True))
            assert all(new or not old for new, old in zip(after.stopped, state.stopped, strict=True))
        if state.phase in ("closed", "not-today"):
            assert after.phase == state.phase


def test_more_pain_never_leaves_a_harder_move(met: list[tuple[int, State, dict[str, Any]]]) -> None:
    for seed, state, event in met[:3000]:
        if event.get("type") != "pain":
            continue
        pack = red_is_never_gentler(random_pack(seed))
        found = [happen(pack, state, {**event, "pain": pain}).state for pain in range(11)]
        reached = [severity(pack, after) for after in found]
        assert reached == sorted(reached), (seed, event)


def red_is_never_gentler(pack: SessionPack) -> SessionPack:
    """The pack as it is really made: amber goes on, or does what red does."""
    items = tuple(
        msgspec.structs.replace(
            item,
            rungs=tuple(
                msgspec.structs.replace(r, amber=r.amber if r.amber.do == "go-on" else r.red)
                for r in item.rungs
            ),
        )
        for item in pack.items
    )
    return msgspec.structs.replace(pack, items=items)


def severity(pack: SessionPack, state: State) -> tuple[int, int, int]:
    return (int(state.phase == "closed"), sum(state.stopped), sum(state.rungs))


# --- one way through by hand -------------------------------------------------------------------------------


def through(pack: SessionPack, *events: dict[str, Any]) -> tuple[State, list[dict[str, Any]]]:
    state, effects = begin(pack, "session-1", "a"), list[dict[str, Any]]()
    for event in events:
        outcome = happen(pack, state, event)
        state, effects = outcome.state, [*effects, *outcome.effects]
    return state, effects


def started(pack: SessionPack) -> list[dict[str, Any]]:
    answers = [{"type": "answer", "question": q.id, "answer": "no"} for q in pack.questions]
    return [*answers, {"type": "start", "pain": 0}]


def test_no_session_begins_before_every_question_is_answered() -> None:
    pack = next(p for p in map(random_pack, range(50)) if len(p.questions) == 3)
    state, effects = through(pack, *started(pack)[1:])

    assert state.phase == "questions"
    assert effects == [{"do": "ask", "what": "questions"}]
    assert through(pack, *started(pack))[0].phase == "work"


def test_an_answer_to_a_question_nobody_asked_changes_nothing() -> None:
    pack = random_pack(1)
    state, effects = through(pack, {"type": "answer", "question": "favourite-colour", "answer": "yes"})

    assert (state, effects) == (begin(pack, "session-1", "a"), [])


def test_none_of_these_says_nothing_about_what_was_never_answered() -> None:
    pack = random_pack(1)
    asked = tuple(
        msgspec.structs.replace(QUESTION, id=name, known=known)
        for name, known in (("dvt", True), ("pe", False), ("fever", True))
    )
    pack = msgspec.structs.replace(pack, questions=asked)
    unsure = {"type": "answer", "question": "fever", "answer": "unsure"}
    none = {"type": "none-of-these"}
    state, _ = through(pack, unsure, none, {"type": "start", "pain": 0})

    assert state.answers == {"fever": "unsure", "dvt": "no"}
    assert state.phase == "questions"
    state, effects = through(
        pack, none, {"type": "answer", "question": "pe", "answer": "no"}, {"type": "start"}
    )
    rescreened = next(e["entry"] for e in effects if e["do"] == "keep" and e["entry"]["kind"] == "rescreened")
    assert rescreened["answers"] == {"dvt": "no", "pe": "no", "fever": "no"}
    assert state.phase == "work"


def test_stretches_round_a_run_are_written_as_what_they_are() -> None:
    found = {}
    for around in ("", "before-run", "after-run"):
        pack = next(
            p for p in map(random_pack, range(200)) if p.around == around and p.items[0].kind == "stretch"
        )
        state, effects = through(pack, *started(pack))
        begun = next(
            e["entry"] for e in effects if e["do"] == "keep" and e["entry"]["kind"] == "session-begun"
        )
        kept = happen(pack, state, {"type": "set-done", "hold_s": 30}).effects[0]["entry"]
        found[around] = (begun.get("around", ""), kept["kind"], kept["when"])

    assert found == {
        "": ("", "stretched", "after-exercise"),
        "before-run": ("before-run", "stretched", "before-run"),
        "after-run": ("after-run", "stretched", "after-run"),
    }


def test_the_most_urgent_of_several_answers_closes() -> None:
    pack = next(p for p in map(random_pack, range(200)) if sorted(q.yes for q in p.questions)[:1] >= [0])
    answers = [{"type": "answer", "question": q.id, "answer": "yes"} for q in pack.questions]
    state, effects = through(pack, *answers, {"type": "start"})

    assert state.closing == min(q.yes for q in pack.questions)
    assert effects[-1] == {"do": "show", "closing": state.closing}
    assert step_of(pack, state) is None


def test_red_pain_before_the_session_means_none_today() -> None:
    pack = random_pack(3)
    state, effects = through(pack, *started(pack)[:-1], {"type": "start", "pain": 9})

    assert state.phase == "not-today"
    assert {"do": "say", "rule": "pain-red-before", "says": "Rest."} in effects


def test_a_new_place_that_hurts_means_questions_first() -> None:
    pack = random_pack(3)
    state, effects = through(pack, *started(pack)[:-1], {"type": "start", "places": [["calf", "left"]]})

    assert (state.phase, state.closing) == ("not-today", -1)
    assert effects[1]["entry"]["new_places"] == [["calf", "left"]]


def test_undo_brings_back_the_place_and_the_rung_before_a_swap() -> None:
    pack = next(p for p in map(random_pack, range(99)) if p.items[0].rungs[0].hurts.do == "swap")
    before, _ = through(pack, *started(pack))
    swapped = happen(pack, before, {"type": "hurts", "rep": 3})
    back = happen(pack, swapped.state, {"type": "undo"})

    assert swapped.state.rungs != before.rungs
    assert (back.state.rungs, back.state.place) == (before.rungs, before.place)
    assert back.effects[0]["entry"]["undoes"] == swapped.effects[0]["entry"]["id"]
    assert happen(pack, before, {"type": "undo"}).effects == ()


def test_after_the_last_set_effort_can_still_be_said_and_finish_ends_it() -> None:
    pack = next(
        p for p in map(random_pack, range(99)) if p.items[-1].kind == "exercise" and p.items[-1].rungs[0].rir
    )
    state, _ = through(pack, *started(pack))
    while state.phase == "work":
        state = happen(pack, state, {"type": "set-done", "reps": 5}).state
    felt = happen(pack, state, {"type": "effort", "rir": 1})
    done = happen(pack, felt.state, {"type": "finish", "minutes": 9})

    assert felt.effects[0]["entry"]["rir"] == 1
    assert (done.state.phase, done.effects[0]["entry"]["how"]) == ("done", "finished")


def test_two_pages_of_one_session_never_name_two_entries_alike() -> None:
    pack = random_pack(5)
    first, _ = through(pack, *started(pack))
    second = happen(pack, first, {"type": "resumed", "by": "zz"}).state
    ids = [
        happen(pack, s, {"type": "set-done", "reps": 3}).effects[0]["entry"]["id"] for s in (first, second)
    ]

    assert ids == ["session-1-a-2", "session-1-zz-2"]
