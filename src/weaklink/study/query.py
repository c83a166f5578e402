"""Asking a finished study questions in SQL, with DuckDB over its Parquet files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from weaklink.study.folder import TABLES, StudyFolder, StudyFolderError
from weaklink.study.parquet import TablesMissingError

if TYPE_CHECKING:
    import duckdb

MOST_ROWS = 100_000


class QueryError(StudyFolderError):
    """A question DuckDB cannot answer; its own words say why."""


class QueryAnswer(NamedTuple):
    """Columns and rows."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    more: bool  # rows were left out: there are more than MOST_ROWS


def opened(folder: Path) -> duckdb.DuckDBPyConnection:
    """A connection with the views people, scenarios, loads, and results (loads with their scenario).

    It reads and writes in the study's folder and the current one only, and never asks another machine.
    Raises: StudyFolderError when there is no finished study.
    """
    study = StudyFolder(folder)
    if study.manifest() is None:
        raise StudyFolderError(f"{folder} holds no study")
    if study.results() is None:
        raise StudyFolderError(f"the study in {folder} is not finished: {study.progress()}")
    try:
        import duckdb
    except ImportError:
        raise TablesMissingError('questions need DuckDB: pip install "weaklink[study]"') from None
    connection = duckdb.connect(":memory:")
    connection.execute(
        "set allowed_directories = ?", [[f"{path}/" for path in (folder.resolve(), Path.cwd())]]
    )
    connection.execute("set enable_external_access = false")
    for name in TABLES:
        file = str((folder / f"{name}.parquet").resolve()).replace("'", "''")
        connection.execute(f"create view {name} as select * from read_parquet('{file}')")  # noqa: S608
    connection.execute("create view results as select * from scenarios join loads using (scenario)")
    return connection


def asked(folder: Path, question: str) -> QueryAnswer:
    """The answer to one SQL question.

    Raises: QueryError with DuckDB's own words; StudyFolderError when there is no finished study.
    """
    with opened(folder) as connection:
        import duckdb

        try:
            found = connection.execute(question)
            columns = tuple(column[0] for column in found.description or ())
            rows = found.fetchmany(MOST_ROWS + 1) if columns else []
        except duckdb.Error as error:
            raise QueryError(f"query: {error}") from error
    return QueryAnswer(columns, rows[:MOST_ROWS], len(rows) > MOST_ROWS)
