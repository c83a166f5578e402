"""Virtual courses of twelve weeks through the real rules: nobody is pushed, everybody gets somewhere."""

from __future__ import annotations

import functools
import multiprocessing
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor

import pytest

from tests.searches import reach
from tests.training.virtual_runners import KINDS, WEEKS, Course, Kind, World, live
from weaklink.library.reading import Library, shipped_library
from weaklink.library.wording import shipped_wording
from weaklink.training.dose.training_state import SlotState
from weaklink.training.dose.weights import place_of

EACH = reach(1, 7)  # of each kind: 7 courses in the quick tests, 49 in the whole search
MANY = reach(150, 20)  # under `load`: 140 courses in `make test-all`, 1,400 in `make soak`, alone 1,050
LEAST_DAYS_TO_RETURN = 7
MOST_RETURNS = 4  # in twelve weeks, for one slot and one move
PAIN_RULES = {"easiest-painful-twice", "rising-pain"}
UPKEEP_WEEK = 8
TENDON_GREEN = 3
NEXT_SESSION = 7  # days until a decision is met at the next session, at the latest


@pytest.fixture(scope="module")
def world(library: Library) -> World:
    return World(library, shipped_wording())


@pytest.fixture(scope="module")
def quick(world: World) -> list[Course]:
    return [live(kind, seed, world) for kind in KINDS for seed in range(EACH)]


def of(courses: list[Course], *kinds: Kind) -> list[Course]:
    return [course for course in courses if course.kind in kinds]


def name(course: Course) -> str:
    return f"{course.kind} {course.seed}"


# --- laws --------------------------------------------------------------------------------------------------


def assert_laws(courses: list[Course], library: Library) -> None:
    """Everything that has to hold for every course."""
    for course in courses:
        assert risen_on_red(course, library) == [], name(course)
        assert_no_oscillation(course)
    for course in of(courses, "painful"):
        assert course.referred_on is not None, name(course)
        assert course.referred_on <= 14 + NEXT_SESSION, name(course)
    for course in of(courses, "worsening"):
        due = worse_from(course)
        assert course.referred_on is not None, name(course)
        # Without a week that was clearly worse, another rule referred before it came to that.
        assert due is None or course.referred_on <= due + NEXT_SESSION, name(course)
    for course in of(courses, "improving"):
        assert course.referred_on is None, name(course)
        assert has_time(course) or course.upkeep_on is not None, name(course)
        assert course.upkeep_on is None or course.upkeep_on >= 7 * UPKEEP_WEEK, name(course)
    for course in of(courses, "non-responding"):
        assert course.referred_on is not None, name(course)
        assert course.referred_on <= 56 + NEXT_SESSION, name(course)
        # Nobody is sent on for not improving before four weeks are over; pain may send on at any time.
        early = course.referred_on < 28
        assert set(course.rules) & (PAIN_RULES if early else {*PAIN_RULES, "not-improving"}), name(course)
        assert not (early and "not-improving" in course.rules), name(course)
    for course in of(courses, "lazy", "flaring"):
        decided = [day for day in (course.upkeep_on, course.referred_on) if day is not None]
        assert decided or has_time(course), name(course)
        assert min(decided, default=0) <= 7 * WEEKS, name(course)
    for course in of(courses, "compliant"):
        assert (course.referred_on, course.upkeep_on) == (None, None), name(course)
        assert work(course.sessions[-1].after, library) > work(course.sessions[0].before, library)


def has_time(course: Course) -> bool:
    """Whether upkeep may come after the twelve weeks: a programme is gone through first, a tendon needs them all."""
    return course.phased or course.green_to >= TENDON_GREEN


def size(state: SlotState, library: Library) -> tuple[int, float, int]:
    """How much a dose is: the move first, then the weight, then the work."""
    level = library.exercises[state.exercise].level
    return level, place_of(state.load), state.sets * (state.reps or 1) * (state.hold_s or 1)


