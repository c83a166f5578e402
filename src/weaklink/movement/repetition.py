"""A repetition: a movement's phases solved, and the poses between them, with every contact kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from weaklink.body.skeleton import Skeleton, skeleton_of
from weaklink.movement.format import Movement
from weaklink.movement.kinematics import place
from weaklink.movement.posing import Pose, carried, settle, solve
from weaklink.movement.task import Task, Touch, task_of

FloatArray = npt.NDArray[np.float64]
PHASES_PER_STROKE = 8


class Phase(NamedTuple):
    """One baked pose."""

    name: str  # the keyframe it is or leads to
    time_s: float
    task: Task
    pose: Pose


class Repetition(NamedTuple):
    """One repetition in time; the first phase comes again after the last."""

    movement: Movement
    skeleton: Skeleton
    phases: tuple[Phase, ...]
    keyframes: tuple[int, ...]  # which phases are keyframes
    duration_s: float

    @property
    def times_s(self) -> FloatArray:
        """When each phase is reached [s], (n_phases,)."""
        return np.array([phase.time_s for phase in self.phases])

    @property
    def coordinates(self) -> FloatArray:
        """Joint coordinates of every phase [rad, m], (n_phases, n_coordinates)."""
        return np.array([phase.pose.coordinates for phase in self.phases])


def repetition(
    movement: Movement, skeleton: Skeleton | None = None, between: int = PHASES_PER_STROKE
) -> Repetition:
    """A movement solved for one body: its keyframes and `between` strokes from each to the next.

    Raises: MovementError for a name the body or the room does not have.
    """
    body = skeleton or skeleton_of()
    solved = list(_keyframes(movement, body))
    if len(solved) == 1:
        alone = movement.keyframes[0]
        phase = Phase(alone.name, 0.0, *solved[0])
        return Repetition(movement, body, (phase,), (0,), alone.seconds + alone.hold_s)
    return _timed(movement, body, solved, max(between, 1))


def _keyframes(movement: Movement, body: Skeleton) -> Iterator[tuple[Task, Pose]]:
    """Every keyframe solved; balls that keep their contact are pinned where they were.

    A foot that comes down again comes down in its old place, unless the movement travels.
    """
    before: Pose | None = None
    places: dict[tuple[int, str], FloatArray] = {}
    for keyframe in movement.keyframes:
        task = task_of(movement, keyframe, body)
        task = task._replace(pins={touch.ball: at for touch, at in _known_places(task, places)})
        pose = _solve_near(task, before)
        before = pose
        found = _touched(task, pose)
        places = found if movement.travels else {**found, **places}
        yield task, pose


def _known_places(
    task: Task, places: dict[tuple[int, str], FloatArray]
) -> Iterator[tuple[Touch, FloatArray]]:
    for touch in task.touches:
        if not touch.slides and (touch.ball, touch.on) in places:
            yield touch, places[touch.ball, touch.on]


def _touched(task: Task, pose: Pose) -> dict[tuple[int, str], FloatArray]:
    """Where every ball that must stay has come to touch its thing."""
    balls = place(task.skeleton, pose.coordinates).balls[0]
    return {
        (touch.ball, touch.on): task.pins.get(touch.ball, balls[touch.ball])
        for touch in task.touches
        if not touch.slides
    }


def _solve_near(task: Task, before: Pose | None) -> Pose:
    """The better of two solutions: from the written angles, and from where the body just was."""
    start = settle(task, task.wanted)
    if before is None:
        return solve(task, start)
    moved = start.copy()
    moved[:6] = before.coordinates[:6]
    return min(solve(task, start), solve(task, moved), key=lambda pose: pose.cost)


def _timed(movement: Movement, body: Skeleton, solved: list[tuple[Task, Pose]], between: int) -> Repetition:
    """The phases in time: keyframes, what is between them, and the way back to the first."""
    phases: list[Phase] = []
    marks: list[int] = []
    clock = 0.0
    strokes: list[list[Phase]] = []
    count = len(solved)
    for index, (task, pose) in enumerate(solved):
        here, following = movement.keyframes[index], movement.keyframes[(index + 1) % count]
        marks.append(len(phases))
        phases.append(Phase(here.name, clock, task, pose))
        clock += here.hold_s
        if here.hold_s:
            phases.append(Phase(here.name, clock, task, pose))
        if movement.travels and index == count - 1:
            break
        back = count == 2 and index == 1
        poses = strokes[0][::-1] if back else _stroke(solved[index], solved[(index + 1) % count], between)
        strokes.append(poses)
        for step, phase in enumerate(poses, start=1):
            time = clock + following.seconds * _share(step / between)
            phases.append(phase._replace(name=following.name, time_s=time))
        clock += following.seconds
    return Repetition(movement, body, tuple(phases), tuple(marks), clock)


def _share(part: float) -> float:
    """When a part of the way is done, as a share of the time: slow, quick, slow (half a cosine)."""
    return float(np.arccos(1 - 2 * part) / np.pi)


def _stroke(start: tuple[Task, Pose], end: tuple[Task, Pose], between: int) -> list[Phase]:
    """The poses between two keyframes: coordinates in even steps, contacts solved again."""
    found: list[Phase] = []
    before = start[1].coordinates
    for step in range(1, between):
        part = step / between
        task = _on_the_way(start, end, part)
        near = task.wanted if step == 1 else task.wanted + (before - found[-1].task.wanted)
        pose = solve(task, near, rounds=12)
        before = pose.coordinates
        found.append(Phase("", 0.0, task, pose))
    return found


def _on_the_way(start: tuple[Task, Pose], end: tuple[Task, Pose], part: float) -> Task:
    """The task between two phases: what both touch stays, the coordinates are on their straight way."""
    first, last = start[0], end[0]
    kept = tuple(touch for touch in first.touches if touch in last.touches)
    stay = [touch.ball for touch in kept if not touch.slides]
    places = [place(first.skeleton, pose.coordinates).balls[0] for _, pose in (start, end)]
    middle = (1 - part) * places[0] + part * places[1]
    wanted = (1 - part) * start[1].coordinates + part * end[1].coordinates
    aims = tuple(aim for aim in first.aims if aim in last.aims)
    support = tuple(touch.ball for touch in kept if touch.ball in set(first.support) & set(last.support))
    if not all(carried(pose.coordinates, support, first) for _, pose in (start, end)):
        support = ()
    return first._replace(
        touches=kept,
        pins={ball: middle[ball] for ball in stay},
        aims=aims,
        wanted=wanted,
        weights=np.minimum(first.weights, last.weights),
        support=support,
    )
