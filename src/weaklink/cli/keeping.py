"""`weaklink backup`, `restore`, `export`, `import` and `erase`: the data belong to the runner."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from weaklink.quantities import WeaklinkError

if TYPE_CHECKING:
    from weaklink.bootstrap import Settings

Data = Annotated[Path | None, typer.Option("--data", help="The data folder.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


class KeepingError(WeaklinkError):
    """A file in the way, or nobody to speak of."""


def backup(
    target: Annotated[Path, typer.Argument(help="The file to write; it must not exist yet.")],
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Write everything that is kept to one file, while the server may go on running."""
    from weaklink.store.backup import back_up

    if target.exists():
        raise KeepingError(f"{target}: exists already; name another file")
    rows = back_up(_settings(data).database, target)
    _say(f"Backed up {rows} rows to {target}.", as_json, file=str(target), rows=rows)


def restore(
    source: Annotated[Path, typer.Argument(help="A file that `weaklink backup` wrote.")],
    data: Data = None,
    replace: Annotated[bool, typer.Option("--replace", help="Put it in place of what is there.")] = False,
    as_json: AsJson = False,
) -> None:
    """Put a backup back, whole or not at all. The server must not be running."""
    from weaklink.cli.importing import UNCHECKED
    from weaklink.store.backup import restore as put_back
    from weaklink.store.folder_lock import sole_use

    settings = _settings(data)
    with sole_use(settings.folder, "restore", settings.database):
        found = put_back(source, settings.database, replace=replace)
    says = f"Restored {found.rows} rows from {source}."
    _say(says if found.checked else f"{says} {UNCHECKED}", as_json, rows=found.rows, checked=found.checked)


def export(
    target: Annotated[Path, typer.Argument(help="The zip file to write; it must not exist yet.")],
    data: Data = None,
    runner: Annotated[str, typer.Option("--runner", help="One person alone, by id.")] = "",
    as_json: AsJson = False,
) -> None:
    """Write all data of everybody, or of one person, as JSON and CSV."""
    from weaklink.library.reading import edition_of
    from weaklink.store.my_data import archive, collected
    from weaklink.store.opening import make_reader, require_ours
    from weaklink.store.tables import HEAD
    from weaklink.store.unusable import clear_openings

    url = _existing(_settings(data))
    require_ours(url)
    with clear_openings(url):
        engine = make_reader(url)
        try:
            with engine.connect() as connection:
                rows = collected(connection, runner)
        finally:
            engine.dispose()
    _write_private(target, archive(rows, schema=HEAD, edition=edition_of()))
    count = sum(map(len, rows.values()))
    _say(f"Exported {count} rows to {target}.", as_json, file=str(target), rows=count)


def kept_plans(data: Path | None) -> list[dict[str, Any]]:
    """The plans kept for what is followed now, newest first, each with what it changed."""
    from weaklink.care.kept_plan import history_document
    from weaklink.store.opening import open_store

    store = open_store(_existing(_settings(data)))
    try:
        present = store.present()
        episode = present[1] if present is not None else None
        return history_document(store.plans(episode.id)) if episode is not None else []
    finally:
        store.close()


def import_data(
    source: Annotated[Path, typer.Argument(help="A zip that `weaklink export` wrote.")],
    data: Data = None,
    runner: Annotated[str, typer.Option("--runner", help="Whose data, where it holds several.")] = "",
    merge: Annotated[bool, typer.Option("--merge", help="Add what is missing to what is there.")] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Put it in place of what is there.")] = False,
    as_json: AsJson = False,
) -> None:
    """Put an export back, whole or not at all. The server must not be running."""
    from weaklink.cli.importing import imported
    from weaklink.store.folder_lock import sole_use

    if merge and replace:
        raise KeepingError("--merge or --replace: not both")
    settings = _settings(data)
    with sole_use(settings.folder, "import", settings.database):
        found = imported(source, settings, runner, "merge" if merge else "replace" if replace else "")
    _say(found.says, as_json, rows=found.rows, checked=found.checked, set_aside=list(found.set_aside))


def erase(
    data: Data = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: AsJson = False,
) -> None:
    """Erase everything about everybody for good. The server must not be running; backups stay."""
    from weaklink.store.folder_lock import sole_use
    from weaklink.store.opening import open_store
    from weaklink.web.home.kept_file import forget_network

    settings = _settings(data)
    if not yes and not typer.confirm(f"Erase everything that is kept in {settings.folder}?"):
        raise KeepingError("nothing was erased")
    with sole_use(settings.folder, "erase", settings.database):
        records = open_store(settings.database)
        try:
            erased = records.erase_everybody().result()
            forget_network(settings.folder)
        finally:
            records.close()
        forget_network(settings.folder)
    _say(f"Erased {erased} people and all that was theirs.", as_json, people=erased)


def _settings(data: Path | None) -> Settings:
    from weaklink.bootstrap import settings_from

    return settings_from(os.environ, folder=data)


def _existing(settings: Settings) -> str:
    """The address of the database; looking must not make one."""
    url = settings.database
    if url.startswith("sqlite") and not Path(url.removeprefix("sqlite:///")).is_file():
        raise KeepingError(f"nothing is kept in {settings.folder} yet")
    return url


def _write_private(target: Path, content: bytes) -> None:
    try:
        with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
    except OSError as error:
        raise KeepingError(f"{target}: {error.strerror}") from error


def _say(words: str, as_json: bool, **values: Any) -> None:
    print(json.dumps(values) if as_json else words)
