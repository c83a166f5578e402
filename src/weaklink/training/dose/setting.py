"""Everything one plan is made from, as one value: runner, knowledge, limits, areas to train, days."""

from __future__ import annotations

import msgspec

from weaklink.case.disposition import Disposition
from weaklink.case.given import Given
from weaklink.case.hypothesis import Differential
from weaklink.case.load import Load
from weaklink.library.programme_records import Programme
from weaklink.library.reading import Library
from weaklink.library.records import Exercise
from weaklink.reasoning.strength_levels import PLACES, Strength, strengths
from weaklink.training.dose.dose import DosedRunner, Prescribed, effort, merged, prescribe
from weaklink.training.dose.focus import Focus, focuses
from weaklink.training.dose.racks import first_load, needs_load, owned_by, rack_of
from weaklink.training.dose.restrictions import (
    LATER_FROM_WEEK,
    OLDER_FROM_AGE,
    Restrictions,
    is_for_elsewhere,
    restrict,
    withheld,
)
from weaklink.training.dose.session_days import SessionDays, session_days
from weaklink.training.dose.weights import Body, Rack
from weaklink.training.programme.foothold import Foothold
from weaklink.training.programme.phases import PhaseMove

WEEKS = 4
PHASES: tuple[tuple[int, ...], ...] = ((1, 2), (3, 4))  # the second may hold what is allowed from week 3


class Setting(msgspec.Struct, frozen=True, kw_only=True):
    """The values a plan depends on."""

    given: Given
    library: Library
    disposition: Disposition
    differential: Differential
    limits: Restrictions
    focuses: tuple[Focus, ...]
    runner: DosedRunner
    days: SessionDays
    strengths: dict[str, Strength] = {}  # by area; none counts as not known
    allowed: dict[int, tuple[Exercise, ...]] = {}  # what may be given, for the weeks a choice begins
    programme: Programme | None = None  # that is followed
    foothold: Foothold | None = None  # where in it
    moves: tuple[PhaseMove, ...] = ()  # of the phase, each with the exercise that may be given first
    taken_s: int = 0  # of each session, by the physiotherapist's moves

    def rack_of(self, exercise: Exercise, week: int) -> Rack | None:
        """What this runner can load an exercise with in a week.

        With a guard, a bone in doubt or a referral, what is done with the body alone stays so.
        """
        if not (self.unguarded or needs_load(exercise)):
            return None
        months = 0 if week < LATER_FROM_WEEK else 1
        owns = owned_by(self.given, self.given.things)
        return rack_of(exercise, owns, Body(kg=self.given.mass_kg, months=months))

    def first_load(self, exercise: Exercise, rack: Rack | None) -> Load | None:
        """The load this runner begins an exercise with: by what they lift, else by how strong its area is."""
        strength = self.strength_of(exercise)
        sore = self.works_in_pain(exercise) or strength.pain > self.limits.profile.green_to
        return first_load(
            rack,
            self.given,
            self._begins_at(exercise, strength),
            sore=sore,
            wanted=self.wanted(exercise) if self.unguarded and strength.level != "weak" else None,
        )

    def _begins_at(self, exercise: Exercise, strength: Strength) -> int:
        """The place of a first weight: who lifts for the legs begins as strong away from what hurts."""
        upper = exercise.weighted is not None and exercise.weighted.upper
        apart = not self.given.pain_at or self.works_apart(exercise)
        if self.lifts and strength.level == "unknown" and apart and not upper:
            return PLACES["strong"]
        return strength.begins_at(guarded=not self.unguarded)

    def strength_of(self, exercise: Exercise) -> Strength:
        """How strong the main area of an exercise is."""
        return self.strengths.get(exercise.areas[0], Strength()) if exercise.areas else Strength()

    def wanted(self, exercise: Exercise) -> tuple[int, int] | None:
        """Repetitions an exercise begins with, and how many of them are left; None for a hold."""
        gives = merged(self.library.doses[exercise.dose], exercise)
        return (gives.reps[0], effort(gives, self.runner) or 0) if gives.reps is not None else None

    def works_in_pain(self, exercise: Exercise) -> bool:
        """Whether an exercise works in what hurts: the areas to train are those of the pain."""
        areas = {focus.area for focus in self.focuses}
        return bool(self.given.pain_at) and not areas.isdisjoint(exercise.areas)

    def works_apart(self, exercise: Exercise) -> bool:
        """Whether no place that hurts feels the work of an exercise; no with a guard or a bone in doubt."""
        places = [self.library.regions.get(site) for site in self.given.sites]
        felt = [place.loaded_by if place is not None else [] for place in places]
        known = self._is_understood and bool(felt and exercise.areas) and all(felt)
        return known and all(set(areas).isdisjoint(exercise.areas) for areas in felt)

    @property
    def unguarded(self) -> bool:
        """Whether there is neither a guard, a referral nor a bone in doubt: then more may come at once."""
        return self.limits.heading != "while-you-wait" and self._is_understood

    @property
    def _is_understood(self) -> bool:
        """Whether neither a guard nor a bone in doubt makes it unknown what the sore place feels."""
        bone = self.limits.profile.id == "bone" or "impact" in self.limits.forbids_tags
        return not (self.disposition.guards or bone)

    @property
    def lifts(self) -> bool:
        """Whether weights are lifted for the legs every week, and nothing asks for more care than that."""
        lifting = self.given.lifting
        return self.unguarded and lifting is not None and lifting.is_regular

    @property
    def seconds(self) -> int:
        """The time of one session that is left for our moves."""
        return max(0, self.given.minutes * 60 - self.taken_s)

    def prescribed(self, exercise: Exercise, sets: int, weeks: int) -> Prescribed:
        """An exercise with this runner's numbers after so many weeks of it."""
        return prescribe(exercise, self.library.doses[exercise.dose], self.runner, sets, weeks)

    def admitted(self, week: int) -> tuple[Exercise, ...]:
        """Every exercise that may be given in a week, in id order."""
        found = self.allowed.get(week)
        return allowed_in(week, self.library, self.limits) if found is None else found


def allowed_in(week: int, library: Library, limits: Restrictions) -> tuple[Exercise, ...]:
    """Every exercise the limits allow in a week, in id order."""
    return tuple(
        exercise
        for exercise in library.exercises.values()
        if withheld(exercise, limits, library, week) is None and not is_for_elsewhere(exercise, limits)
    )


def setting(given: Given, library: Library, disposition: Disposition, differential: Differential) -> Setting:
    """The values a plan for this runner depends on."""
    limits = restrict(given, library, disposition, differential)
    runner = DosedRunner(
        level=given.level,
        min_rir=limits.min_rir,
        to_maximum=limits.to_maximum,
        longer_rest=given.age >= OLDER_FROM_AGE,
        circuit=limits.heading == "prevention" and not given.prescribed,
    )
    return Setting(
        given=given,
        library=library,
        disposition=disposition,
        differential=differential,
        limits=limits,
        focuses=focuses(library, differential) if given.pain_at or given.tests else (),
        runner=runner,
        days=session_days(given),
        strengths=strengths(given, library),
        allowed={weeks[0]: allowed_in(weeks[0], library, limits) for weeks in PHASES},
    )
