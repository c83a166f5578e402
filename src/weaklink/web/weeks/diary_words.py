"""Diary words: entries of a diary as lines to read. Once the plan is closed no line names an exercise."""

from __future__ import annotations

import datetime
from collections.abc import Collection

import msgspec

from weaklink.case.diary import (
    AnyEntry,
    Away,
    Morning,
    Note,
    Reported,
    Rescreened,
    Reviewed,
    RunDone,
    Scored,
    SetDone,
    Stretched,
    Tested,
    Visited,
    Walked,
)
from weaklink.library.wording import spoken_name
from weaklink.training.course.past import day_of
from weaklink.training.course.session_record import OF_SESSION, SessionRecord
from weaklink.web.course.followed import Followed
from weaklink.web.course.told_sets import correctable
from weaklink.web.words.day_words import said_day

UNDOABLE = (Morning, RunDone, Walked, Stretched, Away, Note, Reported, Reviewed, Visited, Tested, Scored)


class EntryLine(msgspec.Struct, frozen=True, kw_only=True):
    """One entry to read: its day, what it is, what it says; its id where it can be taken back, else "".

    `session` is that of a session that can be corrected, else "".
    """

    day: str
    what: str
    says: str
    id: str = ""
    session: str = ""


class ClashLines(msgspec.Struct, frozen=True):
    """What was told in two ways: the telling that counts and the others."""

    counts: EntryLine
    others: list[EntryLine]


def newest_lines(here: Followed, most: int) -> list[EntryLine]:
    """The newest entries, one line each; a session is one line."""
    lines: list[tuple[datetime.date, datetime.datetime, AnyEntry | SessionRecord]] = []
    for days in here.looking_back():
        lines = [
            *((day_of(e), e.at, e) for day in days for e in day.entries if not _empty(e)),
            *((s.date, s.at, s) for day in days for s in day.sessions if s.at is not None),
        ]
        if len(lines) >= most:
            break
    newest = sorted(lines, key=lambda row: row[:2], reverse=True)[:most]
    now = here.seen.house.clock.now()
    open_still = set() if here.closed else {one.session for one in correctable(here.training, now)}
    return [_line(here, what, open_still) for *_, what in newest]


def _line(here: Followed, what: AnyEntry | SessionRecord, open_still: Collection[str]) -> EntryLine:
    if not isinstance(what, SessionRecord):
        return entry_line(here, what)
    line = _session_line(here, what)
    return msgspec.structs.replace(line, session=what.session) if what.session in open_still else line


def clash_lines(here: Followed) -> list[ClashLines]:
    """What was told in two ways in the last weeks."""
    days = next(here.looking_back())
    return [
        ClashLines(entry_line(here, clash.used), [entry_line(here, other) for other in clash.others])
        for day in days
        for clash in day.clashes
    ]


def entry_line(here: Followed, entry: AnyEntry) -> EntryLine:
    """One entry as a line."""
    return EntryLine(
        day=day_words(here, day_of(entry)),
        what=here.seen.wording.word(f"weeks.entry.{_kind(entry)}"),
        says=_joined(_parts(here, entry)),
        id=entry.id if isinstance(entry, UNDOABLE) else "",
    )


def morning_says(here: Followed) -> str:
    """What the pain rule of the plan says about this morning's pain; empty until it is told."""
    morning = here.past.mornings.get(here.today)
    if morning is None:
        return ""
    profile = here.following.setting.limits.profile
    return here.seen.wording.word(
        f"weeks.morning-{profile.colour(morning.pain)}",
        pain=morning.pain,
        green=profile.green_to,
        amber=profile.amber_to,
    )


def day_words(here: Followed, day: datetime.date) -> str:
    """A day as it is said: today, yesterday, its weekday within a week, else its date."""
    return said_day(day, here.today, here.seen.wording)


def _empty(entry: AnyEntry) -> bool:
    return isinstance(entry, Rescreened) and not entry.new_places


def _kind(entry: AnyEntry) -> str:
    if isinstance(entry, Stretched):
        return f"stretched-{entry.when}"
    return "session" if isinstance(entry, OF_SESSION) else type(entry).__name__.lower()


