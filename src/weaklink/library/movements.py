"""Movements: a movement's file and its posture as one value, and what either lacks."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from weaklink.library.movement_words import freed, movement_words
from weaklink.library.reading import Library, UnknownIdError, nearest
from weaklink.library.records import MovementRecord, Posture
from weaklink.movement import format as moving


def movement_of(record_id: str, library: Library) -> moving.Movement:
    """The movement of an exercise or test, with all its posture says.

    Raises: UnknownIdError when it, its posture or the movement it is the same as does not exist.
    """
    record = _record(record_id, library)
    posture = library.postures.get(record.posture)
    if record.posture and posture is None:
        raise UnknownIdError(f'no posture "{record.posture}"; nearest: {_near(record.posture, library)}')
    return _joined(record_id, record, posture or EMPTY)


def shown_by(record_id: str, library: Library) -> str:
    """The movement whose phases show an exercise or test: itself, or the one it is the same as.

    Raises: UnknownIdError.
    """
    return _record(record_id, library).id


def missing(library: Library) -> tuple[str, ...]:
    """Exercises and tests at home that have no movement yet, in the order of their ids."""
    tests = [test.id for test in library.clinical_tests.values() if test.performed_by == "self"]
    wanted = {*library.exercises, *tests}
    return tuple(sorted(wanted - set(library.movements)))


def movement_problems(record: MovementRecord, library: Library) -> Iterator[tuple[str, str]]:
    """What is wrong with a movement's names, as field and message."""
    if record.id not in library.exercises and record.id not in library.clinical_tests:
        yield "id", "is neither an exercise nor a test; a movement has the id of what it shows"
    target = library.movements.get(record.same_as)
    if record.same_as and (target is None or target.same_as):
        close = nearest(
            record.same_as, sorted(name for name, one in library.movements.items() if one.keyframes)
        )
        yield "same_as", f'no movement "{record.same_as}" with phases of its own; nearest: {close}'
    if record.posture and record.posture not in library.postures:
        yield "posture", f'no posture "{record.posture}"; nearest: {_near(record.posture, library)}'
    elif not record.same_as and not record.keyframes:
        yield "keyframes", "is empty; show at least one phase"
    yield from movement_words(record, library.postures.get(record.posture))


def _record(record_id: str, library: Library) -> MovementRecord:
    if record_id not in library.movements:
        close = nearest(record_id, sorted(library.movements))
        raise UnknownIdError(f'no movement "{record_id}"; nearest: {close}')
    record = library.movements[record_id]
    if record.same_as:
        if record.same_as not in library.movements or library.movements[record.same_as].same_as:
            raise UnknownIdError(f'"{record_id}" is the same as "{record.same_as}", which has no phases')
        return library.movements[record.same_as]
    return record


def _near(posture: str, library: Library) -> str:
    return nearest(posture, sorted(library.postures))


def _joined(record_id: str, record: MovementRecord, posture: Posture) -> moving.Movement:
    own = {thing.name for thing in record.things}
    return moving.Movement(
        id=record_id,
        side=record.side,
        things=(*(thing for thing in posture.things if thing.name not in own), *record.things),
        held=tuple(record.held),
        angles={**posture.angles, **record.angles},
        free=tuple(_freed(posture.free, record.angles)) + tuple(record.free),
        contacts=(*_kept(posture, record), *record.contacts),
        aims=(*(() if record.own_aims else posture.aims), *record.aims),
        balanced=posture.balanced if record.balanced is None else record.balanced,
        travels=record.travels,
        quick=record.quick,
        at_limit=tuple(record.at_limit),
        keyframes=tuple(record.keyframes),
        view=record.view or posture.view,
        feet=record.feet,
    )


def _freed(free: list[str], said: dict[str, float]) -> list[str]:
    """Coordinates a posture leaves to the contacts, unless the movement says them."""
    sides = [side for name in free for side in (name, name + "_r", name + "_l")]
    named = {name[:-2] for name in said if name.endswith(("_r", "_l"))}
    whole = [name for name in free if name not in said and name not in named]
    halves = [side for side in sides if side[:-2] in named and side[:-2] in free and side not in said]
    return whole + halves


def _kept(posture: Posture, record: MovementRecord) -> Iterator[moving.Contact]:
    """The posture's contacts without the parts the movement leaves out."""
    return (one for contact in posture.contacts if (one := freed(contact, record.without)) is not None)


# A movement without a posture starts from standing with nothing fixed.
EMPTY = Posture(status="draft", last_checked=datetime.date(2026, 11, 20), name="")
