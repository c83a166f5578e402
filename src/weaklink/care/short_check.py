"""Short check: whether one tap, "nothing new", may stand for the whole list of safety questions today.

The list comes wherever a danger may be open; what the diary tells can only open it, never close it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Literal, get_args

import msgspec

from weaklink.care.follow_up import Following
from weaklink.case.diary import Morning, RunDone, Walked
from weaklink.case.given import AnswerValue
from weaklink.library.reading import Library
from weaklink.library.records import EveryTime
from weaklink.reasoning.triggers import any_holds
from weaklink.training.course.past import Order, Past, day_of
from weaklink.training.course.session_record import SessionRecord
from weaklink.training.dose.pain_profile import PainProfile, bone_in_question
from weaklink.training.session.session_pack import PackQuestion

LIST_DAYS = 7  # the whole list once a week, and after a week without a session; design
EVERY_TIME: tuple[EveryTime, ...] = get_args(EveryTime)
# Why the whole list is asked, as in the messages "check.…"; empty: one tap is enough.
WhyList = Literal["", EveryTime, "open", "trend", "first", "week", "gap", "place", "night", "red"]


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a runner today, as far as the check depends on it."""

    every_time: WhyList  # what keeps the tap away before every session
    answers: Mapping[str, AnswerValue]
    asked: tuple[str, ...]  # the questions of the list
    unanswered: bool  # one of them was never answered before
    noticed: frozenset[str]  # the danger signs that the weeks themselves may answer
    profile: PainProfile


class ShortCheck(msgspec.Struct, frozen=True, kw_only=True):
    """Whether one tap is enough, else why not; the day the list is due, and that of the last whole list."""

    why: WhyList
    until: datetime.date
    listed: datetime.date | None

    @property
    def short(self) -> bool:
        """Whether one tap is enough."""
        return not self.why


class Listed(msgspec.Struct, frozen=True):
    """The last whole list: when, and on which of the runner's days, every question had its own no."""

    order: Order
    day: datetime.date


def known_of(found: Following, questions: tuple[PackQuestion, ...], library: Library) -> Known:
    """What the check depends on, of someone who stands here and is asked these questions."""
    concerns = {*_of_guards(found, library), *_of_flags(found, library)}
    profile = found.setting.limits.profile
    if profile.id == "bone" or bone_in_question(library, found.differential):
        concerns.add("bone")
    return Known(
        every_time=next((why for why in EVERY_TIME if why in concerns), ""),
        answers=found.given.answers,
        asked=tuple(question.id for question in questions),
        unanswered=not all(question.known for question in questions),
        noticed=frozenset(flag.id for flag in library.red_flags.values() if flag.noticed),
        profile=profile,
    )


def _of_guards(found: Following, library: Library) -> Iterator[EveryTime]:
    """What the circumstances say, those that hold and those that only so many weeks ended."""
    holding = frozenset(found.disposition.guards)
    for guard in library.guards.values():
        if guard.whole_list is None:
            continue
        ever = [msgspec.structs.replace(one, unless_below={}, unless_from={}) for one in guard.true_when]
        if guard.id in holding or any_holds(ever, found.given, holding):
            yield guard.whole_list


def _of_flags(found: Following, library: Library) -> Iterator[EveryTime]:
    """What answers to danger signs say: those that name it, and those that may mean a bone under stress."""
    bones = {name for name, condition in library.conditions.items() if condition.pain_profile == "bone"}
    for flag in library.red_flags.values():
        why = flag.whole_list or ("bone" if not bones.isdisjoint(flag.suggests) else None)
        if why is not None and found.given.answers.get(flag.id) in ("yes", "unsure"):
            yield why


def may_be_short(known: Known, past: Past, today: datetime.date) -> ShortCheck:
    """Whether one tap is enough on a day; what speaks against it longest is named first."""
    listed = last_list(known.asked, past)
    why = _about_runner(known) or _since_list(known.profile, past, listed, today)
    due = today if listed is None else listed.day + datetime.timedelta(days=LIST_DAYS)
    return ShortCheck(why=why, until=due, listed=listed.day if listed is not None else None)


def last_list(asked: tuple[str, ...], past: Past) -> Listed | None:
    """The last whole list: as old as the oldest of the last noes; None while one of them has none."""
    told = past.screened
    if not asked or not told.no_days.keys() >= set(asked):
        return None
    oldest = min(asked, key=lambda question: told.noes[question])
    return Listed(told.noes[oldest], min(told.no_days[question] for question in asked))


def _about_runner(known: Known) -> WhyList:
    """What keeps the tap away whatever the diary says."""
    if known.every_time:
        return known.every_time
    if known.unanswered or any(known.answers.get(question) != "no" for question in known.asked):
        return "open"
    if any(known.answers.get(name) in ("yes", "unsure") for name in known.noticed):
        return "trend"
    return ""


def _since_list(profile: PainProfile, past: Past, listed: Listed | None, today: datetime.date) -> WhyList:
    if listed is None:
        return "first"
    # East of the server it may be tomorrow already; a list of a later day was told by a wrong clock.
    if not -1 <= (today - listed.day).days < LIST_DAYS:
        return "week"
    trained = [session.date for session in past.sessions if session.trained]
    if trained and (today - max(trained)).days >= LIST_DAYS:
        return "gap"
    if any(when >= listed.order for when in past.screened.places.values()):
        return "place"
    if any(_hurt_at_night(entry, listed) for entry in past.recent):
        return "night"
    return "red" if any(_reds(profile, past, listed)) else ""


def _hurt_at_night(entry: object, listed: Listed) -> bool:
    told = isinstance(entry, Morning) and (entry.night or entry.rest)
    return bool(told) and isinstance(entry, Morning) and _is_since(entry, listed)


def _is_since(entry: Morning | RunDone | Walked, listed: Listed) -> bool:
    """Whether it is about the day of the list or a later one, or was told after it."""
    return day_of(entry) >= listed.day or entry.at.timestamp() >= listed.order[0]


def _reds(profile: PainProfile, past: Past, listed: Listed) -> Iterator[bool]:
    """Everything red on the day of the list or later; the day counts as a whole."""
    yield any(day >= listed.day and profile.colour(pain) == "red" for day, pain in past.felt.worst.items())
    yield any(hurt.day >= listed.day for hurt in past.hurts)
    yield any(session.date >= listed.day and _is_red(session, profile) for session in past.sessions)
    moved = [entry for entry in past.recent if isinstance(entry, Morning | RunDone | Walked)]
    late = [entry for entry in moved if _is_since(entry, listed)]
    yield any(profile.colour(entry.pain or 0) == "red" for entry in late)
    yield any(entry.limped for entry in late if not isinstance(entry, Morning))
    yield any((report.change or 0) < 0 for report in past.reports if report.day >= listed.day)


def _is_red(session: SessionRecord, profile: PainProfile) -> bool:
    if session.ended in ("not-today", "referred") or profile.colour(session.pain_before or 0) == "red":
        return True
    return any(move.hurt or profile.colour(move.pain or 0, move.spreads) == "red" for move in session.moves)
