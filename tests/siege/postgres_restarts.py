"""A PostgreSQL that is stopped, torn down and started again under a server and its devices."""

from __future__ import annotations

import random
import threading
import time

import sqlalchemy as sa

from tests.postgres import postgres_started, postgres_stopped, postgres_url
from tests.siege.ground import Ground
from tests.siege.killing import DEVICES, Device, begin, look_for
from tests.siege.lookout import looking_out
from tests.siege.stronghold import Stronghold

MODES = ("fast", "immediate")  # as an upgrade ends it, as a power cut does


def postgres_restarts(ground: Ground) -> None:
    """One tried is one restart; afterwards every acknowledged entry is there, and new ones are taken."""
    with postgres_url() as url:
        place = Stronghold(ground.folder)
        place.environment["WEAKLINK_DATABASE"] = url
        with place:
            _under_load(ground, place, url)
    ground.tally.demand(not place.faults(), f"the log says: {place.faults()[:1]}")


def _under_load(ground: Ground, place: Stronghold, url: str) -> None:
    episode = begin(place)
    devices = [Device(n, episode, random.Random(f"device {n}"), ground.tally) for n in range(DEVICES)]
    over = threading.Event()
    threads = [threading.Thread(target=_telling, args=(place, device, over)) for device in devices]
    for thread in threads:
        thread.start()
    ground.begin()
    rounds = 0
    try:
        with looking_out(place.port, place.pid) as seen:
            while ground.goes_on(rounds):
                _restart(ground, MODES[rounds % 2], devices)
                rounds += 1
    finally:
        over.set()
        for thread in threads:
            thread.join()
    ground.tally.seen = seen[0]
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        rows = connection.execute(sa.text("SELECT id, digest FROM diary")).all()
    engine.dispose()
    look_for(devices, {(row[0], row[1]) for row in rows}, ground.tally)
    print(f"  PostgreSQL: {rounds} restarts, {_acknowledged(devices):,} acknowledged entries", flush=True)


def _restart(ground: Ground, mode: str, devices: list[Device]) -> None:
    time.sleep(ground.dice.uniform(0.2, 0.8))
    postgres_stopped(mode)
    time.sleep(ground.dice.uniform(0, 0.4))
    postgres_started()
    before, end = _acknowledged(devices), time.monotonic() + 20
    while _acknowledged(devices) == before and time.monotonic() < end:
        time.sleep(0.02)
    if _acknowledged(devices) > before:
        ground.tally.survive()
    else:
        ground.tally.fall(f"after a restart ({mode}) nothing is kept for 20 s")


def _telling(place: Stronghold, device: Device, over: threading.Event) -> None:
    """A device that goes on whatever it hears."""
    while not over.is_set():
        device.send(place.address, over)
        time.sleep(0.05)


def _acknowledged(devices: list[Device]) -> int:
    return sum(len(device.acknowledged) for device in devices)
