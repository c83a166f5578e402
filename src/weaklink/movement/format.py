"""The format of a movement: phases in joint coordinates, what is fixed where, what is held.

An exercise is written in it, the figure draws it, the mechanics loads it. Angles in degrees, lengths in
metres of a body of 1.75 m; x forward, y up, z to the right of a body that stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

Vector = tuple[float, float, float]
FLOOR = "floor"
Side = Literal["right", "left", "both"]


class MovementPart(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A part of a movement: unknown keys are errors, values never change."""


class Thing(MovementPart, frozen=True, kw_only=True):
    """A solid thing in the room, as a box: wall, step, chair, bench, cushion."""

    name: str
    kind: Literal["wall", "step", "chair", "bench", "box", "cushion", "machine", "ball", "bar", "roller"]
    low: Vector  # the corner with the smallest x, y and z
    high: Vector


class Held(MovementPart, frozen=True, kw_only=True):
    """A thing that goes with the body: between, around or in these balls of flesh.

    A sling is a belt behind two limbs, tied to a thing in front. A pad is what a machine moves with the body:
    the rest behind four balls, the lower ones first, its rails as long as `size`; or a block on a shoulder.
    """

    kind: Literal["weight", "ball", "band", "towel", "bar", "belt", "kettlebell", "pad", "sling"]
    at: tuple[str, ...]  # one ball: it is there; two: it lies between or around them
    to: str = ""  # a band's other end: the name of a thing; a belt's: it is tied there ("floor", too)
    size: float = 0.0  # diameter or length [m]
    kg: float = 0.0
    newtons: float = 0.0  # how hard a band pulls, or a ball or belt is pressed; 0: the usual of its kind


class Contact(MovementPart, frozen=True, kw_only=True):
    """Parts that touch a thing. They stay where they are from phase to phase, unless they slide."""

    parts: tuple[str, ...]  # balls or pads: "foot_r", "buttock_l"
    on: str = FLOOR
    slides: bool = False


class Aim(MovementPart, frozen=True, kw_only=True):
    """One statement on the pose; exactly one of `line`, `level`, `meet` and `put` is said."""

    line: tuple[str, str] | None = None  # from one ball to another points `along`
    along: Vector = (0.0, 0.0, 0.0)
    level: tuple[str, str] | None = None  # along `axis`, the first is `gap` ahead of the second
    axis: Literal["x", "y", "z"] = "y"
    gap: float = 0.0
    meet: tuple[str, str] | None = None  # the flesh of two balls is `gap` apart
    put: str | None = None  # this ball along `axis` at `gap`
    firm: float = 1.0  # by how much more it counts

    def __post_init__(self) -> None:
        said = [self.line, self.level, self.meet, self.put]
        if sum(part is not None for part in said) != 1:
            raise ValueError("an aim says exactly one of line, level, meet, put")


class Keyframe(MovementPart, frozen=True, kw_only=True):
    """One phase: its angles and how it differs from the movement's own contacts and aims."""

    name: str
    seconds: float = 1.5  # to get here from the phase before
    hold_s: float = 0.0
    angles: Mapping[str, float] = {}
    free: tuple[str, ...] = ()  # coordinates the contacts decide
    without: tuple[str, ...] = ()  # parts that let go
    contacts: tuple[Contact, ...] = ()  # further ones
    aims: tuple[Aim, ...] = ()  # further ones


class Movement(MovementPart, frozen=True, kw_only=True):
    """One repetition, written for the side it works; the other side is its mirror image."""

    id: str
    side: Side = "both"
    things: tuple[Thing, ...] = ()
    held: tuple[Held, ...] = ()
    angles: Mapping[str, float] = {}  # of every phase; where and how the body lies in the room, too
    free: tuple[str, ...] = ()
    contacts: tuple[Contact, ...] = ()
    aims: tuple[Aim, ...] = ()
    balanced: bool = False  # the centre of mass stays over what carries it
    travels: bool = False  # ends elsewhere: there is no way back to the first phase
    quick: bool = False  # a hop or a bound: no limit to its speed
    at_limit: tuple[str, ...] = ()  # coordinates that are meant to reach the end of their range
    keyframes: tuple[Keyframe, ...]
    view: tuple[float, float] = (0.0, 8.0)  # first camera: degrees around from the right side, degrees up
    feet: bool = False  # the first camera shows only what is below the knees
