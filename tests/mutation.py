"""Mutations: JSON values as another edition, a damaged disk or an odd program might have left them."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable
from typing import Any

HUGE = int("9" * 400)
ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 7, 11, 1e308, -0.5, HUGE, "", "no-such-id", "yes", "no", "unsure", "9" * 400, "nan",
    "a\x00b", "\u202eleft", "x" * 3000, "0001-01-01", "9999-12-31T23:59:59+00:00", [], {}, ["no-such-id"],
    [[]], [None], {"no-such-id": "yes"}, {"": ""}, [{"site": "no-such-site"}],
)  # fmt: skip
Path = tuple[Any, ...]


def places(value: Any, at: Path = ()) -> list[Path]:
    """The way to every value inside a JSON value, itself included."""
    found = [at]
    if isinstance(value, dict):
        for key in value:
            found += places(value[key], (*at, key))
    elif isinstance(value, list):
        for number, one in enumerate(value):
            found += places(one, (*at, number))
    return found


def mutated(value: Any, chance: random.Random, times: int = 1) -> tuple[Any, list[str]]:
    """A copy with so many changes, and what they were."""
    value, says = copy.deepcopy(value), []
    for _ in range(times):
        at = _somewhere(value, chance)
        does = chance.choice(CHANGES)
        value, said = does(value, at, chance)
        says.append(f"{does.__name__} {'.'.join(map(str, at))}: {said}"[:200])
    return value, says


def _somewhere(value: Any, chance: random.Random) -> Path:
    """Every depth has its turn: a plan has thousands of leaves, and one heading."""
    found = places(value)
    depth = chance.randint(0, max(map(len, found)))
    return chance.choice([at for at in found if len(at) == depth])


def _put(value: Any, at: Path, new: Any) -> Any:
    if not at:
        return new
    inside = value
    for step in at[:-1]:
        inside = inside[step]
    inside[at[-1]] = new
    return value


def _at(value: Any, at: Path) -> Any:
    for step in at:
        value = value[step]
    return value


def _other(value: Any, at: Path, chance: random.Random) -> tuple[Any, str]:
    new = copy.deepcopy(chance.choice(ODD))
    return _put(value, at, new), repr(new)[:80]


def _without(value: Any, at: Path, _chance: random.Random) -> tuple[Any, str]:
    if not at:
        return {}, "all"
    del _at(value, at[:-1])[at[-1]]
    return value, ""


def _renamed(value: Any, at: Path, _chance: random.Random) -> tuple[Any, str]:
    if not at or not isinstance(at[-1], str):
        return value, "nothing"
    inside = _at(value, at[:-1])
    inside[f"{at[-1]}-of-old"] = inside.pop(at[-1])
    return value, f"{at[-1]}-of-old"


def _added(value: Any, at: Path, chance: random.Random) -> tuple[Any, str]:
    inside = _at(value, at)
    new = copy.deepcopy(chance.choice(ODD))
    if isinstance(inside, dict):
        inside["no-such-key"] = new
    elif isinstance(inside, list):
        inside.append(new)
    return value, repr(new)[:80]


def _another_id(value: Any, at: Path, _chance: random.Random) -> tuple[Any, str]:
    found = _at(value, at)
    return (_put(value, at, f"{found}-of-old"), found) if isinstance(found, str) else (value, "nothing")


CHANGES: tuple[Callable[[Any, Path, random.Random], tuple[Any, str]], ...] = (
    _other, _without, _renamed, _added, _another_id,
)  # fmt: skip