def _parts(here: Followed, entry: AnyEntry) -> list[str]:
    word = here.seen.wording.word
    if isinstance(entry, Morning):
        return [*_pain(here, entry.pain), *_numbers(here, stiff=entry.stiff_min or None),
                *_numbers(here, night=entry.night, rest=entry.rest)]  # fmt: skip
    if isinstance(entry, RunDone | Walked):
        far = here.seen.wording.amount(entry.km, "distance") if isinstance(entry, RunDone) else ""
        limp = [word("weeks.limped")] if entry.limped else []
        return [far, *_numbers(here, minutes=entry.minutes), *_pain(here, entry.pain), *limp]
    if isinstance(entry, Stretched):
        exercise = here.seen.house.library.exercises.get(entry.exercise)
        return [exercise.name] if exercise is not None and not here.closed else []
    if isinstance(entry, Note):
        return [entry.text]
    if isinstance(entry, Away):
        until = [word("weeks.until", day=day_words(here, entry.until))] if entry.until is not None else []
        return [word(f"weeks.away-{entry.why}"), *until]
    return _other_parts(here, entry)


def _other_parts(here: Followed, entry: AnyEntry) -> list[str]:
    word, library = here.seen.wording.word, here.seen.house.library
    if isinstance(entry, Rescreened):
        return [
            f"{spoken_name(library.regions[site])}, {word(f'word.{side}')}".rstrip(", ")
            for site, side in entry.new_places
        ]
    if isinstance(entry, Reported):
        change = [] if entry.change is None else [word("weeks.change", change=f"{entry.change:+d}")]
        return [*_pain(here, entry.pain_worst), *change]
    if isinstance(entry, Scored):
        asked = library.questionnaires.get(entry.questionnaire)
        name = asked.name if asked is not None else entry.questionnaire
        return [f"{name}: {here.seen.wording.number(entry.total)}"]
    if isinstance(entry, Tested):
        return [] if here.closed else [library.clinical_tests[test].name for test in entry.tests]
    if isinstance(entry, Reviewed):
        return [_reviewed(here, entry)]
    if isinstance(entry, Visited):
        word = here.seen.wording.word
        return [word(f"weeks.visited.{entry.by}"), word(f"weeks.visited.{entry.allowed}"), entry.ruled_out]
    if isinstance(entry, SetDone):
        return [*_numbers(here, reps=entry.reps, hold=entry.hold_s), *_pain(here, entry.pain)]
    return []


def _reviewed(here: Followed, entry: Reviewed) -> str:
    """How many questions were answered, and the worst pain that was told with them."""
    said = here.seen.wording.word("weeks.reviewed", count=len(entry.answers) + len(entry.pains))
    return ", ".join([said, *_pain(here, max(entry.pains.values(), default=None))])


def _pain(here: Followed, pain: int | None) -> list[str]:
    return _numbers(here, pain=pain)


def _numbers(here: Followed, **found: float | None) -> list[str]:
    word = here.seen.wording.word
    return [word(f"weeks.{name}", number=n) for name, n in found.items() if n is not None]


def _session_line(here: Followed, record: SessionRecord) -> EntryLine:
    word = here.seen.wording.word
    pains = [move.pain for move in record.moves if move.pain is not None]
    done = sum(move.completed > 0 for move in record.moves)
    says = [word(f"weeks.session-{record.ended or 'open'}"), *_sets(here, record, done)]
    if record.moves:
        says += _pain(here, max(pains)) if pains else [word("weeks.pain-not-said")]
        says += _numbers(here, hurt=sum(move.hurt for move in record.moves) or None)
    return EntryLine(day=day_words(here, record.date), what=word("weeks.entry.session"), says=_joined(says))


def _sets(here: Followed, record: SessionRecord, moves: int) -> list[str]:
    """How much was done: the moves, and of one that was broken off its sets of all."""
    found = _numbers(here, moves=moves or None)
    if record.moves and record.ended in ("", "stopped") and record.sets_done < record.sets_asked:
        of = here.seen.wording.word("weeks.sets-of", number=record.sets_done, of=record.sets_asked)
        return [of, *found]
    return found


def _joined(parts: list[str]) -> str:
    text = ", ".join(part for part in parts if part)
    return text[:1].upper() + text[1:]
