"""Keeping the diary: entries in, each version once; what they lead to kept beside them."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from weaklink.care.filing import about_of, file_entries, in_time, opened, put_together
from weaklink.care.folding import Diary
from weaklink.care.follow_up import Following, Judge, follow_up, judge_given
from weaklink.care.ports import (
    Episode,
    EpisodeId,
    KeptDay,
    KeptEntry,
    KeptFold,
    KeptReason,
    KeptStanding,
    KeptTold,
    Shelf,
)
from weaklink.case.diary import (
    AnyEntry,
    digest_of,
    entry_document,
)
from weaklink.case.given import Given
from weaklink.library.reading import Library
from weaklink.quantities import MESSAGES
from weaklink.training.course.course import Reason
from weaklink.training.course.weeks import Weeks
from weaklink.training.plan.plan_document import PlanDocument


def kept_entry(entry: AnyEntry, episode_id: EpisodeId, received_at: datetime.datetime) -> KeptEntry:
    """An entry as it is kept: what it says as it was said, at the time that counts."""
    document, counts = entry_document(entry), in_time(entry, received_at)
    return KeptEntry(
        id=entry.id,
        digest=digest_of(entry),
        episode_id=episode_id,
        kind=document["kind"],
        session=str(document.get("session", "")),
        about=about_of(counts),
        at=counts.at,
        body=document,
        received_at=received_at,
    )


class KeptCourse(msgspec.Struct, frozen=True, kw_only=True):
    """A course as it is kept, up to a day: what was given, the plan, and the diary."""

    given: Given
    plan: PlanDocument
    told: Diary
    library: Library
    today: datetime.date
    judge: Judge = judge_given  # another one only to remember its answers
    as_read: Callable[[Episode], Episode] = lambda episode: episode  # as this knowledge reads what is kept

    @property
    def began(self) -> datetime.date:
        """The first day: that of the first session, or today before any."""
        return self.told.past.first_session or self.today

    def weeks(self) -> Weeks:
        """The same as its weeks, from the first session on."""
        return self.weeks_from(self.began)

    def weeks_from(self, began: datetime.date) -> Weeks:
        """The same as its weeks, from a day on."""
        return Weeks(given=self.given, plan=self.plan, library=self.library, began=began, today=self.today)


def told_by(kept: KeptTold, whole: Whole, holds: Callable[[KeptFold], None] | None = None) -> Diary:
    """A diary to read, as it is kept put together, or anew from its entries where some are not filed yet.

    Args:
        whole: reads the rest of it, where that is needed.
        holds: gets the fold to keep.
    """
    if not kept.whole:
        return Diary(days=put_together(whole.entries()), holds=holds)
    return Diary(
        days=opened(kept.days),
        kept=kept.fold,
        earlier=lambda since, until: opened(whole.days(since, until)),
        holds=holds,
    )


class Whole(msgspec.Struct, frozen=True):
    """The whole of a diary, read when it is needed: its entries, its days from one on and before another."""

    entries: Callable[[], Sequence[KeptEntry]]
    days: Callable[[datetime.date | None, datetime.date | None], Sequence[KeptDay]]


def where_it_leads(course: KeptCourse) -> Following:
    """Where the runner stands on a day, by a kept diary.

    Before any session all of it counts: a new place of pain told first must not wait for a session.
    """
    began = course.told.past.began(course.today)
    return follow_up(course.weeks_from(began), course.told, course.judge)


class Lead(msgspec.Struct, frozen=True, kw_only=True):
    """What some entries came to: whether each was new, where they lead, the fold to keep."""

    new: tuple[bool, ...]
    leads: Following
    clashes: int


def keep_and_follow(
    shelf: Shelf,
    entries: Sequence[KeptEntry],
    episode_id: EpisodeId,
    course: Callable[[Diary], KeptCourse],
    now: datetime.datetime,
) -> Lead:
    """Keep entries and where they lead, in one change: the standing, and what every page has to know.

    Args:
        course: the course with a diary, up to the day that counts.
    """
    new = file_entries(shelf, entries)
    held: list[KeptFold] = []
    kept = shelf.told()
    asked = course(told_by(kept, Whole(tuple, shelf.days), held.append))
    leads = where_it_leads(asked)
    for fold in held:
        shelf.put_fold(fold)
    shelf.put_standing(kept_standing(leads, episode_id, now), leads.course.reasons_before)
    if with_noticed({}, leads.given, asked.given):
        shelf.change_episode(lambda old: _noticed(asked.as_read(old), leads.given, asked.given, now))
    return Lead(new=new, leads=leads, clashes=leads.past.counted.clashes)


def _noticed(old: Episode, after: Given, before: Given, now: datetime.datetime) -> Episode:
    return msgspec.structs.replace(old, given=with_noticed(old.given, after, before), updated_at=now)


def kept_standing(found: Following, episode_id: EpisodeId, now: datetime.datetime) -> KeptStanding:
    """Where a runner stands, as it is kept. A closed plan keeps its reasons and no dose."""
    doses = {} if found.closed else {slot: msgspec.to_builtins(s) for slot, s in found.course.doses.items()}
    reasons = tuple(
        KeptReason(
            id=reason.id,
            episode_id=episode_id,
            place=found.course.reasons_before + place,
            date=reason.date.isoformat(),
            slot=reason.slot,
            exercise=reason.exercise,
            action=reason.action,
            rule=reason.rule,
            because=msgspec.to_builtins(reason.because),
        )
        for place, reason in enumerate(found.course.reasons)
    )
    return KeptStanding(episode_id=episode_id, doses=doses, reasons=reasons, updated_at=now)


def reason_of(kept: KeptReason) -> Reason | None:
    """A reason as it was kept; which session it was stands in its id.

    None where its day or its sentence cannot be read any more.
    """
    try:
        date, because = datetime.date.fromisoformat(kept.date), MESSAGES.of(kept.because)
    except (ValueError, msgspec.ValidationError):
        return None
    return Reason(
        id=kept.id,
        date=date,
        session="",
        slot=kept.slot,
        exercise=kept.exercise,
        action=kept.action,
        rule=kept.rule,
        because=because,
    )


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
