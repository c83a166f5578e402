"""Episodes: what somebody had so far, each with place, days and how it ended; and going on with one."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

import msgspec

from weaklink.care.as_told import answerable
from weaklink.care.late_signs import asking_again
from weaklink.care.ports import Episode, EpisodeId
from weaklink.case.case_file import CaseError, read_given
from weaklink.case.given import Given
from weaklink.case.values import Table
from weaklink.library.reading import Library
from weaklink.training.course.past import Past


class EpisodeSoFar(msgspec.Struct, frozen=True, kw_only=True):
    """One episode: its places, its days, and what was told in it. Pain 0..10, the worst said of a time.

    `planned`: whether a plan was kept; `before` and `after`: the pain it began with, and the newest told.
    """

    id: EpisodeId
    places: tuple[tuple[str, str], ...]  # site and side
    prevents: bool
    began: datetime.date
    last: datetime.date
    planned: bool
    sessions: int
    before: int | None
    after: int | None


def episode_so_far(episode: Episode, past: Past, library: Library, *, planned: bool) -> EpisodeSoFar | None:
    """An episode in short; None where nothing of it can be read, or nothing was said."""
    given = _given(episode, library)
    if given is None:
        return None
    worst = [report.pain_worst for report in past.reports if report.pain_worst is not None]
    return EpisodeSoFar(
        id=episode.id,
        places=tuple((place.site, place.side) for place in given.pain_at),
        prevents=episode.steps.get("aim") == "prevent",
        began=episode.created_at.date(),
        last=past.last or episode.updated_at.date(),
        planned=planned,
        sessions=past.counted.trained,
        before=max(given.first_pain.values(), default=None),
        after=worst[-1] if worst else None,
    )


def _given(episode: Episode, library: Library) -> Given | None:
    if "age" not in episode.given:
        return None
    try:
        return read_given(episode.given, library, assume_unanswered_no=False)
    except CaseError:
        return None


def same_place(places: Iterable[tuple[str, str]], earlier: Iterable[EpisodeSoFar]) -> EpisodeSoFar | None:
    """The newest earlier episode with a plan in which one of these places hurt."""
    here = set(places)
    found = [one for one in earlier if one.planned and here.intersection(one.places)]
    return max(found, key=lambda one: (one.began, one.id), default=None)


def going_on_with(table: Table, left: Table, library: Library) -> Table:
    """What was said in an earlier episode, as it counts for whoever goes on with it from another one.

    Time has passed: each danger sign that was denied is asked again. One that was told in the episode that is
    left counts in this one, too: it is the same body.
    """
    asked = answerable(library)
    answers = table.get("answers", {})
    denied = {name for name, said in answers.items() if name in asked and said == "no"}
    told = {
        n: said for n, said in left.get("answers", {}).items() if n in asked and said in ("yes", "unsure")
    }
    again = asking_again(table, denied)
    return {**again, "answers": {**again.get("answers", {}), **told}} if denied or told else table
