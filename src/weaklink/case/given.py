"""What a runner has told: the person, the pain, the answers, the test results. One frozen value."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

import msgspec

from weaklink.case.lifting import Lifting
from weaklink.case.load import Owned, things_of
from weaklink.case.own_move import Routine
from weaklink.case.prescribed_move import Prescription
from weaklink.library.records import Equipment, PainSituation
from weaklink.quantities import Level, Side, Weekday

Sex = Literal["female", "male", "not-said"]
AnswerValue = str | int | float


class PainPlace(msgspec.Struct, frozen=True, order=True):
    """One painful site; the side is right, left, both, not-said, or none for a site in the midline."""

    site: str
    side: Side = "not-said"


class Result(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One side's result of one test.

    `value` is a number in the test's unit, `option` one of its options, `pain_at` pain 0..10 by level
    (e.g. deg-45). `pain` 0..10 is what was felt during the test; any result may carry it.
    """

    value: float | None = None
    option: str | None = None
    pain_at: dict[str, int] = {}
    pain: int | None = None

    @property
    def worst_pain(self) -> int:
        """The worst pain felt during the test; 0 where none was said."""
        return max([self.pain or 0, *self.pain_at.values()])


class Wish(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the runner would like in each session; may be impossible."""

    areas: int | None = None
    rounds: int | None = None


class RunningLoad(msgspec.Struct, frozen=True, kw_only=True):
    """What `running` found in the activities, handed in as a value. Distances in km."""

    longest_run_30d_km: float | None = None
    longest_run_before_pain_km: float | None = None
    spike_percent: float | None = None  # largest run against the longest of the 30 days before it


class Given(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """Everything said so far. Unanswered questions are simply absent from `answers`.

    `assume_unanswered_no`: in a case file an unanswered red flag counts as no; in page, `ask` and API it
    counts as not asked and blocks a plan.
    """

    age: int
    sex: Sex = "not-said"
    level: Level = "regular"
    km_per_week: float | None = None
    since_days: int | None = None
    pain_at: tuple[PainPlace, ...] = ()
    pain: dict[PainSituation, int] = {}
    pain_at_start: dict[PainSituation, int] | None = None  # as said, once the diary told of more
    answers: dict[str, AnswerValue] = {}
    tests: dict[str, dict[Side, Result]] = {}
    equipment: frozenset[Equipment] = frozenset()
    mass_kg: float | None = None
    owns: tuple[Owned, ...] | None = None  # weights at hand; None: not asked yet
    lifting: Lifting | None = None  # None: nothing was said
    minutes: int = 20
    days: tuple[Weekday, ...] | int = 3
    hard_runs: tuple[Weekday, ...] = ()
    wish: Wish | None = None
    routine: Routine = {}  # the runner's own strength routine
    prescribed: Prescription = ()  # the moves of the runner's physiotherapist
    story: str = ""
    load: RunningLoad | None = None
    country: str = ""  # ISO 3166 alpha-2, for the emergency number; empty = 112
    programme: bool = True  # the plan follows the programme of what leads, where there is one
    assume_unanswered_no: bool = False

    @property
    def first_pain(self) -> dict[PainSituation, int]:
        """Pain as it was said at the start, which a course is compared with."""
        return self.pain if self.pain_at_start is None else self.pain_at_start

    @property
    def things(self) -> frozenset[Equipment]:
        """All equipment there is, what comes with the weights included."""
        return self.equipment | things_of(self.owns or ())

    @cached_property
    def sites(self) -> frozenset[str]:
        """The ids of every painful site."""
        return frozenset(place.site for place in self.pain_at)
