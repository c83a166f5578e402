"""Pairing in a data folder: sessions, revoking, forgetting, two processes at once."""

from __future__ import annotations

import datetime
import stat
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from weaklink.web.home.devices import LONGEST_NAME, MOST_REVOKED, UNUSED_FOR, Served
from weaklink.web.home.kept_file import KeptFile, NetworkFileError, forget_network
from weaklink.web.home.pairing import Pairing, Tried
from weaklink.web.home.pairing_code import GOOD_FOR, MOST_WRONG

A_DAY = datetime.timedelta(days=1)


class SetClock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.at = datetime.datetime(2026, 11, 21, 12, tzinfo=datetime.UTC)

    def now(self) -> datetime.datetime:
        return self.at


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def pairing(tmp_path: Path, clock: SetClock) -> Pairing:
    return Pairing(tmp_path, clock)


def paired(pairing: Pairing, name: str = "A phone") -> str:
    tried = pairing.pair(pairing.new_code().digits, name)
    assert tried.verdict == "right"
    return tried.token


def test_nothing_is_written_by_looking(tmp_path: Path, pairing: Pairing) -> None:
    assert (pairing.code(), pairing.devices(), pairing.device("x"), pairing.served()) == (
        None,
        (),
        None,
        None,
    )
    assert list(tmp_path.iterdir()) == []


def test_a_paired_device_is_known_by_its_session_alone(pairing: Pairing) -> None:
    token = paired(pairing)

    device = pairing.device(token)
    assert device is not None
    assert device.name == "A phone"
    assert pairing.device(token[:-1]) is None
    assert pairing.device("") is None
    assert pairing.device(device.digest) is None


def test_two_devices_have_two_sessions(pairing: Pairing) -> None:
    assert paired(pairing) != paired(pairing)
    assert len(pairing.devices()) == 2


def test_no_session_and_no_used_code_stands_in_the_folder(tmp_path: Path, pairing: Pairing) -> None:
    code = pairing.new_code()
    token = pairing.pair(code.digits, "A phone").token
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())

    assert token.encode() not in kept
    assert code.digits.encode() not in kept


def test_only_the_owner_may_read_the_folder(tmp_path: Path, pairing: Pairing) -> None:
    pairing.new_code()

    assert stat.S_IMODE((tmp_path / "network").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "network" / "devices.json").stat().st_mode) == 0o600


def test_a_new_code_ends_the_one_before_and_a_lock(pairing: Pairing) -> None:
    first = pairing.new_code()
    for number in range(MOST_WRONG):
        pairing.pair(f"{(int(first.digits) + number + 1) % 10**8:08d}", "")
    assert pairing.code() is None
    assert pairing.pair(first.digits, "") == Tried("locked")

    second = pairing.new_code()

    assert pairing.pair(first.digits, "").verdict in ("wrong", "right")  # the same by chance: 1 in 10**8
    assert pairing.pair(second.digits, "").verdict == "right"


def test_a_late_code_opens_nothing(pairing: Pairing, clock: SetClock) -> None:
    code = pairing.new_code()
    clock.at += GOOD_FOR

    assert pairing.code() is None
    assert pairing.pair(code.digits, "").verdict == "none"


def test_guesses_at_the_same_time_are_all_counted(tmp_path: Path, clock: SetClock) -> None:
    code = Pairing(tmp_path, clock).new_code()
    verdicts: list[str] = []

    def guess(number: int) -> None:
        other = Pairing(tmp_path, clock)  # as another process would: its own view of the file
        verdicts.append(other.pair(f"{(int(code.digits) + number) % 10**8:08d}", "").verdict)

    threads = [threading.Thread(target=guess, args=(number,)) for number in range(1, 21)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(verdicts) == ["locked"] * (20 - MOST_WRONG + 1) + ["wrong"] * (MOST_WRONG - 1)


def test_one_code_lets_in_one_of_many_at_the_same_time(tmp_path: Path, clock: SetClock) -> None:
    code = Pairing(tmp_path, clock).new_code()
    verdicts: list[str] = []
    threads = [
        threading.Thread(
            target=lambda: verdicts.append(Pairing(tmp_path, clock).pair(code.digits, "").verdict)
        )
        for _ in range(10)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(verdicts) == ["none"] * 9 + ["right"]


def test_a_revoked_device_is_out_at_once_in_every_process(tmp_path: Path, clock: SetClock) -> None:
    server, terminal = Pairing(tmp_path, clock), Pairing(tmp_path, clock)
    token, other = paired(server, "Lost"), paired(server, "Kept")
    lost = server.device(token)
    assert lost is not None

    assert terminal.revoke(lost.id) == 1

    assert server.device(token) is None
    assert server.was_revoked(token)
    assert server.device(other) is not None
    assert terminal.revoke(lost.id) == 0
    assert [device.name for device in server.devices()] == ["Kept"]


def test_the_name_of_a_revoked_device_is_forgotten(tmp_path: Path, pairing: Pairing) -> None:
    paired(pairing, "Jo's telephone")
    pairing.revoke("all")

    assert b"telephone" not in (tmp_path / "network" / "devices.json").read_bytes()


def test_all_devices_can_be_revoked_and_old_ones_do_not_pile_up(pairing: Pairing) -> None:
    tokens = [paired(pairing) for _ in range(MOST_REVOKED + 5)]

    assert pairing.revoke("all") == MOST_REVOKED + 5
    assert pairing.devices() == ()
    assert [pairing.was_revoked(token) for token in tokens] == [False] * 5 + [True] * MOST_REVOKED
    assert [pairing.device(token) for token in tokens] == [None] * (MOST_REVOKED + 5)


def test_a_device_that_was_not_used_for_long_is_out(pairing: Pairing, clock: SetClock) -> None:
    token = paired(pairing)
    clock.at += UNUSED_FOR - A_DAY
    device = pairing.device(token)
    assert device is not None
    assert pairing.not_seen_today(device)
    pairing.saw(device)
    clock.at += UNUSED_FOR - A_DAY
    assert pairing.device(token) is not None

    clock.at += A_DAY

    assert pairing.device(token) is None
    assert not pairing.was_revoked(token)


@pytest.mark.parametrize(
    ("said", "name"),
    [("Jo's\n phone\x00\u202e", "Jo's phone"), ("x" * 900, "x" * LONGEST_NAME), ("", ""), ("<b>", "<b>")],
)
def test_a_name_is_one_short_line(pairing: Pairing, said: str, name: str) -> None:
    paired(pairing, said)

    assert [device.name for device in pairing.devices()] == [name]


def test_forgetting_leaves_nothing_and_lets_nobody_in(tmp_path: Path, pairing: Pairing) -> None:
    token = paired(pairing)
    pairing.serve(Served(pages=("https://192.168.1.2:8443/",)))

    forget_network(tmp_path)
    forget_network(tmp_path)  # a second time is fine

    assert list(tmp_path.iterdir()) == []
    assert pairing.device(token) is None
    assert pairing.served() is None


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"devices": [{"id": 1}]}', b"\xff\xfe"])
def test_a_damaged_file_is_named_and_lets_nobody_in(tmp_path: Path, clock: SetClock, content: bytes) -> None:
    token = paired(Pairing(tmp_path, clock))
    path = tmp_path / "network" / "devices.json"
    path.write_bytes(content)
    attempts: list[Callable[[], object]] = [
        lambda: Pairing(tmp_path, clock).device(token),
        lambda: Pairing(tmp_path, clock).new_code(),
        KeptFile(tmp_path).read,
    ]

    for attempt in attempts:
        with pytest.raises(NetworkFileError, match=r"devices\.json: damaged"):
            attempt()
