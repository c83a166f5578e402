"""What a clinician says every plan of the seven stories must keep, each as a predicate on the course.

A predicate gets the course as `weaklink course STORY.toml --json` prints it. It fails for an empty course.
"""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec

from tests.rehearsal.stories import otherwise, story, world
from weaklink.case.given import Result
from weaklink.rehearsal.events import Event

Course = dict[str, Any]
Week = dict[str, Any]
Item = dict[str, Any]
CALF = {"calf-gastroc", "calf-soleus"}
NOT_FOR_A_LIFTER = {"quad-set", "clamshell", "sit-to-stand", "bridge-double"}
CLAMSHELLS = {"clamshell", "clamshell-banded", "standing-banded-clamshell"}
HINGES = {
    "kettlebell-deadlift", "romanian-deadlift", "single-leg-romanian-deadlift", "trap-bar-deadlift",
    "kettlebell-swing",
}  # fmt: skip
BENT_AND_TWISTED = {"superman-prone", "back-extension", "supine-march"}


class Must(NamedTuple):
    """One demand: the story, what it says, and whether a course keeps it."""

    story: str
    says: str
    keeps: Callable[[Course], bool]


# --- reading a course --------------------------------------------------------------------------------------


def weeks(course: Course, first: int = 1, last: int = 12) -> list[Week]:
    found = [week for week in course["weeks"] if first <= week["week"] <= last]
    assert found, "an empty course keeps nothing"
    return found


def sessions(course: Course, first: int = 1, last: int = 12) -> list[dict[str, Any]]:
    return [session for week in weeks(course, first, last) for session in week["sessions"]]


def items(course: Course, first: int = 1, last: int = 12) -> list[Item]:
    return [item for session in sessions(course, first, last) for item in session["items"]]


def ids(course: Course, first: int = 1, last: int = 12) -> set[str]:
    return {item["id"] for item in items(course, first, last)}


def kg(item: Item) -> float:
    load = item["load"] or {}
    return float(load.get("kg", 0.0)) * (2 if load.get("kind") == "dumbbell-each" else 1)


def areas(item: Item) -> set[str]:
    exercise = world().library.exercises.get(item["id"])
    return set(exercise.areas) if exercise is not None else set()


def sets_of(session: dict[str, Any]) -> int:
    return sum(item["sets"] for item in session["items"] if item["kind"] == "exercise")


def told(course: Course, *words: str) -> bool:
    text = " ".join(course["notes"]).lower()
    return all(word in text for word in words)


def runs_in(week: Week) -> bool:
    return bool(week["km"] > 0)


def referred_by(course: Course, week: int) -> bool:
    events = [event["kind"] for one in weeks(course, 1, week) for event in one["events"]]
    return "referred" in events or "closed" in events


# --- the demands -------------------------------------------------------------------------------------------


def about_eight_sets(course: Course) -> bool:
    found = [sets_of(session) for session in sessions(course) if session["kind_of_day"] == "full"]
    return len(found) >= 30 and all(7 <= sets <= 9 for sets in found)


def nothing_for_beginners_later(course: Course) -> bool:
    return not ids(course, 3) & {"quad-set", *CLAMSHELLS}


def deeper_than_45(course: Course) -> bool:
    calm = [week for week in weeks(course, 5) if week["pain"] <= 2]
    caps = [item["cap"] for week in calm for session in week["sessions"] for item in session["items"]]
    return bool(calm) and not any("45" in cap for cap in caps)


def running_kept(course: Course) -> bool:
    return all(runs_in(week) for week in weeks(course) if week["pain"] <= 3) and runs_in(weeks(course)[-1])


def kilograms_from_the_first_session(course: Course) -> bool:
    moves = [item for item in sessions(course)[0]["items"] if item["kind"] == "exercise"]
    return bool(moves) and all(kg(item) > 0 for item in moves)


def three_a_week_two_days_apart(course: Course) -> bool:
    dates = [datetime.date.fromisoformat(session["date"]) for session in sessions(course)]
    gaps = [(b - a).days for a, b in itertools.pairwise(dates)]
    return all(len(week["sessions"]) == 3 for week in weeks(course)) and min(gaps) >= 2


