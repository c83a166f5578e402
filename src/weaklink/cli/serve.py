"""`weaklink up`: the pages on this machine."""

from __future__ import annotations

import gc
import os
import socket
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer

from weaklink.quantities import WeaklinkError


class PortTakenError(WeaklinkError):
    """The port is in use."""


def up(
    data: Annotated[Path | None, typer.Option("--data", help="The data folder.")] = None,
    host: Annotated[str, typer.Option("--host", help="The address to serve on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="The port to serve on.")] = 8000,
) -> None:
    """Make the data folder, bring the database up to date, and serve the pages."""
    _free(host, port)
    # What is loaded now stays for good: looking through it for garbage only slows the start and every page.
    gc.disable()
    import uvicorn

    from weaklink.bootstrap import build, settings_from
    from weaklink.store.folder_lock import sole_use
    from weaklink.web.app import make_app

    settings = settings_from(os.environ, folder=data, host=host, port=port)
    held = ExitStack()
    held.enter_context(sole_use(settings.folder, "up"))
    house = build(settings)
    app = make_app(house)
    gc.freeze()
    gc.enable()
    print(f"weaklink is ready: {settings.address}", flush=True)
    print(f"Your data stay on this machine, in {settings.folder}", flush=True)
    try:
        uvicorn.run(
            app,
            host=host,
            port=port,
            log_level="warning",
            access_log=False,
            proxy_headers=False,  # nobody may say for us where a request came from
            server_header=False,
        )
    finally:
        house.records.close()
        held.close()


def _free(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            reason = f"{error.strerror}; choose another with --port"
            raise PortTakenError(f"cannot serve on {host}:{port}: {reason}") from error
