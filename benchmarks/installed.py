"""A clean copy: the checkout cloned and its environment made by the launcher, once in each run."""

from __future__ import annotations

import atexit
import functools
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from benchmarks.serving import Server, free_port, page, serving

ROOT = Path(__file__).resolve().parent.parent
STARTS = 5
CASE = b"""{"given": {"age": 24, "sex": "female", "level": "novice", "since_days": 56,
"pain_at": [{"site": "knee-anterior", "side": "right"}], "pain": {"run": 4, "night": 0, "rest": 0},
"minutes": 20, "days": ["mon", "wed", "fri"], "answers": %s}}"""


class Copy(NamedTuple):
    """A cloned checkout with its environment, and the seconds from `git clone` to the first page."""

    folder: Path
    seconds: float
    env: dict[str, str]


@functools.cache
def with_pip() -> Copy:
    """A copy made by pip alone, with an empty cache: what a machine without uv does the first time."""
    return _copy("pip", {**os.environ, **_without_uv(), "PIP_NO_CACHE_DIR": "1"})


@functools.cache
def with_uv() -> Copy | None:
    """A copy made by uv with an empty cache; None when uv is not there."""
    return _copy("uv", {**os.environ, "UV_NO_CACHE": "1"}) if shutil.which("uv") else None


def _copy(name: str, env: dict[str, str]) -> Copy:
    base = Path(tempfile.mkdtemp(prefix=f"weaklink-bench-{name}-"))
    atexit.register(shutil.rmtree, base, ignore_errors=True)
    folder, port = base / "weaklink", free_port()
    began = time.perf_counter()
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(folder)], check=True, env=env)
    command = ["./weaklink", "up", "--data", str(base / "data"), "--port", str(port)]
    with serving(command, port, env=env, cwd=folder):
        return Copy(folder, time.perf_counter() - began, env)


def _without_uv() -> dict[str, str]:
    folders = os.environ["PATH"].split(os.pathsep)
    kept = [folder for folder in folders if not (Path(folder) / "uv").exists()]
    env = {"PATH": os.pathsep.join(kept)}
    if not shutil.which("python3", path=env["PATH"]):
        env["PYTHON"] = str(Path(sys.base_prefix) / "bin" / "python3")
    return env


class Start(NamedTuple):
    """Seconds to the first page; MB after it, after a plan, and of the server alone after a plan."""

    seconds: float
    page_mb: float
    plan_mb: float
    alone_mb: float


def starts(folder: Path, python: str) -> list[Start]:
    """Several starts on a kept data folder, quickest first."""
    data = Path(tempfile.mkdtemp(prefix="weaklink-bench-data-"))
    # As on a runner's machine: the second start finds what the first one compiled.
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    found = []
    for _ in range(STARTS):
        port = free_port()
        command = [python, "-m", "weaklink", "up", "--data", str(data), "--port", str(port)]
        with serving(command, port, env=env, cwd=folder) as server:
            after_page = server.rss_mb()
            _make_plan(server)
            found.append(Start(server.first_page_s, after_page, server.rss_mb(), server.own_rss_mb()))
    shutil.rmtree(data, ignore_errors=True)
    return sorted(found)


def _make_plan(server: Server) -> None:
    import json
    import urllib.request

    flags = [q["id"] for q in json.loads(page(f"{server.address}/api/v1/questions")) if _is_flag(q)]
    body = CASE % json.dumps(dict.fromkeys(flags, "no")).encode()
    request = urllib.request.Request(
        f"{server.address}/api/v1/assessments", body, {"content-type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        document = json.load(answer)
    if document["plan"] is None:
        raise RuntimeError(f"no plan was made: {document['plan_refused']}")


def _is_flag(question: dict[str, object]) -> bool:
    return question["decides"] == "red-flag"
