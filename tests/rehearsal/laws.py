"""Laws of virtual courses: what must be true of every one, or of all together; each says what breaks it."""

from __future__ import annotations

import datetime
import itertools
import statistics
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from tests.rehearsal.virtual_courses import (
    PREVENTION,
    Lived,
    dose,
    is_usual,
    kg,
    same_dose_days,
    strength_items,
    volume,
    weekly,
    world,
)

WORSE_BY, WORSE_IN_WEEKS = 2, 2  # points above the start, and weeks until somebody is sent on for it
LONGEST_SAME_DAYS = 21
RESTORED_IN_DAYS = 28  # of sessions without pain to speak of
AFTER_PAIN = {"bad-morning", "pain-red", "easiest-painful"}
TAKES = AFTER_PAIN | {"after-a-pause", "stays-lighter", "red-elsewhere"}
TENDONS = {"patellar-tendinopathy", "achilles-mid", "gtps", "pht"}
FIRST_UPKEEP = {True: 13, False: 9}  # the first week after 12 of a tendon, after 8 of anything else
UPKEEP_PAIN, UPKEEP_DAYS = 2, 28  # at most, on all but one of so many days up to the first of its week
REACHED, BY_WEEK = 0.70, 6
LEAST_MINUTES = 30  # trials train as long at least; what a quarter of an hour holds is printed, and no law
# A back feels whatever is held, bent or carried; a tendon at the sit bone every deep bend of the hip.
FELT_BY_ALL = {"low-back-pain"}
# The side of the hip feels the big muscle that pulls on its band, a heel's tendon the deep ones beside it.
FELT_TOO = {
    "pht": frozenset({"glute-max"}), "gtps": frozenset({"glute-max"}), "achilles-mid": frozenset({"tib-post"}),
}  # fmt: skip
PRIORITY = ("quads", "glute-max", "hamstrings", "calf-gastroc")

# What trials give in week 6 for where it hurts, on one side: sets and repetitions of a week, with the source.
PUBLISHED: dict[str, tuple[int, int, str]] = {
    "achilles-mid": (36, 288, "beyer-2015: 3 moves, 4 x 8, three times"),
    "patellar-tendinopathy": (36, 288, "kongsgaard-2009: 3 moves, 4 x 8, three times"),
    "patellofemoral-pain": (
        18,
        180,
        "design: 2 moves, 3 x 10, three times; hott-2020 says what, not how much",
    ),
    "gtps": (24, 200, "leap-2018: bridge, squat, slide 5 to 10, daily; sets design"),
    "pht": (18, 180, "goom-2016: 15 to 8 RM; 2 moves, 3 sets, three times: design"),
    "low-back-pain": (12, 120, "cai-2017: legs twice a week; sets design"),
    PREVENTION: (4, 40, "iversen-2021: four hard sets a week at least"),
}


class Finding(NamedTuple):
    """One thing that breaks a law, in words."""

    runner: str
    what: str


class Law(NamedTuple):
    """A law: its words, and what of some courses breaks it."""

    id: str
    says: str
    broken: Callable[[list[Lived]], list[Finding]]


def name(course: Lived) -> str:
    runner = course.runner
    return f"{runner.kind} {runner.strength} {runner.things} {runner.condition} {runner.seed}"


def of(courses: list[Lived], *kinds: str) -> list[Lived]:
    return [course for course in courses if course.runner.kind in kinds and course.sessions]


# --- the laws ----------------------------------------------------------------------------------------------


def loaded_on_red(courses: list[Lived]) -> list[Finding]:
    """After a set in red the same move is never larger the next time; a lighter day is no measure of it."""
    found: list[Finding] = []
    for course in courses:
        usual: dict[str, dict[str, Any]] = {}  # by slot, as it was asked for on the last usual day
        red: set[str] = set()
        for session in course.sessions:
            for item in strength_items(session):
                slot, last = item["slot"], usual.get(item["slot"])
                if is_usual(session):
                    same = last is not None and last["id"] == item["id"]
                    if last is not None and same and slot in red and _larger(item, last):
                        found.append(Finding(name(course), f"{session.date} {dose(last)} -> {dose(item)}"))
                    usual[slot] = item
                    red.discard(slot)
                if item["done"]["pain"] > session.amber_to:
                    red.add(slot)
    return found


def _larger(now: dict[str, Any], before: dict[str, Any]) -> bool:
    return kg(now) > kg(before) or (kg(now) == kg(before) and volume(now) > volume(before))


