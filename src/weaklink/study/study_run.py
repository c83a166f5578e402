"""Running a study: the chunks that are missing, on any crew, each kept as soon as it is done."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

from weaklink.quantities import WeaklinkError
from weaklink.study.crew import Crew, Serial
from weaklink.study.folder import StudyFolder, StudyFolderError
from weaklink.study.meaning import described
from weaklink.study.parquet import file_digest, require_tables, write_tables
from weaklink.study.solving import ChunkOutcome, solve_chunk
from weaklink.study.study_plan import StudyPlan

Progress = Callable[[int, int], None]  # scenarios done, scenarios in all
AHEAD = 2  # chunks handed out for each worker, so that none waits for the next
LAST_WAIT_S = 30.0  # for chunks that are being computed when the user stops
Work = Future[ChunkOutcome]


class StudyStopped(WeaklinkError):  # noqa: N818 - no error: the user asked for it
    """The user stopped; what is done is kept."""


class LostWorkerError(WeaklinkError):
    """A worker died; what is done is kept."""


def run_study(
    plan: StudyPlan,
    path: Path,
    crew: Crew | None = None,
    *,
    resume: bool = False,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Run a study in a folder to its end, and say what lies there: tables, rows and fingerprints.

    The result is the same for every crew, every order and every interruption.
    Raises: StudyFolderError, StudyStopped, LostWorkerError, and whatever a worker raises.
    """
    require_tables()
    folder = StudyFolder(path)
    with folder.alone():
        folder.begin(described(plan), resume=resume)
        finished = folder.results()
        if finished is not None:
            return _unchanged(finished, folder)
        _compute(plan, folder, crew or Crew(Serial(), 1, "this process"), progress or _silent)
        return _written(plan, folder)


def _unchanged(results: dict[str, Any], folder: StudyFolder) -> dict[str, Any]:
    """The results of a finished study, if its tables are still what they were."""
    for table in results["tables"].values():
        path = folder.path / table["file"]
        if not path.is_file() or file_digest(path) != table["sha256"]:
            raise StudyFolderError(
                f"{path} is missing or was changed since the study was finished; "
                f"remove {folder.path} and run the study again"
            )
    return results


def _written(plan: StudyPlan, folder: StudyFolder) -> dict[str, Any]:
    """The tables on the disk, from chunks that are all done."""
    try:
        results = write_tables(plan, folder)
    except KeyboardInterrupt:
        raise StudyStopped(f"stopped; {folder.progress()}. Go on with --resume.") from None
    except OSError as error:
        raise StudyFolderError(f"{folder.path}: {error.strerror or error}; go on with --resume") from error
    folder.finish(results)
    return results


def _silent(_done: int, _all: int) -> None:
    pass


def _compute(plan: StudyPlan, folder: StudyFolder, crew: Crew, progress: Progress) -> None:
    done = folder.done()
    count = sum(_size(plan, chunk) for chunk in done)
    progress(count, plan.scenarios)
    missing = (chunk for chunk in range(plan.chunks) if chunk not in done)
    running: dict[Work, int] = {}
    try:
        for future, chunk in _as_done(plan, crew, missing, running):
            folder.keep(chunk, future.result())
            count += _size(plan, chunk)
            progress(count, plan.scenarios)
    except KeyboardInterrupt:
        kept = _keep_last(folder, running)
        raise StudyStopped(
            f"stopped; {folder.progress()}{', the last of them just now' if kept else ''}. "
            "Go on with --resume."
        ) from None
    except Exception as error:
        if not _is_loss(error):
            raise
        raise LostWorkerError(
            f"a worker was lost ({type(error).__name__}), perhaps for want of memory; {folder.progress()}. "
            "Go on with --resume."
        ) from error


def _is_loss(error: Exception) -> bool:
    """Whether a worker or the cluster went away, and not the computation failed."""
    # Dask's own name, because weaklink runs without Dask.
    return isinstance(error, BrokenProcessPool | CancelledError) or type(error).__name__ == "KilledWorker"


def _as_done(
    plan: StudyPlan, crew: Crew, missing: Iterator[int], running: dict[Work, int]
) -> Iterator[tuple[Work, int]]:
    """Chunks as they are done; only a few are handed out at a time, so that memory stays flat."""
    ahead = 1 if isinstance(crew.executor, Serial) else AHEAD * crew.width
    while True:
        for chunk in itertools.islice(missing, ahead - len(running)):
            running[crew.executor.submit(solve_chunk, plan, chunk)] = chunk
        if not running:
            return
        for future in wait(running, return_when=FIRST_COMPLETED).done:
            yield future, running.pop(future)


def _keep_last(folder: StudyFolder, running: dict[Work, int]) -> int:
    """Keep what is done or being computed at the moment of stopping; how many chunks that were."""
    computing = {future: chunk for future, chunk in running.items() if not future.cancel()}
    kept = 0
    for future in wait(computing, timeout=LAST_WAIT_S).done:
        if future.exception() is None:
            folder.keep(computing[future], future.result())
            kept += 1
    return kept


def _size(plan: StudyPlan, chunk: int) -> int:
    first, last = plan.span(chunk)
    return last - first
