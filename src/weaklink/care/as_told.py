"""As told: what was said at the start and what the diary added. Only a visit makes it less strict."""

from __future__ import annotations

import typing
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from weaklink.care.finish import readable_tests, retests, tests_told, with_tests
from weaklink.case.case_file import SIDES
from weaklink.case.diary import Tested, Visited
from weaklink.case.given import AnswerValue, Given, PainPlace
from weaklink.library.reading import Library
from weaklink.library.records import Guard, Noticed, PainSituation, RedFlag
from weaklink.reasoning.flags import is_relevant
from weaklink.reasoning.triggers import holds
from weaklink.training.course.pain_trend import CLEAR_CHANGE
from weaklink.training.course.past import MovedSoFar, Order, Past, Screened

STRICTER = {"yes": 0, "unsure": 1, "no": 2}
SOON = ("emergency", "same-day")
MOMENTS: tuple[PainSituation, ...] = typing.get_args(PainSituation)


def as_told(given: Given, past: Past, library: Library) -> Given:
    """What was said at the start with everything the diary added to it.

    Answers to safety questions and new places stay; a night or a rest that hurt stays. A "no" from before a
    new place hurt says nothing about that place: its questions are open again. Nor does what was said about
    an old pain at night excuse a new one.
    """
    new = _new_places(past.screened, library)
    answers = _answered(given, past.screened, new, library)
    pain = dict(given.pain)
    if past.night:
        _worst(pain, "night", past.night)
    if past.rest:
        _worst(pain, "rest", past.rest)
    _excuse_no_more(answers, given.pain, pain, library)
    _seen_for(answers, past.visits, library)
    places = tuple(sorted({*given.pain_at, *new}))
    now = msgspec.structs.replace(given, answers=answers, pain_at=places, pain=pain)
    limped = _with_a_limp(now, past.motion, library)
    told = retests(past.outcomes)
    return _with_shown(with_tests(limped, tests_told(told, library)), told, library)


def _seen_for(answers: dict[str, AnswerValue], visits: Sequence[Visited], library: Library) -> None:
    """Take back what the weeks led to before a visit that allows it; what comes is noticed anew."""
    cleared = any(visit.clears for visit in visits)
    ended = [one for one in typing.get_args(Noticed) if one == "not-allowed" or (cleared and one != "limp")]
    for flag in (flag for one in ended for flag in noticed_flags(one, library) if visits):
        answers.pop(flag.id, None)


def _new_places(screened: Screened, library: Library) -> dict[PainPlace, Order]:
    """The places that were told later, with when each was told last."""
    found: dict[PainPlace, Order] = {}
    for name, when in screened.places.items():
        site, _, side = name.partition(" ")
        if site not in library.regions:
            continue  # the house asked the safety questions anew when it was opened
        place = _place(site, side, library)
        found[place] = max(when, found.get(place, when))
    return found


def _answered(
    given: Given, screened: Screened, new: Mapping[PainPlace, Order], library: Library
) -> dict[str, AnswerValue]:
    """The answers, the strictest that was ever given to each question; open again where a place is newer."""
    answers: dict[str, AnswerValue] = dict(given.answers)
    for question, said in screened.strictest.items():
        answers[question] = _stricter(answers.get(question), said)
    for question in screened.noes:
        answers[question] = _stricter(answers.get(question), "no")
    for flag in library.red_flags.values():
        if answers.get(flag.id) == "no":
            asked_anew = _last_asked_anew(flag, given, new)
            last = screened.noes.get(flag.id)
            if asked_anew is not None and (last is None or last <= asked_anew):
                del answers[flag.id]
    return answers


def _last_asked_anew(flag: RedFlag, given: Given, new: Mapping[PainPlace, Order]) -> Order | None:
    """When a new place opened a question last. Once it stands in what was said, an answer is newer."""
    known = given.answers.get(flag.id) == "no"
    times = (
        when for place, when in new.items()
        if place.site in flag.sites and not (known and place in given.pain_at)
    )  # fmt: skip
    return max(times, default=None)


def _worst(pain: dict[PainSituation, int], moment: PainSituation, felt: int) -> None:
    """The larger of two pains counts."""
    pain[moment] = max(felt, pain.get(moment, 0))


def _is_new(before: int, now: int) -> bool:
    """Whether pain is new, or clearly more than it was."""
    return now > before and (before == 0 or now - before >= CLEAR_CHANGE)


