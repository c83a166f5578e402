"""Options: alone they mean `up`; a wrong one is one line that names it and says what would be right."""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.home_network import weaklink as weaklink_of_its_own
from tests.server import free_port
from weaklink.cli import main
from weaklink.cli.options import with_command

WEAK = ("sim", "--weaken", "soleus=0.5")


class Done(NamedTuple):
    """What a command printed, and its exit status."""

    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def weaklink(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Done]:
    """A command in this process, because one of its own takes seconds."""

    def run(*words: str) -> Done:
        monkeypatch.setattr(sys, "argv", ["weaklink", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        return Done(int(ended.value.code or 0), *capsys.readouterr())

    return run


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], []),
        (["--data", "D", "--port", "1"], ["up", "--data", "D", "--port", "1"]),
        (["--https"], ["up", "--https"]),
        (["--help"], ["--help"]),
        (["--version"], ["--version"]),
        (["up", "--port", "1"], ["up", "--port", "1"]),
        (["sim", "--help"], ["sim", "--help"]),
    ],
)
def test_options_without_a_command_are_those_of_up(words: list[str], expected: list[str]) -> None:
    assert with_command(words) == expected


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["up", "--port", "99999"], "--port 99999: expected 1 to 65535"),
        (["--port", "0"], "--port 0: expected 1 to 65535"),
        (["--port=-1"], "--port -1: expected 1 to 65535"),
        (["--https", "--https-port", "70000"], "--https-port 70000: expected 1 to 65535"),
        (["--proxy-name", "example.org/runs"], "--proxy-name example.org/runs: expected a name alone"),
        (["--port", "abc"], "Invalid value for '--port': "),
        (["--prot", "8000"], "No such option: --prot"),
        (["serve"], "No such command 'serve'."),
        ([*WEAK, "--mass-kg", "0"], "--mass-kg: the mass is 0; expected 20 to 250 kg"),
        ([*WEAK, "--mass-kg", "-5"], "--mass-kg: the mass is -5; expected 20 to 250 kg"),
        ([*WEAK, "--mass-kg", "1e9"], "--mass-kg: the mass is 1e+09; expected 20 to 250 kg"),
        ([*WEAK, "--mass-kg", "nan"], "--mass-kg: the mass is nan; expected 20 to 250 kg"),
        ([*WEAK, "--mass-kg", "heavy"], "Invalid value for '--mass-kg': "),
        ([*WEAK, "--height-m", "0"], "--height-m: the height is 0; expected 1 to 2.5 m"),
        ([*WEAK, "--speed", "0"], "--speed: speed_m_s is 0; expected 2 to 5.5 m/s"),
        ([*WEAK, "--cadence", "inf"], "--cadence: cadence_spm is inf; expected 140 to 220 steps per minute"),
        (
            ["sim", "--motion", "clamshell", "--mass-kg", "0"],
            "--mass-kg: the mass is 0; expected 20 to 250 kg",
        ),
        (["study", "run", "a.toml", "--out", "b", "--workers", "-1"], "--workers -1: expected 0 to 1024"),
        (["study", "run", "a.toml", "--out", "b", "--dask", "99999"], "--dask 99999: expected 0 to 1024"),
    ],
)
def test_a_wrong_option_is_one_line_that_names_it(
    weaklink: Callable[..., Done], words: list[str], said: str
) -> None:
    done = weaklink(*words)

    assert done.stderr.startswith(f"weaklink: {said}"), done.stderr
    assert (done.stderr.count("\n"), done.stdout, done.returncode) == (1, "", 2)


def test_a_wrong_option_says_where_the_right_ones_stand(weaklink: Callable[..., Done]) -> None:
    assert weaklink("--port", "abc").stderr.endswith("; see: weaklink up --help\n")


def test_a_port_in_use_is_one_line_with_what_to_do(weaklink: Callable[..., Done], tmp_path: Path) -> None:
    port = free_port()
    with socket.create_server(("127.0.0.1", port)):
        done = weaklink("--data", str(tmp_path / "data"), "--port", str(port))

    assert done.stderr == (
        f"weaklink: cannot serve on 127.0.0.1:{port}: Address already in use; choose another with --port\n"
    )
    assert done.returncode == 2
    assert not (tmp_path / "data").exists()


def test_help_says_what_is_done_without_a_command(weaklink: Callable[..., Done]) -> None:
    done = weaklink("--help")

    assert done.returncode == 0
    assert "`weaklink --port 8080` means `weaklink up --port 8080`" in " ".join(done.stdout.split())


def test_a_process_of_its_own_ends_with_the_status_and_no_traceback(tmp_path: Path) -> None:
    done = weaklink_of_its_own("--data", str(tmp_path / "data"), "--port", "99999")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "weaklink: --port 99999: expected 1 to 65535\n"
