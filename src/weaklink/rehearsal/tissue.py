"""Tissue: how much it hurts where it hurts, and what load does to it. Our own small model (design).

Pain lies below everything else as one number that falls, stays or rises as the runner responds; moments,
moves and mornings show a share of it. Work on the sore areas counts by sets and share of the maximum; far
more in a week than in the weeks before is felt the next morning.
"""

from __future__ import annotations

import msgspec

from weaklink.case.given import Given
from weaklink.library.records import Exercise, PainSituation
from weaklink.rehearsal.events import Event
from weaklink.rehearsal.story import Responder

# By how a site's name begins: what works where it hurts.
SORE_AREAS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("knee", ("quads",)),
    ("thigh-anterior", ("quads", "hip-flexors")),
    ("thigh-posterior", ("hamstrings",)),
    ("ischial", ("hamstrings",)),
    ("hip-lateral", ("glute-med",)),
    ("buttock", ("glute-max", "hip-rotators")),
    ("groin", ("adductors", "hip-flexors")),
    ("achilles", ("calf-gastroc", "calf-soleus")),
    ("calf", ("calf-gastroc", "calf-soleus")),
    ("heel", ("calf-gastroc", "foot-intrinsics")),
    ("arch", ("foot-intrinsics", "tib-post")),
    ("ankle", ("tib-post", "calf-gastroc")),
    ("shin", ("tib-ant", "calf-soleus", "tib-post")),
    ("back-lower", ("core-posterior",)),
    ("back-upper", ("upper-back",)),
    ("neck", ("upper-back",)),
)
MOMENTS_AT_REST: frozenset[PainSituation] = frozenset({"night", "rest"})
HALVES_DAYS = {"good": 28.0, "slow": 70.0}
IDLE_SLOWER = 2.0  # times as long in weeks with next to no training (design; beyer-2015: loading is the cure)
ENOUGH_SESSIONS = 2  # in ten days
RISES_A_DAY = 0.9 / 7  # of who gets worse
USUAL_WEEK = 14.0  # sets of work on the sore areas that a week of running is worth; design
TOO_MUCH = 1.7  # times the mean of the weeks before
HOP_COUNTS = 2.0
IN_A_MOVE, HARDER_MOVE = 0.45, 0.08  # of the pain of the day, and for each level of the exercise
STIFFER_BY_LOAD = 12


def sore_areas(given: Given) -> frozenset[str]:
    """The areas that work where it hurts."""
    return frozenset(
        a for site in given.sites for start, found in SORE_AREAS if site.startswith(start) for a in found
    )


class Tissue(msgspec.Struct, kw_only=True):
    """Pain and work of the sore place on a day of the course."""

    began: float
    now: float
    responder: Responder
    areas: frozenset[str]
    moments: dict[PainSituation, int]
    stiff_usual: int
    work: dict[int, float] = {}
    trained: list[int] = []
    extra: float = 0.0  # by too much work, of today
    flare: int = 0

    def wake(self, day: int, events: tuple[Event, ...]) -> None:
        """A new day: pain goes on as the runner responds, and yesterday's work is felt."""
        self.trained = [on for on in self.trained if on > day - 10]
        self.now = self._tomorrow(day)
        self.flare = max((e.by for e in events if e.kind == "flare" and e.is_on(day)), default=0)
        week = sum(done for on, done in self.work.items() if day - 7 <= on < day)
        before = sum(done for on, done in self.work.items() if day - 35 <= on < day - 7)
        usual = max(USUAL_WEEK, before / 4)
        self.extra = min(4.0, max(0.0, (week / usual - TOO_MUCH) * 2)) if self.began else 0.0
        self.work = {on: done for on, done in self.work.items() if on >= day - 35}

    def _tomorrow(self, day: int) -> float:
        if self.responder == "worse":
            return min(10.0, self.now + RISES_A_DAY) if self.began else 0.0
        if self.responder == "none":
            return self.now
        idle = IDLE_SLOWER if len(self.trained) < ENOUGH_SESSIONS and day > 10 else 1.0
        return self.now * float(0.5 ** (1 / (HALVES_DAYS[self.responder] * idle)))

    def worked(self, day: int, exercise: Exercise, share: float) -> None:
        """A set on a day, at a share of the maximum."""
        if not self.areas.intersection(exercise.areas):
            return
        impact = HOP_COUNTS if "impact" in exercise.tags else 1.0
        self.work[day] = self.work.get(day, 0.0) + share * impact

    @property
    def today(self) -> float:
        """The pain of the day, at its worst."""
        return min(10.0, self.now + self.flare + self.extra)

    def in_moment(self, moment: PainSituation) -> int:
        """Pain in a moment that was told of at the start; 0 in any other."""
        told = self.moments.get(moment, 0)
        if not told:
            return 0
        share = told / self.began if self.began else 0.0
        return _whole(self.today * share)

    def in_move(self, exercise: Exercise, by_chance: float = 0.0) -> int:
        """Pain in a set of an exercise."""
        if not self.areas.intersection(exercise.areas):
            return _whole(self.today * 0.15 + by_chance)
        return _whole(self.today * (IN_A_MOVE + HARDER_MOVE * exercise.level) + by_chance)

    def in_trial(self, level: int) -> int:
        """Pain in a few repetitions of a move of a level that works where it hurts."""
        return _whole(self.today * (IN_A_MOVE + HARDER_MOVE * level))

    def stiff(self, day: int, events: tuple[Event, ...]) -> int:
        """Minutes of stiffness this morning."""
        told = max((e.minutes for e in events if e.kind == "stiff" and e.is_on(day)), default=0)
        usual = self.stiff_usual * (self.now / self.began if self.began else 1.0)
        return round(usual) + told + (STIFFER_BY_LOAD if self.extra >= 1 else 0)


def _whole(pain: float) -> int:
    return max(0, min(10, round(pain)))


def tissue_of(given: Given, responder: Responder, stiff_min: int) -> Tissue:
    """The sore place of a story."""
    moving = {m: n for m, n in given.pain.items() if m not in MOMENTS_AT_REST}
    worst = max(moving.values(), default=0)
    return Tissue(
        began=float(worst), now=float(worst), responder=responder, areas=sore_areas(given),
        moments=dict(given.pain),
        stiff_usual=stiff_min or (5 if given.pain.get("morning") else 0),
    )  # fmt: skip
