"""A clock that is wrong for a while costs no device its trust or its pairing."""

from __future__ import annotations

import datetime
from ipaddress import ip_address
from pathlib import Path

import pytest

pytest.importorskip("cryptography", reason="NOT TESTED HERE: the extra `lan` is not installed")

from tests.web.test_pairing import SetClock, paired
from tests.web.test_tls import leaf_of
from weaklink.web.home.keys import Keys
from weaklink.web.home.pairing import Pairing

RIGHT = datetime.datetime(2027, 3, 20, 9, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)
WRONG = {
    "1970": datetime.datetime(1970, 1, 1, 0, 0, 20, tzinfo=datetime.UTC),
    "2000": datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC),
    "2038": datetime.datetime(2038, 1, 19, 3, 14, 8, tzinfo=datetime.UTC),
    "a day back": RIGHT - DAY,
    "three days back": RIGHT - 3 * DAY,
    "half a year back": RIGHT - 180 * DAY,
}
NAMES, ADDRESSES = ["desk.local"], [ip_address("192.168.178.20")]


def keys_at(folder: Path, clock: SetClock, at: datetime.datetime) -> Keys:
    """As a start at that time leaves them."""
    clock.at = at
    keys = Keys(folder, clock)
    keys.renew(NAMES, ADDRESSES)
    return keys


def is_in_time(folder: Path, at: datetime.datetime) -> bool:
    """Whether a phone whose clock is right takes the server's certificate."""
    leaf = leaf_of(folder)
    return leaf.not_valid_before_utc <= at < leaf.not_valid_after_utc


@pytest.mark.parametrize("wrong", WRONG)
def test_an_authority_outlives_a_wrong_clock(tmp_path: Path, wrong: str) -> None:
    clock = SetClock()
    trusted = keys_at(tmp_path, clock, RIGHT).fingerprint
    for at in (WRONG[wrong], WRONG[wrong] + DAY, RIGHT, RIGHT + DAY):
        after = keys_at(tmp_path, clock, at)

    assert after.fingerprint == trusted
    assert is_in_time(tmp_path, RIGHT + DAY)


@pytest.mark.parametrize("wrong", ["1970", "2000", "a day back", "three days back"])
def test_a_clock_that_is_behind_changes_nothing_that_phones_see(tmp_path: Path, wrong: str) -> None:
    clock = SetClock()
    keys_at(tmp_path, clock, RIGHT - 10 * DAY if wrong.endswith("0") else RIGHT)
    renewed = keys_at(tmp_path, clock, RIGHT)

    behind = keys_at(tmp_path, clock, WRONG[wrong])

    assert behind.fingerprint == renewed.fingerprint
    assert is_in_time(tmp_path, RIGHT)


@pytest.mark.parametrize("wrong", WRONG)
def test_keys_made_by_a_wrong_clock_serve_once_it_is_right(tmp_path: Path, wrong: str) -> None:
    clock = SetClock()
    keys_at(tmp_path, clock, WRONG[wrong])

    after = keys_at(tmp_path, clock, RIGHT)
    again = keys_at(tmp_path, clock, RIGHT + DAY)

    assert again.fingerprint == after.fingerprint
    assert is_in_time(tmp_path, RIGHT + DAY)


def test_a_clock_that_becomes_right_while_it_runs_brings_the_authority_back(tmp_path: Path) -> None:
    clock = SetClock()
    trusted = keys_at(tmp_path, clock, RIGHT).fingerprint
    running = keys_at(tmp_path, clock, WRONG["2038"])
    assert running.fingerprint != trusted  # nothing that phones trust is in force by that clock

    clock.at = RIGHT

    assert running.renew(NAMES, ADDRESSES)
    assert running.fingerprint == trusted


@pytest.mark.parametrize("wrong", WRONG)
def test_a_paired_device_outlives_a_wrong_clock(tmp_path: Path, wrong: str) -> None:
    clock = SetClock()
    clock.at = RIGHT
    pairing = Pairing(tmp_path, clock)
    token = paired(pairing)

    clock.at = WRONG[wrong]
    device = pairing.device(token)
    if device is not None and pairing.not_seen_today(device):
        pairing.saw(device)
    clock.at = RIGHT + DAY

    assert pairing.device(token) is not None
