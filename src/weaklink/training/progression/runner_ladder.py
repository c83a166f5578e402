"""The ladder of one runner: which exercises they may use, with their ranges and nearest neighbours."""

from __future__ import annotations

from weaklink.library.ladders import ways_up
from weaklink.library.records import Exercise, Prescription
from weaklink.training.dose.dose import effort, merged, rep_step, times_a_week
from weaklink.training.dose.restrictions import LATER_FROM_WEEK, easier_way
from weaklink.training.dose.setting import Setting
from weaklink.training.dose.training_state import MOST_SETS, Rung

MOST_SETS_OF_A_DRILL = 2  # a drill is practised, not trained; design


def harder_way(exercise: Exercise, plan: Setting, week: int) -> str:
    """The next rung up this runner may do; what they may not do is skipped. Empty if there is none.

    One level above the start is open here: the runner has shown two good sessions at the top. What a phase
    gives every day leads to nothing that may not come so often.
    """
    library = plan.library
    admitted = {found.id: found for found in plan.admitted(week)}
    above = (admitted[name] for name in ways_up(exercise, library.exercises) if name in admitted)
    often = _times_wanted(exercise, plan)
    return next((one.id for one in above if times_a_week(one, library.doses[one.dose]) >= often), "")


def _times_wanted(exercise: Exercise, plan: Setting) -> int:
    """How often a week its phase gives it at the least; 0 for any other exercise."""
    given = (move.gives.per_week for move in plan.moves if move.ways[0] == exercise.id)
    return next((often[0] for often in given if often is not None), 0)


def rung(exercise: Exercise, plan: Setting, week: int) -> Rung:
    """One exercise as a rung."""
    gives = merged(plan.library.doses[exercise.dose], exercise)
    rack = plan.rack_of(exercise, week)
    reserve = effort(gives, plan.runner) or 0
    easier = easier_way(exercise, plan.limits, plan.library, week)
    return Rung(
        exercise=exercise.id,
        easier="" if easier == "stop" else easier,
        harder=harder_way(exercise, plan, week),
        reps=reps_here(exercise, gives, plan, week),
        hold_s=gives.hold_s,
        step=rep_step(gives.reps) if gives.reps is not None else 1,
        rack=rack,
        begin=plan.first_load(exercise, rack),
        reserve=reserve,
        maximum=gives.reps is not None and gives.reps[0] == gives.reps[1] and not reserve,
        skips=plan.unguarded,
        sore=plan.works_in_pain(exercise),
        apart=plan.works_apart(exercise),
        most_sets=MOST_SETS_OF_A_DRILL if exercise.kind == "drill" else MOST_SETS,
        bouts=next((move.bouts for move in plan.moves if move.ways[0] == exercise.id), ()),
    )


def reps_here(exercise: Exercise, gives: Prescription, plan: Setting, week: int) -> tuple[int, int] | None:
    """The repetitions of a rung: up to where the next one is offered, else its whole range.

    Where the next rung opens in the third week only, the range does not grow past it until then.
    """
    if gives.reps is None or exercise.leave_at is None:
        return gives.reps
    leads_on = harder_way(exercise, plan, max(week, LATER_FROM_WEEK))
    return (gives.reps[0], min(exercise.leave_at, gives.reps[1])) if leads_on else gives.reps


def ladder(plan: Setting, week: int) -> dict[str, Rung]:
    """Every exercise this runner may do in a week, as rungs by id."""
    moves = (exercise for exercise in plan.admitted(week) if exercise.kind == "exercise")
    return {exercise.id: rung(exercise, plan, week) for exercise in moves}
