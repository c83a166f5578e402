"""A failing server: the real one in its own process, with a fault put into it before it starts."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import httpx

from tests.server import free_port, wait_for
from tests.web.visitor import Visitor

START = "import sys; from weaklink.cli import main; sys.argv = ['weaklink', *sys.argv[1:]]; main()\n"
FAULTS = {
    "a bug in a change": """
from weaklink.store import database
replace = database._replace
def broken(connection, table, row):
    replace(connection, table, row)
    if table.name == "remarks":
        raise ValueError(row)
database._replace = broken
""",
    "a bug after the answer began": """
from weaklink.web.result import remark_form
from weaklink.web.routes import ROUTES
from starlette.responses import StreamingResponse
from starlette.routing import Route
async def broken(request):
    said = (await request.body()).decode()
    async def half():
        yield "half of it"
        raise ValueError(said)
    return StreamingResponse(half())
for number, route in enumerate(ROUTES):
    if route.path == "/remarks":
        ROUTES[number] = Route("/remarks", broken, methods=["POST"])
""",
    "a task that nobody waits for": """
import asyncio, gc
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from weaklink.web.routes import ROUTES
async def fail(said):
    raise ValueError(said)
async def broken(request):
    asyncio.ensure_future(fail((await request.body()).decode()))
    await asyncio.sleep(0.05)
    gc.collect()
    return PlainTextResponse("ok")
for number, route in enumerate(ROUTES):
    if route.path == "/remarks":
        ROUTES[number] = Route("/remarks", broken, methods=["POST"])
""",
    "a thread of the writer that ends": """
from weaklink.store.writer import Writer
commit = Writer._commit
def broken(self, group):
    commit(self, group)
    if any("remark" in repr(change.__code__.co_names) + repr(change.__closure__) for change, _ in group):
        raise RuntimeError([cell.cell_contents for change, _ in group for cell in change.__closure__])
Writer._commit = broken
""",
}


def ways() -> dict[str, Callable[[Path, str], None]]:
    """Each fault as a check that needs a folder and the words to look for."""
    return {name: lambda folder, secret, name=name: check(folder, secret, name) for name in FAULTS}  # type: ignore[misc]


def check(folder: Path, secret: str, fault: str) -> None:
    """Send a remark with these words to a server with this fault: they stand nowhere but in the database."""
    data, log, port = folder / "data", folder / "server.log", free_port()
    data.mkdir(mode=0o700)
    program = [sys.executable, "-c", FAULTS[fault] + START]
    with log.open("wb") as file:
        server = subprocess.Popen(
            [*program, "up", "--data", str(data), "--port", str(port)], stdout=file, stderr=file, cwd=folder,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        )  # fmt: skip
        try:
            address = wait_for(f"http://127.0.0.1:{port}", server, log)
            with httpx.Client(base_url=address, timeout=20) as client:
                answer = send(client, secret)
        finally:
            server.terminate()
            server.wait(20)

    assert secret not in answer
    said = log.read_text()
    assert "Error at " in said, said
    assert secret not in said, said
    assert "Traceback" not in said
    for path in folder.rglob("*"):
        if path.is_file() and not path.name.startswith("weaklink.sqlite"):
            assert secret.encode() not in path.read_bytes(), path


def send(client: httpx.Client, secret: str) -> str:
    """What comes back for a remark."""
    her = Visitor(client)
    her.begin()
    try:
        answer = her.client.post(
            "/remarks",
            data={"csrf": her.token, "about": "exercise", "id": "clamshell", "agrees": "yes", "text": secret},
            timeout=3,
        )
    except httpx.TransportError:
        return ""  # cut off in the middle, or never answered
    return f"{answer.headers} {answer.text}"
