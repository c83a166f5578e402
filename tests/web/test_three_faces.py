"""One interview, three faces: page, terminal and API ask the same and end the same, for hundreds of truths."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest
from typer.testing import CliRunner

from tests.reasoning.truths import LIBRARY, truths
from tests.searches import reach
from tests.web.visitor import Visitor, at_home
from weaklink.care.transcript import aim_of, answered
from weaklink.case.case_file import read_given
from weaklink.case.given import Given, PainPlace
from weaklink.cli import app as commands
from weaklink.reasoning.interview import Step, Told, next_step
from weaklink.reasoning.urgency import urgency

PAGES = {"who": "/who", "where": "/where", "story": "/story", "pain": "/pain"}


class Walked(NamedTuple):
    """An interview walked without any face: each screen with what was told before and after it."""

    screens: list[tuple[Step, Told, Told]]
    given: Given


def walked(truth: Given) -> Walked:
    told, screens = Told(aim=aim_of(truth)), []
    while (step := next_step(told, LIBRARY)) is not None:
        after, _ = answered(step, told, truth, LIBRARY, "no")
        screens.append((step, told, after))
        told = after
    assert told.given is not None
    return Walked(screens, told.given)


def some_truths(part: int, count: int) -> Iterator[Given]:
    """Truths with one painful place at most, on the right: a terminal asks for one side."""
    for truth in truths(seed=500 + part, count=count):
        places = tuple(
            PainPlace(place.site, "right" if LIBRARY.regions[place.site].sided else "none")
            for place in truth.pain_at[:1]
        )
        pain = truth.pain if places else {}
        # On a page "not sure" of a sign is to leave it open.
        said = {
            name: value
            for name, value in truth.answers.items()
            if value != "unsure" or LIBRARY.questions[name].decides != "finding"
        }
        yield msgspec.structs.replace(truth, pain_at=places, pain=pain, tests={}, answers=said)


def by_page(visitor: Visitor, walk: Walked) -> tuple[Given, str]:
    """What the pages kept of it, and where they lead in the end."""
    aim = walk.screens[0][1].aim
    where = visitor.post("/start", aim=aim, new="1").headers["location"]
    for step, _, after in walk.screens:
        assert where == PAGES.get(step.kind, f"/q/{step.screen}")
        answer = visitor.send(where, form(step, after))
        assert answer.status_code == 303, (where, form(step, after), answer.text[:400])
        where = answer.headers["location"]
    assert visitor.house is not None
    runner, episode = visitor.house.present()
    assert runner is not None
    assert episode is not None
    return read_given(episode.given, LIBRARY, assume_unanswered_no=False), where


def form(step: Step, after: Told) -> dict[str, Any]:
    """The form of a screen as it was answered."""
    given = after.given
    assert given is not None
    if step.kind == "who":
        said = {name: getattr(given, name) for name in step.questions}
        return {name: str(value) for name, value in said.items() if value is not None}
    if step.kind == "where":
        return {"place": [f"{place.site}:{place.side}" for place in given.pain_at]}
    if step.kind == "pain":
        return {str(moment): str(level) for moment, level in given.pain.items()} or {"others": "0"}
    answers = {name: given.answers[name] for name in step.questions if name in given.answers}
    if step.kind == "flags" and len(LIBRARY.screens[step.screen].questions) == 1:
        return dict(answers)
    if step.kind == "flags":
        ticked = {
            kind: [name for name, value in answers.items() if value == kind] for kind in ("yes", "unsure")
        }
        said = {kind: names for kind, names in ticked.items() if names} or {"none": "1"}
        return {"asked": list(step.questions), **said}
    said = {name: str(value) for name, value in answers.items()}
    if step.kind == "story":
        changes = [name for name in said if LIBRARY.questions[name].kind_of_link == "load"]
        said = {name: value for name, value in said.items() if name not in changes}
        ticked_changes = [name for name in changes if given.answers[name] == "yes"]
        said |= {"yes": ticked_changes} if ticked_changes else {"none": "1"} if changes else {}  # type: ignore[dict-item]
        return said | (
            {"since": str(given.since_days), "since_unit": "days"} if "since" not in after.left else {}
        )
    return {"asked": list(step.questions), **said}


def by_api(visitor: Visitor, walk: Walked) -> dict[str, Any]:
    """The disposition the API gives, after it asked every screen by itself."""
    for step, before, _ in walk.screens:
        body = {"given": document(before.given), "aim": before.aim, "left": sorted(before.left)}
        asked = visitor.client.post("/api/v1/next-question", json=body).json()
        assert (asked["screen"], asked["asks"]) == (step.screen, list(step.questions))
    found = visitor.client.post("/api/v1/assessments", json={"given": document(walk.given)})
    assert found.status_code == 200, found.text
    return dict(found.json()["disposition"])


def document(given: Given | None) -> dict[str, Any] | None:
    if given is None:
        return None
    table: dict[str, Any] = msgspec.to_builtins(given)
    table.pop("assume_unanswered_no")
    kept = {"age", "sex", "level", "km_per_week", "since_days", "pain_at", "pain", "answers"}
    said = {key: value for key, value in table.items() if key in kept and value not in (None, [], {})}
    for place in said.get("pain_at", []):
        if place["side"] == "none":
            place.pop("side")
    return said


def by_terminal(walk: Walked) -> dict[str, Any]:
    """The disposition at a terminal, typed line by line."""
    lines = [line for step, _, after in walk.screens for line in typed(step, after)]
    aim = walk.screens[0][1].aim
    words = ["ask", "--json", *(["--prevent"] if aim == "prevent" else [])]
    found = CliRunner().invoke(commands, words, input="\n".join(lines) + "\n")
    assert found.exit_code == 0, found.output
    # The runner of commands shows what is typed before it.
    return dict(json.loads(found.stdout[found.stdout.index("{\n") :])["disposition"])


def typed(step: Step, after: Told) -> Iterator[str]:
    given = after.given
    assert given is not None
    if step.kind == "where":
        yield " ".join(place.site for place in given.pain_at)
        yield from (place.side for place in given.pain_at if place.side != "none")
        return
    for name in step.questions:
        if step.kind == "who":
            value: Any = getattr(given, name)
        elif step.kind == "pain":
            value = given.pain.get(name.removeprefix("pain-"))  # type: ignore[call-overload]
        elif name == "since":
            value = None if name in after.left else given.since_days
        else:
            value = given.answers.get(name)
        yield "" if value is None else str(value)


@pytest.mark.search
@pytest.mark.parametrize("part", range(2))
def test_page_terminal_and_api_end_alike(part: int, tmp_path: Path) -> None:
    tried = 0
    with at_home(tmp_path) as visitor:
        for truth in some_truths(part, reach(12, 260)):
            walk = walked(truth)
            expected = urgency(msgspec.structs.replace(walk.given, assume_unanswered_no=False), LIBRARY)
            kept, where = by_page(visitor, walk)
            of_api, of_terminal = by_api(visitor, walk), by_terminal(walk)
            tried += 1

            assert {*kept.answers.items()} ^ {*walk.given.answers.items()} == set()
            assert kept.since_days == walk.given.since_days
            assert urgency(kept, LIBRARY) == expected
            assert where == ("/referral" if expected.refers else "/result")
            assert (of_api["tier"], of_api["allows"]) == (expected.tier, expected.allows)
            assert of_terminal == of_api
    print(f"three faces, part {part}: {tried} truths alike")