def no_upkeep_before_the_end(course: Course) -> bool:
    return not any(week["upkeep"] for week in weeks(course, 1, 11))


def calf_repetitions(course: Course) -> bool:
    """On the sore side, as done."""

    def of(week: Week) -> int:
        found = [
            i for s in week["sessions"] for i in s["items"] if areas(i) & CALF and i["kind"] == "exercise"
        ]
        return sum(item["done"]["reps"] for item in found)

    return all(of(week) >= 300 for week in weeks(course, 1, 4))


def calf_load_rises(course: Course) -> bool:
    """A week counts in which some calf move is held heavier than in any week before."""
    most: dict[str, float] = {}
    risen = 0
    for week in weeks(course):
        now = {i["id"]: kg(i) for s in week["sessions"] for i in s["items"] if areas(i) & CALF}
        risen += any(held > most.get(name, 0.0) for name, held in now.items())
        most |= {name: max(held, most.get(name, 0.0)) for name, held in now.items()}
    return risen >= 8


def work(item: Item) -> tuple[float, int]:
    return kg(item), item["sets"] * (item["reps"] or item["hold_s"] or 0)


def stiffness_undoes_the_last_step(course: Course) -> bool:
    """After the two stiff mornings the calf's work is less than before, and nobody calls it better."""
    stiff = next(week["week"] for week in weeks(course) if any(e["kind"] == "stiff" for e in week["events"]))
    before, after = sessions(course, stiff - 1, stiff - 1), sessions(course, stiff, stiff + 1)
    last = {i["slot"]: work(i) for i in before[-1]["items"] if areas(i) & CALF}
    lower = [i for s in after for i in s["items"] if i["slot"] in last and work(i) < last[i["slot"]]]
    better = any(e["kind"] == "upkeep" for week in weeks(course, stiff, stiff) for e in week["events"])
    return bool(lower) and not better and not any(week["upkeep"] for week in weeks(course, stiff, stiff))


def running_goes_on(course: Course) -> bool:
    return all(runs_in(week) for week in weeks(course))


def abductors_every_time(course: Course) -> bool:
    found = sessions(course)
    return bool(found) and all(
        any("glute-med" in areas(i) and i["kind"] == "exercise" for i in s["items"]) for s in found
    )


def pillow_and_standing(course: Course) -> bool:
    return told(course, "pillow", "stand")


def no_stretch_of_the_side(course: Course) -> bool:
    return not ids(course) & {"itb-tfl-stretch", "piriformis-stretch", *CLAMSHELLS} and bool(ids(course))


def heavy_and_watched(course: Course) -> bool:
    """Half of the body mass held, eight times at most, and a word on being watched."""
    heavy = [
        i for i in items(course) if kg(i) >= (story(S05).given.mass_kg or 0) / 2 and (i["reps"] or 99) <= 8
    ]
    bent = [i for i in items(course) if i["id"] in BENT_AND_TWISTED and kg(i) > 0]
    return bool(heavy) and not bent and told(course, "watch")


def not_light_for_ever(course: Course) -> bool:
    grown = max((kg(i) for i in items(course, 9)), default=0.0) > max(
        (kg(i) for i in items(course, 1, 2)), default=0.0
    )
    return grown and not any("light weight" in i["cap"] for i in items(course, 5))


def fives_after_learning(course: Course) -> bool:
    def fives(first: int, last: int) -> list[Item]:
        return [
            i
            for i in items(course, first, last)
            if i["kind"] == "exercise" and (i["reps"] or 99) <= 5 and kg(i)
        ]

    return not fives(1, 6) and any(i["sets"] >= 5 for i in fives(7, 12))


def upkeep_twice_a_week(course: Course) -> bool:
    """At sixty-two training never falls below two sessions; looked at over half a year, upkeep included."""
    assert weeks(course)
    longer = otherwise(S05, weeks=26)
    return all(len(week["sessions"]) == 2 for week in longer["weeks"])


def hinge_on_time(course: Course) -> bool:
    every = all({i["id"] for s in week["sessions"] for i in s["items"]} & HINGES for week in weeks(course, 4))
    return every and "single-leg-romanian-deadlift" in ids(course)


