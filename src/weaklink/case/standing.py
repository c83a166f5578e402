"""Standing: what a diary says once everything is put together, in whatever order it arrived."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import msgspec

from weaklink.case.correcting import corrected
from weaklink.case.diary import (
    AnyEntry,
    Away,
    Corrected,
    Entry,
    Felt,
    Hurt,
    Morning,
    Reported,
    Rescreened,
    RunDone,
    SessionBegun,
    SessionEnded,
    SetDone,
    Undone,
    Walked,
    digest_of,
)

NEVER_UNDONE = (Rescreened, SessionBegun, SessionEnded, Corrected, Undone)
# What each kind may tell of danger: of two tellings the worst of every one of them counts.
DANGERS: dict[type[Entry], tuple[str, ...]] = {
    Morning: ("night", "rest", "stiff_min"),
    RunDone: ("limped",),
    Walked: ("limped",),
    SetDone: ("spreads",),
    Felt: ("spreads", "rir"),
    Corrected: ("spreads",),
    Reported: ("pain_worst", "change"),
}
LESS_IS_WORSE = ("rir", "change")


class Clash(msgspec.Struct, frozen=True, kw_only=True):
    """Two tellings of one thing. Both are kept; the more careful one, `used`, counts."""

    about: str  # "entry", "set" or "morning"
    used: AnyEntry
    others: tuple[AnyEntry, ...]


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """Every entry that counts, oldest first, and where two tellings clashed."""

    entries: tuple[AnyEntry, ...]
    clashes: tuple[Clash, ...] = ()


def standing(entries: Iterable[AnyEntry]) -> Standing:
    """What counts of all entries ever kept. The order they come in and repeats make no difference."""
    versions: dict[str, dict[str, AnyEntry]] = {}
    for entry in entries:
        versions.setdefault(entry.id, {})[digest_of(entry)] = entry
    clashes: list[Clash] = []
    # What was ever said on a safety question counts, whichever version it stands in.
    asked = [e for found in versions.values() for e in found.values() if isinstance(e, Rescreened)]
    told = [_one("entry", found.values(), clashes) for found in versions.values()]
    undone = {entry.undoes for entry in told if isinstance(entry, Undone)}
    counting = [
        e for e in told
        if not isinstance(e, Rescreened | Undone) and (isinstance(e, NEVER_UNDONE) or e.id not in undone)
    ]  # fmt: skip
    chosen = corrected(_by_subject([*asked, *counting], clashes))
    return Standing(entries=tuple(sorted(chosen, key=_order)), clashes=tuple(sorted(clashes, key=_first)))


def _by_subject(entries: Iterable[AnyEntry], clashes: list[Clash]) -> list[AnyEntry]:
    subjects: dict[tuple[object, ...], list[AnyEntry]] = {}
    for entry in entries:
        subjects.setdefault(_subject(entry), []).append(entry)
    return [_one(str(key[0]), found, clashes) for key, found in subjects.items()]


def _subject(entry: AnyEntry) -> tuple[object, ...]:
    """What an entry is about: two sets of the same number, or two tellings of one morning, are one thing."""
    if isinstance(entry, SetDone):
        return ("set", entry.session, entry.slot, entry.exercise, entry.side, entry.set)
    if isinstance(entry, Morning):
        return ("morning", entry.date)
    if isinstance(entry, SessionBegun):
        return ("session", entry.session)
    return ("entry", entry.id, digest_of(entry))


def _one(about: str, found: Collection[AnyEntry], clashes: list[Clash]) -> AnyEntry:
    if len(found) == 1:  # nearly always, and a diary is read at every page
        return next(iter(found))
    ranked = sorted(found, key=_care)
    used = _worst_of_all(ranked)
    if _differ(ranked):
        others = ranked[1:] if used == ranked[0] else ranked
        clashes.append(Clash(about=about, used=used, others=tuple(others)))
    return used


def _worst_of_all(ranked: list[AnyEntry]) -> AnyEntry:
    """The first telling, with the worst of every sign of danger that any of its kind tells."""
    first = ranked[0]
    same = [entry for entry in ranked if type(entry) is type(first)]
    worst = {name: _worst(name, same) for name in DANGERS.get(type(first), ())}
    return msgspec.structs.replace(first, **worst)


def _worst(name: str, told: list[AnyEntry]) -> int | None:
    said = [value for value in (getattr(entry, name) for entry in told) if value is not None]
    return (min if name in LESS_IS_WORSE else max)(said, default=None)


def _differ(entries: list[AnyEntry]) -> bool:
    """Whether they say different things; who wrote them and when is not a difference."""
    first = entries[0]
    return any(msgspec.structs.replace(e, id=first.id, at=first.at) != first for e in entries[1:])


def _care(entry: AnyEntry) -> tuple[object, ...]:
    """The most careful telling first: most pain, fewest repetitions and least in reserve; then the newest."""
    pain = 0
    low: tuple[int, ...] = ()
    if isinstance(entry, SetDone | Felt | Hurt | Corrected | RunDone | Walked | Morning):
        pain = entry.pain or 0
    elif isinstance(entry, Reported):
        pain = entry.pain_worst or 0
        low = (0 if entry.change is None else entry.change,)
    if isinstance(entry, RunDone | Walked):
        low = (-int(entry.limped),)
    elif isinstance(entry, Away):
        low = (-int(entry.why == "fever"), int(entry.why == "back"))
    elif isinstance(entry, Morning):
        low = (-(entry.night or 0), -(entry.rest or 0), -entry.stiff_min)
    elif isinstance(entry, SetDone):
        rir = 99 if entry.rir is None else entry.rir
        low = (-int(entry.spreads), entry.reps or 0, entry.hold_s or 0, rir, -entry.faulty)
    newest_first = -entry.at.timestamp()
    return (type(entry).__name__, -pain, *low, newest_first, digest_of(entry))


def _order(entry: Entry) -> tuple[float, str, str]:
    return (entry.at.timestamp(), entry.id, digest_of(entry))


def _first(clash: Clash) -> tuple[float, str, str]:
    return _order(clash.used)
