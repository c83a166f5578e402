"""Earlier: the episodes of whoever is here, and whether a pain was there before."""

from __future__ import annotations

import msgspec

from weaklink.care.episodes import EpisodeSoFar, episode_so_far, same_place
from weaklink.care.folding import Diary
from weaklink.care.keeping_diary import Whole, told_by
from weaklink.care.ports import Episode
from weaklink.library.wording import spoken_name
from weaklink.web.visit.visit import Visit

RETURNS = "returns"  # the step that says whether it is the same as before


class EpisodeLine(msgspec.Struct, frozen=True, kw_only=True):
    """One episode to read."""

    id: str
    name: str
    days: str
    says: list[str]
    here: bool
    planned: bool


def episodes_so_far(seen: Visit) -> list[EpisodeSoFar]:
    """What was told in each episode, newest first."""
    found = (_so_far(seen, seen.house.episode_as_read(one)) for one in _episodes(seen))
    return [one for one in found if one is not None]


def came_back(seen: Visit) -> EpisodeSoFar | None:
    """The earlier episode in which a place hurt that hurts now; None where none did, or it was asked."""
    if seen.episode is None or seen.given is None or RETURNS in seen.episode.steps:
        return None
    here = seen.episode
    places = [(place.site, place.side) for place in seen.given.pain_at]
    earlier = [one for one in _episodes(seen) if one.created_at < here.created_at and "days" in one.given]
    found = (_so_far(seen, seen.house.episode_as_read(one)) for one in earlier)
    return same_place(places, [one for one in found if one is not None])


def episode_line(seen: Visit, one: EpisodeSoFar) -> EpisodeLine:
    """An episode in words: its place, its days, and what it came to."""
    word = seen.wording.word
    began, last = one.began.isoformat(), one.last.isoformat()
    return EpisodeLine(
        id=one.id,
        name=_place_words(seen, one) or word("episodes.prevent" if one.prevents else "episodes.no-place"),
        days=began if began == last else word("episodes.days", began=began, last=last),
        says=_says(seen, one),
        here=seen.episode is not None and one.id == seen.episode.id,
        planned=one.planned,
    )


def _says(seen: Visit, one: EpisodeSoFar) -> list[str]:
    """What it came to. Pain nobody spoke of is not said, and never none."""
    word = seen.wording.word
    if not one.planned:
        return [word("episodes.no-plan")]
    sessions = word("episodes.sessions", number=one.sessions)
    if one.before is None:
        return [sessions]
    if one.after is not None:
        return [sessions, word("episodes.pain-after", before=one.before, after=one.after)]
    here = seen.episode is not None and one.id == seen.episode.id  # it has not ended
    return [sessions, word("episodes.pain-began" if here else "episodes.pain-then", before=one.before)]


def _place_words(seen: Visit, one: EpisodeSoFar) -> str:
    regions, word = seen.house.library.regions, seen.wording.word
    names = [
        ", ".join(
            part
            for part in (spoken_name(regions[site]), word(f"word.{side}") if side != "none" else "")
            if part
        )
        for site, side in one.places
        if site in regions
    ]
    said = "; ".join(names)
    return said[:1].upper() + said[1:]


def _episodes(seen: Visit) -> tuple[Episode, ...]:
    return seen.house.records.episodes(seen.runner.id)


def _so_far(seen: Visit, episode: Episode) -> EpisodeSoFar | None:
    here = seen.episode is not None and seen.episode.id == episode.id
    plan = seen.kept_plan if here else seen.house.records.plan(episode.id)
    past = (seen.diary if here else _diary(seen, episode.id)).counted(seen.today)
    return episode_so_far(episode, past, seen.house.library, planned=plan is not None)


def _diary(seen: Visit, name: str) -> Diary:
    records = seen.house.records
    whole = Whole(lambda: records.diary(name), lambda since, until: records.days(name, since, until))
    return told_by(records.told(name), whole)
