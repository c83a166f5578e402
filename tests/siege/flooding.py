"""Floods and slowness from strangers, at every port of a server for the home network."""

from __future__ import annotations

from tests.floods import FLOODS, Port
from tests.siege.ground import Ground
from tests.siege.lookout import looking_out
from tests.siege.stronghold import Stronghold

SLOW = (
    "half requests left open", "connections left silent", "handshakes never begun", "handshakes half done",
    "slow heads", "slow bodies", "answers never read",
)  # fmt: skip
FAST = tuple(name for name in FLOODS if name not in SLOW)


def flood(ground: Ground) -> None:
    """Bytes, connections and requests without end; one tried is one flood at one port."""
    _besiege(ground, FAST)


def slow(ground: Ground) -> None:
    """Half requests, a byte a second, handshakes that never end."""
    _besiege(ground, SLOW)


def _besiege(ground: Ground, names: tuple[str, ...]) -> None:
    with Stronghold(ground.folder, https=True) as place:
        with place.client() as client:
            for path in (
                "/",
                "/about",
                "/settings",
            ) * 5:  # what is loaded at the first page is no flood's doing
                client.get(path)
        rounds = [(name, port) for name in names for port in place.ports.values()][: ground.at_least]
        each = max(0.2, ground.seconds / len(rounds) * 0.7)
        with looking_out(place.port, place.pid) as seen:
            for name, port in rounds:
                _one(ground, place, name, port, each)
        ground.tally.seen = seen[0]
    ground.tally.demand(not place.faults(), f"the log says: {place.faults()[:1]}")


def _one(ground: Ground, place: Stronghold, name: str, port: Port, seconds: float) -> None:
    came = FLOODS[name](port, seconds)
    for status, times in came.statuses.items():
        if status.isdigit() and int(status) >= 500:
            for _ in range(times):
                ground.tally.answer(int(status), name)
    with place.client() as client:
        served = place.is_up and client.get("/about").status_code == 200
    if served:
        ground.tally.survive()
    else:
        ground.tally.fall(f"after {name} at {port.address}:{port.number} nothing is served")
