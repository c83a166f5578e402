"""Strength: how much a made-up runner can do, and what each hard set adds. Our own small model.

A factor for each area, 1 for an average man of about forty. Gains follow trials: a fifth more in eight weeks
of two sessions (plotkin-2022), less for each further set (grgic-2018, androulakis-2020), little from a set
far from failure or of very many repetitions (iversen-2021), a ceiling that regular lifters are close to
(design); strength stays for three weeks without training, then goes slowly (spiering-2021, yang-2022; numbers
design).
"""

from __future__ import annotations

import msgspec

from weaklink.case.given import Given
from weaklink.case.lifting import Lifting
from weaklink.library.reading import Library
from weaklink.library.records import ClinicalTest, Exercise
from weaklink.library.standards import standards_for
from weaklink.quantities import Side
from weaklink.rehearsal.demand import EPLEY, HOLD_S, MOST_REPS, demand_of, hold_share

UPPER = frozenset({"upper-back"})
WOMAN_LEGS, WOMAN_ARMS = 0.87, 0.70
FROM_AGE, LOSS_A_YEAR, LEAST_BY_AGE = 45, 0.007, 0.65
WEEKLY_GAIN = 0.042  # of what one has, were the sets endless and the ceiling far; design, fitted to 20 % in 8
HALF_AT = 4.0  # weekly sets that give half of it (iversen-2021: four are the least that do much)
HEADROOM = {"never": 0.60, "now-and-then": 0.50, "weekly": 0.35, "twice-a-week": 0.28, None: 0.50}
BEGINS = {"never": 0.88, "now-and-then": 1.0, "weekly": 1.12, "twice-a-week": 1.2, None: 0.95}
RESPONSE = {"good": 1.0, "slow": 0.45, "none": 0.0, "worse": 0.0}
SORE_SIDE = 0.9  # of the other, where nothing was measured; design
TIRES, LEAST_FRESH = 0.015, 0.85  # for each set of an area before, in one session
KEPT_DAYS, LOST_A_DAY = 21, 0.0015


class TrainedArea(msgspec.Struct, kw_only=True):
    """One area of the body: what it began with, what it has, and its hard sets of the last days."""

    began: float
    factor: float
    sore: float = 1.0  # what the sorer side has of it
    sets: dict[int, float] = {}  # by day of the course, each as far as it counts


class TrainedBody(msgspec.Struct, kw_only=True):
    """The strength of a runner on a day. Kilograms; days count from the start of the course."""

    kg: float
    headroom: float
    response: float
    areas: dict[str, TrainedArea]
    tired: dict[str, int] = {}  # sets of this session, by area
    ill: float = 1.0

    def begin_session(self) -> None:
        """A fresh session."""
        self.tired = {}

    def reps_possible(self, exercise: Exercise, load_kg: float) -> int:
        """Repetitions to failure now, on the sorer side."""
        demand, area = demand_of(exercise), self._area(exercise)
        moved = demand.share * self.kg + load_kg
        if moved <= 0:
            return MOST_REPS
        maximum = demand.maximum * self.kg * area.factor * area.sore * self._fresh(exercise)
        return max(0, min(MOST_REPS, int(EPLEY * (maximum / moved - 1) + 1e-6)))

    def seconds_possible(self, exercise: Exercise, load_kg: float) -> int:
        """Seconds a hold can last now (memory: endurance falls with the square of the share)."""
        area, demand = self._area(exercise), demand_of(exercise)
        body = max(demand.share, 0.3) * self.kg
        share = (
            hold_share(exercise) * (1 + load_kg / body) / (area.factor * area.sore * self._fresh(exercise))
        )
        return max(1, min(300, int(HOLD_S / (share * share))))

    def share_of_maximum(self, exercise: Exercise, load_kg: float) -> float:
        """What is moved as a share of the most that could be moved once."""
        demand, area = demand_of(exercise), self._area(exercise)
        return min(1.0, (demand.share * self.kg + load_kg) / (demand.maximum * self.kg * area.factor))

    def did(self, day: int, exercise: Exercise, possible: int, spare: int, *, hold: bool = False) -> None:
        """A set was done: it tires at once and, if it was hard enough, builds."""
        counts = _worth(possible, spare, hold=hold)
        for place, name in enumerate(exercise.areas[:3]):
            self.tired[name] = self.tired.get(name, 0) + (1 if place == 0 else 0)
            area = self.areas[name]
            part = counts if place == 0 else counts / 2
            area.sets[day] = area.sets.get(day, 0.0) + part
            week = sum(done for on, done in area.sets.items() if day - 7 < on <= day)
            room = max(0.0, 1 - (area.factor - area.began) / (self.headroom * area.began))
            rate = WEEKLY_GAIN / (week + HALF_AT)  # of each set; all of a week make its share of the whole
            area.factor += area.began * rate * part * room * self.response

    def rest(self, day: int) -> None:
        """A day goes by: what is not trained for long goes slowly."""
        for area in self.areas.values():
            last = max((on for on, done in area.sets.items() if done > 0), default=None)
            if last is not None and day - last > KEPT_DAYS:
                area.factor = max(area.began, area.factor * (1 - LOST_A_DAY))
            area.sets = {on: done for on, done in area.sets.items() if on > day - 35}

    def even_out(self, area: str, by: float) -> None:
        """The sorer side comes closer to the other."""
        found = self.areas[area]
        found.sore = min(1.0, found.sore + by)

    def _area(self, exercise: Exercise) -> TrainedArea:
        return self.areas[exercise.areas[0]] if exercise.areas else TrainedArea(began=1.0, factor=1.0)

    def _fresh(self, exercise: Exercise) -> float:
        sets = self.tired.get(exercise.areas[0], 0) if exercise.areas else 0
        return max(LEAST_FRESH, 1 - TIRES * sets) * self.ill


