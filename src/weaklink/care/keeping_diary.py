"""Keeping the diary: entries in, each version once; what they lead to kept beside them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from weaklink.care.as_told import answerable
from weaklink.care.finish import read_tests
from weaklink.care.follow_up import Following, Judge, follow_up, judge_given
from weaklink.care.ports import EpisodeId, KeptEntry, KeptReason, KeptStanding
from weaklink.case.case_file import CaseError
from weaklink.case.diary import (
    AnyEntry,
    DiaryError,
    Morning,
    Rescreened,
    RunDone,
    Scored,
    SessionBegun,
    Tested,
    Walked,
    digest_of,
    entry_document,
    read_entry,
)
from weaklink.case.given import Given
from weaklink.case.standing import Standing, standing
from weaklink.library.reading import Library
from weaklink.training.course.scores import total_problem
from weaklink.training.course.weeks import Weeks
from weaklink.training.plan.plan_document import PlanDocument

LONGEST_OFFLINE = datetime.timedelta(days=60)  # an older time is a wrong clock
CLOCKS_DIFFER = datetime.timedelta(days=1)
OLDEST_DAY = datetime.timedelta(days=400)  # a run or a morning written down later


def read_entries(found: Sequence[Any], library: Library) -> tuple[AnyEntry, ...]:
    """Entries from JSON values, with the ids they name looked up.

    Raises: DiaryError naming the entry and the key; then nothing of them may be kept.
    """
    entries = tuple(read_entry(one, f"entries[{number}]") for number, one in enumerate(found))
    for number, entry in enumerate(entries):
        _check_names(entry, f"entries[{number}]", library)
    return entries


def _check_names(entry: AnyEntry, where: str, library: Library) -> None:
    if isinstance(entry, Rescreened):
        known = answerable(library)
        for question in entry.answers:
            if question not in known:
                raise DiaryError(f"{where}.answers: unknown safety question {question!r}")
        for site, _ in entry.new_places:
            if site not in library.regions:
                raise DiaryError(f"{where}.new_places: unknown site {site!r}")
    elif isinstance(entry, Tested):
        try:
            read_tests(entry.tests, library)
        except CaseError as error:
            raise DiaryError(f"{where}.{error}") from error
    elif isinstance(entry, Scored):
        problem = total_problem(entry, library)
        if problem:
            raise DiaryError(f"{where}.{problem}")


def kept_entry(entry: AnyEntry, episode_id: EpisodeId, received_at: datetime.datetime) -> KeptEntry:
    """An entry as it is kept."""
    document = entry_document(entry)
    return KeptEntry(
        id=entry.id,
        digest=digest_of(entry),
        episode_id=episode_id,
        kind=document["kind"],
        session=str(document.get("session", "")),
        at=entry.at,
        body=document,
        received_at=received_at,
    )


def told(kept: Iterable[KeptEntry]) -> Standing:
    """What a kept diary says. An entry that cannot be read any more stays kept, and is left out."""
    read = ((read_kept(one), one.received_at) for one in kept)
    return standing(_in_time(entry, received_at) for entry, received_at in read if entry is not None)


def read_kept(kept: KeptEntry) -> AnyEntry | None:
    """A kept entry; None where it cannot be read."""
    try:
        return read_entry(kept.body)
    except DiaryError:
        return None


def unread_entries(kept: Iterable[KeptEntry], library: Library) -> tuple[str, ...]:
    """The ids of entries that cannot be read, or name what this knowledge does not hold."""
    found = {}
    for one in kept:
        entry = read_kept(one)
        try:
            if entry is not None:
                _check_names(entry, "entry", library)
                continue
        except DiaryError:
            pass
        found[one.id] = True
    return tuple(found)


def _in_time(entry: AnyEntry, received_at: datetime.datetime) -> AnyEntry:
    """The entry, at the time it came in where its clock was plainly wrong; what it says always counts."""
    late = received_at - entry.at > LONGEST_OFFLINE
    if late or entry.at - received_at > CLOCKS_DIFFER:
        entry = msgspec.structs.replace(entry, at=received_at)
    if isinstance(entry, Morning | RunDone | Walked | Scored):
        off = (entry.day - entry.date).days
        if not -1 <= off <= OLDEST_DAY.days:
            entry = msgspec.structs.replace(entry, date=entry.day)
    return entry


def began_on(entries: Iterable[AnyEntry], today: datetime.date) -> datetime.date:
    """The first day of a course: that of its first session, or today before any."""
    return min((entry.day for entry in entries if isinstance(entry, SessionBegun)), default=today)


class KeptCourse(msgspec.Struct, frozen=True, kw_only=True):
    """A course as it is kept, up to a day: what was given, the plan, and every row of the diary."""

    given: Given
    plan: PlanDocument
    kept: Sequence[KeptEntry]
    library: Library
    today: datetime.date
    judge: Judge = judge_given  # another one only to remember its answers

    def weeks(self) -> Weeks:
        """The same as its weeks, from the first session on."""
        entries = told(self.kept).entries
        return self.weeks_of(entries, began_on(entries, self.today))

    def weeks_of(self, entries: tuple[AnyEntry, ...], began: datetime.date) -> Weeks:
        """The weeks of entries that were read already."""
        return Weeks(
            given=self.given,
            plan=self.plan,
            entries=entries,
            library=self.library,
            began=began,
            today=self.today,
        )


def where_it_leads(course: KeptCourse) -> tuple[Standing, Following]:
    """What a kept diary says, and where the runner stands on a day.

    Before any session all of it counts: a new place of pain told first must not wait for a session.
    """
    says = told(course.kept)
    first = min((entry.day for entry in says.entries), default=course.today)
    began = began_on(says.entries, min(first, course.today))
    return says, follow_up(course.weeks_of(says.entries, began), course.judge)


def kept_standing(found: Following, episode_id: EpisodeId, rows: int, now: datetime.datetime) -> KeptStanding:
    """Where a runner stands, as it is kept. A closed plan keeps its reasons and no dose."""
    doses = {} if found.closed else {slot: msgspec.to_builtins(s) for slot, s in found.course.doses.items()}
    reasons = tuple(
        KeptReason(
            id=reason.id,
            episode_id=episode_id,
            place=place,
            date=reason.date.isoformat(),
            slot=reason.slot,
            exercise=reason.exercise,
            action=reason.action,
            rule=reason.rule,
            because=msgspec.to_builtins(reason.because),
        )
        for place, reason in enumerate(found.course.reasons)
    )
    return KeptStanding(episode_id=episode_id, rows=rows, doses=doses, reasons=reasons, updated_at=now)


def with_noticed(table: Mapping[str, Any], after: Given, before: Given) -> dict[str, Any]:
    """What was said, as it is kept, with what the diary added: so that every page follows it.

    Answers to safety questions, new places and worse pain; pain as it was said and the tests of the start
    stay beside it, for the comparison.
    """
    answers = {name: said for name, said in after.answers.items() if before.answers.get(name) != said}
    open_again = set(before.answers) - set(after.answers)
    pain = {name: felt for name, felt in after.pain.items() if before.pain.get(name) != felt}
    places = [msgspec.to_builtins(place) for place in after.pain_at if place not in before.pain_at]
    found = dict(table)
    if answers or open_again:
        kept = {name: said for name, said in found.get("answers", {}).items() if name not in open_again}
        found["answers"] = {**kept, **answers}
    if pain:
        found["pain"] = {**found.get("pain", {}), **pain}
        # What a course began with is no worse for what came later.
        found.setdefault("pain_at_start", dict(before.pain))
    if places:
        found["pain_at"] = [*found.get("pain_at", []), *(_as_said(place) for place in places)]
    return found


def _as_said(place: dict[str, str]) -> dict[str, str]:
    return {"site": place["site"]} if place["side"] == "none" else place
