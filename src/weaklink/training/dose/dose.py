"""The dose of one exercise for one runner: sets, repetitions, holds, effort, rests, and the time it takes."""

from __future__ import annotations

import math

import msgspec

from weaklink.library.records import Dose, Exercise, Prescription
from weaklink.quantities import Level

SETTING_UP_S = 20  # finding the place and the band; design
IN_AND_OUT_S = 3  # getting into a held position and out of it; design
MOVING_ON_S = 20  # rest between the stations of a circuit; design
MOST_SETS_KEPT = 3  # a dose of more sets than this may shrink; design
FEWEST_SETS = 2
DEFAULT_RIR = 2  # article B: stop when about two more would still be clean
STEPS_TO_TOP = 10  # weekly steps from the bottom to the top of a range of repetitions; design
HOLD_STEP_S = 5  # a longer hold grows by this many seconds; design
LEAST_REST_S, REST_STEP_S = 30, 5  # between two sets of a move done side by side; design
LONGER_REST = 1.5  # from age 65; design


class DosedRunner(msgspec.Struct, frozen=True, kw_only=True):
    """What a dose has to know about the runner."""

    level: Level = "regular"
    min_rir: int = DEFAULT_RIR
    to_maximum: bool = False  # where the dose says as many as possible, nothing has to be kept in reserve
    longer_rest: bool = False
    circuit: bool = False  # stations one after the other: the next station is the rest


class Prescribed(msgspec.Struct, frozen=True, kw_only=True):
    """One exercise with definite numbers. Times in seconds; `seconds` counts both sides and the rests."""

    sets: int
    reps: int | None
    hold_s: int | None
    tempo: str
    rir: int | None
    rest_s: int
    how_heavy: str
    source: str
    seconds: int


def merged(dose: Dose, exercise: Exercise) -> Prescription:
    """The numbers of the dose class, with the parts the exercise sets for itself.

    One repetition of a hold is the hold.
    """
    gives, own = dose.gives, exercise.own_dose
    if own is not None:
        parts = {name: getattr(own, name) for name in own.__struct_fields__}
        said = {name: part for name, part in parts.items() if part not in (None, "")}
        gives = msgspec.structs.replace(gives, **said)
    if gives.reps == (1, 1) and gives.hold_s is not None:
        return msgspec.structs.replace(gives, reps=None)
    return gives


def set_choices(
    gives: Prescription, rounds: int | None = None, *, kept: int = MOST_SETS_KEPT
) -> tuple[int, ...]:
    """The numbers of sets a planner may choose from, fewest first.

    A dose of more sets than are `kept` may shrink to two where time is short; a wish for rounds decides
    alone.
    """
    if rounds is not None:
        return (rounds,)
    low, high = gives.sets or (1, 1)
    fewest = FEWEST_SETS if low > kept else low
    between = min(low, MOST_SETS_KEPT) if kept < MOST_SETS_KEPT else fewest
    return tuple(sorted({fewest, between, low, min(low + 1, high)}))


def grown(bounds: tuple[int, int], weeks: int, step: int) -> int:
    """The number after some weeks of training, from the low end of its range and never above the high end."""
    low, high = bounds
    return min(high, low + weeks * step)


def rep_step(bounds: tuple[int, int]) -> int:
    """How many repetitions a range grows by at a time; at least one."""
    return max(1, (bounds[1] - bounds[0]) // STEPS_TO_TOP)


def start(bounds: tuple[int, int], level: Level) -> tuple[int, int]:
    """The range this runner grows in: novices from the bottom, seasoned runners from a third of the way."""
    low, high = bounds
    return (low + (high - low) // 3, high) if level == "seasoned" else bounds


def reps_after(gives: Prescription, level: Level, weeks: int) -> int | None:
    """Repetitions after so many weeks, or None for a pure hold."""
    if gives.reps is None:
        return None
    return grown(start(gives.reps, level), weeks, rep_step(gives.reps))


def hold_after(gives: Prescription, level: Level, weeks: int) -> int | None:
    """Seconds of each hold; holds without repetitions grow, the others stay at their low end."""
    if gives.hold_s is None:
        return None
    if gives.reps is not None:
        return gives.hold_s[0]
    return grown(start(gives.hold_s, level), weeks, HOLD_STEP_S)


def effort(gives: Prescription, runner: DosedRunner) -> int | None:
    """Repetitions to keep in reserve; holds and stretches have none."""
    if gives.reps is None:
        return None
    if gives.rir == 0 and runner.to_maximum:
        return 0
    return max(DEFAULT_RIR if gives.rir is None else gives.rir, runner.min_rir)


def rest_between(gives: Prescription, runner: DosedRunner, other_side_s: float = 0.0) -> int:
    """Seconds of rest between two sets; a side rests while the other one works for so many seconds."""
    rest = MOVING_ON_S if runner.circuit else gives.rest_s or 0
    rest = round(rest * LONGER_REST) if runner.longer_rest else rest
    left = math.ceil((rest - other_side_s) / REST_STEP_S) * REST_STEP_S
    return min(rest, max(left, LEAST_REST_S))


def seconds_taken(sets: int, reps: int | None, hold_s: int | None, rest_s: int, exercise: Exercise) -> int:
    """Time for all sets on all sides with the rests between them and the setting up.

    A held repetition takes its hold and the way in and out of it, and never less than the exercise states.
    """
    sides = 2 if exercise.sided else 1
    each = seconds_of_side(reps, hold_s, exercise)
    return math.ceil(sets * sides * each + (sets - 1) * rest_s + SETTING_UP_S)


def seconds_of_side(reps: int | None, hold_s: int | None, exercise: Exercise) -> float:
    """Time for one set on one side."""
    held = hold_s + IN_AND_OUT_S if hold_s is not None else 0.0
    return (reps or 1) * (held if reps is None else max(held, exercise.seconds_per_rep))


def prescribe(exercise: Exercise, dose: Dose, runner: DosedRunner, sets: int, weeks: int = 0) -> Prescribed:
    """The exercise with definite numbers, after `weeks` weeks of it."""
    gives = merged(dose, exercise)
    reps, hold_s = reps_after(gives, runner.level, weeks), hold_after(gives, runner.level, weeks)
    rest_s = rest_between(gives, runner, seconds_of_side(reps, hold_s, exercise) if exercise.sided else 0.0)
    return Prescribed(
        sets=sets,
        reps=reps,
        hold_s=hold_s,
        tempo=gives.tempo,
        rir=effort(gives, runner),
        rest_s=rest_s,
        how_heavy=gives.load,
        source=dose.id,
        seconds=seconds_taken(sets, reps, hold_s, rest_s, exercise),
    )


def times_a_week(exercise: Exercise, dose: Dose) -> int:
    """How many sessions a week may hold this exercise."""
    bounds = merged(dose, exercise).per_week
    return bounds[1] if bounds else 7