def cushion(course: Course) -> bool:
    return told(course, "cushion")


def no_hamstring_stretch(course: Course) -> bool:
    return "hamstring-stretch" not in ids(course) and bool(ids(course))


def professional_without_a_raise(course: Course) -> bool:
    """Sent on when the arch drops, and when at six weeks there is not one raise on the sore leg."""
    assert weeks(course)
    given = story(S07).given
    dropping = msgspec.structs.replace(given, answers={**given.answers, "arch-dropping": "right"})
    dropped = otherwise(S07, given=dropping, weeks=2)
    none = {"sl-heel-raise-reps": {"right": Result(value=0), "left": Result(value=20)}}
    found = otherwise(S07, Event(kind="test", week=6, tests=none), responder="none")
    return (bool(dropped["refused"]) or referred_by(dropped, 2)) and referred_by(found, 7)


def raises_with_an_inward_heel(course: Course) -> bool:
    """The goal stands in the programme, and a raise on one leg whose heel turns inward is trained by week 12."""
    phases = world().library.programmes["tib-post-tendinopathy"].phases
    goal = [one for phase in phases for one in phase.leave if one.test == "sl-heel-raise-reps"]
    reached = any((one.least or 0) >= 20 for one in goal)
    inward = {
        name
        for phase in phases
        for move in phase.moves
        if "turns inward" in move.cap
        for name in (move.exercise, *move.instead)
        if "single-leg" in name
    }
    return reached and not inward.isdisjoint(ids(course))


S01, S02, S03, S04 = "s01-kneecap-novice", "s02-patellar-lifter", "s03-achilles-50km", "s04-gtps"
S05, S06, S07 = "s05-masters-bone", "s06-pht", "s07-tib-post"
MUSTS = (
    Must(S01, "8 +-1 sets a session", about_eight_sets),
    Must(S01, "no quad-set or clamshell after week 2", nothing_for_beginners_later),
    Must(S01, "depth not 45 deg after week 4 when pain <= 2", deeper_than_45),
    Must(S01, "running kept at pain <= 2-3", running_kept),
    Must(S02, "first session holds a kg for each move", kilograms_from_the_first_session),
    Must(
        S02, "no quad-set, clamshell, sit-to-stand, bridge-double although level novice",
        lambda course: bool(ids(course)) and not ids(course) & NOT_FOR_A_LIFTER,
    ),
    Must(S02, "3/week 48 h apart", three_a_week_two_days_apart),
    Must(S02, "no upkeep before week 12", no_upkeep_before_the_end),
    Must(S03, "weekly calf repetitions on the sore side >= 300 in weeks 1-4 (today 90)", calf_repetitions),
    Must(S03, "load rises in at least 8 of 12 weeks", calf_load_rises),
    Must(
        S03, "stiffness 10 -> 20+ min on two mornings undoes the last step (never 'better')",
        stiffness_undoes_the_last_step,
    ),
    Must(S03, "running goes on", running_goes_on),
    Must(S04, "abductor move in every session from day 1", abductors_every_time),
    Must(S04, "pillow and standing advice on the first page", pillow_and_standing),
    Must(S04, "no ITB or piriformis stretch, no clamshell", no_stretch_of_the_side),
    Must(S05, "heavy allowed, watched; no loaded rounding/twist at end range", heavy_and_watched),
    Must(S05, "not 'light weight' for ever", not_light_for_ever),
    Must(S05, "5x5 only after 6-8 weeks of learning", fives_after_learning),
    Must(S05, "upkeep 2/week (>= 60)", upkeep_twice_a_week),
    Must(S06, "hinge present from week 4, single-leg hinge by week 10-12 (today never_in)", hinge_on_time),
    Must(S06, "sitting cushion advice", cushion),
    Must(S06, "no hamstring stretch", no_hamstring_stretch),
    Must(S07, "arch drop or no single raise at 6 weeks -> professional", professional_without_a_raise),
    Must(S07, "goal >= 20-25 single raises with inward heel", raises_with_an_inward_heel),
)  # fmt: skip