def worsening_not_sent_on(courses: list[Lived]) -> list[Finding]:
    """Who says clearly more pain than at the start in two weeks running is sent on within two more."""
    found: list[Finding] = []
    for course in of(courses, "worsening"):
        worse = [pain >= course.began_pain + WORSE_BY for pain in course.pains]
        both = (n for n, pair in enumerate(itertools.pairwise(worse), 2) if all(pair))
        second, sent = next(both, None), course.referred_week
        if second is not None and (sent is None or sent > second + WORSE_IN_WEEKS):
            found.append(
                Finding(name(course), f"worse in weeks {second - 1} and {second}, sent on in {sent}")
            )
        if second is None and sent is None:
            found.append(Finding(name(course), f"never sent on, pains {course.pains}"))
    return found


def volume_share(course: Lived) -> float:
    """The most that is done in a week by the sixth, of what is published: sets or repetitions.

    A week of travel or fever says nothing of what a plan asks for, so it need not be the sixth itself.
    """
    sets, reps, _ = PUBLISHED[course.runner.condition]
    weeks = [volume_in(course, week) for week in range(1, BY_WEEK + 1)]
    return max(max(done[0] / sets, done[1] / reps) for done in weeks)


def volume_in(course: Lived, week: int) -> tuple[float, float]:
    """Sets and repetitions of a week for where it hurts; without pain those of the middle one of four areas."""
    items = weekly(course, week)
    areas = [course.sore] if course.sore else [frozenset({area}) for area in PRIORITY]
    exercises = world().library.exercises
    found = [[i for i in items if area & set(exercises[i["id"]].areas[:2])] for area in areas]
    sets, reps = ([sum(i["done"][part] for i in each) for each in found] for part in ("sets", "reps"))
    return statistics.median(sets), statistics.median(reps)


def too_little_by_week_six(courses: list[Lived]) -> list[Finding]:
    """Of strong runners who get better, with half an hour and something to lift."""
    strong = [c for c in of(courses, "improving", "compliant") if c.runner.strength == "strong"]
    shares = [
        (course, volume_share(course))
        for course in strong
        if course.referred_week is None and course.minutes >= LEAST_MINUTES
    ]
    return [Finding(name(c), f"{share:.0%} of what is published") for c, share in shares if share < REACHED]


def too_long_on_one_dose(courses: list[Lived]) -> list[Finding]:
    days = [day for course in of(courses, "compliant", "improving") for day in same_dose_days(course)]
    found = statistics.median(days) if days else 0
    return [Finding("all who do well", f"median {found:g} days")] if found > LONGEST_SAME_DAYS else []


class Taken(NamedTuple):
    """What was taken from a move, and since when it could have come back."""

    since: datetime.date
    wanted: float


def sets_not_restored(courses: list[Lived]) -> list[Finding]:
    """Sets that pain, a pause or a lighter week took away are back within four weeks that stayed green."""
    return [
        Finding(name(course), f"{item['id']} {item['sets']} of {wanted:g} sets")
        for course in courses
        for item, wanted in _not_back(course, TAKES, lambda item: float(item["sets"]))
        if item["sets"] < item["planned_sets"]  # another plan may want fewer
    ]


def loads_not_restored(courses: list[Lived]) -> list[Finding]:
    """A weight that a bad morning or pain took away is back within four weeks that stayed green.

    Nobody who should be seen first is given a weight meanwhile.
    """
    return [
        Finding(name(course), f"{item['id']} {kg(item):g} of {wanted:g} kg")
        for course in courses
        if course.referred_week is None
        for item, wanted in _not_back(course, AFTER_PAIN, kg)
    ]


def _not_back(
    course: Lived, takes: set[str], much: Callable[[dict[str, Any]], float]
) -> Iterator[tuple[dict[str, Any], float]]:
    """Moves with less than they had for longer than they should; what is too heavy as it is need not rise."""
    last: dict[tuple[str, str], float] = {}
    taken: dict[tuple[str, str], Taken] = {}
    for session in course.sessions:
        for item in strength_items(session) if is_usual(session) else []:
            key, now, found = (item["slot"], item["id"]), much(item), taken.get((item["slot"], item["id"]))
            if found is None and item["rule"] in takes and now < last.get(key, 0.0):
                taken[key] = Taken(session.date, last[key])
            elif found is not None and now >= found.wanted:
                taken.pop(key)
            elif found is not None and (session.pain > session.green_to or _is_too_hard(item)):
                taken[key] = Taken(session.date, found.wanted)
            elif found is not None and (session.date - found.since).days > RESTORED_IN_DAYS:
                yield item, found.wanted
                taken.pop(key)
            last[key] = now


def _is_too_hard(item: dict[str, Any]) -> bool:
    return item["done"]["rir"] == 0 or item["done"]["sets"] < item["sets"]


def cut_elsewhere(courses: list[Lived]) -> list[Finding]:
    """A bad morning takes from what works where it hurts, and from nothing else."""
    exercises = world().library.exercises
    return [
        Finding(name(course), f"{item['id']} after a bad morning")
        for course in courses
        if course.sore and course.runner.condition not in FELT_BY_ALL
        for session in course.sessions
        for item in strength_items(session)
        if item["rule"] == "bad-morning"
        and not (course.sore | FELT_TOO.get(course.runner.condition, set()))
        & set(exercises[item["id"]].areas)
    ]


