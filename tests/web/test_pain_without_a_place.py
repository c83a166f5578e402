"""Who trains to prevent pain and tells of some: the pages ask where it hurts before anything is trained."""

from __future__ import annotations

import uuid
from pathlib import Path

from tests.web.states import prevention
from tests.web.visitor import at_home


def test_pain_after_a_run_leads_to_where_it_hurts_and_its_questions(tmp_path: Path) -> None:
    with at_home(tmp_path) as visitor:
        prevention(visitor)
        visitor.get("/plan")
        calm = visitor.post("/diary", does="run", id=str(uuid.uuid4()), distance="3", pain="1")
        sore = visitor.post("/diary", does="run", id=str(uuid.uuid4()), distance="3", pain="5")
        today = visitor.get("/today").text
        found = visitor.client.get("/api/v1/sessions/today", params={"anyway": True}).json()
        asked = visitor.post("/where", place=["shin-medial:left"])

    assert calm.headers["location"] == "/diary?saved=1"
    assert sore.headers["location"] == "/where"
    assert "A few questions come first." in today
    assert 'href="/where"' in today
    assert (found["why_not"], found["pack"]) == ("questions", None)
    assert asked.headers["location"].startswith("/q/")
