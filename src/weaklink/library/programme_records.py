"""The records of programmes: phases, their moves, what opens the next one, and circuits."""

from __future__ import annotations

from typing import Literal

from weaklink.library.records import PainSituation, Prescription, PreventionGroup, Record, RecordPart


class Circuit(Record, frozen=True, kw_only=True):
    """A named round of moves, e.g. the prevention circuit."""

    name: str
    groups: list[PreventionGroup] = []
    exercises: list[str] = []
    rounds: tuple[int, int]
    per_week: tuple[int, int]
    rir: int
    says: list[str]  # honest lines shown with it


class Milestone(RecordPart, frozen=True, kw_only=True):
    """One thing that has to be so before what comes next: exactly one of its kinds is said.

    A pain in a moment; a test, done and never guessed; an exercise done as written in some sessions; pain and
    stiffness settled for some weeks; weeks in this phase; another gate; or a question with yes or no, asked
    every two weeks, whose answer is kept under `asked`.
    """

    says: str  # for the runner: what has to be so, one short sentence
    pain: PainSituation | None = None
    test: str = ""
    least: float | None = None  # of the sorer side, in the test's unit
    least_older: float | None = None  # the same from the age of 60
    of_other_side: float | None = None  # the sorer side, as a share of the other
    exercise: str = ""
    sets: int | None = None
    reps: int | None = None
    hold_s: int | None = None
    held: float | None = None  # all that is held, per body mass
    sessions: int = 2
    pain_most: int | None = None  # 0..10, during it
    settled_weeks: int | None = None
    weeks: int | None = None
    gate: str = ""
    asked: str = ""  # kebab-case, unique in its programme


class Gate(Record, frozen=True, kw_only=True):
    """What has to be so before a kind of move is given to somebody in pain, and how it begins."""

    name: str
    opens: str  # one sentence for the runner
    milestones: list[Milestone]
    begins: str  # how the first sessions of it look, one sentence


class ProgrammeMove(RecordPart, frozen=True, kw_only=True):
    """One move of a phase, with what it sets differently from the exercise's own dose."""

    exercise: str
    instead: list[str] = []  # the same work with other things at hand, the nearest first
    gives: Prescription = Prescription()
    effort: Literal["", "reserve", "maximum", "hold"] = ""  # what decides the weight or the push
    effort_percent: tuple[int, int] | None = None  # of the hardest push, for holds
    cap: str = ""  # a limit that stands with it, in place of the exercise's own for this condition
    times_a_day: int = 1
    gate: str = ""
    beside: bool = False  # helps; the main moves come first


class Step(RecordPart, frozen=True, kw_only=True):
    """Sets and repetitions of the main moves from a week of the phase on (repetition maximum)."""

    from_week: int
    sets: int
    reps: int


class Phase(RecordPart, frozen=True, kw_only=True):
    """One phase of a programme: what is done, from when at the earliest, and what opens the next one."""

    id: str
    name: str  # for the runner: two or three words
    earliest_week: int = 1
    earliest_day: int = 0
    per_week: tuple[int, int] | None = None
    moves: list[ProgrammeMove] = []
    keeps: str = ""  # id of an earlier phase that goes on beside it
    keeps_per_week: tuple[int, int] | None = None
    steps: list[Step] = []
    skip_if: list[Milestone] = []
    enter: list[Milestone] = []
    leave: list[Milestone] = []
    gate: str = ""
    running: str = ""


class Programme(Record, frozen=True, kw_only=True):
    """The training for one kind of pain, phase by phase. Progress is by milestones, never by the calendar."""

    name: str
    pain_most: int  # 0..10, during a move
    course: str = ""  # what may be expected, in words
    evidence: str
    running: str
    teaches: list[str] = []
    avoids: list[str] = []
    refers: str = ""  # what has to be seen by a professional, in words
    refer_after_weeks: int | None = None  # without the first phase left
    phases: list[Phase]
