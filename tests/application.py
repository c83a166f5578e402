"""What the applications of one test process share, because making it anew costs each test a second.

It is all real: the process of the exact planner, and the empty database that the migrations make.
"""

from __future__ import annotations

import functools
import tempfile
from pathlib import Path

from fastapi import FastAPI
from starlette.types import ASGIApp

from weaklink.bootstrap import House, Settings, build
from weaklink.jobs.planning_worker import PlanningWorker
from weaklink.store.opening import open_store, sqlite_url
from weaklink.web.app import make_app
from weaklink.web.visit.assessments import KeptAssessments
from weaklink.web.visit.security import Security

DATABASE = "weaklink.sqlite"


def house_at(folder: Path, language: str = "en") -> House:
    """A house on a folder; a new folder begins with the migrated, empty database."""
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / DATABASE).exists():
        (folder / DATABASE).write_bytes(_empty_database())
    return build(Settings(folder=folder, database=sqlite_url(folder), language=language))


def application(house: House) -> ASGIApp:
    """The whole application of a house, planning in the process that all of them share."""
    app = make_app(house)
    assert isinstance(app, Security)
    assert isinstance(app.app, FastAPI)
    app.app.state.assessments = KeptAssessments(_planning())
    return app


@functools.cache
def _planning() -> PlanningWorker:
    # On a busy machine its first plan takes longer than a runner would wait; a test wants the same plan each time.
    return PlanningWorker(wait_s=60.0)


@functools.cache
def _empty_database() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        open_store(sqlite_url(Path(folder))).close()
        assert [file.name for file in Path(folder).iterdir()] == [DATABASE], "not all of it is in one file"
        return (Path(folder) / DATABASE).read_bytes()
