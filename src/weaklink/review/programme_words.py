"""Programmes in the words of the book: when a phase begins, how often, how it is done, what is measured."""

from __future__ import annotations

from weaklink.library.programme_records import Bouts, Milestone, Programme, ProgrammeMove, ProgrammePhase

EFFORTS = {"": "", "reserve": "", "maximum": "the heaviest weight for that many", "hold": ""}
MEASURED = {
    "pain": "pain in the moment: {}",
    "minutes": "at least {} minutes",
    "without_limp": "no limp",
    "test": "test: {}",
    "least": "at least {:g}",
    "least_older": "{:g} from the age of 60",
    "of_other_side": "at least {:.0f} % of the other side",
    "option": "result: {}",
    "exercise": "done: {}",
    "main_move": "done: the main strength move",
    "sets": "{} sets",
    "reps": "{} repetitions",
    "hold_s": "{} s",
    "held": "holding {:g} of body mass",
    "held_young_man": "{:g} for men below 50",
    "sessions": "in {} sessions",
    "pain_most": "pain {} at most",
    "settled_weeks": "settled weeks: {}",
    "lifts_much": "lifts three quarters of the body mass in a squat, or all of it in a deadlift",
    "weeks": "weeks in this phase: {}",
    "gate": "gate: {}",
    "asked": "asked: {}",
}


def span(pair: tuple[int, int] | None, unit: str) -> str:
    """A range with its unit, e.g. "2 to 3 times a week"."""
    if pair is None:
        return ""
    low, high = pair
    return f"{low} {unit}" if low == high else f"{low} to {high} {unit}"


def every(days: int | None) -> str:
    """How many days lie between two times at least."""
    return f"at most every {days} days" if days is not None else ""


def begins(phase: ProgrammePhase) -> str:
    """From when a phase may begin."""
    first = f"day {phase.earliest_day}" if phase.earliest_day else f"week {phase.earliest_week}"
    return f"from {first}, beside the phase before" if phase.alongside else f"from {first}"


def often(phase: ProgrammePhase, programme: Programme) -> str:
    """How often a phase is trained, and what goes on beside it."""
    name = next((one.name for one in programme.phases if one.id == phase.keeps), "")
    kept = f"“{name}” goes on {span(phase.keeps_per_week, 'times a week')}".rstrip() if name else ""
    return joined(span(phase.per_week, "times a week"), every(phase.every_days), kept)


def how(move: ProgrammeMove) -> str:
    """What a move adds to its sets and repetitions: effort, limits, how often."""
    most = f"up to {move.rir_most} in reserve" if move.rir_most is not None else ""
    share = f"at {span(move.effort_percent, '% of the hardest push')}" if move.effort_percent else ""
    pain = f"pain of {move.pain_most} at most" if move.pain_most is not None else ""
    day = span(move.times_a_day, "times a day") if move.times_a_day != (1, 1) else ""
    wider = [f"from its week {one.from_week}: {one.cap}" for one in move.widens]
    helps = "helps beside the main moves" if move.beside else ""
    return joined(
        most, EFFORTS[move.effort], share, pain, day, every(move.every_days), move.cap, *wider, helps
    )


def steps_of(phase: ProgrammePhase) -> str:
    """Sets and repetitions by week, e.g. "week 1: 3 sets of 15, from week 2: 3 sets of 12"."""
    found = [f"from its week {one.from_week}: {one.sets} sets of {one.reps}" for one in phase.steps]
    return joined(*found)


def bout(one: Bouts) -> str:
    """One step of what a gate begins with."""
    amount = span((one.reps, one.reps), "hops") if one.reps is not None else ""
    seconds = f"{one.hold_s} s" if one.hold_s is not None else ""
    metres = f"{one.metres} m" if one.metres is not None else ""
    rest = f"{one.rest_s} s rest" if one.rest_s is not None else ""
    speed = span(one.effort_percent, "% of full speed")
    return joined(f"{one.sets} times {amount}{seconds}{metres}", rest, speed)


def measured(one: Milestone) -> str:
    """What is looked at to tell whether it holds, number by number."""
    facts = []
    for name, words in MEASURED.items():
        value = getattr(one, name)
        said = value is not None and value is not False and value != ""  # a zero is said: no pain at all
        if said and (name != "sessions" or one.exercise or one.main_move):
            facts.append(words.format(_shown(name, value)))
    return joined(*facts)


def _shown(name: str, value: str | float) -> str | float:
    if isinstance(value, str):
        return value.replace("-", " ")
    return 100 * value if name == "of_other_side" else value


def joined(*parts: str) -> str:
    """The parts that say anything, one after the other."""
    return "; ".join(part.removesuffix(".") for part in parts if part)
