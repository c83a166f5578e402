"""As told: what was said at the start and what the diary added. Nothing ever becomes less strict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from weaklink.care.finish import readable_tests, tests_told, with_tests
from weaklink.case.case_file import SIDES
from weaklink.case.diary import (
    AnyEntry,
    Felt,
    Hurt,
    Morning,
    Reported,
    Rescreened,
    RunDone,
    SetDone,
    Tested,
    Walked,
)
from weaklink.case.given import AnswerValue, Given, PainPlace
from weaklink.library.reading import Library
from weaklink.library.records import Guard, Noticed, PainSituation, RedFlag
from weaklink.quantities import Side
from weaklink.reasoning.flags import is_relevant
from weaklink.reasoning.triggers import holds
from weaklink.training.course.pain_trend import CLEAR_CHANGE

STRICTER = {"yes": 0, "unsure": 1, "no": 2}
SOON = ("emergency", "same-day")


def as_told(given: Given, entries: Iterable[AnyEntry], library: Library) -> Given:
    """What was said at the start with everything the diary added to it.

    Answers to safety questions and new places stay; a night or a rest that hurt stays. A "no" from before a
    new place hurt says nothing about that place: its questions are open again. Nor does what was said about
    an old pain at night excuse a new one.
    """
    told = tuple(entries)
    answers: dict[str, AnswerValue] = dict(given.answers)
    places, pain = set(given.pain_at), dict(given.pain)
    for entry in told:
        if isinstance(entry, Rescreened):
            for question, said in entry.answers.items():
                answers[question] = _stricter(answers.get(question), said)
            # A site that nobody knows any more opens the safety questions anew where the house was opened.
            for site, side in (one for one in entry.new_places if one[0] in library.regions):
                place = _place(site, side, library)
                places.add(place)
                _ask_again(answers, place, given, library)
        elif isinstance(entry, Morning):
            if entry.night:
                _worst(pain, "night", entry.night)
            if entry.rest:
                _worst(pain, "rest", entry.rest)
    _excuse_no_more(answers, given.pain, pain, library)
    now = msgspec.structs.replace(given, answers=answers, pain_at=tuple(sorted(places)), pain=pain)
    limped = _with_a_limp(now, told, library)
    return _with_shown(with_tests(limped, tests_told(told, library)), told, library)


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


def _ask_again(answers: dict[str, AnswerValue], place: PainPlace, given: Given, library: Library) -> None:
    """Open the questions of a place again. Once it stands in what was said, an answer there is newer."""
    known = given.answers if place in given.pain_at else {}
    for flag in library.red_flags.values():
        if place.site in flag.sites and answers.get(flag.id) == "no" and known.get(flag.id) != "no":
            del answers[flag.id]


def _stricter(before: AnswerValue | None, said: str) -> AnswerValue:
    known = before if isinstance(before, str) and before in STRICTER else None
    return said if known is None else min(known, said, key=lambda answer: STRICTER[answer])


def _place(site: str, side: Side, library: Library) -> PainPlace:
    if not library.regions[site].sided:
        return PainPlace(site, "none")
    return PainPlace(site, side if side in SIDES else "not-said")


def _with_a_limp(now: Given, told: tuple[AnyEntry, ...], library: Library) -> Given:
    """A limp told after a run or a walk answers the question about one, where it is asked at that age."""
    limped = any(isinstance(entry, RunDone | Walked) and entry.limped for entry in told)
    flags = noticed_flags("limp", library) if limped else ()
    said: dict[str, AnswerValue] = {flag.id: "yes" for flag in flags if is_relevant(flag, now, frozenset())}
    return msgspec.structs.replace(now, answers={**now.answers, **said}) if said else now


def noticed_flags(what: Noticed, library: Library) -> tuple[RedFlag, ...]:
    """The danger signs that are answered with yes once the diary says so much."""
    return tuple(flag for flag in library.red_flags.values() if flag.noticed == what)


# --- tests -------------------------------------------------------------------------------------------------


def _with_shown(now: Given, told: tuple[AnyEntry, ...], library: Library) -> Given:
    """A danger sign that a test once showed stays told, whatever the same test shows later."""
    flags = [flag for flag in library.red_flags.values() if any(one.tests for one in flag.triggers)]
    shown: dict[str, AnswerValue] = {}
    before = now
    for entry in told:
        if isinstance(entry, Tested):
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


def with_pain_in_motion(now: Given, entries: Iterable[AnyEntry], green_to: int) -> Given:
    """The same with the worst pain of runs and walks told since, for triage.

    While no place is known, pain above the green of the profile counts from mornings, reports and sessions
    as well, and so do a limp and "this hurts" without a number: nothing can be asked about it yet.
    """
    pain = dict(now.pain)
    for moment, felt in _in_motion(entries, green_to, every=not now.pain_at):
        if now.pain_at or felt > green_to:
            _worst(pain, moment, felt)
    return now if pain == now.pain else msgspec.structs.replace(now, pain=pain)


def lacks_a_place(now: Given) -> bool:
    """Whether pain was told and nobody knows where: that is asked before anything is trained."""
    return not now.pain_at and any(now.pain.values())


def _in_motion(
    entries: Iterable[AnyEntry], green_to: int, *, every: bool
) -> Iterator[tuple[PainSituation, int]]:
    limp = green_to + 1 if every else 0
    for entry in entries:
        if isinstance(entry, RunDone):
            yield "run", max(entry.pain or 0, limp if entry.limped else 0)
        elif isinstance(entry, Walked):
            yield "walk", max(entry.pain, limp if entry.limped else 0)
        elif every and isinstance(entry, Morning):
            yield "morning", entry.pain
        elif every and isinstance(entry, Reported):
            yield "run", entry.pain_worst or 0
        elif every and isinstance(entry, SetDone | Felt):
            yield "run", entry.pain or 0
        elif every and isinstance(entry, Hurt):
            yield "run", max(entry.pain or 0, green_to + 1)
