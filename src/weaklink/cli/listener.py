"""A listener: the server on one port, within its bounds, and gone in time when it has to stop."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
from collections.abc import Iterator
from typing import Any

import uvicorn
from starlette.types import Receive, Scope, Send

from weaklink.cli.bounded_http import BoundedHttp
from weaklink.cli.open_connections import Bounds, OpenConnections
from weaklink.cli.reception import Reception

# Whoever waits for an answer gets so long when weaklink is stopped; then they are let go.
GRACE_S = 2.0
LOOK_EVERY_TICKS = 10  # of the server's main loop, 0.1 s each


class Listener(uvicorn.Server):
    """One server of several in a process. Signals are for the process as a whole: see `stopping`."""

    def __init__(
        self, app: Any, bounds: Bounds, tls: ssl.SSLContext | None = None, *, lifespan: bool = False
    ) -> None:
        self.guests = OpenConnections(bounds)
        self._tls = tls
        super().__init__(
            uvicorn.Config(
                self._within(app),
                ws="none",
                lifespan="auto" if lifespan else "off",
                log_level="error",  # a stranger's requests must not fill the log
                log_config=None,  # ours prints no values
                access_log=False,
                proxy_headers=False,  # nobody may say for us where a request came from
                server_header=False,
                timeout_keep_alive=bounds.idle_s,
                timeout_graceful_shutdown=int(GRACE_S) + 1,
            )
        )

    def stop(self) -> None:
        """End soon; see `shutdown`. Safe in the handler of a signal."""
        self.should_exit = True

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """None: they are not for one listener."""
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Take connections from the sockets, as a reception does."""
        await super().startup(sockets=[])
        receptions: Any = [
            Reception(listening, self.guests, self._new_connection, self._tls) for listening in sockets or ()
        ]
        self.servers = receptions

    async def on_tick(self, counter: int) -> bool:
        """Look after the connections, now and then; whether to stop."""
        if counter % LOOK_EVERY_TICKS == 0:
            self.guests.look(asyncio.get_running_loop().time())
        return await super().on_tick(counter)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take nobody more, let answers that are under way go out, and end after `GRACE_S` all the same."""
        ending = asyncio.get_running_loop().call_later(GRACE_S, self.guests.abort)
        await super().shutdown(sockets)
        ending.cancel()
        self.guests.abort()

    def _new_connection(self) -> BoundedHttp:
        state = self.server_state
        return BoundedHttp(
            guests=self.guests, config=self.config, server_state=state, app_state=self.lifespan.state
        )

    def _within(self, app: Any) -> Any:
        async def asked(scope: Scope, receive: Receive, send: Send) -> None:
            try:
                await app(scope, receive, send)
            except asyncio.CancelledError:
                if not self.should_exit:  # else whoever asked has been let go
                    raise

        return asked
