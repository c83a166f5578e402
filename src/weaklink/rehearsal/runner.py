"""The runner: somebody made up who gets up, runs, trains, writes down and tells, day by day."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
import numpy as np

from weaklink.library.reading import Library
from weaklink.library.records import ALWAYS_THERE, ClinicalTest, PainSituation
from weaklink.quantities import WEEKDAYS, Side
from weaklink.rehearsal.events import Event
from weaklink.rehearsal.growing_diary import GrowingDiary
from weaklink.rehearsal.player import Played, SetReply, play
from weaklink.rehearsal.reviews import EVERY_WEEKS, FIRST_WEEK, is_known, review_of
from weaklink.rehearsal.story import Story
from weaklink.rehearsal.tissue import Tissue, sore_areas, tissue_of
from weaklink.rehearsal.trained_body import RESPONSE, TrainedBody, body_of, shown_in
from weaklink.training.session.session_pack import PackRung, SessionPack

TEST_WEEKS = 4  # tests are done again every so many, and once when training has settled in
FIRST_TEST_WEEK = 2
RESERVE_TOLD_TO = 6  # "six or more"
EVENS_OUT = {"good": 0.008, "slow": 0.003, "none": 0.0, "worse": 0.0}  # of the sorer side, a week; design
ILL = 0.9  # of one's strength after fever; design
EVERY_DAY: tuple[PainSituation, ...] = ("stairs", "sit", "walk", "morning")  # nobody lives without them
RUNS_A_WEEK = 3
USUAL_RUN_DAYS = ("tue", "thu", "sat")
OF_EVERY_GATE = "sl-heel-raise-reps"
SPREAD_PAIN = 0.35  # of what is said from day to day, where chance is asked for; design


class MadeUpRunner:
    """One made-up runner; everything about them that the rules do not know."""

    def __init__(self, story: Story, library: Library, began: datetime.date) -> None:
        self.story, self.library, self.began = story, library, began
        sore = sore_areas(story.given)
        self.tissue: Tissue = tissue_of(story.given, story.responder, story.stiff_min)
        self.body: TrainedBody = body_of(story.given, story.lifting, RESPONSE[story.responder], sore, library)
        self.diary = GrowingDiary()
        self.day = 0
        self.worst: dict[int, int] = {}
        self.stiff: dict[int, int] = {}
        self.left_out: list[int] = []
        self.km: dict[int, float] = {}
        self._chance = np.random.default_rng(story.seed)

    # --- a day --------------------------------------------------------------------------------------------

    def wakes(self, day: int) -> None:
        """A new day: body and pain go on, and the morning is written down."""
        self.day = day
        self.tissue.wake(day, self.story.events)
        self.body.rest(day)
        self.body.ill = (
            ILL
            if any(e.fever and e.first <= day < e.first + 2 * e.days for e in self._of("illness"))
            else 1.0
        )
        if day % 7 == 0:
            for area in self.tissue.areas:
                self.body.even_out(area, EVENS_OUT[self.story.responder])
        if not self.tissue.began:
            return
        self._remember(max((self.tissue.in_moment(one) for one in EVERY_DAY), default=0))
        stiff = self.tissue.stiff(day, self.story.events)
        moment = "morning" if "morning" in self.story.given.pain else ""
        pain = self._felt(self.tissue.in_moment("morning") if moment else round(self.tissue.today * 0.3))
        self.stiff[day] = stiff
        self._write(7, kind="morning", date=str(self.date), pain=pain, stiff_min=stiff)

    def runs(self, *, may: bool) -> None:
        """The run of the day, if there is one and it may be."""
        for event in (*self._of("run"), *self._of("race")):
            if event.first == self.day and may:
                told = event.pain if event.pain is not None else self._felt(self.tissue.in_moment("run"))
                self._run(event.km, told)
        km = self.story.given.km_per_week or 0.0
        if not km or not may or self.weekday not in self._run_days or not self.is_free:
            return
        pain = self._felt(self.tissue.in_moment("run"))
        share = 1.0 if pain <= 3 else 0.6
        self._run(round(km * share / len(self._run_days), 1), pain)

    def tells(self) -> None:
        """What is asked every two weeks, and the home tests."""
        for event in self._of("test"):
            if event.first == self.day:
                self._write(11, kind="tested", tests=msgspec.to_builtins(event.tests))
        week, of_week = divmod(self.day, 7)
        if of_week:
            return
        if week % EVERY_WEEKS == FIRST_WEEK and is_known():
            self._write(10, **review_of(self.story, self.tissue, self.library))
        if not week:
            return
        if week % EVERY_WEEKS == 0 and self.tissue.began:
            self._write(10, kind="reported", **self._report())
        if week == FIRST_TEST_WEEK or week % TEST_WEEKS == 0:
            found = self.tests_now()
            if found:
                self._write(11, kind="tested", tests=found)

    def trains(self, pack: SessionPack) -> Played:
        """A session, set by set, honestly told."""
        self.body.begin_session()
        played = play(pack, f"session-{self.day:03}", self)
        for entry in played.entries:
            self.diary.write(self._at(18), entry)
            self._remember(entry.get("pain"))
        if played.sets:
            self.tissue.trained.append(self.day)
        return played

    # --- in a session -------------------------------------------------------------------------------------

    def pain_before(self) -> int:
        """Pain before anything was done."""
        return self._felt(round(self.tissue.today * 0.4))

    def answers(self) -> Mapping[str, str]:
        """What is said of the safety questions besides no, from its day on."""
        return {k: v for e in self._of("said") if e.first <= self.day for k, v in e.answers.items()}

    def chooses(self, rung: PackRung, place: int) -> int:
        """What was asked, or one step beside it where the story says so."""
        for event in self._of("lifted-more"):
            if event.is_on(self.day) and rung.loads:
                return min(len(rung.loads) - 1, max(place, rung.held + 1))
        for event in self._of("lifted-less"):
            if event.is_on(self.day) and place > 0:
                return max(0, min(place, rung.held - 1))
        return place

    def does(self, rung: PackRung, place: int, to_the_limit: bool) -> SetReply:
        """One set: as asked, as far as it goes."""
        exercise = self.library.exercises[rung.exercise]
        kg = rung.loads[place].load.total_kg if 0 <= place < len(rung.loads) else 0.0
        pain = self._felt(self.tissue.in_move(exercise)) if self.tissue.began else 0
        share = self.body.share_of_maximum(exercise, kg)
        self.tissue.worked(self.day, exercise, max(0.3, share))
        if rung.reps is None:
            return self._holds(rung, kg, pain)
        possible = self.body.reps_possible(exercise, kg)
        reps = possible if to_the_limit else min(rung.reps, possible)
        spare = possible - reps
        self.body.did(self.day, exercise, possible, spare)
        return SetReply(reps=reps, rir=min(RESERVE_TOLD_TO, spare), pain=pain)

    def _holds(self, rung: PackRung, kg: float, pain: int) -> SetReply:
        exercise = self.library.exercises[rung.exercise]
        possible = self.body.seconds_possible(exercise, kg)
        held = min(rung.hold_s or 0, possible)
        left = possible - held
        self.body.did(self.day, exercise, max(1, possible // 4), left // 5, hold=True)
        told = 20 if left >= 20 else 10 if left >= 10 else 5 if left >= 5 else 0
        return SetReply(hold_s=held, left_s=told, pain=pain)

    # --- what they know of themselves ---------------------------------------------------------------------

    @property
    def date(self) -> datetime.date:
        """Today."""
        return self.began + datetime.timedelta(days=self.day)

    @property
    def weekday(self) -> str:
        """Today's name."""
        return WEEKDAYS[self.date.weekday()]

    @property
    def is_free(self) -> bool:
        """Whether neither illness nor a pause keeps them from everything."""
        return not any(e.is_on(self.day) for e in (*self._of("illness"), *self._of("pause")))

    @property
    def is_away(self) -> bool:
        """Whether nothing of their things is at hand."""
        return any(e.is_on(self.day) for e in self._of("travel"))

    @property
    def leaves_out(self) -> bool:
        """Whether a session of today is one of those that are missed."""
        for event in self._of("missed"):
            if event.is_on(self.day):
                return sum(event.is_on(day) for day in self.left_out) < event.sessions
        return False

    def tests_now(self) -> dict[str, Any]:
        """Each home test of the story and of the sore areas, and that of every gate, as it would go now."""
        sore = (test.id for test in self.library.clinical_tests.values() if self._tests_itself(test))
        known = dict.fromkeys([*self.story.given.tests, OF_EVERY_GATE, *sore])
        found = {name: self._measured(name) for name in known}
        return {name: sides for name, sides in found.items() if sides}

    def _tests_itself(self, test: ClinicalTest) -> bool:
        """Whether it is a test of a sore area that is done at home with nothing but what is always there."""
        at_home = test.performed_by == "self" and ALWAYS_THERE.issuperset(test.needs)
        return at_home and bool(test.areas) and test.areas[0] in self.tissue.areas

    def _measured(self, name: str) -> dict[str, Any]:
        test = self.library.clinical_tests[name]
        pain = min(10, round(self.tissue.today * 0.6)) if self.tissue.areas.intersection(test.areas) else 0
        shown: dict[Side, float] = shown_in(test, self.story.given, self.body)
        return {side: {"value": value, **({"pain": pain} if pain else {})} for side, value in shown.items()}

    def _report(self) -> dict[str, Any]:
        worst = max((self.worst.get(on, 0) for on in range(self.day - 6, self.day + 1)), default=0)
        better = (self.tissue.began - self.tissue.today) / max(1.0, self.tissue.began)
        km = self.story.given.km_per_week
        told: dict[str, Any] = {"pain_worst": worst, "change": max(-5, min(5, round(5 * better)))}
        return told | ({"weekly_km": km} if km is not None else {})

    @property
    def _run_days(self) -> tuple[str, ...]:
        days = self.story.given.days
        busy = set(days) if isinstance(days, tuple) else {"mon", "wed", "fri"}
        free = [day for day in WEEKDAYS if day not in busy]
        return tuple(free[:RUNS_A_WEEK]) or USUAL_RUN_DAYS

    def _run(self, km: float, pain: int) -> None:
        self.km[self.day] = self.km.get(self.day, 0.0) + km
        self._write(9, kind="run-done", date=str(self.date), km=km, minutes=round(6.5 * km, 1), pain=pain)

    def _of(self, kind: str) -> Iterator[Event]:
        return (event for event in self.story.events if event.kind == kind)

    def _felt(self, pain: int) -> int:
        """Pain as it is said."""
        by = float(self._chance.normal(0, SPREAD_PAIN)) if self.story.seed is not None else 0.0
        found = max(0, min(10, round(pain + by)))
        self._remember(found)
        return found

    def _remember(self, pain: int | None) -> None:
        self.worst[self.day] = max(pain or 0, self.worst.get(self.day, 0))

    def _at(self, hour: int) -> datetime.datetime:
        return datetime.datetime.combine(self.date, datetime.time(hour), datetime.UTC)

    def _write(self, hour: int, **entry: Any) -> None:
        self.diary.write(self._at(hour), entry)
