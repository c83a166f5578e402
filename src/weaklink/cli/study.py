"""`weaklink study`: many what-ifs at once, for scientists: sweeps over muscles and virtual cohorts."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from weaklink.cli.assess import print_json
from weaklink.cli.options import require_within
from weaklink.quantities import WeaklinkError

if TYPE_CHECKING:
    from weaklink.study.crew import Crew
    from weaklink.study.query import QueryAnswer

QUESTION = "select weak, strength, carrier, median(change) from results group by all order by all"
WIDEST = 1000
PROCESSES = (0, 1024)  # of one machine
STOPPED = 130  # what a shell expects of a command that was stopped with Ctrl-C
STUB = Path(__file__).resolve().parent.parent / "study" / "stub.toml"
app = typer.Typer(
    help="Run many what-ifs at once: every muscle, many strengths, a thousand virtual runners.\n\n"
    "A study is a text file. It says which muscles are weakened, by how much, in which motion, and from "
    "which distributions virtual runners are drawn. "
    "Results are Parquet files that DuckDB, pandas, polars and R read.\n\n"
    "A study shows a mechanism in a model: no injury risk, and no real runner.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
)
JSON = typer.Option("--json", help="Print one JSON object and nothing else.")
FOLDER = typer.Argument(metavar="FOLDER", help="The folder of a study.")


class StudyOptionError(WeaklinkError):
    """Options that do not go together, or a file that cannot be written."""


@app.command()
def run(
    file: Annotated[Path, typer.Argument(metavar="STUDY.toml", help="The study; see `weaklink study new`.")],
    out: Annotated[Path, typer.Option(metavar="FOLDER", help="Where the results go; a new folder.")],
    workers: Annotated[
        int,
        typer.Option(metavar="N", help="Processes on this machine; 0 is one for each core, 1 this process."),
    ] = 0,
    dask: Annotated[int, typer.Option(metavar="N", help="Instead: a Dask cluster of N processes here.")] = 0,
    cluster: Annotated[
        str,
        typer.Option(metavar="URL", help="Instead: a Dask cluster that runs already, e.g. tcp://host:8786."),
    ] = "",
    resume: Annotated[bool, typer.Option("--resume", help="Go on with a study that was stopped.")] = False,
    as_json: Annotated[bool, JSON] = False,
) -> None:
    """Run a study. Ctrl-C keeps what is done; --resume goes on. The result is the same wherever it runs."""
    from weaklink.study.crew import one_thread_each

    _one_way(workers, dask, cluster)
    with one_thread_each():  # before NumPy is loaded below
        from weaklink.library.reading import shipped_library
        from weaklink.study.parquet import require_tables
        from weaklink.study.study_file import read_study
        from weaklink.study.study_plan import planned
        from weaklink.study.study_run import StudyStopped, run_study

        require_tables()
        plan = planned(read_study(file), shipped_library())
        try:
            with _stoppable(), _crew(workers, dask, cluster, plan.chunks) as crew:
                from weaklink.cli.progress import shown

                with shown(plan, crew.where) as progress:
                    results = run_study(plan, out, crew, resume=resume, progress=progress)
        except (StudyStopped, KeyboardInterrupt) as stop:
            print(f"weaklink: {stop if str(stop) else 'stopped'}", file=sys.stderr)
            raise typer.Exit(STOPPED) from None
    if as_json:
        print_json({"folder": str(out), "scenarios": plan.scenarios, "people": plan.people, **results})
    else:
        print("\n".join(_finished(out, plan.scenarios, results)))


def _one_way(workers: int, dask: int, cluster: str) -> None:
    require_within("--workers", workers, PROCESSES)
    require_within("--dask", dask, PROCESSES)
    ways = [name for name, set_ in (("--workers", workers), ("--dask", dask), ("--cluster", cluster)) if set_]
    if len(ways) > 1:
        raise StudyOptionError(f"{' and '.join(ways)} do not go together; name one")


def _crew(workers: int, dask: int, cluster: str, chunks: int) -> contextlib.AbstractContextManager[Crew]:
    from weaklink.study import crew

    if cluster:
        return crew.dask_at(cluster)
    if dask:
        return crew.dask_here(dask)
    count = workers or min(os.cpu_count() or 1, chunks)
    return crew.serial() if count == 1 else crew.processes(count)


@contextlib.contextmanager
def _stoppable() -> Iterator[None]:
    """A request to end (a shutdown, a queue whose time is up) stops as Ctrl-C does."""

    def stop(_number: int, _frame: Any) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _finished(out: Path, scenarios: int, results: dict[str, Any]) -> Iterator[str]:
    yield f"{scenarios:,} scenarios in {out}"
    for table in results["tables"].values():
        yield f"  {table['file']:18} {table['rows']:>12,} rows   sha256 {table['sha256'][:16]}"
    yield "A mechanism in a model, with the motion fixed: no injury risk, and no real runner."
    yield f'Ask it: weaklink study query {out} "{QUESTION}"'


@app.command()
def new(
    file: Annotated[Path, typer.Argument(metavar="STUDY.toml", help="The file to write.")],
) -> None:
    """Write an example study with every field explained, to be changed and run."""
    try:
        with file.open("x", encoding="utf-8") as written:
            written.write(STUB.read_text(encoding="utf-8"))
    except FileExistsError:
        raise StudyOptionError(f"{file} is there already; choose another name") from None
    except OSError as error:
        raise StudyOptionError(f"{file}: {error.strerror}") from error
    print(file)


@app.command()
def status(folder: Annotated[Path, FOLDER], as_json: Annotated[bool, JSON] = False) -> None:
    """Say what a folder holds and how far it is: scenarios, seed, distributions, tables."""
    from weaklink.study.folder import StudyFolder, StudyFolderError

    held = StudyFolder(folder)
    manifest, results = held.manifest(), held.results()
    if manifest is None:
        raise StudyFolderError(f"{folder} holds no study")
    done = manifest["chunks"] if results else len(held.done())
    if as_json:
        print_json({"folder": str(folder), "finished": results is not None, "chunks_done": done,
                    "study": manifest, "results": results})  # fmt: skip
        return
    print(f"{manifest['title']}\n{manifest['question']}")
    print(f"{manifest['people']:,} people, {manifest['scenarios']:,} scenarios, seed {manifest['seed']}: "
          f"{held.progress()}")  # fmt: skip
    for stated in manifest["distributions"]:
        numbers = ", ".join(
            f"{name} {value:g}" for name, value in stated.items() if isinstance(value, int | float)
        )
        print(f"  {stated['quantity']}: {stated['shape']}, {numbers} [{stated['source'] or stated['mark']}]")
    for line in (*manifest["shows"], *manifest["shows_not"]):
        print(f"  {line}")


@app.command()
def query(
    folder: Annotated[Path, FOLDER],
    question: Annotated[str, typer.Argument(metavar="SQL", help='E.g. "select count(*) from scenarios".')],
    as_json: Annotated[bool, JSON] = False,
) -> None:
    """Ask a finished study in SQL. Tables: people, scenarios, loads; results joins the last two."""
    from weaklink.study.query import asked

    answer = asked(folder, question)
    if as_json:
        rows = [dict(zip(answer.columns, map(_plain, row), strict=True)) for row in answer.rows]
        print_json({"columns": list(answer.columns), "rows": rows, "more": answer.more})
    else:
        _print_table(answer)


def _plain(value: Any) -> Any:
    """A value JSON has."""
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


def _print_table(answer: QueryAnswer) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(*answer.columns, box=None, pad_edge=False)
    for row in answer.rows:
        table.add_row(*(f"{cell:.4g}" if isinstance(cell, float) else str(cell) for cell in row))
    console = Console(markup=False, highlight=False)
    if not console.is_terminal:
        console.width = WIDEST  # a file or another program takes lines as long as they are
    console.print(table, crop=False)
    if answer.more:
        console.print("… and more rows; write them to a file with SQL: copy (select …) to 'all.parquet'")
