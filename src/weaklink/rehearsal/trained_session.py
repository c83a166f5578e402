"""Trained: one session of a course, as it was asked for and as it was done."""

from __future__ import annotations

import datetime
from collections import Counter
from typing import Any

import msgspec

from weaklink.care.train import Today
from weaklink.library.reading import Library
from weaklink.rehearsal.player import Played
from weaklink.training.session.session_pack import PackItem, SessionPack


class TrainedSession(msgspec.Struct, frozen=True, kw_only=True):
    """One session. `items` are the plan's, each with the dose of the day and what was done of it."""

    date: datetime.date
    minutes: int
    kind_of_day: str
    how: str
    green_to: int
    amber_to: int
    pain: int  # the worst in it
    items: tuple[dict[str, Any], ...]


def trained_session(now: Today, pack: SessionPack, played: Played, date: datetime.date) -> TrainedSession:
    """A session from its pack and how it went."""
    assert now.due is not None
    planned = now.plan.weeks[now.due.plan_week - 1].sessions[now.due.number].items
    documents = {item.id: msgspec.to_builtins(item) for item in planned}
    done = Counter(played.sets)
    return TrainedSession(
        date=date,
        minutes=pack.minutes,
        kind_of_day=pack.kind_of_day,
        how=played.how,
        green_to=pack.green_to,
        amber_to=pack.amber_to,
        pain=max((entry.get("pain") or 0 for entry in played.entries), default=0),
        items=tuple(_item(item, documents.get(item.slot, {}), done, now, played) for item in pack.items),
    )


def _item(
    item: PackItem, document: dict[str, Any], done: Counter[tuple[str, str, str]], now: Today, played: Played
) -> dict[str, Any]:
    """A plan item with the dose of the day in place of the plan's first one."""
    rung = item.rungs[0]
    held = rung.loads[rung.held].load if 0 <= rung.held < len(rung.loads) else None
    last = now.following.course.last_reason.get(item.slot)
    sets: Counter[tuple[str, str]] = Counter()
    for (slot, exercise, side), count in done.items():
        if slot == item.slot:
            sets[exercise, side] += count
    dose = {
        "kind": item.kind, "id": rung.exercise, "slot": item.slot, "sets": rung.sets, "reps": rung.reps,
        "hold_s": rung.hold_s, "tempo": rung.tempo, "rir": rung.rir, "rest_s": rung.rest_s, "cap": rung.cap,
        "sides": len(rung.sides), "because": list(item.because), "rule": last.rule if last else "",
        "load": msgspec.to_builtins(held) if held is not None else None, "loads": len(rung.loads),
        "planned_sets": document.get("sets") or rung.sets,
        "programme": document.get("programme", ""), "phase": document.get("phase", ""),
    }  # fmt: skip
    return {**document, **dose, "done": _done(item, sets, played)}


def _done(item: PackItem, sets: Counter[tuple[str, str]], played: Played) -> dict[str, Any]:
    """What was done of it: sets on the busier side, repetitions there, the reserve told, the worst pain."""
    busiest = Counter[str]()
    for (_, side), count in sets.items():
        busiest[side] += count
    side, most = busiest.most_common(1)[0] if busiest else ("", 0)
    entries = [e for e in played.entries if e.get("slot") == item.slot]
    mine = [e for e in entries if e["kind"] == "set-done" and e["side"] == side]
    rir = [e["rir"] for e in entries if e.get("rir") is not None]
    return {
        "sets": most,
        "reps": sum(e.get("reps") or 0 for e in mine),
        "seconds": sum(e.get("hold_s") or 0 for e in mine),
        "rir": min(rir, default=None),
        "pain": max((e.get("pain") or 0 for e in entries), default=0),
        "swapped": any(e["kind"] == "this-hurts" or e["exercise"] != item.rungs[0].exercise for e in entries),
    }


def volume_of(sessions: list[TrainedSession], library: Library) -> dict[str, int]:
    """Sets that were done, by the area an exercise is mainly for."""
    found: Counter[str] = Counter()
    for session in sessions:
        for item in session.items:
            areas = library.exercises[item["id"]].areas if item["id"] in library.exercises else []
            if item["kind"] == "exercise" and areas:
                found[areas[0]] += item["done"]["sets"]
    return dict(sorted(found.items()))
