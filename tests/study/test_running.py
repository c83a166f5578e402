"""A study run in any way gives the same files, byte for byte, and a stopped one goes on."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

import pytest

from tests.study.conftest import with_study
from weaklink.study import crew
from weaklink.study.crew import Crew, CrewError
from weaklink.study.folder import StudyFolder, StudyFolderError
from weaklink.study.parquet import file_digest, table_metadata
from weaklink.study.solving import solve_chunk
from weaklink.study.study_plan import StudyPlan
from weaklink.study.study_run import LostWorkerError, StudyStopped, run_study

pytestmark = pytest.mark.load  # real processes, seconds each


def digests(results: dict[str, Any]) -> dict[str, str]:
    return {name: table["sha256"] for name, table in results["tables"].items()}


@pytest.fixture(scope="module")
def serial(plan: StudyPlan, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """The small study, run here and finished."""
    folder = tmp_path_factory.mktemp("serial") / "study"
    return folder, digests(run_study(plan, folder))


class Shuffled(Executor):
    """Computes what was handed to it in another order than it came."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Future[Any], Callable[[], Any]]] = []
        self.dice = random.Random(1)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self.waiting.append((future, lambda: fn(*args, **kwargs)))
        if len(self.waiting) >= 4 or args[1] >= args[0].chunks - 4:
            self.dice.shuffle(self.waiting)
            while self.waiting:
                done, work = self.waiting.pop()
                done.set_result(work())
        return future


def test_processes_give_the_same_files(
    plan: StudyPlan, serial: tuple[Path, dict[str, str]], tmp_path: Path
) -> None:
    with crew.processes(2) as two:
        results = run_study(plan, tmp_path / "pool", two)

    assert digests(results) == serial[1]


def test_any_order_gives_the_same_files(
    plan: StudyPlan, serial: tuple[Path, dict[str, str]], tmp_path: Path
) -> None:
    results = run_study(plan, tmp_path / "shuffled", Crew(Shuffled(), 2, "here"))

    assert digests(results) == serial[1]


def test_the_fingerprints_are_those_of_the_files(
    plan: StudyPlan, serial: tuple[Path, dict[str, str]]
) -> None:
    folder, told = serial

    assert {name: file_digest(folder / f"{name}.parquet") for name in told} == told
    assert not (folder / "chunks").exists()
    assert table_metadata(folder / "loads.parquet")["digest"] == plan.digest


def test_a_study_that_was_stopped_goes_on_where_it_was(
    plan: StudyPlan, serial: tuple[Path, dict[str, str]], tmp_path: Path
) -> None:
    class Interrupted(crew.Serial):
        left = 5

        def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
            if not self.left:
                raise KeyboardInterrupt
            self.left -= 1
            return super().submit(fn, *args, **kwargs)

    folder, heard = tmp_path / "study", []
    with pytest.raises(StudyStopped, match=r"5 of 16 chunks are done.*--resume"):
        run_study(plan, folder, Crew(Interrupted(), 1, "here"))
    results = run_study(plan, folder, resume=True, progress=lambda done, whole: heard.append((done, whole)))

    assert digests(results) == serial[1]
    assert heard[0] == (45, 144)
    assert heard[-1] == (144, 144)
    assert len(heard) == 12


def test_stopping_keeps_what_is_being_computed(plan: StudyPlan, tmp_path: Path) -> None:
    class Slow(Executor):
        """Two chunks are being computed when the user stops, two more were only handed out."""

        def __init__(self) -> None:
            self.given: list[Future[Any]] = []

        def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
            future: Future[Any] = Future()
            self.given.append(future)
            if len(self.given) <= 2:
                future.set_running_or_notify_cancel()
                future.set_result(fn(*args, **kwargs))
            if len(self.given) == 4:
                raise KeyboardInterrupt
            return future

    with pytest.raises(StudyStopped, match="2 of 16 chunks"):
        run_study(plan, tmp_path / "study", Crew(Slow(), 2, "here"))
    assert StudyFolder(tmp_path / "study").done() == {0, 1}


