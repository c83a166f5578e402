"""Bootstrap: settings, library and store joined to a ready house."""

from __future__ import annotations

import datetime
import logging
import re
import secrets
import uuid
from collections.abc import Mapping
from pathlib import Path

import msgspec

from weaklink.care.as_read import episode_as_read, runner_as_read
from weaklink.care.entry_reader import unread_entries
from weaklink.care.ports import GONE_ON_WITH, Clock, Episode, Records, Runner
from weaklink.library.language.language_folders import ENGLISH, languages
from weaklink.library.own import sound_library
from weaklink.library.reading import Library
from weaklink.store.figure_store import Figures
from weaklink.store.load_store import ExerciseLoads
from weaklink.store.opening import open_store, sqlite_url
from weaklink.store.private_files import FORM_TOKEN, FolderError, make_private, write_private

log = logging.getLogger("weaklink")
TOKEN_BYTES = 32
TOKEN = re.compile(rb"[\w-]{43}")  # so many bytes, as text; in bytes \w is ASCII only


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Where the data lie and where the pages are served."""

    folder: Path
    database: str
    host: str = "127.0.0.1"
    port: int = 8000
    language: str = ENGLISH

    @property
    def address(self) -> str:
        """The URL to open."""
        return f"http://{self.host}:{self.port}/"


class House(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a face of weaklink needs."""

    settings: Settings
    library: Library
    records: Records
    clock: Clock
    figures: Figures
    loads: ExerciseLoads
    form_key: str  # every form's token is made with it; it leaves this machine in no page
    unread: Mapping[str, tuple[str, ...]] = {}  # by episode the diary entries that this knowledge cannot read

    def present(self) -> tuple[Runner, Episode | None]:
        """The person this machine belongs to and what they are at, if anything. One read, or two.

        It is their newest episode, unless they went on with an earlier one.

        Somebody new is not kept yet: looking at pages leaves nothing behind.
        """
        found = self.records.present()
        return self.as_read(*self.gone_on(*found)) if found is not None else (self.newcomer(), None)

    def gone_on(self, runner: Runner, newest: Episode | None) -> tuple[Runner, Episode | None]:
        """A runner and the episode they are at: the one they went on with, else the newest."""
        wanted = runner.settings.get(GONE_ON_WITH) if isinstance(runner.settings, dict) else None
        if not wanted or newest is None or newest.id == wanted:
            return runner, newest
        earlier = (one for one in self.records.episodes(runner.id) if one.id == wanted)
        return runner, next(earlier, newest)

    def as_read(self, runner: Runner, episode: Episode | None) -> tuple[Runner, Episode | None]:
        """A runner and an episode as this knowledge reads them."""
        return runner_as_read(runner), self.episode_as_read(episode) if episode is not None else None

    def episode_as_read(self, episode: Episode) -> Episode:
        """An episode as this knowledge reads it."""
        return episode_as_read(episode, self.library, self.unread.get(episode.id, ()))

    def newcomer(self) -> Runner:
        """Somebody of whom nothing is kept; two first forms make one person."""
        return Runner(id=str(uuid.uuid5(uuid.NAMESPACE_OID, self.form_key)), created_at=self.clock.now())


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime.datetime:
        """The time now, in UTC."""
        return datetime.datetime.now(datetime.UTC)


def default_folder(environment: Mapping[str, str]) -> Path:
    """Where data lie unless said otherwise: WEAKLINK_DATA, else the user's data folder."""
    if environment.get("WEAKLINK_DATA"):
        return Path(environment["WEAKLINK_DATA"])
    base = environment.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(base) / "weaklink"


def settings_from(
    environment: Mapping[str, str], *, folder: Path | None = None, host: str = "", port: int = 0
) -> Settings:
    """Settings from options first, then the environment, then defaults."""
    chosen = folder or default_folder(environment)
    return Settings(
        folder=chosen,
        database=environment.get("WEAKLINK_DATABASE") or sqlite_url(chosen),
        host=host or "127.0.0.1",
        port=port or 8000,
        language=_language(environment.get("WEAKLINK_LANGUAGE", "")),
    )


def _language(wanted: str) -> str:
    """The language the environment names, where there are sentences in it; else English."""
    if wanted in languages():
        return wanted
    if wanted:
        log.warning(f"WEAKLINK_LANGUAGE: there is no such language; known: {', '.join(languages())}")
    return ENGLISH


def build(settings: Settings, *, alone: bool = False) -> House:
    """A ready house; makes the data folder and the schema if they are not there, and closes it to others.

    `alone`: nobody else writes to its database; whoever says so holds its lock.
    Raises: FolderError naming the folder and what is wrong with it.
    """
    make_private(settings.folder)
    library = sound_library(settings.language)
    figures = Figures(library, settings.folder / "figures")
    records = open_store(settings.database, alone=alone)
    return House(
        settings=settings,
        library=library,
        records=records,
        unread=unread_in(records, library),
        clock=SystemClock(),
        figures=figures,
        loads=ExerciseLoads(figures, library, settings.folder / "figures"),
        form_key=_form_key(settings.folder / FORM_TOKEN),
    )


def unread_in(records: Records, library: Library) -> dict[str, tuple[str, ...]]:
    """Looked for once: whatever comes in while the house is open is read before it is kept."""
    episodes = [one for runner in records.runners() if (one := records.episode(runner.id)) is not None]
    found = {one.id: unread_entries(records.diary(one.id), library) for one in episodes}
    return {episode: entries for episode, entries in found.items() if entries}


def _form_key(path: Path) -> str:
    """The key of a data folder, made once, so that an open page survives a restart; anew when damaged."""
    try:
        kept = path.read_bytes()
    except FileNotFoundError:
        kept = b""
    except OSError as error:
        raise FolderError(f"{path}: {error.strerror}; delete it, and a new one is made") from error
    if not TOKEN.fullmatch(kept):
        kept = secrets.token_urlsafe(TOKEN_BYTES).encode()
        write_private(path, kept)
    return kept.decode()
