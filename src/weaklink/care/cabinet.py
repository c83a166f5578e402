"""Cabinet: which episode an entry belongs to. The one it names; where it names none, the one of its time."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Sequence

import msgspec

from weaklink.care.entry_reader import ReadEntry, RefusedEntry, refusal
from weaklink.care.keeping_diary import kept_entry
from weaklink.care.ports import Episode, EpisodeId, FiledRow
from weaklink.case.diary import AnyEntry, DiaryError, digest_of

UNKNOWN = "no episode of this runner has this id"


class PlacedEntry(msgspec.Struct, frozen=True):
    """An entry and the episode it belongs to."""

    read: ReadEntry
    episode: Episode


class Cabinet(msgspec.Struct, frozen=True):
    """A runner's episodes, newest first, and what is kept in them of the entries that came in."""

    episodes: Sequence[Episode]
    kept: Collection[FiledRow]
    now: datetime.datetime

    def place(self, read: ReadEntry) -> PlacedEntry | RefusedEntry:
        """Where one entry belongs; refused where it names an episode nobody here knows.

        One that names none goes where it is kept already, so that sending it again changes nothing; else to
        the newest course that had begun by its time, and to the present one where none had.
        """
        if read.episode:
            return self._named(read)
        at = kept_entry(read.entry, "", self.now).at
        # Only who had days to train on had something to write down.
        courses = [one for one in self.episodes if "days" in one.given] or list(self.episodes[:1])
        there = {row.episode_id for row in self.kept if row.id == read.entry.id}
        known = [one for one in self.episodes if one.id in there]
        begun = [one for one in courses if one.created_at <= at]
        return PlacedEntry(read, (known or begun or courses)[0])

    def has(self, entry: AnyEntry, episode: Episode) -> bool:
        """Whether this very version is kept in an episode."""
        return FiledRow(entry.id, digest_of(entry), episode.id) in self.kept

    def _named(self, read: ReadEntry) -> PlacedEntry | RefusedEntry:
        for episode in self.episodes:
            if episode.id == read.episode:
                return PlacedEntry(read, episode)
        error = DiaryError(f"entries[{read.index}].episode: {UNKNOWN}", "episode")
        return msgspec.structs.replace(refusal(None, read.index, error), id=read.entry.id)


def by_episode(filed: Iterable[PlacedEntry]) -> dict[EpisodeId, list[ReadEntry]]:
    """The entries of each episode, in the order they were sent."""
    found: dict[EpisodeId, list[ReadEntry]] = {}
    for one in filed:
        found.setdefault(one.episode.id, []).append(one.read)
    return found
