"""Session packs and events by the thousand, from fixed seeds: small made-up packs with every turn in them."""

from __future__ import annotations

import datetime
import functools
import random
from typing import Any

from tests.training.session_rules import happen
from tests.training.session_state import State, begin
from weaklink.case.load import BAND_COLOURS, NO_LOAD, Load
from weaklink.training.session.session_making import stations
from weaklink.training.session.session_pack import (
    Action,
    Closing,
    PackCheck,
    PackItem,
    PackLoad,
    PackQuestion,
    PackRung,
    SessionPack,
    with_id,
)

GREEN = Action(do="go-on", rule="pain-green", says="")
QUESTIONS = ("night-rest-pain", "dvt", "pe")


def random_action(rng: random.Random, place: int, count: int, kinds: tuple[str, ...]) -> Action:
    """Any action that may stand on a rung of that place."""
    do = rng.choice([kind for kind in kinds if kind != "swap" or place + 1 < count])
    to = rng.randrange(place + 1, count) if do == "swap" else 0
    return Action(do=do, rule=f"rule-{do}", says=f"It is {do}." if rng.random() < 0.9 else "", to=to)  # type: ignore[arg-type]


def random_loads(rng: random.Random) -> tuple[PackLoad, ...]:
    """Nothing to load with, some weights, or bands."""
    kind = rng.randrange(3)
    if kind == 0:
        return ()
    if kind == 1:
        return tuple(
            PackLoad(load=Load(kind="band", colour=one), says=one)
            for one in BAND_COLOURS[: rng.randint(1, 5)]
        )
    weights = sorted(rng.sample([0.5, 2, 4, 7.5, 12, 20], rng.randint(1, 4)))
    return (
        PackLoad(load=NO_LOAD, says="None"),
        *(PackLoad(load=Load(kind="dumbbell", kg=kg), says=f"{kg}") for kg in weights),
    )


def random_rung(rng: random.Random, name: str, place: int, count: int, kind: str) -> PackRung:
    held, loads = rng.random() < 0.4, random_loads(rng)
    asks = "" if kind != "exercise" else "left" if held else "reserve"
    return PackRung(
        exercise=f"{name}-{place}", name=f"Move {name} {place}",
        sides=rng.choice([("none",), ("right", "left"), ("left", "right")]),
        sets=rng.randint(1, 3), reps=None if held else rng.randint(1, 20), hold_s=30 if held else None,
        tempo="2-0-2", rest_s=rng.choice([0, 20, 60]), rir=None if held else 2, how_heavy="",
        asks=asks, loads=loads, held=rng.randrange(-1, len(loads)), cap="",
        steps=("Move.",), cues=(), stop_if=("Pain.",), green=GREEN,
        amber=random_action(rng, place, count, ("go-on", "swap", "stop")),
        red=random_action(rng, place, count, ("swap", "stop", "refer")),
        hurts=random_action(rng, place, count, ("swap", "stop", "refer")),
    )  # fmt: skip


def random_item(rng: random.Random, number: int, follows: bool) -> PackItem:
    stretch = follows or rng.random() < 0.15
    count = 1 if stretch else rng.randint(1, 3)
    kind = "stretch" if stretch else rng.choice(["exercise", "exercise", "drill"])
    return PackItem(
        slot=f"slot-{number}", kind=kind, because=(), follows=follows,  # type: ignore[arg-type]
        rungs=tuple(random_rung(rng, f"m{number}", place, count, kind) for place in range(count)),
        to_the_limit=rng.choice([0, 0, 0, 1, 2]),
    )  # fmt: skip


def random_check(rng: random.Random) -> PackCheck:
    """Three in four offer the tap; some of those are a day before the list is due."""
    short = rng.random() < 0.75
    until = datetime.date(2026, 11, rng.choice([24, 25, 28, 30]))
    listed = until - datetime.timedelta(days=7)
    return PackCheck(
        short=short, why="" if short else "red", says="" if short else "Red.", until=until,
        listed=listed if short else None,
    )  # fmt: skip


TOLD: tuple[dict[str, Any], ...] = (
    {"kind": "felt", "pain": 1}, {"kind": "felt", "pain": 6}, {"kind": "felt", "spreads": True},
    {"kind": "this-hurts", "pain": None}, {"kind": "morning", "pain": 0, "night": 0, "rest": 0},
    {"kind": "morning", "pain": 0, "night": 1}, {"kind": "morning", "pain": 0, "rest": 2},
    {"kind": "run-done", "km": 3, "pain": None, "limped": False}, {"kind": "walked", "pain": 0, "limped": True},
    {"kind": "rescreened", "answers": {"dvt": "no"}, "new_places": []}, {"kind": "rescreened", "answers": {"dvt": "unsure"}},
    {"kind": "rescreened", "new_places": [["calf", "left"]]}, {"kind": "session-begun", "pain_before": 9},
    {"kind": "session-ended", "how": "finished"}, {"kind": "session-ended", "how": "not-today"},
    {"kind": "session-ended", "how": "referred"}, {"kind": "reported", "change": -1, "pain_worst": 0},
    {"kind": "reported", "change": 2, "pain_worst": 9}, {"kind": "note", "text": "words"},
)  # fmt: skip


