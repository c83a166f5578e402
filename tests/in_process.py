"""The real application of this process on a real port: for browsers and programs that need a clock that was set."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from tests.server import free_port
from weaklink.bootstrap import House
from weaklink.web.app import make_app


@contextmanager
def at_a_port(house: House) -> Iterator[str]:
    """The address of a house's application; it stops afterwards."""
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(make_app(house), port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)
