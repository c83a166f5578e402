"""`weaklink study …` from a terminal: new, run, status, query; stopped, killed and resumed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.study.conftest import SMALL
from weaklink.cli import app
from weaklink.quantities import WeaklinkError
from weaklink.study.folder import StudyFolder

ROOT = Path(__file__).resolve().parents[2]
LONG = SMALL.replace("people = 3", "people = 80").replace(
    "chunk = 9", "chunk = 12"
)  # 3,840 scenarios, 320 chunks

pytestmark = pytest.mark.load  # real processes, seconds each


def run(*words: str | Path) -> str:
    done = CliRunner().invoke(app, ["study", *map(str, words)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def started(file: Path, out: Path, *words: str) -> subprocess.Popen[str]:
    """`weaklink study run` as a real process with children of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "weaklink", "study", "run", str(file), "--out", str(out), "--json", *words],
        cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip


def wait_for_chunks(out: Path, count: int, process: subprocess.Popen[str]) -> None:
    until = time.monotonic() + 60
    while len(StudyFolder(out).done()) < count:
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < until
        time.sleep(0.02)


def group_members(group: int) -> list[int]:
    """The living processes of a process group."""
    found = subprocess.run(["ps", "-eo", "pid=,pgid=,stat="], capture_output=True, text=True, check=True)
    rows = (line.split() for line in found.stdout.splitlines())
    return [int(pid) for pid, pgid, state in rows if int(pgid) == group and not state.startswith("Z")]


def left_behind(group: int) -> list[int]:
    """Who of a process group still lives; whoever ends by itself with the others is given a moment."""
    until = time.monotonic() + 10
    while group_members(group) and time.monotonic() < until:
        time.sleep(0.05)
    return group_members(group)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cli") / "small.toml"
    path.write_text(SMALL, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def folder(file: Path) -> Path:
    out = file.parent / "small"
    run("run", file, "--out", out, "--workers", "1")
    return out


def test_a_new_study_runs_as_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    assert run("new", path).strip() == str(path)
    path.write_text(path.read_text(encoding="utf-8").replace("people = 40", "people = 2"), encoding="utf-8")

    told = json.loads(run("run", path, "--out", tmp_path / "out", "--workers", "1", "--json"))

    assert (told["people"], told["scenarios"]) == (2, 36)
    assert told["tables"]["loads"]["rows"] == 36 * 35
    with pytest.raises(WeaklinkError, match="is there already"):
        CliRunner().invoke(app, ["study", "new", str(path)], catch_exceptions=False)


def test_status_tells_what_a_folder_holds(folder: Path) -> None:
    words, told = run("status", folder), json.loads(run("status", folder, "--json"))

    assert "3 people, 144 scenarios, seed 7: finished" in words
    assert "height_m: normal" in words
    assert "No injury risk" in words
    assert told["finished"]
    assert told["chunks_done"] == told["study"]["chunks"] == 16


def test_a_question_is_answered_as_a_table_and_as_json(folder: Path) -> None:
    question = "select weak, count(*) as n from scenarios group by all order by all"
    told = json.loads(run("query", folder, question, "--json"))

    assert told["rows"][1] == {"weak": "gluteus-medius", "n": 48}
    assert "gluteus-medius" in run("query", folder, question)
    assert "[bold]" in run("query", folder, "select '[bold]' as text")


def test_a_sum_too_large_for_json_numbers_is_text(folder: Path) -> None:
    told = json.loads(
        run("query", folder, "select date '2026-11-21' as day, null as none, true as yes", "--json")
    )

    assert told["rows"] == [{"day": "2026-11-21", "none": None, "yes": True}]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--workers", "2", "--dask", "2"], "--workers and --dask do not go together"),
        (["--workers", "-3"], "expected 0 to"),
        (["--cluster", "tcp://127.0.0.1:9"], "no Dask scheduler answers there"),
    ],
)
def test_options_that_cannot_be_met_say_so(
    words: list[str], said: str, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("weaklink.study.crew.CONNECT_S", 0.5)
    with pytest.raises(WeaklinkError, match=said):
        CliRunner().invoke(
            app, ["study", "run", str(file), "--out", str(tmp_path / "o"), *words], catch_exceptions=False
        )


def test_status_of_nothing_says_so(tmp_path: Path) -> None:
    with pytest.raises(WeaklinkError, match="holds no study"):
        CliRunner().invoke(app, ["study", "status", str(tmp_path)], catch_exceptions=False)


def test_help_says_what_a_study_is_not() -> None:
    told = " ".join(run("--help").split())

    assert "virtual runners" in told
    assert "no injury risk" in told


@pytest.mark.parametrize("signal_", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_keeps_what_is_done_and_leaves_nobody_behind(signal_: signal.Signals, tmp_path: Path) -> None:
    file, out = tmp_path / "long.toml", tmp_path / "out"
    file.write_text(LONG, encoding="utf-8")
    process = started(file, out, "--workers", "2")
    wait_for_chunks(out, 4, process)

    os.killpg(process.pid, signal_) if signal_ == signal.SIGINT else process.send_signal(signal_)
    said = process.communicate(timeout=60)[1]

    assert process.returncode == 130
    assert "of 320 chunks are done" in said
    assert "Go on with --resume." in said
    assert "Traceback" not in said
    assert left_behind(process.pid) == []
    assert 4 <= len(StudyFolder(out).done()) < 320


def test_a_killed_study_goes_on_to_the_identical_files(tmp_path: Path) -> None:
    file, killed, whole = tmp_path / "long.toml", tmp_path / "killed", tmp_path / "whole"
    file.write_text(
        SMALL.replace("people = 3", "people = 12").replace("chunk = 9", "chunk = 6"), encoding="utf-8"
    )
    process = started(file, killed, "--workers", "2")
    wait_for_chunks(killed, 20, process)
    process.kill()
    process.communicate(timeout=30)
    left, done = left_behind(process.pid), len(StudyFolder(killed).done())

    resumed = json.loads(run("run", file, "--out", killed, "--resume", "--workers", "1", "--json"))
    straight = json.loads(run("run", file, "--out", whole, "--workers", "1", "--json"))

    assert left == []  # the workers went with their parent
    assert 20 <= done < 96
    assert resumed["tables"] == straight["tables"]
    for name in ("people", "scenarios", "loads"):
        assert (killed / f"{name}.parquet").read_bytes() == (whole / f"{name}.parquet").read_bytes()


def test_the_example_for_scientists_runs() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "docs" / "examples" / "who_takes_over.py"],
        capture_output=True, text=True, check=False, cwd=ROOT, timeout=120,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert "tensor-fasciae-latae" in done.stdout
    assert "No injury risk" in done.stdout
