"""Return to running: entry criteria, then a walk-run ladder beside the strength plan.

Criteria and steps mix published programmes that were read with our own choice (warden-2021 and goom-2019 from
memory); they are drafts. Pain 0..10, minutes throughout.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import msgspec

from weaklink.case.given import Result
from weaklink.library.records import RunningCheck
from weaklink.quantities import Message, Side

Tissue = Literal["bone", "tendon", "other"]
WALK_MINUTES = 30
WALKS = 2
WALK_PAIN = 1
TEST_PAIN = 2
HEEL_RAISES = 20
EVEN_SHARE = 0.9
STANCE_S = 30
SQUATS = 10
CLEAN_TO_MOVE_ON = 2
DAYS_BETWEEN = 2  # every other day
FLARE_RISE = 2
PAUSE_DAYS = 30  # after it every run would be much longer than the longest before; design
FLARES_TO_WALK = 2  # in a row on the first step: below it there is only walking; design


class RunWalkStep(msgspec.Struct, frozen=True, kw_only=True):
    """One step: so many minutes of running and walking, so many times. The last step has none."""

    number: int
    run_min: int
    walk_min: int
    times: int


STEPS: tuple[RunWalkStep, ...] = (
    RunWalkStep(number=1, run_min=1, walk_min=4, times=6),
    RunWalkStep(number=2, run_min=2, walk_min=3, times=6),
    RunWalkStep(number=3, run_min=3, walk_min=2, times=6),
    RunWalkStep(number=4, run_min=4, walk_min=1, times=6),
    RunWalkStep(number=5, run_min=20, walk_min=0, times=1),
    RunWalkStep(number=6, run_min=25, walk_min=0, times=1),
    RunWalkStep(number=7, run_min=30, walk_min=0, times=1),
    RunWalkStep(
        number=8, run_min=0, walk_min=0, times=0
    ),  # then how often, how long, how fast: one after the other
)


class Walk(msgspec.Struct, frozen=True, omit_defaults=True):
    """One brisk walk."""

    date: datetime.date
    minutes: float
    pain: int
    limped: bool = False


class RunWalkTurn(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """One run of the ladder: which step, the worst pain, and the mornings around it (None: not said)."""

    date: datetime.date
    step: int
    pain: int = 0
    morning_before: int = 0
    morning_after: int | None = None
    limped: bool = False
    pain_said: bool = True


class ReturnCriterion(msgspec.Struct, frozen=True, kw_only=True):
    """One entry criterion: met, not met, or not known yet."""

    id: str
    met: bool | None
    because: Message


class Return(msgspec.Struct, frozen=True, kw_only=True):
    """Where a runner is on the way back: criteria, the step that is due and from which day, or a stop."""

    open: bool
    criteria: tuple[ReturnCriterion, ...]
    step: RunWalkStep | None
    not_before: datetime.date | None
    stop: bool  # bone pain: running stops and somebody looks
    because: Message


class Recovery(msgspec.Struct, frozen=True, kw_only=True):
    """What the way back is judged by. Pain from 0 to `green_to` is green, to `amber_to` amber.

    `calm`: no pain at night or at rest. `cleared`: a professional cleared running after a bone under stress.
    `today`: the day that is asked about; after a long pause the ladder begins anew.
    """

    tissue: Tissue
    walks: Sequence[Walk]
    tests: Mapping[RunningCheck, Mapping[Side, Result]]
    turns: Sequence[RunWalkTurn]
    calm: bool
    cleared: bool = False
    green_to: int = 2
    amber_to: int = 3
    today: datetime.date | None = None


def way_back(told: Recovery) -> Return:
    """The way back to running today."""
    tissue, turns = told.tissue, told.turns
    number, why, again = ladder(turns, tissue, told.green_to, told.amber_to)
    if number and len(lately := since_pause(turns, told.today)) < len(turns):
        number, why, _ = ladder(lately, tissue, told.green_to, told.amber_to)
    walks = [walk for walk in told.walks if again is None or walk.date > again]
    criteria = entry_criteria(tissue, walks, told.tests, calm=told.calm, cleared=told.cleared)
    if number == 0:
        because = Message("running.return-bone-pain")
        return Return(open=False, criteria=criteria, step=None, not_before=None, stop=True, because=because)
    if not all(one.met for one in criteria):
        twice = again is not None and not criteria[0].met
        because = Message("running.return-walk-again" if twice else "running.return-not-yet")
        return Return(open=False, criteria=criteria, step=None, not_before=None, stop=False, because=because)
    step = STEPS[number - 1]
    last = max((turn.date for turn in turns), default=None)
    return Return(
        open=True,
        criteria=criteria,
        step=step,
        not_before=last + datetime.timedelta(days=DAYS_BETWEEN) if last is not None else None,
        stop=False,
        because=Message(f"running.return-{why}", {"step": number}),
    )


# --- entry -------------------------------------------------------------------------------------------------


def entry_criteria(
    tissue: Tissue,
    walks: Iterable[Walk],
    tests: Mapping[RunningCheck, Mapping[Side, Result]],
    *,
    calm: bool,
    cleared: bool,
) -> tuple[ReturnCriterion, ...]:
    """Everything that has to hold before the first step."""
    found = [
        _criterion("walk", _walks_enough(walks, 0 if tissue == "bone" else WALK_PAIN)),
        _criterion("calm", calm),
        _criterion("stance", _each_side(tests.get("stance", {}), STANCE_S)),
    ]
    if tissue == "bone":
        return (*found, _criterion("cleared", cleared))
    found.append(_criterion("squat", _each_side(tests.get("squat", {}), SQUATS)))
    if tissue == "tendon":
        found.append(_criterion("heel-raise", _heel_raises(tests.get("heel-raise", {}))))
    return tuple(found)


def _criterion(name: str, met: bool | None) -> ReturnCriterion:
    return ReturnCriterion(id=name, met=met, because=Message(f"running.entry-{name}"))


def _walks_enough(walks: Iterable[Walk], most_pain: int) -> bool | None:
    """Whether enough good walks were made since the last one that hurt or ended in a limp."""
    told = tuple(walks)
    bad = max((w.date for w in told if w.pain > most_pain or w.limped), default=datetime.date.min)
    good = {w.date for w in told if w.minutes >= WALK_MINUTES and w.date > bad}
    return len(good) >= WALKS


def walks_that_count(walks: Sequence[Walk]) -> list[Walk]:
    """The few walks that decide the criterion, on any day to come and for any tissue, oldest first.

    The newest that hurt at all, that hurt more than a little, or that ended in a limp; and the newest long
    enough of two days.
    """
    told = sorted(walks, key=lambda walk: walk.date)
    bad = [[w for w in told if w.pain > most or w.limped][-1:] for most in (0, WALK_PAIN)]
    long = {walk.date: walk for walk in told if walk.minutes >= WALK_MINUTES}
    kept = {id(walk) for group in (*bad, [long[day] for day in sorted(long)[-WALKS:]]) for walk in group}
    return [walk for walk in told if id(walk) in kept]


def _each_side(results: Mapping[Side, Result], least: float) -> bool | None:
    """Whether both sides reach a number with little pain; None while a side is missing."""
    sides = [results[side] for side in ("right", "left") if side in results]
    if any((r.value or 0) < least or (r.pain or 0) > TEST_PAIN for r in sides):
        return False
    return True if len(sides) == 2 else None


def _heel_raises(results: Mapping[Side, Result]) -> bool | None:
    """20 on each side, or 90 % of the better side."""
    values = [results[side].value or 0.0 for side in ("right", "left") if side in results]
    if len(values) < 2:
        return None
    return min(values) >= HEEL_RAISES or (max(values) > 0 and min(values) >= EVEN_SHARE * max(values))


# --- the ladder --------------------------------------------------------------------------------------------


def ladder_step(
    turns: Iterable[RunWalkTurn], tissue: Tissue, green_to: int, amber_to: int
) -> tuple[int, str]:
    """The step that is due and why; 0 after any pain where a bone is in question.

    Two clean turns in a row lead on; a flare leads one step back, a second one in a row two.
    """
    number, why, _ = ladder(turns, tissue, green_to, amber_to)
    return number, why


def ladder(
    turns: Iterable[RunWalkTurn], tissue: Tissue, green_to: int, amber_to: int
) -> tuple[int, str, datetime.date | None]:
    """The step that is due, why, and the day after which walks have to be made again (None: they stand).

    Below the first step there is only walking: a second flare in a row on it leads back there.
    """
    step, clean, flares, why, again = 1, 0, 0, "start", None
    for turn in sorted(turns):
        if tissue == "bone" and turn.pain > 0:
            return 0, "bone-pain", again
        if is_flare(turn, amber_to):
            flares += 1
            first, clean = step == 1, 0
            step, why = max(1, step - min(flares, 2)), "flare-first" if first else "flare"
            if first and flares >= FLARES_TO_WALK:
                again, flares = turn.date, 0
        elif is_clean(turn, green_to):
            clean, flares, why = clean + (turn.step >= step), 0, "again"
            if clean >= CLEAN_TO_MOVE_ON:
                step, clean, why = min(len(STEPS), step + 1), 0, "next"
        else:
            clean, why = 0, "again"
    return step, why, again


def since_pause(turns: Iterable[RunWalkTurn], today: datetime.date | None) -> list[RunWalkTurn]:
    """The turns since the last pause of more than 30 days; what was reached before it is lost."""
    found: list[RunWalkTurn] = []
    for turn in sorted(turns):
        found = [*found, turn] if not found or (turn.date - found[-1].date).days <= PAUSE_DAYS else [turn]
    paused = found and today is not None and (today - found[-1].date).days > PAUSE_DAYS
    return [] if paused else found


def is_flare(turn: RunWalkTurn, amber_to: int) -> bool:
    """Whether a turn was too much: red pain, a limp, or a clearly worse morning."""
    risen = turn.morning_after is not None and turn.morning_after - turn.morning_before >= FLARE_RISE
    return turn.pain > amber_to or turn.limped or risen


def is_clean(turn: RunWalkTurn, green_to: int) -> bool:
    """Whether a turn was green and the next morning no worse. Without a word on pain it is not known."""
    return turn.pain_said and turn.pain <= green_to and (turn.morning_after or 0) <= turn.morning_before


def runs_and_walks_min(step: RunWalkStep) -> int:
    """Minutes of a whole step."""
    return step.times * (step.run_min + step.walk_min)