def _excuse_no_more(
    answers: dict[str, AnswerValue],
    before: Mapping[PainSituation, int],
    now: Mapping[PainSituation, int],
    library: Library,
) -> None:
    """Take back what was said to be harmless before there was new pain then, or clearly more."""
    for question in library.questions.values():
        moment = question.excuses
        if (
            moment
            and answers.get(question.id) == "yes"
            and _is_new(before.get(moment, 0), now.get(moment, 0))
        ):
            del answers[question.id]


def _stricter(before: AnswerValue | None, said: str) -> AnswerValue:
    known = before if isinstance(before, str) and before in STRICTER else None
    return said if known is None else min(known, said, key=lambda answer: STRICTER[answer])


def _place(site: str, side: str, library: Library) -> PainPlace:
    if not library.regions[site].sided:
        return PainPlace(site, "none")
    return PainPlace(site, side if side in SIDES else "not-said")


def _with_a_limp(now: Given, moved: MovedSoFar, library: Library) -> Given:
    """A limp told after a run or a walk answers the question about one, where it is asked at that age."""
    limped = moved.limped_run or moved.limped_walk
    flags = noticed_flags("limp", library) if limped else ()
    said: dict[str, AnswerValue] = {flag.id: "yes" for flag in flags if is_relevant(flag, now, frozenset())}
    return msgspec.structs.replace(now, answers={**now.answers, **said}) if said else now


def noticed_flags(what: Noticed, library: Library) -> tuple[RedFlag, ...]:
    """The danger signs that are answered with yes once the diary says so much."""
    return tuple(flag for flag in library.red_flags.values() if flag.noticed == what)


# --- tests -------------------------------------------------------------------------------------------------


def _with_shown(now: Given, told: Iterable[Tested], library: Library) -> Given:
    """A danger sign that a test once showed stays told, whatever the same test shows later."""
    flags = [flag for flag in library.red_flags.values() if any(one.tests for one in flag.triggers)]
    shown: dict[str, AnswerValue] = {}
    before = now
    for entry in told:
        before = with_tests(before, readable_tests(entry.tests, library))
        shown |= {flag.id: "yes" for flag in flags if _shows(flag, before) and not _shows(flag, now)}
    return msgspec.structs.replace(now, answers={**now.answers, **shown}) if shown else now


def _shows(flag: RedFlag, given: Given) -> bool:
    return any(one.tests and holds(one, given) for one in flag.triggers)


# --- what a diary may answer -------------------------------------------------------------------------------


def stop_signs(library: Library) -> tuple[Guard, ...]:
    """Circumstances with a question of their own that can begin on any day and then stop everything."""
    return tuple(
        guard
        for guard in library.guards.values()
        if guard.id in library.questions and guard.allows == "nothing" and guard.tier in SOON
    )


def answerable(library: Library) -> frozenset[str]:
    """The questions a diary may answer: every danger sign, and the stop signs of a circumstance."""
    return frozenset(library.red_flags) | {guard.id for guard in stop_signs(library)}


# --- pain on the way ---------------------------------------------------------------------------------------


def with_pain_in_motion(now: Given, moved: MovedSoFar, green_to: int) -> Given:
    """The same with the worst pain of runs, walks and moments asked about since, for triage.

    While no place is known, pain above the green of the profile counts from mornings, reports and sessions
    as well, and so do a limp and "this hurts" without a number: nothing can be asked about it yet.
    """
    pain = dict(now.pain)
    for moment, felt in _in_motion(moved, green_to, every=not now.pain_at):
        if now.pain_at or felt > green_to:
            _worst(pain, moment, felt)
    return now if pain == now.pain else msgspec.structs.replace(now, pain=pain)


def lacks_a_place(now: Given) -> bool:
    """Whether pain was told and nobody knows where: that is asked before anything is trained."""
    return not now.pain_at and any(now.pain.values())


def _in_motion(moved: MovedSoFar, green_to: int, *, every: bool) -> Iterator[tuple[PainSituation, int]]:
    if moved.run is not None:
        yield "run", max(moved.run, green_to + 1 if every and moved.limped_run else 0)
    if moved.walk is not None:
        yield "walk", max(moved.walk, green_to + 1 if every and moved.limped_walk else 0)
    yield from ((moment, moved.moments[moment]) for moment in MOMENTS if moment in moved.moments)
    if every:
        yield "morning", moved.morning or 0
        yield "run", max(moved.report or 0, moved.session or 0, green_to + 1 if moved.hurt else 0)
