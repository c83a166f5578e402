"""The records of programmes: phases, their moves, what opens the next one, and circuits."""

from __future__ import annotations

from typing import Literal

from weaklink.library.records import (
    PainSituation,
    Prescription,
    PreventionGroup,
    Record,
    RecordPart,
    Trigger,
)


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

    A pain in a moment; a test, done and never guessed; an exercise, or the main strength move, done as
    written in some sessions; pain and stiffness settled for some weeks; weeks in this phase; another gate;
    what is lifted, as it was said; or a question with yes or no, asked every two weeks, whose answer is kept
    under `asked`.
    Where `any_of` says more, one of them is enough in its place.
    """

    says: str  # for the runner: what has to be so, one short sentence
    pain: PainSituation | None = None
    minutes: int | None = None  # of a run or a walk at least that long, in so many `sessions`
    without_limp: bool = False
    test: str = ""
    least: float | None = None  # of the sorer side, in the test's unit
    least_older: float | None = None  # the same from the age of 60
    of_other_side: float | None = None  # the sorer side, as a share of the other
    option: str = ""  # the result of a test that is answered by an option
    exercise: str = ""
    main_move: bool = False  # the first strength move without a gate, of the last phase that has one
    sets: int | None = None
    reps: int | None = None
    hold_s: int | None = None
    held: float | None = None  # all that is held, per body mass
    held_young_man: float | None = None  # the same for men below the age of 50
    sessions: int = 2
    pain_most: int | None = (
        None  # 0..10, during it; None: the programme's own limit, of a run that of running
    )
    settled_weeks: int | None = None
    weeks: int | None = None
    gate: str = ""
    lifts_much: bool = False  # what somebody said they squat or deadlift counts as strong
    asked: str = ""  # kebab-case, unique in its programme; "not sure" is no
    any_of: list[Milestone] = []  # or one of these


class Bouts(RecordPart, frozen=True, kw_only=True):
    """One step of what a gate begins with: how often, how much, and the rest between."""

    sets: int
    reps: int | None = None
    hold_s: int | None = None  # seconds of hopping
    metres: int | None = None
    rest_s: int | None = None
    effort_percent: tuple[int, int] | None = None  # of full speed


class GateRecord(Record, frozen=True, kw_only=True):
    """What has to be so before a kind of move is given to somebody in pain, and how it begins."""

    name: str
    opens: str  # one sentence for the runner
    milestones: list[Milestone]
    begins: str  # how the first sessions of it look, one sentence
    every_days: int | None = None  # at most once in so many days
    bouts: list[Bouts] = []  # the next step after two sessions within the pain limit
    hops: list[str] = []  # exercises: what is done in these bouts, where a phase gives no numbers of its own


class Widening(RecordPart, frozen=True, kw_only=True):
    """The cap of a move from a week of the phase on, when the two weeks before were green."""

    from_week: int
    cap: str


class ProgrammeMove(RecordPart, frozen=True, kw_only=True):
    """One move of a phase, with what it sets differently from the exercise's own dose.

    For the programme's condition its phase and its cap stand in place of the exercise's `later_in`;
    whatever guards, other conditions and `never_in` say holds as ever.
    """

    exercise: str
    instead: list[str] = []  # the same work with other things at hand, the nearest first
    then: str = ""  # the harder move that takes its place once it is easy
    gives: Prescription = Prescription()
    rir_most: int | None = None  # the reserve may be up to this; `gives.rir` is the least
    effort: Literal["", "reserve", "maximum", "hold"] = ""  # what decides the weight or the push
    effort_percent: tuple[int, int] | None = None  # of the hardest push, for holds
    pain_most: int | None = None  # 0..10, during it, where stricter than the programme's
    cap: str = ""  # a limit that stands with it; empty: the exercise's own for this condition
    widens: list[Widening] = []
    times_a_day: tuple[int, int] = (1, 1)
    every_days: int | None = None  # at most once in so many days
    gate: str = ""
    beside: bool = False  # helps; the main moves come first


class ProgrammeStep(RecordPart, frozen=True, kw_only=True):
    """Sets and repetitions from a week of the phase on (repetition maximum).

    They are for the main moves that say neither sets nor repetitions of their own.
    """

    from_week: int
    sets: int
    reps: int


class ProgrammePhase(RecordPart, frozen=True, kw_only=True):
    """One phase of a programme: what is done, from when at the earliest, and what opens the next one."""

    id: str
    name: str  # for the runner: two or three words
    earliest_week: int = 1
    earliest_day: int = 0
    alongside: bool = False  # from its gate on it goes beside the phase before it and those after; none waits
    per_week: tuple[int, int] | None = None
    every_days: int | None = None  # at most once in so many days
    moves: list[ProgrammeMove] = []
    keeps: str = ""  # id of an earlier phase that goes on beside it
    keeps_per_week: tuple[int, int] | None = None
    steps: list[ProgrammeStep] = []
    weekly_reps: tuple[int, int] | None = None  # what the main moves add up to on one side: last and first
    skip_if: list[Milestone] = []
    next_at_once: bool = False  # where it is skipped, the next one waits for no week
    enter: list[Milestone] = []
    leave: list[Milestone] = []
    gate: str = ""
    says: list[str] = []  # told with this phase
    alternative: str = ""  # another published way, for whoever wants it
    eases: dict[str, str] = {}  # caps of moves beside it, and what stands in their place from here on
    running: str = ""


class Programme(Record, frozen=True, kw_only=True):
    """The training for one kind of pain, phase by phase. Progress is by milestones, never by the calendar."""

    name: str
    in_place_of: str = ""  # another programme, for whom `when` holds
    when: list[Trigger] = []
    after_clearance_of: list[str] = []  # bones under stress it follows, once a clinician has cleared them
    climbs: bool = False  # a move that is easy may lead to one of a later phase
    pain_most: int  # 0..10, during a move
    settles: Literal["next-morning", "within-the-hour", "within-a-day", "no-pain"]
    course: str = ""  # what may be expected, in words
    evidence: str
    running: str
    running_gate: str = ""  # what has to be so before a run
    running_pain_most: int | None = None  # 0..10, during a run; None: no number but that of a move
    teaches: list[str] = []
    avoids: list[str] = []
    refers: str = ""  # what has to be seen by a professional, in words
    refer_after_weeks: int | None = None  # without the first phase left
    phases: list[ProgrammePhase]