def test_a_lost_worker_keeps_what_is_done(
    plan: StudyPlan, serial: tuple[Path, dict[str, str]], tmp_path: Path
) -> None:
    folder = tmp_path / "study"
    with crew.processes(1) as one:
        pool = one.executor

        def kill_after(done: int, _whole: int) -> None:
            if done >= 27:
                for process in list(pool._processes.values()):  # type: ignore[attr-defined]
                    process.kill()

        with pytest.raises(LostWorkerError, match=r"of 16 chunks are done. Go on with --resume"):
            run_study(plan, folder, one, progress=kill_after)

    assert len(StudyFolder(folder).done()) >= 3
    assert digests(run_study(plan, folder, resume=True)) == serial[1]


def test_a_finished_study_is_not_computed_again(plan: StudyPlan, serial: tuple[Path, dict[str, str]]) -> None:
    class Never(Executor):
        def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
            raise AssertionError("nothing is left to do")

    assert digests(run_study(plan, serial[0], Crew(Never(), 1, "here"), resume=True)) == serial[1]


def test_a_table_that_was_changed_is_noticed(
    plan: StudyPlan, serial: tuple[Path, dict[str, str]], tmp_path: Path
) -> None:
    folder = shutil.copytree(serial[0], tmp_path / "study")
    with (folder / "loads.parquet").open("ab") as file:
        file.write(b"more")

    with pytest.raises(StudyFolderError, match=r"loads\.parquet is missing or was changed"):
        run_study(plan, folder, resume=True)


def test_an_error_of_a_worker_reaches_the_caller(plan: StudyPlan, tmp_path: Path) -> None:
    class Failing(crew.Serial):
        def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
            return super().submit(solve_chunk, args[0], "no number")

    with pytest.raises(TypeError):
        run_study(plan, tmp_path / "study", Crew(Failing(), 1, "here"))


def test_another_study_does_not_go_into_the_folder(
    plan: StudyPlan, serial: tuple[Path, dict[str, str]]
) -> None:
    with pytest.raises(StudyFolderError, match=r"another study, 'small': it differs in study\.seed\."):
        run_study(with_study(plan, seed=8), serial[0], resume=True)
    with pytest.raises(StudyFolderError, match=r"holds this study already: finished. Add --resume"):
        run_study(plan, serial[0])


def test_a_folder_of_other_things_is_left_alone(plan: StudyPlan, tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("years of work")

    with pytest.raises(StudyFolderError, match=r"holds no study .there is 'thesis.docx'"):
        run_study(plan, tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["lock", "thesis.docx"]


def test_a_path_that_is_a_file_is_refused(plan: StudyPlan, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(StudyFolderError, match=r"File exists|Not a directory"):
        run_study(plan, tmp_path / "file")


def test_two_runs_do_not_share_a_folder(plan: StudyPlan, tmp_path: Path) -> None:
    with (
        StudyFolder(tmp_path / "study").alone(),
        pytest.raises(StudyFolderError, match="another process is working"),
    ):
        run_study(plan, tmp_path / "study")


def test_a_damaged_chunk_is_found_and_computed_again(
    plan: StudyPlan, serial: tuple[Path, dict[str, str]], tmp_path: Path
) -> None:
    folder = StudyFolder(tmp_path / "study")
    stop = Stop(plan.chunks - 1)
    with pytest.raises(StudyStopped):
        run_study(plan, folder.path, progress=stop)
    chunk = folder.path / "chunks" / "000002.npz"
    whole = chunk.read_bytes()
    chunk.write_bytes(whole[: len(whole) // 2])

    with pytest.raises(StudyFolderError, match="was damaged and has been removed"):
        run_study(plan, folder.path, resume=True)
    assert digests(run_study(plan, folder.path, resume=True)) == serial[1]


class Stop:
    """Stops as Ctrl-C does when so many chunks are done."""

    def __init__(self, chunks: int) -> None:
        self.left = chunks + 1

    def __call__(self, _done: int, _whole: int) -> None:
        self.left -= 1
        if not self.left:
            raise KeyboardInterrupt


@pytest.mark.parametrize("count", [0, -1, 5000])
def test_a_crew_has_a_sensible_size(count: int) -> None:
    with pytest.raises(CrewError, match="expected 1 to 1024"), crew.processes(count):
        pass
