"""`weaklink up`: the pages on this machine, and on the home network where that is wanted."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import socket
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from weaklink.cli.options import PORTS, require_within
from weaklink.quantities import WeaklinkError
from weaklink.redaction import on_loop_error

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from weaklink.bootstrap import House, Settings
    from weaklink.cli.listener import Listener
    from weaklink.cli.stopping import Stopping
    from weaklink.cli.up_home import HomeNetwork

LOCAL = "127.0.0.1"
HTTPS_PORT = 8443
GARBAGE_AFTER = (20_000, 20, 50)  # new things, and looks at the younger ones


class PortTakenError(WeaklinkError):
    """The port is in use."""


class UpError(WeaklinkError):
    """Options that do not go together, or a part that is not installed."""


def up(
    data: Annotated[Path | None, typer.Option("--data", help="The data folder.")] = None,
    host: Annotated[
        str, typer.Option("--host", help="This machine's address to serve on; with --https one at home.")
    ] = "",
    port: Annotated[int, typer.Option("--port", help="The port to serve on.")] = 8000,
    https: Annotated[
        bool,
        typer.Option("--https", "--lan", help="Serve the home network, too: encrypted, to paired devices."),
    ] = False,
    https_port: Annotated[
        int, typer.Option("--https-port", help="The port for the home network.")
    ] = HTTPS_PORT,
    proxy_name: Annotated[
        str,
        typer.Option("--proxy-name", help="The name by which your own proxy, with TLS, serves the pages."),
    ] = "",
) -> None:
    """Make the data folder, bring the database up to date, and serve the pages."""
    for option, number in (("--port", port), ("--https-port", https_port)):
        require_within(option, number, PORTS)
    local = _local_host(host, https=https, proxy_name=proxy_name)
    _free(local, port)
    # What is loaded now stays for good: looking through it for garbage only slows the start and every page.
    gc.disable()
    from weaklink.bootstrap import build, settings_from
    from weaklink.cli.stopping import Stopping
    from weaklink.store.folder_lock import sole_use

    settings = settings_from(os.environ, folder=data, host=local, port=port)
    with ExitStack() as opening:  # a house that cannot be built lets go of its folder again
        alone = opening.enter_context(sole_use(settings.folder, "up", settings.database))
        house = build(settings, alone=alone)
        held = opening.pop_all()
    stopping = Stopping(house.records.close)
    try:
        with stopping.heeded():
            reach = Reach(host if https else "", https_port if https else 0, proxy_name.lower())
            serve = _served(house, reach, stopping)
            _collect_garbage()
            _run(serve)
    finally:
        house.records.close()
        held.close()


def _collect_garbage() -> None:
    gc.freeze()
    # What a page makes dies with it, without loops: looking after every 700 things finds nothing.
    gc.set_threshold(*GARBAGE_AFTER)
    gc.enable()


def _local_host(host: str, *, https: bool, proxy_name: str) -> str:
    """The address for this machine alone. Nothing is served beyond it without pairing.

    Raises: UpError.
    """
    if https and proxy_name:
        raise UpError("--https and --proxy-name do not go together: the proxy has a certificate of its own")
    if "/" in proxy_name:
        raise UpError(
            f"--proxy-name {proxy_name}: expected a name alone, such as runs.example.org; weaklink is not "
            "served below a path (docs/hosting.md)"
        )
    if not host:
        return LOCAL
    from weaklink.web.home.addresses import is_home, read_address

    address = LOCAL if host == "localhost" else host
    if not is_home(read_address(address)):
        raise UpError(
            f"--host {host}: not an address of a home network; docs/hosting.md says what works where"
        )
    if https:
        return LOCAL
    if not read_address(address).is_loopback:
        raise UpError(f"--host {host} is beyond this machine: say --https, so that devices have to be paired")
    return host


class Reach(NamedTuple):
    """How the pages reach beyond this machine: at one of its addresses, or by the name of a proxy."""

    host: str
    https_port: int
    proxy_name: str


def _served(house: House, reach: Reach, stopping: Stopping) -> Coroutine[Any, Any, None]:
    """What serves, ready to run: this machine alone, the home network as well, or a proxy."""
    from weaklink.web.app import LOCAL_HOSTS, make_pages
    from weaklink.web.home.devices import Served
    from weaklink.web.home.gate import Door, Gate, behind_proxy
    from weaklink.web.visit.security import Security

    pages = make_pages(house)
    pairing = pages.state.pairing
    hosts = LOCAL_HOSTS | {house.settings.host}
    settings = house.settings
    if reach.https_port:
        from weaklink.cli.up_home import HomeNetwork

        home = HomeNetwork(house, pages, reach.host, reach.https_port)
        stopping.tell(home.stop)
        return _with_home(_listener(Security(pages, hosts), stopping), settings, home)
    note = ""
    app = Security(pages, hosts)
    if name := reach.proxy_name:
        door = Door(behind_proxy(hosts), lambda secret: house.records.address(secret) is not None)
        app = Security(Gate(pages, pairing, door), hosts | {name}, proxied=True)
        note = f"Your proxy serves it at https://{name}/, to devices that are paired."
    pairing.serve(Served(pages=(f"https://{name}/",)) if name else None)
    return _alone(_listener(app, stopping), settings, note)


async def _alone(listener: Listener, settings: Settings, note: str) -> None:
    local = _bound(settings)
    _greet(settings)
    if note:
        print(f"{note}\nMake a code with: ./weaklink pair", flush=True)
    await listener.serve([local])


async def _with_home(listener: Listener, settings: Settings, home: HomeNetwork) -> None:
    local = _bound(settings)
    await home.open()
    _greet(settings)
    home.greet()
    following = asyncio.create_task(home.follow())
    try:
        await listener.serve([local])
    finally:
        following.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await following
        await home.close()


def _greet(settings: Settings) -> None:
    print(f"weaklink is ready: {settings.address}", flush=True)
    print(f"Your data stay on this machine, in {settings.folder}", flush=True)


def _listener(app: Any, stopping: Stopping) -> Listener:
    from weaklink.cli.listener import Listener
    from weaklink.cli.open_connections import LOCAL as BOUNDS

    made = Listener(app, BOUNDS, lifespan=True)
    stopping.tell(made.stop)
    return made


def _bound(settings: Settings) -> socket.socket:
    from weaklink.cli.open_connections import LOCAL as BOUNDS
    from weaklink.cli.reception import bound
    from weaklink.web.home.addresses import read_address

    host = LOCAL if settings.host == "localhost" else settings.host
    try:
        return bound(read_address(host), settings.port, BOUNDS.connections)
    except OSError as error:
        raise _taken(host, settings.port, error) from error


def _taken(host: str, port: int, error: OSError) -> PortTakenError:
    return PortTakenError(f"cannot serve on {host}:{port}: {error.strerror}; choose another with --port")


def _run(serve: Coroutine[Any, Any, None]) -> None:
    import uvicorn

    loop = uvicorn.Config("", log_config=None).get_loop_factory()
    with contextlib.suppress(KeyboardInterrupt), asyncio.Runner(loop_factory=loop) as runner:
        runner.get_loop().set_exception_handler(on_loop_error)
        runner.run(serve)


def _free(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise _taken(host, port, error) from error
