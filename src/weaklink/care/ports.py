"""Ports: what care needs from the outside, as protocols. Stores and clocks plug in here."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Future
from typing import Any, Literal, NamedTuple, Protocol, TypeVar

import msgspec

from weaklink.case.values import Table

T = TypeVar("T")
RunnerId = str
EpisodeId = str
GONE_ON_WITH = "episode"  # the setting that names an earlier episode somebody goes on with
Purpose = Literal["calendar", "plan", "group"]  # what an address opens


class Runner(msgspec.Struct, frozen=True, kw_only=True):
    """One person on this machine, with settings (theme, language, units, country ...)."""

    id: RunnerId
    name: str = ""
    settings: dict[str, str] = {}
    created_at: datetime.datetime


class Episode(msgspec.Struct, frozen=True, kw_only=True):
    """One bout of pain, or a wish to prevent it. `given` has the shape of a case file's [given].

    `earlier` is what was given when a result was last reached, before a change: health data as well.
    """

    id: EpisodeId
    runner_id: RunnerId
    given: Table = {}
    earlier: Table = {}
    steps: dict[str, Any] = {}  # how far the pages have come, and why a test was put off
    edition: str
    version: int = 1
    created_at: datetime.datetime
    updated_at: datetime.datetime


class KeptPlan(msgspec.Struct, frozen=True, kw_only=True):
    """A plan as it was made: the document of the open format, and the edition it came from.

    `made` is the same plan before it was put into words; empty for one that was kept before that was.
    `because` says what made it anew: a key of `plan.because.*`.
    """

    id: str
    episode_id: EpisodeId
    document: dict[str, Any]
    made: dict[str, Any] = {}
    because: str = ""
    edition: str
    created_at: datetime.datetime


class Remark(msgspec.Struct, frozen=True, kw_only=True):
    """What a runner thinks of a rule or an exercise: agrees, disagrees, and why (S76)."""

    id: str
    runner_id: RunnerId
    record_kind: str
    record_id: str
    agrees: bool | None = None
    text: str = ""
    created_at: datetime.datetime


class KeptEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One version of one diary entry, as JSON values. `session` is empty where it belongs to none.

    `about`: what binds it to others besides its session: the entry it takes back, or its morning.
    `day`: the day it is filed under; None until it is.
    """

    id: str
    digest: str
    episode_id: EpisodeId
    kind: str
    session: str = ""
    about: str = ""
    day: datetime.date | None = None
    at: datetime.datetime
    body: dict[str, Any]
    received_at: datetime.datetime


class FiledRow(NamedTuple):
    """Which version of which entry is kept in which episode."""

    id: str
    digest: str
    episode_id: EpisodeId


class KeptReason(msgspec.Struct, frozen=True, kw_only=True):
    """One change of one dose: `because` is a message as JSON values, worded when it is shown."""

    id: str
    episode_id: EpisodeId
    place: int  # in the order they were decided
    date: str
    slot: str
    exercise: str
    action: str
    rule: str
    because: dict[str, Any]


class KeptStanding(msgspec.Struct, frozen=True, kw_only=True):
    """Where a runner stands after all of their diary: doses by slot, and every reason so far."""

    episode_id: EpisodeId
    doses: dict[str, Any]
    reasons: tuple[KeptReason, ...] = ()
    updated_at: datetime.datetime


class KeptDay(msgspec.Struct, frozen=True, kw_only=True):
    """One day of a diary put together, as JSON; `told` is None where nothing of it counts."""

    day: datetime.date
    told: bytes | None


class KeptFold(msgspec.Struct, frozen=True, kw_only=True):
    """A diary folded up to a day, as JSON; `key` tells under what."""

    day: datetime.date
    key: str
    fold: bytes


class KeptTold(msgspec.Struct, frozen=True, kw_only=True):
    """A diary as it is kept put together: the newest fold, and every day from there on.

    `whole`: whether every entry is filed; else the days do not say all.
    """

    fold: KeptFold | None
    days: tuple[KeptDay, ...]
    whole: bool


class Shelf(Protocol):
    """One diary inside one change of the store: all of what is done here is kept, or nothing of it."""

    def add(self, entries: Sequence[KeptEntry]) -> tuple[bool, ...]:
        """Whether each of these entries was new; one known already changes nothing."""

    def bound(
        self, ids: Collection[str], sessions: Collection[str], about: Collection[str]
    ) -> Sequence[KeptEntry]:
        """Every entry with one of these ids, of one of these sessions, or about one of these things."""

    def unfiled(self) -> Sequence[KeptEntry]:
        """The entries of no day yet."""

    def of_days(self, days: Collection[datetime.date]) -> Sequence[KeptEntry]:
        """The entries filed under some days."""

    def file(self, entries: Sequence[KeptEntry]) -> None:
        """File entries that are kept under the days they say."""

    def put_days(self, days: Sequence[KeptDay]) -> None:
        """Keep days that were put together anew, in place of what they said before."""

    def drop_folds(self, after: datetime.date) -> None:
        """Let go of the folds that hold more than the days up to one."""

    def told(self) -> KeptTold:
        """The diary as it is kept put together."""

    def days(self, since: datetime.date | None, until: datetime.date | None) -> tuple[KeptDay, ...]:
        """The days from one on and before another, oldest first."""

    def put_fold(self, fold: KeptFold) -> None:
        """Keep a fold; of many the newest, and some older ones ever further apart."""

    def put_standing(self, standing: KeptStanding, before: int) -> None:
        """Keep where a runner stands; its reasons follow on so many that were kept before."""

    def change_episode(self, change: Callable[[Episode], Episode]) -> Episode:
        """The episode after a change of the newest state."""


