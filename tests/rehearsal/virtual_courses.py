"""Virtual courses: made-up runners of seven kinds, strong and weak, with and without things, twelve weeks each.

`python -m tests.rehearsal.virtual_courses 2016` lives so many on all cores and prints what became of them.
"""

from __future__ import annotations

import datetime
import functools
import itertools
import multiprocessing
import random
import statistics
import sys
import traceback
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import Any, Literal, get_args

import msgspec

from weaklink.case.case_file import read_given
from weaklink.case.lifting import Lifting
from weaklink.case.load import Owned
from weaklink.library.reading import shipped_library
from weaklink.library.wording import Wording, shipped_wording
from weaklink.quantities import Message
from weaklink.rehearsal.events import Event
from weaklink.rehearsal.living import LivedCourse, World, live
from weaklink.rehearsal.story import Responder, Story
from weaklink.rehearsal.tissue import sore_areas
from weaklink.rehearsal.trained_session import TrainedSession

Kind = Literal["compliant", "lazy", "painful", "improving", "worsening", "flaring", "non-responding"]
Strength = Literal["weak", "average", "strong"]
Things = Literal["nothing", "rucksack", "dumbbells", "gym"]
KINDS: tuple[Kind, ...] = get_args(Kind)
STRENGTHS: tuple[Strength, ...] = get_args(Strength)
THINGS: tuple[Things, ...] = get_args(Things)
WEEKS = 12

RESPONDS: dict[Kind, Responder] = {
    "compliant": "good", "lazy": "good", "painful": "none", "improving": "good", "worsening": "worse",
    "flaring": "slow", "non-responding": "none",
}  # fmt: skip
OWNS: dict[Things, tuple[Owned, ...]] = {
    "nothing": (),
    "rucksack": (Owned(kind="rucksack"),),
    "dumbbells": (
        Owned(kind="dumbbell-pair", kg=(2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24)),
        Owned(kind="band"),
    ),
    "gym": (Owned(kind="gym"),),
}
LIFTS: dict[Strength, Lifting] = {
    "weak": Lifting(legs="never"),
    "average": Lifting(legs="now-and-then"),
    "strong": Lifting(legs="twice-a-week", squat_kg=95, deadlift_kg=110),
}
HEEL_RAISES = {"weak": (8, 10), "average": (20, 22), "strong": (32, 34)}
CHAIR_RISES = {"weak": (5, 6), "average": (11, 12), "strong": (18, 19)}
SIDE_RAISES = {"weak": (8, 10), "average": (17, 19), "strong": (28, 30)}

# Where it hurts, and what tells the condition from its neighbours; the sorer side is the right one.
SORE: dict[str, dict[str, Any]] = {
    "patellofemoral-pain": {
        "pain_at": ["knee-anterior"], "pain": {"run": 3, "stairs": 4, "sit": 3},
        "answers": {"squatting-hurts": "yes", "pain-spread": "palm"},
    },
    "patellar-tendinopathy": {
        "pain_at": [{"site": "knee-anterior", "side": "right"}], "pain": {"run": 3, "jump": 4},
        "answers": {"kneecap-point-pain": "yes", "pain-spread": "one-finger", "pain-pattern": "warms-up"},
    },
    "achilles-mid": {
        "pain_at": [{"site": "achilles-mid", "side": "right"}], "pain": {"run": 4, "morning": 3},
        "answers": {"pain-pattern": "warms-up"},
    },
    "gtps": {
        "pain_at": [{"site": "hip-lateral", "side": "right"}], "pain": {"run": 3, "stairs": 4, "night": 3},
        "answers": {"lying-on-side-hurts": "yes", "night-pain-positional": "yes"},
    },
    "pht": {
        "pain_at": [{"site": "ischial", "side": "right"}], "pain": {"run": 4, "sit": 4},
        "answers": {"hard-seat-hurts": "yes"},
    },
    "low-back-pain": {"pain_at": ["back-lower"], "pain": {"run": 3, "sit": 4}, "answers": {}},
}  # fmt: skip
WELL: dict[str, Any] = {"pain_at": [], "pain": {}, "answers": {}}
PREVENTION = "pain-free-prevention"
CONDITIONS = (*SORE, PREVENTION)


