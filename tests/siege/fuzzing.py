"""Odd input at every way in: forms and API of a real server; archives, case files and knowledge as they are read."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

from tests.api.test_odd_requests import asked, routes
from tests.case.test_odd_case_files import CASES
from tests.case.test_odd_case_files import read as read_case
from tests.library.test_odd_knowledge import FILES, odd_record
from tests.oddities import odd_toml
from tests.siege.ground import Ground
from tests.siege.lookout import looking_out
from tests.siege.stronghold import Stronghold
from tests.store.test_odd_archives import (
    DATA,
    damaged,
    export_of,
    members_of,
    outcome,
    with_odd_data,
)
from tests.web.states import STATES
from tests.web.test_odd_forms import LAST, addresses, body, fields_of, send
from tests.web.visitor import Visitor

# The share of the time that each way in gets.
SHARES = {"forms": 0.4, "api": 0.75, "archives": 0.85, "zips": 0.9, "case files": 0.95, "knowledge": 1.0}


def fuzz(ground: Ground) -> None:
    """Forms and API first, then what is read from files; one tried is one input."""
    with Stronghold(ground.folder) as place:
        visitor = place.visitor()
        STATES["trained"](visitor)
        ground.begin()
        with looking_out(place.port, place.pid) as seen:
            _over_and_over(ground, "forms", _forms(ground, visitor))
            _over_and_over(ground, "api", _requests(ground, visitor))
        ground.tally.seen = seen[0]
        visitor.client.close()
    ground.tally.demand(not place.faults(), f"the log says: {place.faults()[:1]}")
    for name, way in _files(ground).items():
        _over_and_over(ground, name, way)


def _over_and_over(ground: Ground, name: str, way: Callable[[], int]) -> None:
    """One input after the other until the time of this way is up."""
    end = ground.until(SHARES[name])
    done = 0
    while done < ground.at_least // len(SHARES) or time.monotonic() < end:
        try:
            status = way()
        except Exception as error:  # whatever it is, it is what must not come
            ground.tally.fall(f"{name}: {type(error).__name__}: {str(error)[:150]}")
        else:
            if ground.tally.answer(status, name):
                ground.tally.survive()
            else:
                ground.tally.tried += 1
        done += 1
    print(f"  fuzz, {name}: {done:,} inputs", flush=True)


def _forms(ground: Ground, visitor: Visitor) -> Callable[[], int]:
    paths = [path for path in addresses() if path not in LAST]
    own = {path: fields_of(visitor, path) for path in paths}

    def way() -> int:
        path = ground.dice.choice(paths)
        return int(send(visitor, path, body(visitor, own[path], ground.dice)).status_code)

    return way


def _requests(ground: Ground, visitor: Visitor) -> Callable[[], int]:
    found = routes()
    posts = [route for route in found if route[0] == "POST"]

    def way() -> int:
        method, path = ground.dice.choice(posts if ground.dice.random() < 0.8 else found)
        return asked(visitor, method, path, ground.dice)

    return way


def _files(ground: Ground) -> dict[str, Callable[[], int]]:
    """What is read from files; each way raises where it must not."""
    dice = ground.dice
    whole = export_of("trained", ground.folder)
    data: Any = json.loads(members_of(whole)[DATA])
    texts = [path.read_text(encoding="utf-8") for path in CASES]
    ways: dict[str, Callable[[], object]] = {
        "archives": lambda: outcome(with_odd_data(data, dice)),
        "zips": lambda: outcome(damaged(whole, dice)),
        "case files": lambda: read_case(odd_toml(dice.choice(texts), dice)),
        "knowledge": lambda: odd_record(*dice.choice(FILES), ground.folder, dice),
    }
    return {name: lambda way=way: (way(), 200)[-1] for name, way in ways.items()}  # type: ignore[misc]
