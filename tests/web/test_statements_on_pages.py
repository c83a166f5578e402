"""What a runner must be able to see for the statements: signs, moves with their cheats, remarks, the week's time."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web import states
from tests.web.visitor import Visitor, at_home
from weaklink.library.reading import Library, shipped_library

SIGNS = ("knee-cave-in", "pelvic-drop", "arched-back", "hunched-back", "arch-dropping", "ankle-rolls-in")
MOVES = sorted(name for name, record in shipped_library().exercises.items() if record.status != "retired")


def text_of(page: str) -> str:
    """A page as one line of words."""
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.partition("<main")[2])))


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    with at_home(tmp_path_factory.mktemp("planned")) as visitor:
        states.planned(visitor)
        yield visitor


@pytest.fixture(scope="module")
def sore(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    """Sore wherever a sign is looked for."""
    with at_home(tmp_path_factory.mktemp("sore")) as visitor:
        visitor.begin()
        visitor.hurts("knee-anterior:right", "back-lower:none", "back-upper:none", "ankle-medial:right")
        visitor.answer({}, {"run": "3", "night": "0", "rest": "0"})
        yield visitor


@pytest.mark.statement("S17", "S20", "S40", "S56", "S58")
@pytest.mark.parametrize("question", SIGNS)
def test_a_sign_is_asked_with_a_picture_without_and_with_it(
    question: str, sore: Visitor, library: Library
) -> None:
    page = sore.get(f"/q/{question}").text

    assert library.questions[question].text in text_of(page)
    assert library.questions[question].help in text_of(page)
    figure = page.partition('class="plate sign-plate"')[2].partition("</figure>")[0]
    assert "<svg" in figure
    assert re.search(r'aria-label="[^"]{40,}"', figure)
    assert len(re.findall(r"<span>[^<]+</span>", figure)) == 2


def test_another_question_keeps_the_figure_of_where_it_hurts(sore: Visitor) -> None:
    page = sore.get("/q/pain-pattern").text

    assert "sign-plate" not in page
    assert "small-plate" in page


@pytest.mark.statement("S22", "S23", "S26", "S27", "S28", "S29", "S33", "S36", "S44", "S50", "S53", "S57", "S60",
                       "S67", "S75")  # fmt: skip
@pytest.mark.parametrize("move", MOVES)
def test_a_move_shows_its_steps_its_picture_and_how_the_body_cheats(
    move: str, planned: Visitor, library: Library
) -> None:
    record = library.exercises[move]
    page = planned.get(f"/exercises/{move}").text
    words = text_of(page)

    for line in (*record.steps, *record.cues, *record.cheats, *record.stop_if):
        assert line in words, line
    assert f"/static/figures/moves/{move}.svg" in page
    assert re.search(r'aria-label="[^"]+"', page.partition("<figure")[2].partition("</figure>")[0])


@pytest.mark.statement("S76")
@pytest.mark.parametrize("about", ["exercise", "weak-link"])
def test_a_remark_becomes_lines_for_an_issue_that_name_the_record_and_nobody(
    about: str, tmp_path: Path, library: Library
) -> None:
    record, where = {
        "exercise": ("clamshell", "/exercises/clamshell"),
        "weak-link": ("glute-med--knee-lateral", "/evidence/glute-med--knee-lateral"),
    }[about]
    with at_home(tmp_path) as visitor:
        states.planned(visitor)
        assert "Tell the makers" not in visitor.get(where).text
        sent = visitor.post("/remarks", about=about, id=record, agrees="no", text="It never burns <at all>.")
        page = visitor.get(where).text

    assert sent.status_code == 303
    lines = html.unescape(
        page.partition('id="remark-issue"')[2].partition(">")[2].partition("</textarea>")[0]
    )
    assert lines.splitlines() == [
        {"exercise": "exercises/", "weak-link": "weak-links/"}[about] + record,
        f"edition: {library.edition}",
        "agrees: no",
        "It never burns <at all>.",
    ]
    assert "http" not in lines


@pytest.mark.statement("S5")
def test_the_plan_says_how_many_minutes_the_week_takes(planned: Visitor) -> None:
    words = text_of(planned.get("/plan").text)
    sessions, each = re.search(r"This week: (\d+) sessions of (\d+) minutes", words).groups()  # type: ignore[union-attr]
    whole = int(re.search(r"about (\d+) minutes of strength work in all", words).group(1))  # type: ignore[union-attr]

    assert abs(whole - int(sessions) * int(each)) <= int(sessions) * 3
    assert whole <= 3 * 15
