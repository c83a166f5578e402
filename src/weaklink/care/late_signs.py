"""Late signs: danger that an entry of an earlier episode tells, and what it means for the present one.

It is the same body. A sign counts in the present one as it was said; where the runner has since answered no
to that question there, they are asked once more instead.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

import msgspec

from weaklink.care.as_told import answerable, as_told
from weaklink.care.folding import Diary
from weaklink.care.follow_up import Judge
from weaklink.care.keeping_diary import kept_entry
from weaklink.care.ports import Episode
from weaklink.case.diary import Answer, AnyEntry, Morning, Rescreened, RunDone, Tested, Walked
from weaklink.case.given import Given
from weaklink.case.values import Table
from weaklink.library.reading import Library
from weaklink.training.course.day_told import days_told

LATELY = datetime.timedelta(days=14)  # design; what is older was answered anew when the present one began
URGENT = ("emergency", "same-day", "within-week")
DANGEROUS = (Morning, Rescreened, RunDone, Tested, Walked)  # what may fire a danger sign by itself


class EarlierEpisode(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of the episode an entry belongs to, and how it is judged."""

    given: Given
    library: Library
    judge: Judge


class LateSigns(msgspec.Struct, frozen=True):
    """What is told in the present episode as well, and the questions it asks again."""

    told: tuple[Rescreened, ...] = ()
    again: frozenset[str] = frozenset()


def late_signs(
    entries: Iterable[AnyEntry], earlier: EarlierEpisode, present: Episode, now: datetime.datetime
) -> LateSigns:
    """The signs of entries of an earlier episode that the present one must know of.

    Those told since the present one began count, and of those before it the ones of the last days.
    """
    told: list[Rescreened] = []
    again: set[str] = set()
    said = present.given.get("answers", {})
    still_asking = "days" not in present.given  # what has no answer yet is asked there anyway
    for entry in entries:
        at = kept_entry(entry, "", now).at
        since = at >= present.created_at
        signs = _signs(entry, earlier) if since or now - at <= LATELY else {}
        denied = {name for name in signs if not since and said.get(name) == "no"}
        again |= denied
        waits = denied if since or not still_asking else set(signs)
        answers = {name: answer for name, answer in signs.items() if name not in waits}
        # Where it hurts was said anew when the present one began.
        places = entry.new_places if since and isinstance(entry, Rescreened) else ()
        if answers or places:
            told.append(Rescreened(id=entry.id, at=entry.at, answers=answers, new_places=places))
    return LateSigns(tuple(told), frozenset(again))


def asking_again(table: Table, again: Iterable[str]) -> Table:
    """What was said, without the answers that are asked for once more."""
    left = set(again)
    answers = {name: said for name, said in table.get("answers", {}).items() if name not in left}
    return {**table, "answers": answers}


def _signs(entry: AnyEntry, earlier: EarlierEpisode) -> Mapping[str, Answer]:
    """The danger signs an entry tells: what it answers, and what its numbers and tests newly fire."""
    if not isinstance(entry, DANGEROUS):
        return {}
    library = earlier.library
    after = as_told(earlier.given, Diary(days=days_told([entry])).past, library)
    fired = _fired(after, earlier) - _fired(earlier.given, earlier)
    found: dict[str, Answer] = dict.fromkeys(fired, "yes")
    if isinstance(entry, Rescreened):
        found |= {name: said for name, said in entry.answers.items() if said != "no"}
    urgent = answerable(library)
    return {name: found[name] for name in sorted(found) if name in urgent and _tier(name, library) in URGENT}


def _fired(given: Given, earlier: EarlierEpisode) -> frozenset[str]:
    return frozenset(rule.id for rule in earlier.judge(given, earlier.library).disposition.rules)


def _tier(name: str, library: Library) -> str:
    return library.red_flags[name].tier if name in library.red_flags else library.guards[name].tier or ""
