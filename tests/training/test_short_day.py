"""A short day: it fits, keeps what is worth most, names what is out, and never asks for more than planned."""

from __future__ import annotations

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.training.packs import random_pack
from weaklink.training.session.session_pack import PackItem
from weaklink.training.session.short_day import shortened, with_sets


def taken(item: PackItem) -> int:
    """A set takes half a minute and its repetitions."""
    rung = item.rungs[0]
    return 20 + rung.sets * len(rung.sides) * (30 + (rung.reps or 5))


def items_of(seed: int) -> tuple[PackItem, ...]:
    found = [item for n in range(3) for item in random_pack(3 * seed + n).items]
    return tuple(msgspec.structs.replace(item, slot=f"slot-{n}") for n, item in enumerate(found))


@settings(max_examples=300, deadline=None, derandomize=True)
@given(seed=st.integers(0, 400), seconds=st.integers(0, 3000))
def test_a_shortened_day_fits_and_keeps_the_most_valuable(seed: int, seconds: int) -> None:
    items = items_of(seed)
    found = shortened(items, seconds, taken)
    planned = {item.slot: item for item in items}
    kept = [item.slot for item in found.items]

    assert kept == [slot for slot in planned if slot in kept]
    for item in found.items:
        sets = [
            (mine.sets, whole.sets) for mine, whole in zip(item.rungs, planned[item.slot].rungs, strict=True)
        ]
        assert all(1 <= mine <= whole for mine, whole in sets)
        assert item.follows or item.to_the_limit in (0, planned[item.slot].to_the_limit)
    if sum(map(taken, found.items)) > seconds:
        alone = [item for item in found.items if not item.follows]
        assert [item.rungs[0].sets for item in alone] == [1]
    first = next((item.slot for item in items if item.kind != "stretch"), None)
    assert first is None or first in kept


@settings(max_examples=200, deadline=None, derandomize=True)
@given(seed=st.integers(0, 400), seconds=st.integers(0, 3000))
def test_everything_is_kept_or_named_and_a_stretch_stays_with_its_move(seed: int, seconds: int) -> None:
    items = items_of(seed)
    found = shortened(items, seconds, taken)
    kept, out = {item.slot for item in found.items}, {item.slot for item in found.left_out}
    bringer = ""
    for n, item in enumerate(items):
        if item.follows and n:
            assert (item.slot in kept) == (bringer in kept)
        else:
            bringer = item.slot
            assert (item.slot in kept) != (item.slot in out)


def test_with_enough_time_nothing_changes() -> None:
    items = items_of(3)

    assert shortened(items, sum(map(taken, items)), taken).items == items
    assert shortened(items, sum(map(taken, items)), taken).left_out == ()
    assert with_sets((), 1) == ()