def upkeep_too_early(courses: list[Lived]) -> list[Finding]:
    found = []
    for course in courses:
        week = course.upkeep_week
        if week is None:
            continue
        first = FIRST_UPKEEP[course.runner.condition in TENDONS]
        day = 7 * (week - 1)
        before = course.by_day[max(0, day + 1 - UPKEEP_DAYS) : day + 1]
        second = sorted(before)[-2]
        if week < first or second > UPKEEP_PAIN:
            found.append(Finding(name(course), f"week {week}, pain before up to {second} on two days"))
    return found


def non_responders_progress(courses: list[Lived]) -> list[Finding]:
    """Who gets no stronger and no better is never sent into upkeep nor into a later phase than the second."""
    none = of(courses, "non-responding", "painful")
    return [
        Finding(name(c), f"upkeep in week {c.upkeep_week}, {100 * (c.gain - 1):.0f} % stronger")
        for c in none
        if c.upkeep_week is not None or c.gain > 1.0
    ]


def non_responders_not_seen(courses: list[Lived]) -> list[Finding]:
    """Who gets no better in ten weeks is sent on."""
    none = of(courses, "non-responding", "painful")
    late = [c for c in none if c.referred_week is None or c.referred_week > 10]
    return [Finding(name(c), f"sent on in week {c.referred_week}") for c in late]


def trained_when_closed(courses: list[Lived]) -> list[Finding]:
    """No session comes in a week after the plan was closed."""
    shut = [(c, c.closed_week, c.week_of[-1]) for c in courses if c.closed_week is not None and c.week_of]
    return [
        Finding(name(c), f"closed in week {w}, trained in week {last}") for c, w, last in shut if last > w
    ]


def days_that_fail(courses: list[Lived]) -> list[Finding]:
    """Every day can be asked for, whatever was told before."""
    return [Finding(name(c), c.fell) for c in courses if c.fell]


LAWS = (
    Law("days", "every day can be asked for", days_that_fail),
    Law("red", "nobody is loaded after red", loaded_on_red),
    Law(
        "worse",
        f"who is clearly worse for two weeks is sent on within {WORSE_IN_WEEKS} weeks",
        worsening_not_sent_on,
    ),
    Law(
        "volume",
        f"strong improvers do {REACHED:.0%} of what is published by week {BY_WEEK}",
        too_little_by_week_six,
    ),
    Law("same-dose", f"the median dose changes within {LONGEST_SAME_DAYS} days", too_long_on_one_dose),
    Law("restored", "sets that fell come back", sets_not_restored),
    Law("loads-restored", "weights that pain took away come back", loads_not_restored),
    Law("elsewhere", "a bad morning takes nothing from areas that do not hurt", cut_elsewhere),
    Law("upkeep", "upkeep comes after time and calm weeks only", upkeep_too_early),
    Law("no-gain", "who does not respond does not progress", non_responders_progress),
    Law("seen", "who does not respond is sent on by week 10", non_responders_not_seen),
    Law("closed", "nothing is trained once the plan is closed", trained_when_closed),
)


def report(courses: list[Lived]) -> Iterator[str]:
    """Each law with what breaks it, and what is done in week 6 by condition."""
    yield ""
    for law in LAWS:
        broken = law.broken(courses)
        people = len({finding.runner for finding in broken})
        yield f"{'holds' if not broken else 'BROKEN'}: {law.says}; {len(broken)} findings, {people} runners"
        for text, count in Counter(finding.what for finding in broken).most_common(3):
            yield f"    {count} x {text}"
    yield from _volumes(courses)
    days = [day for course in of(courses, "compliant", "improving") for day in same_dose_days(course)]
    yield f"Days on the same dose, of who does well: median {statistics.median(days):g}" if days else ""


def _volumes(courses: list[Lived]) -> Iterator[str]:
    yield ""
    yield f"{'week 6, strong improvers':26}{'courses':>8}{'sets':>10}{'reps':>10}{'share':>8}  published"
    by_condition = defaultdict(list)
    for course in of(courses, "improving", "compliant"):
        if course.runner.strength == "strong":
            by_condition[course.runner.condition].append(course)
    for condition, found in sorted(by_condition.items()):
        sets, reps, source = PUBLISHED[condition]
        done = [statistics.median(part) for part in zip(*(volume_in(c, BY_WEEK) for c in found), strict=True)]
        share = statistics.median(volume_share(course) for course in found)
        shown = f"{done[0]:g}/{sets}", f"{done[1]:g}/{reps}"
        yield f"{condition:26}{len(found):8}{shown[0]:>10}{shown[1]:>10}{share:8.0%}  {source}"