class Address(msgspec.Struct, frozen=True, kw_only=True):
    """A secret that opens one thing without an account, until it is revoked."""

    id: str
    runner_id: RunnerId
    purpose: Purpose
    secret: str
    created_at: datetime.datetime


class Records(Protocol):
    """Keeping and finding. Reads are short and direct; every write returns a future.

    The future is done when the write is durable. A change runs alone, on the newest state.
    `present` is the first runner with their newest episode, in one read.
    `keep_new_runner` keeps somebody who is not kept yet, and leaves who is as they are.
    `change_episode` keeps a plan that follows from the change with it: both or neither.
    `plans` are all that were ever kept, newest first; `plan` is the newest.
    `diary` is in the order of time, then id, then digest.
    `change_diary` runs a change of one diary alone: all of it is kept, or nothing.
    """

    def runners(self) -> tuple[Runner, ...]:
        """Everybody who is kept, oldest first."""

    def present(self) -> tuple[Runner, Episode | None] | None:
        """The first runner with their newest episode, in one read; None while nobody is kept."""

    def episode(self, runner_id: RunnerId) -> Episode | None:
        """The newest episode of a runner."""

    def episodes(self, runner_id: RunnerId) -> tuple[Episode, ...]:
        """All episodes of a runner, newest first."""

    def plan(self, episode_id: EpisodeId) -> KeptPlan | None:
        """The newest plan that was kept for an episode."""

    def plans(self, episode_id: EpisodeId) -> tuple[KeptPlan, ...]:
        """Every plan that was kept for an episode, newest first."""

    def remarks(self, runner_id: RunnerId) -> tuple[Remark, ...]:
        """What a runner remarked, newest first."""

    def diary(self, episode_id: EpisodeId) -> tuple[KeptEntry, ...]:
        """Every row of a diary, in the order of time, id and digest."""

    def newest(self, episode_id: EpisodeId, least: int, until: datetime.date) -> tuple[KeptEntry, ...]:
        """The rows of whole days up to one, so many of them that they are at least some, where there are."""

    def versions(self, episode_id: EpisodeId, entry_id: str) -> tuple[KeptEntry, ...]:
        """Every version of one entry, in the same order."""

    def filed(self, runner_id: RunnerId, entry_ids: Collection[str]) -> frozenset[FiledRow]:
        """The rows of a runner's diaries that have these ids."""

    def standing(self, episode_id: EpisodeId) -> KeptStanding | None:
        """Where a runner stands, as it was kept last."""

    def keep_runner(self, runner: Runner) -> Future[None]:
        """Done when this runner is kept, in place of what was kept of them."""

    def keep_new_runner(self, runner: Runner) -> Future[None]:
        """Done when this runner is kept; one who is there already stays as they are."""

    def change_runner(self, runner_id: RunnerId, change: Callable[[Runner], Runner]) -> Future[Runner]:
        """The runner after a change of the newest state."""

    def keep_episode(self, episode: Episode) -> Future[None]:
        """Done when this episode is kept, in place of what was kept of it."""

    def change_episode(
        self, episode_id: EpisodeId, change: Callable[[Episode], Episode], plan: KeptPlan | None = None
    ) -> Future[Episode]:
        """The episode after a change of the newest state, kept together with a plan that follows from it."""

    def keep_plan(self, plan: KeptPlan) -> Future[None]:
        """Done when this plan is kept beside the earlier ones."""

    def keep_remark(self, remark: Remark) -> Future[None]:
        """Done when this remark is kept."""

    def addresses(self, runner_id: RunnerId) -> tuple[Address, ...]:
        """What a runner handed on, oldest first."""

    def address(self, secret: str) -> Address | None:
        """The address a secret opens; None where it opens nothing."""

    def opened(self, secret: str) -> tuple[Address, Runner, Episode | None] | None:
        """What a secret opens: the address, whose it is, and what they are at. One read, of nobody else."""

    def replace_addresses(
        self, runner_id: RunnerId, purpose: Purpose, made: tuple[Address, ...]
    ) -> Future[int]:
        """How many were closed; these open in their place, in the same change."""

    def drop_address(self, address_id: str) -> Future[int]:
        """How many addresses were closed."""

    def archive(self, edition: str) -> bytes:
        """All that is kept about everybody, as a zip of JSON and CSV."""

    def told(self, episode_id: EpisodeId) -> KeptTold:
        """A diary as it is kept put together."""

    def days(
        self, episode_id: EpisodeId, since: datetime.date | None, until: datetime.date | None
    ) -> tuple[KeptDay, ...]:
        """The days of a diary from one on and before another, oldest first."""

    def reasons(self, episode_id: EpisodeId, since: str, before: int) -> tuple[KeptReason, ...]:
        """Changes of dose from a date on, of the first so many that were decided."""

    def change_diary(self, episode_id: EpisodeId, change: Callable[[Shelf], T]) -> Future[T]:
        """What a change of a diary came to."""

    def erase_runner(self, runner_id: RunnerId) -> Future[int]:
        """How many runners were erased."""

    def erase_everybody(self) -> Future[int]:
        """How many runners were erased; afterwards nothing is kept of anybody."""

    def close(self) -> None:
        """Let go of the store; writes that wait are finished first."""


class Clock(Protocol):
    """The time, in UTC."""

    def now(self) -> datetime.datetime:
        """The time now, in UTC."""
