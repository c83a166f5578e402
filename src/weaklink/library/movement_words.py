"""Movement words: every coordinate, part and thing a movement or a posture names, held against the body."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from weaklink.body.flesh import PADS
from weaklink.body.joints import stem_of
from weaklink.body.skeleton import Skeleton, skeleton_of
from weaklink.library.reading import nearest
from weaklink.library.records import MovementRecord, Posture
from weaklink.movement.format import FLOOR, Aim, Contact, Held, Keyframe, Thing
from weaklink.movement.task import balls_of

Found = Iterator[tuple[str, str]]  # field and message
ALSO_SAID = frozenset({"id", "same_as", "status", "reviewed_by", "last_checked", "statements", "sources"})


def posture_words(posture: Posture) -> Found:
    """What a posture names and the body or its things do not have, as field and message."""
    things = names_of(posture.things)
    yield from _coordinates("angles", posture.angles)
    yield from _coordinates("free", posture.free)
    yield from _contacts("contacts", posture.contacts, things)
    yield from _aims("aims", posture.aims)


def movement_words(record: MovementRecord, posture: Posture | None) -> Found:
    """What a movement names and the body, its things or its posture do not have, as field and message."""
    if record.same_as:
        yield from _said_besides(record)
        return
    things = names_of(record.things) | names_of(posture.things if posture else ())
    yield from _coordinates("angles", record.angles)
    yield from _coordinates("free", record.free)
    yield from _stems("at_limit", record.at_limit)
    yield from _contacts("contacts", record.contacts, things)
    yield from _aims("aims", record.aims)
    yield from _held(record.held, things)
    standing = list(_balls(posture.contacts if posture else ()))
    yield from _without("without", record.without, set(standing), "the posture")
    touching = {*_left(standing, record.without), *_balls(record.contacts)}
    for keyframe in record.keyframes:
        yield from _keyframe(f"keyframes.{keyframe.name}", keyframe, things, touching)


def names_of(things: Iterable[Thing]) -> frozenset[str]:
    """What contacts may name: the things of a room, and the floor."""
    return frozenset({FLOOR, *(thing.name for thing in things)})


@functools.cache
def known_parts() -> frozenset[str]:
    """What a contact may name: every ball of flesh, and every pad of either side."""
    pads = (pad + side for pad in PADS for side in ("_r", "_l"))
    return frozenset({*skeleton_of().balls, *pads})


def freed(contact: Contact, without: Iterable[str]) -> Contact | None:
    """A contact without the parts that let go, down to single balls of a pad; None when none is left."""
    gone = set(_known_balls(without))
    parts: list[str] = []
    for part in contact.parts:
        balls = _known_balls([part])
        parts += [part] if gone.isdisjoint(balls) else [ball for ball in balls if ball not in gone]
    return msgspec.structs.replace(contact, parts=tuple(parts)) if parts else None


def _said_besides(record: MovementRecord) -> Found:
    for field in msgspec.structs.fields(record):
        if field.name not in ALSO_SAID and getattr(record, field.name) != field.default:
            empty = getattr(record, field.name) in ([], {}, "")
            if not empty:
                yield field.name, f'is never read, for the movement is the same as "{record.same_as}"'


def _keyframe(where: str, keyframe: Keyframe, things: frozenset[str], touching: set[str]) -> Found:
    yield from _coordinates(f"{where}.angles", keyframe.angles)
    yield from _coordinates(f"{where}.free", keyframe.free)
    yield from _contacts(f"{where}.contacts", keyframe.contacts, things)
    yield from _aims(f"{where}.aims", keyframe.aims)
    yield from _without(f"{where}.without", keyframe.without, touching, "the movement")


def _coordinates(field: str, names: Iterable[str] | Mapping[str, float]) -> Found:
    known = set(skeleton_of().coordinates)
    stems = {stem_of(name) for name in known}
    for name in names:
        if name not in known and not {name + "_r", name + "_l"} <= known:
            yield field, f'no coordinate "{name}"; nearest: {nearest(name, sorted(known | stems))}'


def _stems(field: str, names: Iterable[str]) -> Found:
    stems = sorted({stem_of(name) for name in skeleton_of().coordinates})
    for name in names:
        if name not in stems:
            yield field, f'no coordinate "{name}", named without its side; nearest: {nearest(name, stems)}'


def _contacts(field: str, contacts: Iterable[Contact], things: frozenset[str]) -> Found:
    for contact in contacts:
        yield from _parts(f"{field}.parts", contact.parts)
        if contact.on not in things:
            yield f"{field}.on", f'no thing "{contact.on}"; known: {", ".join(sorted(things))}'


def _parts(field: str, parts: Iterable[str]) -> Found:
    for part in parts:
        if part not in known_parts():
            yield field, f'no part "{part}"; nearest: {nearest(part, sorted(known_parts()))}'


def _aims(field: str, aims: Iterable[Aim]) -> Found:
    for aim in aims:
        pair = aim.line or aim.level or aim.meet
        yield from _ball_names(field, pair or (aim.put or "",))


def _held(held: Iterable[Held], things: frozenset[str]) -> Found:
    for one in held:
        yield from _ball_names("held.at", one.at)
        if one.to and one.to not in things:
            yield "held.to", f'no thing "{one.to}"; known: {", ".join(sorted(things))}'


def _ball_names(field: str, names: Iterable[str]) -> Found:
    balls = skeleton_of().balls
    for name in names:
        if name not in balls:
            yield field, f'no single part "{name}"; nearest: {nearest(name, sorted(balls))}'


def _without(field: str, parts: Iterable[str], touching: set[str], who: str) -> Found:
    for part in parts:
        unknown = list(_parts(field, [part]))
        yield from unknown
        if not unknown and touching.isdisjoint(_known_balls([part])):
            yield field, f'"{part}" touches nothing in {who}, so it cannot let go'


def _balls(contacts: Iterable[Contact]) -> Iterator[str]:
    for contact in contacts:
        yield from _known_balls(contact.parts)


def _left(balls: Iterable[str], without: Iterable[str]) -> set[str]:
    return set(balls).difference(_known_balls(without))


def _known_balls(parts: Iterable[str]) -> list[str]:
    """The balls of parts, unknown ones as they are written."""
    body: Skeleton = skeleton_of()
    found: list[str] = []
    for part in parts:
        found += [body.balls[n] for n in balls_of(part, body)] if part in known_parts() else [part]
    return found
