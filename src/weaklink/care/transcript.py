"""Transcript: the interview answered from what a case file holds, screen by screen, and what it came to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import msgspec

from weaklink.care.answer import answer
from weaklink.care.begin import assess
from weaklink.care.screen_shown import ScreenShown, screen_shown, start_shown
from weaklink.case.case_file import with_implied
from weaklink.case.given import AnswerValue, Given
from weaklink.library.reading import Library
from weaklink.library.records import Question
from weaklink.library.wording import Wording
from weaklink.reasoning.examination import next_test
from weaklink.reasoning.hanging import PAIN, SINCE
from weaklink.reasoning.interview import PAINS, Aim, Step, Told, next_step
from weaklink.reasoning.suspicion import is_change
from weaklink.reasoning.urgency import judged

Unknown = Literal["no", "unsure", "skip"]
# What no screen asks and the answer rests on: the week, things at hand, the runner's own routine.
SETTING = (
    "equipment",
    "mass_kg",
    "owns",
    "lifting",
    "programme",
    "minutes",
    "days",
    "hard_runs",
    "wish",
    "routine",
    "story",
    "load",
    "country",
    "pain_at_start",
)
MOST_SCREENS = 60


class HeardScreen(msgspec.Struct, frozen=True, kw_only=True):
    """One screen as it was answered; `taps` counts every answer, a typed number as one, not "Continue"."""

    id: str
    questions: tuple[str, ...]
    shown: ScreenShown
    taps: int


class Transcript(msgspec.Struct, frozen=True, kw_only=True):
    """A whole interview: its screens to the first ranking or referral, those after, and what it heard."""

    screens: tuple[HeardScreen, ...]
    after: tuple[HeardScreen, ...]
    told: Given
    never_asked: tuple[str, ...]


def transcript(truth: Given, library: Library, wording: Wording, unknown: Unknown = "no") -> Transcript:
    """The interview of somebody for whom exactly the truth holds.

    Args:
        unknown: how a danger is answered that the truth does not speak of; everything else is then left open.
            With "skip" dangers are left open as well.
    """
    start = HeardScreen(id="start", questions=(), shown=start_shown(wording), taps=1)
    told, screens = _walked(Told(aim=aim_of(truth)), truth, library, wording, unknown)
    told, after = _tested(told, truth, library, wording, unknown)
    assert told.given is not None
    asked = {name for screen in (*screens, *after) for name in screen.questions}
    return Transcript(
        screens=(start, *screens),
        after=after,
        told=_with_setting(told.given, truth),
        never_asked=tuple(_never_asked(truth, asked)),
    )


def _walked(
    told: Told, truth: Given, library: Library, wording: Wording, unknown: Unknown
) -> tuple[Told, list[HeardScreen]]:
    """The interview from here to where it rests, and its screens."""
    screens: list[HeardScreen] = []
    while (step := next_step(told, library)) is not None:
        if len(screens) > MOST_SCREENS:
            raise RuntimeError(f"the interview does not end: {step.screen} again")
        shown = screen_shown(step, told.given, library, wording)
        told, taps = answered(step, told, truth, library, unknown)
        screens.append(HeardScreen(id=step.screen, questions=step.questions, shown=shown, taps=taps))
    return told, screens


def _tested(
    told: Told, truth: Given, library: Library, wording: Wording, unknown: Unknown
) -> tuple[Told, tuple[HeardScreen, ...]]:
    """Every result the truth holds, in the order tests are asked for, and what is asked after each."""
    after: list[HeardScreen] = []
    while (name := _next_result(told, truth, library)) is not None:
        assert told.given is not None
        given = msgspec.structs.replace(told.given, tests={**told.given.tests, name: truth.tests[name]})
        test = library.clinical_tests[name]
        shown = ScreenShown(id=f"test:{name}", kind="test", title=test.name, lede=" ".join(test.steps))
        after.append(HeardScreen(id=shown.id, questions=(name,), shown=shown, taps=len(truth.tests[name])))
        told, further = _walked(msgspec.structs.replace(told, given=given), truth, library, wording, unknown)
        after += further
    return told, tuple(after)


def _next_result(told: Told, truth: Given, library: Library) -> str | None:
    """The test that comes next of those the truth has a result of; None where a referral ended it."""
    assert told.given is not None
    left = [name for name in truth.tests if name not in told.given.tests]
    disposition, ranked = judged(told.given, library)
    if not left or disposition.refers:
        return None
    wanted = next_test(told.given, library, ranked)
    return wanted.id if wanted is not None and wanted.id in left else left[0]


def aim_of(truth: Given) -> Aim:
    """What somebody says the interview is for."""
    return "pain" if truth.pain_at or any(truth.pain.values()) else "prevent"


def answered(step: Step, told: Told, truth: Given, library: Library, unknown: Unknown) -> tuple[Told, int]:
    """What was told once a screen is answered from the truth, and how many taps that took."""
    if step.kind == "who":
        given = Given(age=truth.age, sex=truth.sex, level=truth.level, km_per_week=truth.km_per_week)
        return msgspec.structs.replace(told, given=given), len(step.questions)
    assert told.given is not None
    if step.kind == "where":
        given = msgspec.structs.replace(told.given, pain_at=truth.pain_at)
        return msgspec.structs.replace(told, given=given), 2 * len(truth.pain_at)
    if step.kind == "pain":
        return _pains_said(step, told, truth)
    return _questions_said(step, told, truth, library, unknown)


def _pains_said(step: Step, told: Told, truth: Given) -> tuple[Told, int]:
    assert told.given is not None
    moments = [name.removeprefix(PAIN) for name in step.questions]
    pain = {moment: level for moment, level in truth.pain.items() if moment in moments}
    given = msgspec.structs.replace(told.given, pain=pain)
    said = msgspec.structs.replace(told, given=given, left=told.left | {PAINS})
    # Zeros are said in one tap for all that is left; what is not known is left open.
    above = sum(level > 0 for level in pain.values())
    return said, above + any(level == 0 for level in pain.values())


def _questions_said(
    step: Step, told: Told, truth: Given, library: Library, unknown: Unknown
) -> tuple[Told, int]:
    given = told.given
    assert given is not None
    said: dict[str, AnswerValue] = {}
    for name in step.questions:
        if name in library.questions:
            value = _said_to(library.questions[name], step, truth, unknown)
            said |= {name: value} if value is not None else {}
    if step.kind == "story":
        said = {name: value for name, value in said.items() if not is_change(library.questions[name])}
        said |= _changes(step, truth.answers, library)
    said = with_implied(said, library)
    since = truth.since_days if SINCE in step.questions else given.since_days
    heard = msgspec.structs.replace(given, answers={**given.answers, **said}, since_days=since)
    left = {name for name in step.questions if name not in said and not (name == SINCE and since is not None)}
    left |= {step.screen} if step.kind == "story" else set()
    return msgspec.structs.replace(told, given=heard, left=told.left | left), _taps(step, said, library)


def _changes(step: Step, said: dict[str, AnswerValue], library: Library) -> dict[str, AnswerValue]:
    """What changed, as it is ticked: what is true, or "nothing" where running did not and nothing else did.

    What was not ticked is not said.
    """
    changes = [
        one for one in map(library.questions.get, step.questions) if one is not None and is_change(one)
    ]
    ticked: dict[str, AnswerValue] = {one.id: "yes" for one in changes if said.get(one.id) == "yes"}
    running = [one.id for one in changes if one.running_load and not one.implies]
    nothing = not ticked and running and all(said.get(name) == "no" for name in running)
    return dict.fromkeys((one.id for one in changes), "no") if nothing else ticked


def _said_to(question: Question, step: Step, truth: Given, unknown: Unknown) -> AnswerValue | None:
    if question.id in truth.answers:
        return truth.answers[question.id]
    if step.kind == "flags":
        return None if unknown == "skip" else unknown
    return "unsure" if unknown == "unsure" and step.kind != "story" else None


def _taps(step: Step, said: dict[str, AnswerValue], library: Library) -> int:
    """Every answer a tap; a list in which nothing is true one in all."""
    if step.kind == "flags":
        ticks = sum({"yes": 1, "unsure": 2}.get(str(value), 0) for value in said.values())
        return max(ticks, 1)
    changes = [
        name for name in step.questions if name in library.questions and is_change(library.questions[name])
    ]
    ticked = sum(said.get(name) == "yes" for name in changes)
    rest = [name for name in step.questions if name not in changes]
    return len(rest) + (max(ticked, 1) if changes else 0)


def _with_setting(given: Given, truth: Given) -> Given:
    return msgspec.structs.replace(given, **{name: getattr(truth, name) for name in SETTING})


def _never_asked(truth: Given, asked: set[str]) -> Iterator[str]:
    yield from (name for name in truth.answers if name not in asked)
    yield from (f"{PAIN}{moment}" for moment in truth.pain if f"{PAIN}{moment}" not in asked)
    yield from (name for name in truth.tests if name not in asked)


def transcript_document(made: Transcript, truth: Given, library: Library, wording: Wording) -> dict[str, Any]:
    """The JSON of a transcript: its screens, their counts, what was never asked, and both answers."""
    screens = [
        {"id": one.id, "questions": list(one.questions), "words": one.shown.words, "taps": one.taps}
        for one in (*made.screens, *made.after)
    ]
    counts = {
        "screens": len(made.screens) - 1,
        "taps": sum(one.taps for one in made.screens),
        "words": sum(one.shown.words for one in made.screens),
    }
    return {
        "screens": screens,
        "counts": counts,
        "never_asked": list(made.never_asked),
        "answer": answer(assess(made.told, library), wording),
        "case_file": answer(assess(truth, library), wording),
    }
