"""Sent entries: what came in from a device, a program or a form, each kept in the episode it belongs to."""

from __future__ import annotations

from asyncio import wrap_future
from collections.abc import Mapping, Sequence

import anyio.to_thread
import msgspec

from weaklink.care.as_told import as_told
from weaklink.care.cabinet import Cabinet, PlacedEntry, by_episode
from weaklink.care.entry_reader import EntryReader, ReadBatch, ReadEntry, RefusedEntry
from weaklink.care.filing import CLOCKS_DIFFER, file_entries
from weaklink.care.folding import Diary
from weaklink.care.keeping_diary import Lead, kept_entry, with_noticed
from weaklink.care.late_signs import EarlierEpisode, LateSigns, asking_again, late_signs
from weaklink.care.ports import Episode, EpisodeId
from weaklink.case.case_file import CaseError
from weaklink.case.diary import AnyEntry
from weaklink.case.given import Given
from weaklink.store.refusals import GoneError
from weaklink.training.course.day_told import days_told
from weaklink.web.course.training import keep, training_for
from weaklink.web.visit.assessments import KeptAssessments
from weaklink.web.visit.changing import Change
from weaklink.web.visit.visit import Visit, visit_again


class KeptBatch(msgspec.Struct, frozen=True, kw_only=True):
    """What became of everything that was sent, by id, and what the present episode comes to, if anything."""

    kept: tuple[str, ...]
    known: tuple[str, ...]
    refused: tuple[RefusedEntry, ...]
    present: Lead | None


def reader_of(seen: Visit) -> EntryReader:
    """The reader for a visit. A house whose clock stands before its last change bounds nothing to come."""
    now, episode = seen.house.clock.now(), seen.episode
    behind = episode is not None and now < episode.updated_at - CLOCKS_DIFFER
    return EntryReader(seen.house.library, None if behind else now)


async def keep_batch(seen: Visit, batch: ReadBatch) -> KeptBatch:
    """Keep what may be kept, each where it belongs; durable when it returns.

    The present episode goes first: what an earlier one tells of danger must be known there before the entry
    itself is, for what is known already is not looked at again.
    """
    assert seen.episode is not None, "somebody who began nothing has no diary"
    cabinet = _cabinet(seen, batch.entries)
    placed = [cabinet.place(read) for read in batch.entries]
    unplaced = [one for one in placed if isinstance(one, RefusedEntry)]
    groups = by_episode(one for one in placed if isinstance(one, PlacedEntry))
    theirs = groups.pop(seen.episode.id, [])
    new, present = dict[int, bool](), None
    if theirs or groups:
        seen, told = await _with_signs(seen, cabinet, groups)
        new, present = await _keep_group(seen, [*theirs, *told])
        for episode in cabinet.episodes:
            if episode.id in groups:
                new |= (await _keep_group(at_episode(seen, episode), groups[episode.id]))[0]
    return KeptBatch(
        kept=tuple(one.entry.id for one in batch.entries if new.get(one.index) is True),
        known=tuple(one.entry.id for one in batch.entries if new.get(one.index) is False),
        refused=tuple(sorted([*batch.refused, *unplaced], key=lambda one: one.index)),
        present=present,
    )


def _cabinet(seen: Visit, entries: Sequence[ReadEntry]) -> Cabinet:
    """The runner's episodes; only the present one is read while nothing names another or may mean one.

    Raises: GoneError when everything was erased since the visit began.
    """
    now, present = seen.house.clock.now(), seen.episode
    assert present is not None
    if all(one.episode == present.id for one in entries):
        return Cabinet((present,), frozenset(), now)
    records, ids = seen.house.records, {one.entry.id for one in entries}
    episodes = records.episodes(seen.runner.id)
    if not episodes:
        raise GoneError("this runner is no longer kept")
    return Cabinet(episodes, records.filed(seen.runner.id, ids), now)


async def _with_signs(
    seen: Visit, cabinet: Cabinet, earlier: Mapping[EpisodeId, list[ReadEntry]]
) -> tuple[Visit, list[ReadEntry]]:
    """The present visit after it was opened for what has to be asked again, and what counts in it as told."""
    signs = []
    for episode in cabinet.episodes:
        new = [r.entry for r in earlier.get(episode.id, []) if not cabinet.has(r.entry, episode)]
        if new:
            signs.append(await anyio.to_thread.run_sync(_signs, seen, episode, new))
    again = frozenset[str]().union(*(one.again for one in signs))
    if again and seen.episode is not None:
        await _change_given(seen, seen.episode, lambda table: asking_again(table, again))
        seen = visit_again(seen)
    return seen, [ReadEntry(-1, entry) for one in signs for entry in one.told]


def _signs(seen: Visit, episode: Episode, entries: list[AnyEntry]) -> LateSigns:
    given = _given(at_episode(seen, episode)) or _given(seen)
    if given is None or seen.episode is None:
        return LateSigns()
    kept: KeptAssessments = seen.request.app.state.assessments
    earlier = EarlierEpisode(given=given, library=seen.house.library, judge=kept.judge)
    return late_signs(entries, earlier, seen.episode, seen.house.clock.now())


async def _keep_group(seen: Visit, group: Sequence[ReadEntry]) -> tuple[dict[int, bool], Lead | None]:
    """Whether each entry of one episode was new, by its place, and what they come to."""
    entries = [read.entry for read in group]
    training = await training_for(seen) if _given(seen) is not None else None
    lead = await keep(training, entries) if training is not None else None
    new = lead.new if lead is not None else await _keep_without_a_plan(seen, entries)
    return {read.index: one for read, one in zip(group, new, strict=True)}, lead


async def _keep_without_a_plan(seen: Visit, entries: Sequence[AnyEntry]) -> tuple[bool, ...]:
    """Keep entries of an episode that has no plan; what they say of danger counts in what was said."""
    house, episode, given = seen.house, seen.episode, _given(seen)
    assert episode is not None
    rows = tuple(kept_entry(entry, episode.id, house.clock.now()) for entry in entries)
    new = await wrap_future(house.records.change_diary(episode.id, lambda shelf: file_entries(shelf, rows)))
    if given is not None:
        after = as_told(given, Diary(days=days_told(entries)).past, house.library)
        await _change_given(seen, episode, lambda table: with_noticed(table, after, given))
        visit_again(seen)
    return new


async def _change_given(seen: Visit, episode: Episode, change: Change) -> None:
    now = seen.house.clock.now()

    def changed(kept: Episode) -> Episode:
        old = seen.house.episode_as_read(kept)
        return msgspec.structs.replace(old, given=change(old.given), updated_at=now)

    await wrap_future(seen.house.records.change_episode(episode.id, changed))


def is_readable(seen: Visit) -> bool:
    """Whether what was said so far is enough, and can be read, to be judged."""
    return _given(seen) is not None


def _given(seen: Visit) -> Given | None:
    """What was said, typed; None before the age is known, and where this knowledge cannot read it."""
    try:
        return seen.given
    except CaseError:
        return None


def at_episode(seen: Visit, episode: Episode) -> Visit:
    """The same visit, looking at another episode of the runner."""
    return Visit(seen.request, seen.house, seen.runner, seen.house.episode_as_read(episode))