class Runner(msgspec.Struct, frozen=True, kw_only=True):
    """Which virtual runner: one value is one course, on any machine."""

    kind: Kind
    strength: Strength
    things: Things
    condition: str
    seed: int


class Lived(msgspec.Struct, frozen=True, kw_only=True):
    """What the laws read of a course. Weeks and days count from 1."""

    runner: Runner
    refused: tuple[str, ...]
    minutes: int  # of a session, at most
    began_pain: int
    sore: frozenset[str]
    sessions: tuple[TrainedSession, ...]
    week_of: tuple[int, ...]  # of each session
    upkeep_week: int | None
    pains: tuple[int, ...]  # the worst of each week
    by_day: tuple[int, ...]  # the worst of each day
    km: tuple[float, ...]
    referred_week: int | None
    closed_week: int | None
    gain: float  # of the main sore area, or of the quads: strength at the end by that of the start
    fell: str = ""  # the fault of a day that could not be made


def runners(count: int) -> list[Runner]:
    """So many, in rounds of one of each kind; over the rounds each kind meets every strength, thing and place."""
    found: list[Runner] = []
    mixed = {kind: _mixed(kind) for kind in KINDS}
    for number in range(-(-count // len(KINDS))):
        for kind in KINDS:
            strength, things, condition = mixed[kind][number % len(mixed[kind])]
            found.append(
                Runner(kind=kind, strength=strength, things=things, condition=condition, seed=number)
            )
    return found[:count]


def _mixed(kind: Kind) -> list[tuple[Strength, Things, str]]:
    """Every combination for a kind, in an order of its own."""
    conditions = (PREVENTION,) if kind == "compliant" else tuple(SORE)
    found = list(itertools.product(STRENGTHS, THINGS, conditions))
    random.Random(kind).shuffle(found)
    return found


def story_of(runner: Runner, world: World) -> Story:
    """A virtual runner as a story."""
    rng = random.Random(f"{runner.kind}-{runner.seed}")
    sore = SORE.get(runner.condition, WELL)
    low, high = HEEL_RAISES[runner.strength]
    table = {
        "age": rng.randint(20, 64), "sex": rng.choice(("female", "male")), "km_per_week": rng.choice((10, 25, 45)),
        "level": rng.choice(("novice", "regular", "seasoned")), "since_days": rng.randint(20, 150),
        "pain_at": sore["pain_at"], "pain": _pain(runner, sore["pain"], rng), "answers": sore["answers"],
        "days": ["mon", "wed", "fri"], "minutes": rng.choice((15, 20, 30, 45)), "equipment": ["band"],
        "mass_kg": rng.randint(52, 90),
        "tests": {
            "sl-heel-raise-reps": {"right": low, "left": high},
            "one-leg-sts-30s": dict(zip(("right", "left"), CHAIR_RISES[runner.strength], strict=True)),
            "sidelying-hip-abduction-hold-or-reps": dict(
                zip(("right", "left"), SIDE_RAISES[runner.strength], strict=True)
            ),
        },
    }  # fmt: skip
    given = read_given(table, world.library, assume_unanswered_no=True)
    given = msgspec.structs.replace(given, owns=OWNS[runner.things])
    return Story(
        given=given, responder=RESPONDS[runner.kind], lifting=LIFTS[runner.strength], seed=runner.seed,
        stiff_min=10 if "morning" in sore["pain"] else 0, events=_events(runner, rng),
    )  # fmt: skip


def _pain(runner: Runner, usual: dict[str, int], rng: random.Random) -> dict[str, int]:
    by = rng.randint(2, 3) if runner.kind == "painful" else 0
    return {moment: min(9, pain + by) for moment, pain in usual.items()}


def _events(runner: Runner, rng: random.Random) -> tuple[Event, ...]:
    if runner.kind == "lazy":
        missed = [(week, rng.choice((1, 2, 2, 3))) for week in range(1, WEEKS + 1)]
        return tuple(Event(kind="missed", week=week, sessions=count, days=7) for week, count in missed)
    if runner.kind == "flaring":
        first = rng.randint(2, 4)
        return tuple(
            Event(kind="flare", week=week, by=rng.randint(2, 4), days=rng.randint(2, 5))
            for week in range(first, WEEKS, rng.randint(3, 4))
        )
    if rng.random() < 0.3:
        week = rng.randint(3, 9)
        return (rng.choice((
            Event(kind="illness", week=week, days=5, fever=True),
            Event(kind="pause", week=week, days=rng.choice((10, 16, 24))),
            Event(kind="travel", week=week, days=7),
            Event(kind="lifted-more", week=week, days=7),
        )),)  # fmt: skip
    return ()


# --- living ------------------------------------------------------------------------------------------------


class Wordless(Wording):
    """Messages by their ids: nobody reads them here, and putting them into words takes half of the time."""

    def say(self, message: Message) -> str:
        return message.id


@functools.cache
def world() -> World:
    """Library and answers of this process."""
    spoken = shipped_wording()
    silent = Wordless.__new__(Wordless)
    silent.__dict__.update(spoken.__dict__)
    return World(shipped_library(), silent)


def lived(runner: Runner) -> Lived:
    """One course, as far as the laws read it."""
    story = story_of(runner, world())
    try:
        return lived_strictly(runner)
    except StopIteration as error:  # a day that cannot be made; a law counts them
        return _fallen(runner, story, f"{type(error).__name__} in {_where(error)}")


def lived_strictly(runner: Runner) -> Lived:
    """The same; a day that cannot be made fails."""
    return _read(runner, live(story_of(runner, world()), world(), WEEKS))


def _where(error: BaseException) -> str:
    return traceback.extract_tb(error.__traceback__)[-2].name


def _fallen(runner: Runner, story: Story, what: str) -> Lived:
    return Lived(
        runner=runner, refused=(), minutes=story.given.minutes, began_pain=max(story.given.pain.values(), default=0),
        sore=sore_areas(story.given), sessions=(), week_of=(), upkeep_week=None, pains=(), by_day=(), km=(),
        referred_week=None, closed_week=None, gain=1.0, fell=what,
    )  # fmt: skip


def _read(runner: Runner, course: LivedCourse) -> Lived:
    sessions = [(week.number, session) for week in course.weeks for session in week.sessions]
    said = [(week.number, event["kind"]) for week in course.weeks for event in week.events]
    upkeep = next((week.number for week in course.weeks if week.upkeep), None)
    referred = next((number for number, kind in said if kind in ("referred", "closed")), None)
    closed = next((number for number, kind in said if kind == "closed"), None)
    sore = sore_areas(course.runner.story.given)
    main = course.runner.body.areas[min(sore, default="quads")]
    return Lived(
        runner=runner, refused=course.refused, minutes=course.runner.story.given.minutes,
        began_pain=round(course.runner.tissue.began), sore=sore,
        sessions=tuple(session for _, session in sessions), week_of=tuple(number for number, _ in sessions),
        upkeep_week=upkeep, pains=tuple(w.pain for w in course.weeks), km=tuple(w.km for w in course.weeks),
        by_day=tuple(course.runner.worst.get(day, 0) for day in range(7 * WEEKS)),
        referred_week=referred, closed_week=closed,
        gain=main.factor / main.began,
    )  # fmt: skip


def live_all(count: int) -> list[Lived]:
    """So many courses, on all cores."""
    with ProcessPoolExecutor(mp_context=multiprocessing.get_context("spawn")) as pool:
        return list(pool.map(lived, runners(count), chunksize=12))


# --- reading doses -----------------------------------------------------------------------------------------


def kg(item: dict[str, Any]) -> float:
    load = item["load"] or {}
    return float(load.get("kg", 0.0)) * (2 if load.get("kind") == "dumbbell-each" else 1)


def dose(item: dict[str, Any]) -> tuple[Any, ...]:
    return (
        item["id"],
        item["sets"],
        item["reps"],
        item["hold_s"],
        kg(item),
        (item["load"] or {}).get("colour"),
    )


def volume(item: dict[str, Any]) -> int:
    """Sets by repetitions by the seconds each is held."""
    return int(item["sets"] * (item["reps"] or 1) * (item["hold_s"] or 1))


def strength_items(session: TrainedSession) -> list[dict[str, Any]]:
    return [item for item in session.items if item["kind"] == "exercise"]


def is_usual(session: TrainedSession) -> bool:
    return session.kind_of_day == "full"


def same_dose_days(course: Lived) -> list[int]:
    """How many days each dose of a strength move stayed the same, of sessions that are not upkeep."""
    since: dict[str, tuple[tuple[Any, ...], datetime.date]] = {}
    last: dict[str, datetime.date] = {}
    found: list[int] = []
    for session in course.sessions:
        for item in strength_items(session) if is_usual(session) else []:
            before = since.get(item["slot"])
            if before is None or before[0] != dose(item):
                if before is not None:
                    found.append((session.date - before[1]).days)
                since[item["slot"]] = (dose(item), session.date)
            last[item["slot"]] = session.date
    # What never changes again counts as long as it was seen.
    found += [(last[slot] - began).days for slot, (_, began) in since.items()]
    return found


def weekly(course: Lived, week: int) -> list[dict[str, Any]]:
    """The strength items for where it hurts (for anybody without pain: all) of one week."""
    exercises = world().library.exercises
    found = [
        i
        for s, n in zip(course.sessions, course.week_of, strict=True)
        if n == week
        for i in strength_items(s)
    ]
    return [i for i in found if not course.sore or course.sore & set(exercises[i["id"]].areas)]


# --- printing ----------------------------------------------------------------------------------------------


def middle(numbers: Iterable[float]) -> str:
    found = sorted(numbers)
    if not found:
        return "-"
    low, high = found[len(found) // 10], found[-1 - len(found) // 10]
    return f"{statistics.median(found):g} ({low:g} to {high:g})"


def distribution(courses: list[Lived]) -> Iterator[str]:
    """One line for each kind: medians, with the middle eight of ten."""
    yield f"{'kind':15}{'courses':>8}{'no plan':>8}{'sent on':>8}{'closed':>8}{'upkeep':>8}  upkeep week, strength"
    by_kind = defaultdict(list)
    for course in courses:
        by_kind[course.runner.kind].append(course)
    for kind, found in by_kind.items():
        counts = (
            len(found), sum(not c.sessions for c in found), sum(c.referred_week is not None for c in found),
            sum(c.closed_week is not None for c in found), sum(c.upkeep_week is not None for c in found),
        )  # fmt: skip
        weeks = middle(c.upkeep_week for c in found if c.upkeep_week is not None)
        strength = middle(round(100 * (c.gain - 1), 1) for c in found)
        yield f"{kind:15}{''.join(f'{count:8}' for count in counts)}  {weeks}, {strength} % stronger"
    yield ""
    for part in ("strength", "things", "condition"):
        counted = Counter(getattr(course.runner, part) for course in courses)
        yield f"{part}: {', '.join(f'{name} {count}' for name, count in counted.items())}"


def main() -> None:
    """Live them, print what became of them and which laws hold."""
    from tests.rehearsal.laws import report

    courses = live_all(int(sys.argv[1]) if len(sys.argv) > 1 else 2016)
    print("\n".join(distribution(courses)), *report(courses), sep="\n")


if __name__ == "__main__":
    main()