def _worth(possible: int, spare: int, *, hold: bool) -> float:
    """How far a set counts as a hard one: by what was left, and by how many repetitions there were."""
    near = 1.0 if spare <= 3 else 0.7 if spare <= 5 else 0.25 if spare <= 9 else 0.1
    if hold:
        return near * 0.6
    heavy = 1.0 if possible <= 20 else 0.6 if possible <= 30 else 0.2
    return near * heavy


# --- how strong a runner begins ----------------------------------------------------------------------------


def body_of(
    given: Given, lifting: Lifting, response: float, sore: frozenset[str], library: Library
) -> TrainedBody:
    """The body of a story: by age, sex and what is lifted, corrected by what was measured."""
    kg = given.mass_kg or (62.0 if given.sex == "female" else 75.0)
    areas = {name: _beginning(name, given, lifting, name in sore) for name in library.areas}
    for name, sides in given.tests.items():
        test = library.clinical_tests[name]
        values = [found.value for found in sides.values() if found.value is not None]
        if not values or test.value != "number" or test.unit not in ("reps", "s") or test.better != "higher":
            continue
        for area in test.areas:
            factor = _measured(test, given, max(values))
            if factor is not None and area in areas:
                other = _measured(test, given, min(values)) or factor
                areas[area] = TrainedArea(began=factor, factor=factor, sore=other / factor)
    return TrainedBody(kg=kg, headroom=HEADROOM[lifting.legs], response=response, areas=areas)


def _beginning(area: str, given: Given, lifting: Lifting, sore: bool) -> TrainedArea:
    woman = WOMAN_ARMS if area in UPPER else WOMAN_LEGS
    factor = BEGINS[lifting.legs] * (woman if given.sex == "female" else 1.0)
    factor *= max(LEAST_BY_AGE, 1 - LOSS_A_YEAR * max(0, given.age - FROM_AGE))
    lifted = lifting.squat_kg if area in ("quads", "glute-max") else lifting.deadlift_kg
    if (
        lifted is not None
        and given.mass_kg
        and area in ("quads", "glute-max", "hamstrings", "core-posterior")
    ):
        # What is lifted five to eight times, of the squat's or the hinge's own average maximum.
        share, maximum = (0.85, 1.95) if area in ("quads", "glute-max") else (0.60, 1.90)
        factor = (share + lifted / given.mass_kg) * (1 + 6 / EPLEY) / maximum
    return TrainedArea(began=factor, factor=factor, sore=SORE_SIDE if sore else 1.0)


def _middle(test: ClinicalTest, given: Given) -> float | None:
    """The middle of a test's marks for somebody; the average value where marks say it."""
    marks = standards_for(test, given.sex, given.age)
    pairs = [(mark.weak_below + mark.strong_from) / 2 for mark in marks if mark.strong_from is not None]
    return sum(pairs) / len(pairs) if pairs else None


def _measured(test: ClinicalTest, given: Given, value: float) -> float | None:
    middle = _middle(test, given)
    if middle is None:
        return None
    own = average_for(given)
    if test.unit == "s":
        return own * float((max(value, 1.0) / middle) ** 0.5)
    return own * (1 + value / EPLEY) / (1 + middle / EPLEY)


def average_for(given: Given) -> float:
    """The average factor of somebody's age and sex."""
    woman = WOMAN_LEGS if given.sex == "female" else 1.0
    return woman * max(LEAST_BY_AGE, 1 - LOSS_A_YEAR * max(0, given.age - FROM_AGE))


def shown_in(test: ClinicalTest, given: Given, body: TrainedBody) -> dict[Side, float]:
    """What a test of repetitions or seconds would show now, side by side; empty for any other."""
    middle = _middle(test, given)
    areas = [body.areas[name] for name in test.areas if name in body.areas]
    if middle is None or not areas or test.unit not in ("reps", "s") or test.better != "higher":
        return {}
    area, own = areas[0], average_for(given)
    whole, sore = area.factor / own, area.factor * area.sore / own
    if test.unit == "s":
        values = (middle * whole**2, middle * sore**2)
    else:
        values = tuple(max(0.0, EPLEY * ((1 + middle / EPLEY) * one - 1)) for one in (whole, sore))  # type: ignore[assignment]
    top = test.max if test.max is not None else 300.0
    well, hurt = (float(min(top, int(one))) for one in values)
    if not test.sided:
        return {"none": hurt}
    sides = {place.side for place in given.pain_at}
    if sides == {"left"}:
        return {"right": well, "left": hurt}
    return {"right": hurt, "left": well} if sides == {"right"} else {"right": hurt, "left": hurt}
