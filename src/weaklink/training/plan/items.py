"""From chosen moves to the items of a session: order, numbers of the week, reasons."""

from __future__ import annotations

from weaklink.case.plan import Item
from weaklink.library.records import Exercise
from weaklink.quantities import Message, Side
from weaklink.training.dose.dose import Prescribed
from weaklink.training.dose.first_moves import opening_move
from weaklink.training.dose.focus import Focus
from weaklink.training.dose.phased import move_of
from weaklink.training.dose.restrictions import cap_of, easier_way, first_week
from weaklink.training.dose.setting import Setting
from weaklink.training.dose.usable import group_of
from weaklink.training.plan.candidates import BROUGHT_SETS
from weaklink.training.plan.session_problem import Candidate, Choice
from weaklink.training.plan.wants import main_moves
from weaklink.training.programme.phases import phase_of

LAST = 99


def has_own_moves(area: str, plan: Setting) -> bool:
    """Whether any exercise has this area as its main one."""
    return any(exercise.areas[:1] == [area] for exercise in plan.library.exercises.values())


def focus_of(exercise: Exercise, plan: Setting) -> Focus | None:
    """The area to train this exercise is for: its main area, or one that has no exercise of its own."""
    main = next((f for f in plan.focuses if exercise.areas[:1] == [f.area]), None)
    also = (f for f in plan.focuses if f.area in exercise.areas and not has_own_moves(f.area, plan))
    return main or next(also, None)


def main_place(exercise_id: str, plan: Setting) -> int | None:
    """Where a main move of the phase stands among them, from 0; None for any other move."""
    main = main_moves(plan)
    return main.index(exercise_id) if exercise_id in main else None


def place_of(candidate: Candidate, plan: Setting, week: int) -> tuple[int, int, str]:
    """Where a move stands in its session.

    The first move, the phase's main ones, the weak links in order, the rest, drills, stretches.
    """
    exercise = plan.library.exercises[candidate.id]
    if exercise.kind != "exercise":
        return (LAST, 0 if exercise.kind == "drill" else 1, exercise.id)
    if exercise.id == opening_move(plan, week):
        return (-2, 0, exercise.id)
    main = main_place(exercise.id, plan)
    if main is not None:
        return (-1, main, exercise.id)
    focus = focus_of(exercise, plan)
    return (plan.focuses.index(focus) if focus is not None else LAST - 1, exercise.level, exercise.id)


def sources_of(focus: Focus, plan: Setting) -> tuple[str, ...]:
    """Sources on whether strengthening this area helps."""
    links = (plan.library.weak_links[claim] for claim in focus.claims if claim in plan.library.weak_links)
    return tuple(dict.fromkeys(source for link in links for source in link.helps.sources))


def phase_reason(exercise: Exercise, plan: Setting) -> Message | None:
    """Of which programme and phase a move is; None for any other move."""
    move = move_of(exercise.id, plan)
    if move is None or plan.programme is None:
        return None
    phase = phase_of(plan.programme, move.phase)
    names: dict[str, str | int | float] = {
        "programme": plan.programme.id,
        "phase": f"{plan.programme.id}/{phase.id}",
    }
    return Message("training.because-phase", names, tuple(s.cite for s in plan.programme.sources))


def reason(exercise: Exercise, plan: Setting, week: int) -> Message:
    """Why this move is in the plan."""
    if exercise.kind != "exercise":
        return Message(f"training.because-{exercise.kind}")
    if exercise.id == opening_move(plan, week):
        return Message(f"training.because-first-{exercise.id}")
    of_phase = phase_reason(exercise, plan)
    if of_phase is not None:
        return of_phase
    focus = focus_of(exercise, plan)
    if focus is not None:
        told = focus.verdict if focus.kind == "strength" or focus.verdict == "cannot-tell" else focus.kind
        return Message(f"training.because-{told}", {"area": focus.area}, sources_of(focus, plan))
    values: dict[str, str | int | float] = {"area": exercise.areas[0]}
    in_circuit = plan.limits.heading == "prevention" and not plan.moves and group_of(exercise, plan)
    kind = "prevention" if in_circuit else "whole-chain"
    return Message(f"training.because-{kind}", values)


def reasons(exercise: Exercise, plan: Setting, week: int) -> tuple[Message, ...]:
    """All reasons shown with a move: what for, which side first, from which week."""
    found = [reason(exercise, plan, week)]
    focus = focus_of(exercise, plan)
    if exercise.sided and focus is not None and focus.side in ("right", "left"):
        found.append(Message("training.because-side-first", {"side": focus.side}))
    if 1 < first_week(exercise, plan.limits) <= week:
        found.append(Message("training.because-later", {"week": first_week(exercise, plan.limits)}))
    return tuple(found)


def side_of(exercise: Exercise) -> Side:
    """Sided moves are done on both sides; the weaker side is named in the reasons."""
    return "both" if exercise.sided else "none"


def item(
    exercise: Exercise, gives: Prescribed, plan: Setting, week: int, because: tuple[Message, ...]
) -> Item:
    """One move with its numbers, its easier way and its reasons."""
    programme, phase = _phase_with(exercise, plan)
    return Item(
        kind=exercise.kind,
        id=exercise.id,
        side=side_of(exercise),
        sets=gives.sets,
        reps=gives.reps,
        hold_s=gives.hold_s,
        tempo=gives.tempo,
        rir=gives.rir,
        rest_s=gives.rest_s,
        load=plan.first_load(exercise, plan.rack_of(exercise, week)),
        how_heavy=gives.how_heavy,
        easier=easier_way(exercise, plan.limits, plan.library, week),
        because=because,
        source=gives.source,
        seconds=gives.seconds,
        cap=cap_of(exercise, plan.limits),
        areas=tuple(exercise.areas),
        programme=programme,
        phase=phase,
    )


def _phase_with(exercise: Exercise, plan: Setting) -> tuple[str, str]:
    """The programme and the phase a move is of; empty for any other move."""
    move = move_of(exercise.id, plan)
    return ("", "") if move is None or plan.programme is None else (plan.programme.id, move.phase)


def items_of(candidate: Candidate, plan: Setting, week: int, began: int) -> tuple[Item, ...]:
    """A chosen move, and right after it the stretch it brings (S46)."""
    exercise = plan.library.exercises[candidate.id]
    gives = plan.prescribed(exercise, candidate.sets, week - began)
    move = item(exercise, gives, plan, week, reasons(exercise, plan, week))
    if not candidate.brings:
        return (move,)
    stretch = plan.library.exercises[candidate.brings]
    follows = (Message("training.because-follows", {"exercise": exercise.id}),)
    return (move, item(stretch, plan.prescribed(stretch, BROUGHT_SETS, 0), plan, week, follows))


def ordered(choice: Choice, plan: Setting, week: int) -> Choice:
    """The moves of a session of a week in the order they are done."""
    return tuple(sorted(choice, key=lambda candidate: place_of(candidate, plan, week)))
