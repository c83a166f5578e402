"""Records in memory: the oracle the databases are compared with."""

from __future__ import annotations

from collections.abc import Callable, Collection
from concurrent.futures import Future
from typing import Any, TypeVar

import msgspec

from tests.store.memory_shelf import MemoryDiary, MemoryShelf
from weaklink.care.ports import Episode, FiledRow, KeptEntry, KeptPlan, KeptStanding, KeptTold, Remark, Runner
from weaklink.store.refusals import GoneError

T = TypeVar("T")


class MemoryRecords:
    """The protocol in twenty plain lines."""

    def __init__(self) -> None:
        self._kept: dict[str, dict[str, Any]] = {
            kind: {} for kind in ("runner", "episode", "plan", "remark", "diary")
        }

    def runners(self) -> tuple[Runner, ...]:
        return tuple(sorted(self._kept["runner"].values(), key=lambda item: (item.created_at, item.id)))

    def present(self) -> tuple[Runner, Episode | None] | None:
        runners = self.runners()
        return (runners[0], self.episode(runners[0].id)) if runners else None

    def episodes(self, runner_id: str) -> tuple[Episode, ...]:
        return self._newest("episode", lambda item: item.runner_id == runner_id)

    def episode(self, runner_id: str) -> Episode | None:
        return next(iter(self.episodes(runner_id)), None)

    def plan(self, episode_id: str) -> KeptPlan | None:
        return next(iter(self._newest("plan", lambda item: item.episode_id == episode_id)), None)

    def plans(self, episode_id: str) -> tuple[KeptPlan, ...]:
        return self._newest("plan", lambda item: item.episode_id == episode_id)

    def remarks(self, runner_id: str) -> tuple[Remark, ...]:
        return self._newest("remark", lambda item: item.runner_id == runner_id)

    def diary(self, episode_id: str) -> tuple[KeptEntry, ...]:
        return self._diary(episode_id).sorted_entries()

    def filed(self, runner_id: str, entry_ids: Collection[str]) -> frozenset[FiledRow]:
        mine = {episode.id for episode in self.episodes(runner_id)}
        rows = {FiledRow(*key, name) for name in mine for key in self._diary(name).entries}
        return frozenset(row for row in rows if row.id in entry_ids)

    def standing(self, episode_id: str) -> KeptStanding | None:
        return self._diary(episode_id).standing

    def told(self, episode_id: str) -> KeptTold:
        return MemoryShelf(self._diary(episode_id)).told()

    def change_diary(self, episode_id: str, change: Callable[[Any], T]) -> Future[T]:
        return self._done(change(MemoryShelf(self._diary(episode_id))))

    def _diary(self, episode_id: str) -> MemoryDiary:
        found: MemoryDiary = self._kept["diary"].setdefault(episode_id, MemoryDiary())
        return found

    def keep_runner(self, runner: Runner) -> Future[None]:
        return self._keep("runner", runner)

    def keep_new_runner(self, runner: Runner) -> Future[None]:
        return self._done(None) if runner.id in self._kept["runner"] else self._keep("runner", runner)

    def keep_episode(self, episode: Episode) -> Future[None]:
        return self._keep("episode", episode)

    def keep_plan(self, plan: KeptPlan) -> Future[None]:
        return self._keep("plan", plan)

    def keep_remark(self, remark: Remark) -> Future[None]:
        return self._keep("remark", remark)

    def change_runner(self, runner_id: str, change: Callable[[Runner], Runner]) -> Future[Runner]:
        found = self._kept["runner"].get(runner_id)
        if found is None:
            return self._gone()
        changed = msgspec.structs.replace(change(found), id=found.id)
        self._kept["runner"][runner_id] = changed
        return self._done(changed)

    def change_episode(
        self, episode_id: str, change: Callable[[Episode], Episode], plan: KeptPlan | None = None
    ) -> Future[Episode]:
        found = self._kept["episode"].get(episode_id)
        if found is None:
            return self._gone()
        changed = msgspec.structs.replace(change(found), id=found.id, version=found.version + 1)
        self._kept["episode"][episode_id] = changed
        if plan is not None:
            self._kept["plan"][plan.id] = plan
        return self._done(changed)

    def erase_runner(self, runner_id: str) -> Future[int]:
        episodes = {item.id for item in self.episodes(runner_id)}
        self._kept["plan"] = {k: v for k, v in self._kept["plan"].items() if v.episode_id not in episodes}
        self._kept["diary"] = {k: v for k, v in self._kept["diary"].items() if k not in episodes}
        for kind in ("episode", "remark"):
            self._kept[kind] = {k: v for k, v in self._kept[kind].items() if v.runner_id != runner_id}
        return self._done(int(self._kept["runner"].pop(runner_id, None) is not None))

    def close(self) -> None:
        """Nothing to close."""

    def _keep(self, kind: str, item: Any) -> Future[None]:
        self._kept[kind][item.id] = item
        return self._done(None)

    def _newest(self, kind: str, wanted: Callable[[Any], bool]) -> tuple[Any, ...]:
        found = [item for item in self._kept[kind].values() if wanted(item)]
        return tuple(sorted(found, key=lambda item: (item.created_at, item.id), reverse=True))

    @staticmethod
    def _done(value: T) -> Future[T]:
        future: Future[T] = Future()
        future.set_result(value)
        return future

    @staticmethod
    def _gone() -> Future[Any]:
        future: Future[Any] = Future()
        future.set_exception(GoneError("no longer kept"))
        return future