def random_nothing_new(rng: random.Random) -> dict[str, Any]:
    """The tap, on a day round the pack's, on a device that was told this and that."""
    date = f"2026-11-{rng.choice([22, 23, 23, 24, 24, 27, 30])}"
    told = [rng.choice(TOLD) for _ in range(rng.choice([0, 0, 1, 2]))]
    return {"type": "nothing-new", "date": date, "told": told}


@functools.cache
def random_pack(seed: int) -> SessionPack:
    """A pack with one to four items, straight or as a circuit."""
    rng = random.Random(seed)
    circuit = rng.random() < 0.5
    items = tuple(random_item(rng, n, n > 0 and rng.random() < 0.2) for n in range(rng.randint(1, 4)))
    closings = tuple(
        Closing(
            rule=rule, tier="within-week", allows="nothing" if closes else "restricted", closes=closes,
            leading="Stop.", see=(), meanwhile=(), tell=(), emergency="112",
        )
        for rule, closes in (("pe", True), ("night-rest-pain", True), ("easiest-painful-twice", True), ("dvt", False))
    )  # fmt: skip
    return with_id(
        SessionPack(
            format="weaklink-session/1", id="", edition="test", episode="episode-1",
            date=datetime.date(2026, 11, 23), week=1, shape="circuit" if circuit else "straight", rounds=2,
            kind_of_day="full", around=rng.choice(["", "", "before-run", "after-run"]),  # type: ignore[arg-type]
            minutes=15, green_to=2, amber_to=rng.choice([2, 3, 5]),
            questions=tuple(
                PackQuestion(
                    id=q, text="?", help="", yes=rng.randint(-1, 3), unsure=rng.randint(-1, 3),
                    known=rng.random() < 0.8,
                )
                for q in QUESTIONS[: rng.randint(0, 3)]
            ),
            check=random_check(random.Random(f"check-{seed}")),
            closings=closings, twice=2, not_today=Action(do="stop", rule="pain-red-before", says="Rest."),
            items=items, stations=stations(items, circuit=circuit),
            before_s={"prepare": 10, "switch": 5, "rest": 60, "round": 90}, says=(),
        )
    )  # fmt: skip


def random_event(rng: random.Random, state: State) -> dict[str, Any]:
    """Any event; most of the time one that makes sense now."""
    asking = [
        {"type": "answer", "question": rng.choice(QUESTIONS), "answer": rng.choice(["no"] * 12 + ["yes", "unsure"])},
        {"type": "start", "pain": rng.choice([0, 0, 1, 2, 3, 9]),
         "places": [["calf", "left"]] if rng.random() < 0.05 else []},
        {"type": "none-of-these"},
        random_nothing_new(rng),
    ]  # fmt: skip
    working = [
        *[{"type": "set-done", "reps": rng.randint(0, 20), "hold_s": rng.choice([None, 30])}] * 5,
        {"type": "set-done", "reps": rng.randint(0, 20), "hold_s": None, "rir": rng.choice([None, 0, 2, 6])},
        *[{"type": "effort", "rir": rng.randint(0, 6)}] * 2,
        {"type": "effort", "left_s": rng.choice([0, 5, 10, 20])},
        {"type": "load", "place": rng.randint(-1, 6)},
        {"type": "pain", "pain": rng.choice([0, 1, 2, 3, 4, 7]), "spreads": rng.random() < 0.05},
        {"type": "pain", "pain": rng.choice([0, 2, 3, 5]), "of": "now"},
        {"type": "hurts", "rep": rng.randint(0, 9), "pain": rng.choice([None, 4])},
        {"type": "skip", "what": rng.choice(["set", "move"])},
        {"type": "undo"},
        {"type": "resumed", "by": rng.choice("abcdef")},
    ]
    rare = [{"type": "finish", "minutes": rng.choice([None, 12])}, {"type": "nonsense"}, {}]
    if rng.random() < 0.05:
        return rng.choice([*asking, *working, *rare])
    return rng.choice(asking if state.phase == "questions" else [*working, *rare[:1]])


def walks(packs: int, steps: int) -> list[tuple[int, State, dict[str, Any]]]:
    """States met on random ways through packs, each with an event: (seed of the pack, state, event)."""
    found = []
    for seed in range(packs):
        pack, rng = random_pack(seed), random.Random(f"walk-{seed}")
        state = begin(pack, f"session-{seed}", "a")
        for _ in range(steps):
            event = random_event(rng, state)
            found.append((seed, state, event))
            state = happen(pack, state, event).state
            if state.phase in ("done", "not-today", "closed") and rng.random() < 0.7:
                state = begin(pack, f"session-{seed}", "b")
    return found
