"""A clock that jumps: starts in 1970, a day back, in 2038; what was acknowledged and who is trusted stays."""

from __future__ import annotations

import http.client
import ssl
import sys

from tests.home_network import HOME, asked
from tests.siege.ground import Ground
from tests.siege.killing import Device, begin, kept, look_for
from tests.siege.stronghold import Stronghold
from weaklink.bootstrap import SystemClock
from weaklink.web.home.pairing import Pairing

# The one clock of the house, set apart from the machine's by so many seconds before anything else happens.
SHIFT = "WEAKLINK_SIEGE_SHIFT_S"
PROGRAM = """
import datetime, os, sys
from weaklink import bootstrap
shift = datetime.timedelta(seconds=float(os.environ["WEAKLINK_SIEGE_SHIFT_S"]))
bootstrap.SystemClock.now = lambda self: datetime.datetime.now(datetime.UTC) + shift
from weaklink.cli import main
sys.argv = ["weaklink", *sys.argv[1:]]
main()
"""
DAY_S = 86_400.0
PAGES = ("/", "/today", "/diary", "/progress", "/settings")


def shifts() -> dict[str, float]:
    """How far off the clock is, in seconds."""
    now = SystemClock().now().timestamp()
    return {"1970": 20 - now, "a day back": -DAY_S, "2038": 2_147_483_648 - now, "a day on": DAY_S}


def clock_jumps(ground: Ground) -> None:
    """One tried is one start at a wrong time and one at the right time after it."""
    place = Stronghold(ground.folder, https=True, program=[sys.executable, "-c", PROGRAM])
    place.environment[SHIFT] = "0"
    with place:
        device = Device(1, begin(place), ground.dice, ground.tally)
        pairing = Pairing(place.data, SystemClock())
        token = pairing.pair(pairing.new_code().digits, "A phone").token
        with place.watched(ground.tally):
            _jumps(ground, place, device, token)
    look_for([device], kept(place), ground.tally)
    ground.tally.demand(not place.faults(), f"the log says: {place.faults()[:1]}")


def _jumps(ground: Ground, place: Stronghold, device: Device, token: str) -> None:
    authority = (place.data / "network" / "authority.crt").read_bytes()
    ground.begin()
    rounds = 0
    while ground.goes_on(rounds):
        wrong = list(shifts())[rounds % 4]
        rounds += 1
        for name, shift in ((wrong, shifts()[wrong]), ("right", 0.0)):
            place.stopped()
            place.environment[SHIFT] = str(shift)
            place.up()
            _tell(ground, place, device, name)
        trusts = (place.data / "network" / "authority.crt").read_bytes() == authority
        opens = _paired(place, token)
        if trusts and opens == 200:
            ground.tally.survive()
        else:
            ground.tally.fall(f"after {wrong}: authority kept: {trusts}, paired device: {opens}")


def _tell(ground: Ground, place: Stronghold, device: Device, when: str) -> None:
    """What is told at a wrong time is kept or refused by its reason; at the right time it is kept."""
    with place.client() as client:
        sent = device.batch()
        answer = client.post("/api/v1/diary", json={"entries": sent})
        ground.tally.answer(answer.status_code, f"POST /api/v1/diary in {when}")
        if answer.status_code == 200 and not answer.json().get("refused"):
            device.hear(answer)
        else:
            ground.tally.demand(when != "right", f"at the right time: {answer.text[:150]}")
        for path in PAGES:
            status = client.get(path).status_code
            ground.tally.answer(status, f"{path} in {when}")
            ground.tally.demand(status in (200, 303), f"{path} answers {status} in {when}")
    look_for([device], kept(place), ground.tally)


def _paired(place: Stronghold, token: str) -> int:
    """What a paired device gets that trusts this authority and no other."""
    trusting = ssl.create_default_context(cafile=str(place.data / "network" / "authority.crt"))
    connection = http.client.HTTPSConnection(HOME, place.https_port, context=trusting, timeout=20)
    return asked(connection, "/settings", token=token).status
