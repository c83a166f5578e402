"""Progress words: what the weeks did, as a sentence first; whether it is time to look back; what follows."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

import msgspec

from weaklink.care.diary_views import last_outcome, next_words
from weaklink.care.finish import tests_told, weeks_done
from weaklink.library.wording import spoken_name
from weaklink.training.course.course import week_of
from weaklink.training.course.outcome import FIRST_WEEK, TestChange, test_changes
from weaklink.training.course.pain_trend import baseline, is_better, is_worse
from weaklink.web.course.followed import Followed
from weaklink.web.course.week_panels import ToldByWeek
from weaklink.web.weeks.progress_charts import weekly_pain

AGAIN_AFTER_DAYS = 14


class Headline(msgspec.Struct, frozen=True):
    """What the weeks did, as a sentence, and what it rests on."""

    sentence: str
    lede: list[str]


class OutcomeWords(msgspec.Struct, frozen=True, kw_only=True):
    """What the newest report came to, and what follows."""

    says: str
    sentence: str
    next: str
    next_says: str
    because: list[str]
    tests: list[str]
    date: str


def headline(here: Followed, told: ToldByWeek) -> Headline:
    """The sentence and what it rests on: the newest report, else tests done again, else the pain."""
    changes, felt = _changes(here), weekly_pain(here, told)
    report = outcome_words(here)
    clear = next((change for change in changes if change.says in ("better", "worse")), None)
    lede = [here.seen.wording.say(change.because) for change in changes if change is clear]
    lede += _pain_line(here, felt)
    if here.closed:
        return Headline(here.seen.wording.word(f"weeks.{_pain_says(here, felt)}"), _pain_line(here, felt))
    if report is not None and report.says != "cannot-tell" and not _overtaken(here, report, felt):
        return Headline(report.sentence, lede)
    if clear is not None:
        return Headline(_of_test(here, clear), lede)
    return Headline(here.seen.wording.word(f"weeks.{_pain_says(here, felt)}"), lede)


def _overtaken(here: Followed, report: OutcomeWords, felt: Mapping[int, int]) -> bool:
    """Whether a later week hurt no less than the start: then "better" was true of the report alone."""
    reported = week_of(datetime.date.fromisoformat(report.date), here.began)
    later = max(felt, default=0) > reported
    return report.says == "better" and later and _pain_says(here, felt) in ("hurts-more", "about-the-same")


def _changes(here: Followed) -> tuple[TestChange, ...]:
    library = here.seen.house.library
    return test_changes(here.training.given.tests, tests_told(here.past.outcomes, library), library)


def _of_test(here: Followed, change: TestChange) -> str:
    """The area a test is about, catching up where its side was the weaker one."""
    library, word = here.seen.house.library, here.seen.wording.word
    start = {s: r.value for s, r in here.training.given.tests[change.test].items() if r.value is not None}
    weaker = min(start, key=lambda side: start[side]) == change.side and len(start) > 1
    key = "weaker" if change.says == "worse" else "catching-up" if weaker else "stronger"
    area = spoken_name(library.areas[library.clinical_tests[change.test].areas[0]])
    named = f"{area}, {word(f'word.{change.side}')}".rstrip(", ")
    return word(f"weeks.{key}", area=named[:1].upper() + named[1:])


def _pain_says(here: Followed, felt: Mapping[int, int]) -> str:
    """What the newest word on pain says beside the start: nothing where either is old or not told."""
    start, newest = baseline(here.training.given), max(felt, default=0)
    if weeks_done(here.began, here.today) < 1 or not felt:
        return "too-early"
    if newest < week_of(here.today, here.began) - 1:
        return "not-told-lately"
    if not _start_told(here):
        return "start-not-told"
    if is_worse(start, felt[newest]):
        return "hurts-more"
    return "hurts-less" if is_better(start, felt[newest]) else "about-the-same"


def _start_told(here: Followed) -> bool:
    """Whether the start can be compared with: pain in moving was told, or nothing hurt then."""
    given = here.training.given
    return not given.pain_at or any(moment not in ("night", "rest") for moment in given.first_pain)


def _pain_line(here: Followed, felt: Mapping[int, int]) -> list[str]:
    if not felt or not here.training.given.first_pain or not _start_told(here):
        return []
    week = max(felt)
    values = {"before": baseline(here.training.given), "after": felt[week], "week": week}
    return [here.seen.wording.word("weeks.pain-line", **values)]


def outcome_words(here: Followed) -> OutcomeWords | None:
    """The newest report's outcome; None before any."""
    found = last_outcome(here.weeks, here.following)
    if found is None:
        return None
    report, result = found
    say, word = here.seen.wording.say, here.seen.wording.word
    return OutcomeWords(
        says=result.says,
        sentence=word(f"outcome.{result.says}"),
        next=result.next,
        next_says=say(next_words(here.weeks, report, result)),
        because=[say(message) for message in result.because],
        tests=[] if here.closed else [say(change.because) for change in result.tests],
        date=report.day.isoformat(),
    )


def report_is_due(here: Followed) -> bool:
    """Whether it is time to look back: from the fourth week on, two weeks after the last time."""
    if here.closed or weeks_done(here.began, here.today) < FIRST_WEEK:
        return False
    told = here.past.reports
    return not told or (here.today - told[-1].day).days >= AGAIN_AFTER_DAYS
