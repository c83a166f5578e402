"""The player walks a session pack as the interpreter does that the browser is held to."""

from __future__ import annotations

import datetime
import random
from collections.abc import Mapping
from typing import Any

import pytest

from tests.rehearsal.stories import story, world
from tests.training.session_rules import happen
from tests.training.session_state import State, begin, step_of
from weaklink.care.begin import assess
from weaklink.care.folding import Diary
from weaklink.care.train import SessionRequest, Trainee, today
from weaklink.rehearsal.player import SetReply, play
from weaklink.training.plan.plan_document import PLAN_DOCUMENTS, plan_document
from weaklink.training.session.session_pack import PackRung, SessionPack

MONDAY = datetime.date(2026, 11, 2)


def pack_of(name: str) -> SessionPack:
    given = story(name).given
    plan = assess(given, world().library, "greedy").plan
    assert plan is not None
    trainee = Trainee(
        given=given, plan=PLAN_DOCUMENTS.of(plan_document(plan, world().wording.say)), told=Diary(days=()),
        library=world().library, wording=world().wording, began=MONDAY,
    )  # fmt: skip
    found = today(trainee, MONDAY, SessionRequest(anyway=True)).pack
    assert found is not None
    return found


class Somebody:
    """Replies that a seed decides: reserve, seconds left, pain of every colour, "this hurts", other loads."""

    def __init__(self, seed: int, before: int = 0, said: Mapping[str, str] | None = None) -> None:
        self.random, self.before, self.said = random.Random(seed), before, said or {}

    def pain_before(self) -> int:
        return self.before

    def answers(self) -> Mapping[str, str]:
        return self.said

    def chooses(self, rung: PackRung, place: int) -> int:
        return self.random.randrange(len(rung.loads)) if rung.loads and self.random.random() < 0.2 else place

    def does(self, rung: PackRung, place: int, to_the_limit: bool) -> SetReply:
        pain = self.random.choice((0, 1, 2, 2, 3, 4, 5, 6, 8))
        if self.random.random() < 0.15:
            return SetReply(pain=pain, hurts=True)
        return SetReply(
            reps=rung.reps, hold_s=rung.hold_s, rir=self.random.randint(0, 6), left_s=self.random.choice((0, 5, 20)),
            pain=pain if self.random.random() < 0.8 else None,
        )  # fmt: skip


def interpreted(pack: SessionPack, doer: Somebody) -> list[dict[str, Any]]:
    """The same session through the interpreter, tap by tap."""
    state: State = begin(pack, "session-1", "a")
    written: list[dict[str, Any]] = []

    def event(**what: Any) -> None:
        nonlocal state
        outcome = happen(pack, state, what)
        state = outcome.state
        written.extend(e["entry"] for e in outcome.effects if e["do"] == "keep")

    for question in pack.questions:
        event(type="answer", question=question.id, answer=doer.answers().get(question.id, "no"))
    event(type="start", pain=doer.pain_before())
    while (step := step_of(pack, state)) is not None:
        rung = pack.items[step.item].rungs[step.rung]
        if pack.items[step.item].kind == "stretch":
            event(type="set-done", reps=step.reps, hold_s=step.hold_s)
            continue
        place = doer.chooses(rung, state.loads[step.item])
        if place != state.loads[step.item]:
            event(type="load", place=place)
        reply = doer.does(rung, place, step.to_the_limit)
        if reply.hurts:
            event(type="hurts", rep=2, pain=reply.pain)
            continue
        event(type="set-done", reps=reply.reps, hold_s=reply.hold_s)
        if rung.asks:
            event(type="effort", **({"left_s": reply.left_s} if rung.asks == "left" else {"rir": reply.rir}))
        if reply.pain is not None:
            event(type="pain", pain=reply.pain)
    if state.phase in ("work", "ending"):
        event(type="finish", minutes=pack.minutes)
    return written


def bare(entry: Mapping[str, Any]) -> dict[str, Any]:
    """An entry without its name, and without what is nothing."""
    return {
        key: value for key, value in entry.items() if key not in ("id", "session") and value not in (None, "")
    }


@pytest.mark.parametrize("name", ["s01-kneecap-novice", "s03-achilles-50km", "s05-masters-bone"])
def test_entries_are_those_of_the_interpreter(name: str) -> None:
    pack = pack_of(name)
    for seed in range(40):
        ours = play(pack, "session-1", Somebody(seed)).entries
        theirs = interpreted(pack, Somebody(seed))

        assert [bare(entry) for entry in ours] == [bare(entry) for entry in theirs], seed


def test_red_before_the_first_set_ends_it() -> None:
    pack = pack_of("s01-kneecap-novice")

    played = play(pack, "session-1", Somebody(1, before=pack.amber_to + 1))

    assert (played.how, played.sets) == ("not-today", ())


def test_a_danger_ends_it_before_the_first_set() -> None:
    pack = pack_of("s01-kneecap-novice")
    danger = next(q.id for q in pack.questions if q.yes >= 0 and pack.closings[q.yes].closes)

    played = play(pack, "session-1", Somebody(1, said={danger: "yes"}))

    assert (played.how, played.sets) == ("referred", ())
    assert [bare(e) for e in played.entries] == [
        bare(e) for e in interpreted(pack, Somebody(1, said={danger: "yes"}))
    ]