def work(doses: dict[str, SlotState], library: Library) -> float:
    return sum(level * 1000 + load + done for level, load, done in (size(s, library) for s in doses.values()))


def risen_on_red(course: Course, library: Library) -> list[str]:
    """Slots whose dose is larger after a session with red pain."""
    return [
        f"day {seen.day}: {slot}"
        for seen in course.sessions
        if seen.worst > seen.amber_to
        for slot, after in seen.after.items()
        if slot in seen.before and larger(after, seen.before[slot], library)
    ]


def larger(after: SlotState, before: SlotState, library: Library) -> bool:
    if after.exercise != before.exercise:
        return library.exercises[after.exercise].level > library.exercises[before.exercise].level
    return size(after, library) > size(before, library)


def assert_no_oscillation(course: Course) -> None:
    """A move that was left because of pain comes back a week later at the soonest, and only a few times."""
    left: dict[tuple[str, str], int] = {}
    returns: Counter[tuple[str, str]] = Counter()
    for seen in course.sessions:
        for slot, after in seen.after.items():
            before = seen.before.get(slot)
            if before is None or before.exercise == after.exercise:
                continue
            if after.set_aside == before.exercise:
                left[slot, before.exercise] = seen.day
            if (slot, after.exercise) in left:
                returns[slot, after.exercise] += 1
                assert seen.day - left[slot, after.exercise] >= LEAST_DAYS_TO_RETURN, name(course)
    assert all(count <= MOST_RETURNS for count in returns.values()), (name(course), returns)


def worse_from(course: Course) -> int | None:
    """The first weekly check, from two weeks on, at which pain was two points up on two days of the week."""
    for day in range(14, 7 * WEEKS + 1, 7):
        week = sorted(course.worst_by_day.get(d, -1) for d in range(day - 6, day + 1))
        if week[-2] >= course.start_pain + 2 and week[-2] > course.green_to:
            return day
    return None


def distribution(courses: list[Course]) -> Iterator[str]:
    """One line for each kind: how many were referred, closed, kept up, and when."""
    for kind in KINDS:
        found = of(courses, kind)
        referred = sorted(c.referred_on for c in found if c.referred_on is not None)
        upkeep = sorted(c.upkeep_on for c in found if c.upkeep_on is not None)
        closed = sum(c.closed_on is not None for c in found)
        rules = Counter(rule for c in found for rule in c.rules)
        middle = {
            key: days[len(days) // 2] for key, days in (("referred", referred), ("upkeep", upkeep)) if days
        }
        yield (
            f"{kind:15} {len(found):4} courses: referred {len(referred):4} (of these closed {closed}), "
            f"upkeep {len(upkeep):4}, median days {middle}, sessions {sum(len(c.sessions) for c in found)}, "
            f"rules {dict(rules)}"
        )


# --- tests -------------------------------------------------------------------------------------------------


@pytest.mark.search
def test_some_courses_keep_every_law(quick: list[Course], library: Library) -> None:
    assert_laws(quick, library)


def test_a_seed_is_one_course(quick: list[Course], world: World) -> None:
    last = of(quick, "flaring")[-1]

    assert live("flaring", last.seed, world) == last


@functools.cache
def _world() -> World:
    return World(shipped_library(), shipped_wording())


def _lived(which: tuple[Kind, int]) -> Course:
    """One course, in a process of its own world; seeds make it the same in any."""
    return live(*which, _world())


@pytest.mark.load
def test_hundreds_of_courses_keep_every_law(library: Library, capsys: pytest.CaptureFixture[str]) -> None:
    with ProcessPoolExecutor(mp_context=multiprocessing.get_context("spawn")) as pool:
        courses = list(
            pool.map(_lived, [(kind, seed) for kind in KINDS for seed in range(MANY)], chunksize=25)
        )

    with capsys.disabled():
        print("", *distribution(courses), sep="\n")
    assert len(courses) == len(KINDS) * MANY >= 140
    assert_laws(courses, library)
