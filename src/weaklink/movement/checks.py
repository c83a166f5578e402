"""Checks of a repetition: what a physiotherapist would laugh at, named by movement and phase."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from weaklink.body.joints import RESTING_ENDS, stem_of
from weaklink.movement.balance import outside
from weaklink.movement.kinematics import Placed, place
from weaklink.movement.posing import pairs_that_may_meet
from weaklink.movement.repetition import Phase, Repetition
from weaklink.movement.surfaces import distance, from_floor, from_thing

FloatArray = npt.NDArray[np.float64]

# Raised by hand whenever a check or a threshold changes, so that what was found before counts no more.
CHECK_REVISION = 1
# Thresholds are ours, from what can be seen in pictures (docs/science/movement-format.md).
CONTACT_M, SUNK_M, SLIDE_M, OVERLAP_M = 0.010, 0.008, 0.004, 0.012
OFF_BALANCE_M = 0.002
LIMIT_DEG, AUTHOR_DEG, SPEED_DEG_S = 0.5, 20.0, 250.0
AWAY_M = 1.0


class PoseFault(NamedTuple):
    """One thing that is wrong in one phase."""

    movement: str
    phase: str
    says: str

    def __str__(self) -> str:
        return f"{self.movement}, {self.phase}: {self.says}"


def faults(repetition: Repetition) -> tuple[PoseFault, ...]:
    """Everything wrong with a repetition, phase by phase; empty when it can be shown."""
    name = repetition.movement.id
    found = [PoseFault(name, _label(phase), says) for phase in repetition.phases for says in _in_phase(phase)]
    keyframes = [repetition.phases[index] for index in repetition.keyframes]
    found += [
        PoseFault(name, _label(phase), says)
        for phase in keyframes
        for says in _at_keyframe(repetition, phase)
    ]
    found += [PoseFault(name, "repetition", says) for says in (*_slides(repetition), *_hurries(repetition))]
    return tuple(dict.fromkeys(found))


def _label(phase: Phase) -> str:
    return f"{phase.name} at {phase.time_s:.1f} s"


def _in_phase(phase: Phase) -> Iterator[str]:
    """Faults of any baked pose: missed contacts, flesh in things or in itself, a body that would fall."""
    placed = place(phase.task.skeleton, phase.pose.coordinates)
    yield from _missed(phase, placed)
    yield from _sunk(phase, placed)
    yield from _overlapping(phase, placed)
    yield from _falling(phase, placed)


def _missed(phase: Phase, placed: Placed) -> Iterator[str]:
    body = phase.task.skeleton
    for touch in phase.task.touches:
        gap = distance(touch.on, phase.task.things, placed.balls[0, touch.ball]) - body.ball_radii[touch.ball]
        if abs(gap) > CONTACT_M:
            yield f"{body.balls[touch.ball]} is {100 * gap:.1f} cm off the {touch.on}"


def _sunk(phase: Phase, placed: Placed) -> Iterator[str]:
    body, points = phase.task.skeleton, placed.balls[0]
    around = [("floor", from_floor(points))]
    around += [(thing.name, from_thing(thing, points)) for thing in phase.task.things]
    for name, gaps in around:
        depth = body.ball_radii - gaps
        if depth.max() > SUNK_M:
            yield f"{body.balls[int(depth.argmax())]} is {100 * depth.max():.1f} cm in the {name}"


def _overlapping(phase: Phase, placed: Placed) -> Iterator[str]:
    body = phase.task.skeleton
    first, second = pairs_that_may_meet(body.height_m)
    apart = np.linalg.norm(placed.balls[0, first] - placed.balls[0, second], axis=1)
    depth = body.ball_radii[first] + body.ball_radii[second] - apart
    worst = int(depth.argmax())
    if depth[worst] > OVERLAP_M:
        yield f"{body.balls[first[worst]]} is {100 * depth[worst]:.1f} cm in {body.balls[second[worst]]}"


def _falling(phase: Phase, placed: Placed) -> Iterator[str]:
    if not phase.task.support:
        return
    support = placed.balls[:, list(phase.task.support)][:, :, [0, 2]]
    beyond = float(outside(placed.mass_centre[:, [0, 2]], support)[0])
    if beyond > OFF_BALANCE_M:
        yield f"the centre of mass is {100 * beyond:.1f} cm outside what carries it"


def _at_keyframe(repetition: Repetition, phase: Phase) -> Iterator[str]:
    """Faults of a solved keyframe: at the end of a range, far from what was written, far from home."""
    body, found = phase.task.skeleton, phase.pose.coordinates
    said = {**repetition.movement.angles}
    for keyframe in repetition.movement.keyframes:
        said |= keyframe.angles if keyframe.name == phase.name else {}
    loose = {stem_of(name) for name in _loose(repetition, phase.name)}
    for index, name in enumerate(body.coordinates):
        if name.startswith("pelvis"):
            continue
        if _at_end(phase, index) and stem_of(name) not in repetition.movement.at_limit:
            yield f"{name} is at the end of its range, {np.rad2deg(found[index]):.0f} degrees"
        away = float(np.rad2deg(found[index] - phase.task.wanted[index]))
        if abs(away) > AUTHOR_DEG and stem_of(name) not in loose:
            yield f"{name} is {away:+.0f} degrees from what is written"
    if np.abs(found[[body.coordinate("pelvis_tx"), body.coordinate("pelvis_tz")]]).max() > AWAY_M:
        yield "the body is more than a metre from the middle of the room"


def _loose(repetition: Repetition, name: str) -> set[str]:
    free = set(repetition.movement.free)
    for keyframe in repetition.movement.keyframes:
        free |= set(keyframe.free) if keyframe.name == name else set()
    return free


def _at_end(phase: Phase, index: int) -> bool:
    task, value = phase.task, phase.pose.coordinates[index]
    near = np.deg2rad(LIMIT_DEG)
    rests = stem_of(task.skeleton.coordinates[index]) in RESTING_ENDS
    return bool(value > task.high[index] - near or (value < task.low[index] + near and not rests))


def _slides(repetition: Repetition) -> Iterator[str]:
    """Balls that move although their contact stays."""
    body = repetition.skeleton
    for before, after in zip(repetition.phases, repetition.phases[1:], strict=False):
        stay = {(t.ball, t.on) for t in before.task.touches if not t.slides}
        balls = [place(body, phase.pose.coordinates).balls[0] for phase in (before, after)]
        for touch in after.task.touches:
            moved = float(np.linalg.norm(balls[1][touch.ball] - balls[0][touch.ball]))
            if (touch.ball, touch.on) in stay and not touch.slides and moved > SLIDE_M:
                yield f"{body.balls[touch.ball]} slides {1000 * moved:.0f} mm before {_label(after)}"


def _hurries(repetition: Repetition) -> Iterator[str]:
    """Joints that turn faster than the prescribed tempo should need."""
    if repetition.movement.quick or len(repetition.phases) < 2:
        return
    angles = np.rad2deg(repetition.coordinates[:, 6:])
    passed = np.diff(repetition.times_s)
    speeds = np.abs(np.diff(angles, axis=0)) / np.maximum(passed, 1e-6)[:, None]
    speeds[passed < 1e-6] = 0
    step, joint = np.unravel_index(int(speeds.argmax()), speeds.shape)
    if speeds[step, joint] > SPEED_DEG_S:
        name = repetition.skeleton.coordinates[6 + int(joint)]
        yield f"{name} turns at {speeds[step, joint]:.0f} degrees per second"
