"""Pictures of moves: none is missing, each is a small reference, each file is drawn in the page's colours."""

from __future__ import annotations

import re

import pytest

from weaklink.figure.still import MOST_BYTES
from weaklink.library.reading import shipped_library
from weaklink.library.stills import shipped_still
from weaklink.store.figure_store import Figures
from weaklink.web.drawing.move_pictures import SYMBOL, move_figure

LIBRARY = shipped_library()
FIGURES = Figures(LIBRARY)


@pytest.mark.statement("S67")
def test_no_exercise_and_no_test_is_without_a_picture() -> None:
    missing = (set(LIBRARY.exercises) | set(LIBRARY.clinical_tests)) - set(LIBRARY.movements)

    assert missing == set()


def test_every_picture_ships() -> None:
    stale = [name for name in LIBRARY.movements if shipped_still(name, FIGURES.key(name)) is None]

    assert not stale, f"run `python -m tools.bake_movements`: no still of {', '.join(stale)}"


@pytest.mark.parametrize("move", sorted(LIBRARY.movements))
def test_a_picture_is_small_and_has_no_colour_of_its_own(move: str) -> None:
    drawing = FIGURES.still(move)

    assert len(drawing.encode()) <= MOST_BYTES
    assert not re.search(r"#[0-9a-fA-F]{3}|rgb|style=|url\(", drawing)
    assert set(re.findall(r'(?:fill|stroke)="([^"]+)"', drawing)) <= {"none"} | set(
        re.findall(r'"(var\(--[a-z0-9-]+\))"', drawing)
    )
    assert "nan" not in drawing


def test_a_page_refers_to_a_picture_that_may_be_kept() -> None:
    drawn = move_figure(FIGURES, "clamshell", "what it shows")

    assert drawn.startswith("<svg ")
    assert 'aria-label="what it shows"' in drawn
    assert f"/static/figures/moves/clamshell.svg?v={FIGURES.key('clamshell')}#{SYMBOL}" in drawn
    assert FIGURES.key("clamshell", True) != FIGURES.key("clamshell")


def test_a_decoration_is_hidden_from_readers() -> None:
    assert 'aria-hidden="true"' in move_figure(FIGURES, "clamshell", "")


def test_what_has_no_movement_has_no_picture() -> None:
    assert move_figure(FIGURES, "no-such-move", "title") == ""
