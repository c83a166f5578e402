"""The parts of a long list: headings order what is asked, and never decide it."""

from __future__ import annotations

import msgspec

from weaklink.care.screen_shown import MOST_TOGETHER, parts_shown
from weaklink.library.reading import Library


def test_every_question_of_a_list_in_parts_stands_in_exactly_one(library: Library) -> None:
    in_parts = [screen for screen in library.screens.values() if screen.parts]

    assert in_parts
    for screen in in_parts:
        held = [name for part in screen.parts for name in part.questions]
        assert sorted(held) == sorted(screen.questions), screen.id


def test_a_question_no_part_holds_comes_first_and_is_still_asked(library: Library) -> None:
    screen = library.screens["your-health"]
    forgetful = msgspec.structs.replace(screen, parts=screen.parts[1:])
    shown = parts_shown(forgetful, screen.questions)

    assert shown[0] == ("", screen.parts[0].questions)
    assert sorted(name for _, held in shown for name in held) == sorted(screen.questions)


def test_a_short_list_stands_without_headings(library: Library) -> None:
    screen = library.screens["your-health"]
    few = screen.questions[:MOST_TOGETHER]

    assert parts_shown(screen, few) == [("", few)]
