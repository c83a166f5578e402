"""The mirror: a movement done by the other side."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from weaklink.body.skeleton import mirror_name
from weaklink.movement.format import Aim, Contact, Held, Keyframe, Movement, Side, Thing, Vector

# Coordinates of the middle that point to a side.
SIDEWAYS = frozenset(
    {
        "pelvis_tz", "pelvis_list", "pelvis_rotation", "lumbar_bending", "lumbar_rotation",
        "neck_bending", "neck_rotation",
    }
)  # fmt: skip
OTHER: Mapping[Side, Side] = {"right": "left", "left": "right", "both": "both"}


def mirrored(movement: Movement) -> Movement:
    """The same movement with right and left exchanged; mirrored twice it is itself."""
    around, up = movement.view
    return msgspec.structs.replace(
        movement,
        side=OTHER[movement.side],
        things=tuple(_thing(thing) for thing in movement.things),
        held=tuple(_held(held) for held in movement.held),
        angles=_angles(movement.angles),
        free=tuple(mirror_name(name) for name in movement.free),
        contacts=tuple(_contact(contact) for contact in movement.contacts),
        aims=tuple(_aim(aim) for aim in movement.aims),
        keyframes=tuple(_keyframe(keyframe) for keyframe in movement.keyframes),
        view=(180 - around, up),
    )


def _angles(angles: Mapping[str, float]) -> dict[str, float]:
    return {mirror_name(name): -value if name in SIDEWAYS else value for name, value in angles.items()}


def _keyframe(keyframe: Keyframe) -> Keyframe:
    return msgspec.structs.replace(
        keyframe,
        angles=_angles(keyframe.angles),
        free=tuple(mirror_name(name) for name in keyframe.free),
        without=tuple(mirror_name(part) for part in keyframe.without),
        contacts=tuple(_contact(contact) for contact in keyframe.contacts),
        aims=tuple(_aim(aim) for aim in keyframe.aims),
    )


def _contact(contact: Contact) -> Contact:
    return msgspec.structs.replace(contact, parts=tuple(mirror_name(part) for part in contact.parts))


def _held(held: Held) -> Held:
    return msgspec.structs.replace(held, at=tuple(mirror_name(part) for part in held.at))


def _thing(thing: Thing) -> Thing:
    low, high = thing.low, thing.high
    return msgspec.structs.replace(thing, low=(low[0], low[1], -high[2]), high=(high[0], high[1], -low[2]))


def _aim(aim: Aim) -> Aim:
    sign = -1.0 if aim.axis == "z" else 1.0
    gap = aim.gap if aim.meet is not None else sign * aim.gap
    return msgspec.structs.replace(
        aim,
        line=_pair(aim.line),
        along=_away(aim.along),
        level=_pair(aim.level),
        gap=gap,
        meet=_pair(aim.meet),
        put=None if aim.put is None else mirror_name(aim.put),
    )


def _pair(names: tuple[str, str] | None) -> tuple[str, str] | None:
    return None if names is None else (mirror_name(names[0]), mirror_name(names[1]))


def _away(along: Vector) -> Vector:
    return along[0], along[1], -along[2]
