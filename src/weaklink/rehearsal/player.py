"""The player: one session pack done set by set, and the diary entries that come of it.

The same walk through a pack as the browser's and as the interpreter of the tests; a test holds them together.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

import msgspec

from weaklink.training.session.session_pack import (
    Action,
    PackItem,
    PackRung,
    SessionPack,
    Station,
    strictest_closing,
)

Entry = dict[str, Any]


class SetReply(msgspec.Struct, frozen=True, kw_only=True):
    """What a runner did in a set and says of it."""

    reps: int | None = None
    hold_s: int | None = None
    rir: int | None = None
    left_s: int | None = None
    pain: int | None = None
    hurts: bool = False  # "this hurts" was tapped before the set was over


class Doer(Protocol):
    """Whoever does a session."""

    def pain_before(self) -> int:
        """Pain before anything was done."""
        ...

    def answers(self) -> Mapping[str, str]:
        """Answers to safety questions that are not no."""
        ...

    def chooses(self, rung: PackRung, place: int) -> int:
        """The place of the load that is taken among those of a rung."""
        ...

    def does(self, rung: PackRung, place: int, to_the_limit: bool) -> SetReply:
        """One set on one side."""
        ...


class Played(msgspec.Struct, frozen=True, kw_only=True):
    """A session as it went: its entries in order, how it ended, and the sets that were done."""

    entries: tuple[Entry, ...]
    how: str
    sets: tuple[tuple[str, str, str], ...] = ()  # slot, exercise, side


class _Going(msgspec.Struct, kw_only=True):
    pack: SessionPack
    session: str
    entries: list[Entry] = []
    sets: list[tuple[str, str, str]] = []
    rungs: list[int]
    stopped: list[bool]
    loads: list[int]

    def keep(self, **entry: Any) -> None:
        self.entries.append(
            {"id": f"{self.session}-{len(self.entries):03}", **entry, "session": self.session}
        )

    def rung(self, item: int) -> PackRung:
        return self.pack.items[item].rungs[self.rungs[item]]

    def ended(self, how: str, minutes: int | None = None) -> Played:
        self.keep(kind="session-ended", how=how, minutes=minutes)
        return Played(entries=tuple(self.entries), how=how, sets=tuple(self.sets))


def play(pack: SessionPack, session: str, doer: Doer) -> Played:
    """A session from its questions to its end."""
    count = len(pack.items)
    going = _Going(
        pack=pack, session=session, rungs=[0] * count, stopped=[False] * count,
        loads=[item.rungs[0].held for item in pack.items],
    )  # fmt: skip
    pain = doer.pain_before()
    going.keep(**_begun(pack), pain_before=pain)
    said = {question.id: "no" for question in pack.questions} | dict(doer.answers())
    asked = {question.id for question in pack.questions}
    answers = {name: answer for name, answer in said.items() if name in asked}
    going.keep(kind="rescreened", answers=answers, new_places=[])
    closing = strictest_closing(pack.questions, answers)
    if closing >= 0:
        return going.ended("referred" if pack.closings[closing].closes else "not-today")
    if pain > pack.amber_to:
        return going.ended("not-today")
    for station in pack.stations:
        closed = _station(going, station, doer)
        if closed is not None:
            return closed
    return going.ended("finished", pack.minutes)


def _begun(pack: SessionPack) -> Entry:
    moves = [_asked(item) for item in pack.items if item.kind != "stretch"]
    begun = {"kind": "session-begun", "pack": pack.id, "moves": moves, "kind_of_day": pack.kind_of_day}
    return {**begun, "around": pack.around} if pack.around else begun


def _asked(item: PackItem) -> Entry:
    rung = item.rungs[0]
    return {
        "slot": item.slot, "exercise": rung.exercise, "sides": len(rung.sides), "sets": rung.sets,
        "reps": rung.reps, "hold_s": rung.hold_s, **_held(rung, rung.held),
    }  # fmt: skip


def _held(rung: PackRung, place: int) -> Entry:
    """The load as an entry says it; nothing where it is not known."""
    return {"load": msgspec.to_builtins(rung.loads[place].load)} if 0 <= place < len(rung.loads) else {}


def _station(going: _Going, station: Station, doer: Doer) -> Played | None:
    """One set of one item on each side; the end of the session where it ends here."""
    item = station.item
    for side in range(len(going.rung(item).sides)):
        rung = going.rung(item)
        if going.stopped[item] or station.set > rung.sets or side >= len(rung.sides):
            return None
        before = going.rungs[item]
        closed = _set(going, station, side, doer)
        if closed is not None:
            return closed
        if going.rungs[item] != before:
            # A set that was broken off, or done on one side of two, begins anew with the easier exercise.
            open_still = going.entries[-1]["kind"] == "this-hurts" or side + 1 < len(rung.sides)
            return _station(going, station, doer) if open_still else None
    return None


def _set(going: _Going, station: Station, side: int, doer: Doer) -> Played | None:
    number, pack = station.item, going.pack
    item, rung = pack.items[number], going.rung(number)
    if item.kind == "stretch":
        entry = {"kind": "stretched", "exercise": rung.exercise, "when": pack.around or "after-exercise"}
        going.keep(**entry)
        return None
    limit = station.set == item.to_the_limit and going.rungs[number] == 0
    place = going.loads[number] = doer.chooses(rung, going.loads[number])
    reply = doer.does(rung, place, limit)
    about: Entry = {"slot": item.slot, "exercise": rung.exercise}
    if reply.hurts:
        swapped = item.rungs[rung.hurts.to].exercise if rung.hurts.do == "swap" else ""
        going.keep(kind="this-hurts", **about, rep=2, pain=reply.pain, swapped_to=swapped)
        return _act(going, number, rung.hurts)
    about = {**about, "side": rung.sides[side], "set": station.set}
    done = {"reps": reply.reps, "hold_s": reply.hold_s, "to_the_limit": limit}
    going.keep(kind="set-done", **about, **done, **_held(rung, place))
    going.sets.append((item.slot, rung.exercise, rung.sides[side]))
    if rung.asks and (reply.rir is not None or reply.left_s is not None):
        said = {"left_s": reply.left_s} if rung.asks == "left" else {"rir": reply.rir}
        going.keep(kind="felt", **about, **said)
    if reply.pain is None:
        return None
    going.keep(kind="felt", **about, pain=reply.pain, spreads=False)
    return _act(going, number, _by_pain(pack, rung, reply.pain))


def _by_pain(pack: SessionPack, rung: PackRung, pain: int) -> Action:
    if pain > pack.amber_to:
        return rung.red
    return rung.green if pain <= pack.green_to else rung.amber


def _act(going: _Going, item: int, action: Action) -> Played | None:
    if action.do == "refer":
        closes = going.pack.closings[going.pack.twice].closes
        return going.ended("referred" if closes else "not-today")
    if action.do == "swap":
        going.rungs[item] = action.to
        going.loads[item] = going.pack.items[item].rungs[action.to].held
    elif action.do == "stop":
        going.stopped[item] = True
    return None
