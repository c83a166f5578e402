"""A short day: what fits into fewer minutes, the most valuable first, and what is left out for once."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from weaklink.training.session.session_pack import PackItem

Seconds = Callable[[PackItem], int]
Unit = tuple[PackItem, ...]  # a move and the stretch that starts by itself right after it


class Shortened(msgspec.Struct, frozen=True, kw_only=True):
    """The moves that stay, in their order, and those left out."""

    items: tuple[PackItem, ...]
    left_out: tuple[PackItem, ...] = ()


def shortened(items: tuple[PackItem, ...], seconds: int, taken: Seconds) -> Shortened:
    """The moves of a day in so many seconds.

    A plan's moves stand in the order of their worth, the weak link first. Each gets one set in that order as
    long as it fits; then sets come back in the same order, never more than planned. A stretch that follows a
    move stays with it. The first move stays whatever it takes.

    Args:
        taken: the seconds an item takes.
    """
    if sum(map(taken, items)) <= seconds:
        return Shortened(items=items)
    units = _units(items)
    sets = _one_set_each(units, seconds, taken)
    left = seconds - _taken(units, sets, taken)
    for _ in range(max((_most(unit) for unit in units), default=0)):
        for n, unit in enumerate(units):
            more = _taken([unit], {0: sets[n] + 1}, taken) - _taken([unit], {0: sets[n]}, taken)
            if 0 < sets[n] < _most(unit) and more <= left:
                sets[n] += 1
                left -= more
    kept = [item for n, unit in enumerate(units) if sets[n] for item in with_sets(unit, sets[n])]
    out = [unit[0] for n, unit in enumerate(units) if not sets[n]]
    return Shortened(items=tuple(kept), left_out=tuple(out))


def _one_set_each(units: list[Unit], seconds: int, taken: Seconds) -> dict[int, int]:
    """One set for every move that fits, by the order of worth; what no move brings comes after all moves."""
    sets = dict.fromkeys(range(len(units)), 0)
    for n in sorted(sets, key=lambda n: (units[n][0].kind == "stretch", n)):
        more = _taken([units[n]], {0: 1}, taken)
        first = not any(sets.values()) and units[n][0].kind != "stretch"
        if more <= seconds or first:
            sets[n] = 1
            seconds -= more
    return sets


def _units(items: Iterable[PackItem]) -> list[Unit]:
    found: list[Unit] = []
    for item in items:
        if item.follows and found:
            found[-1] = (*found[-1], item)
        else:
            found.append((item,))
    return found


def _most(unit: Unit) -> int:
    return unit[0].rungs[0].sets


def _taken(units: Iterable[Unit], sets: dict[int, int], taken: Seconds) -> int:
    """The seconds of some units with so many sets each; 0 sets take none."""
    return sum(taken(item) for n, unit in enumerate(units) if sets[n] for item in with_sets(unit, sets[n]))


def with_sets(unit: Unit, sets: int) -> Unit:
    """The same moves with at most so many sets; a stretch that follows keeps its own."""
    return tuple(item if item.follows else _with_sets(item, sets) for item in unit)


def _with_sets(item: PackItem, sets: int) -> PackItem:
    rungs = tuple(msgspec.structs.replace(rung, sets=min(rung.sets, sets)) for rung in item.rungs)
    limit = item.to_the_limit if item.to_the_limit <= sets else 0
    return msgspec.structs.replace(item, rungs=rungs, to_the_limit=limit)
