"""Plain pages: nothing chosen beforehand, one live region, no ids and no jargon where a runner reads."""

from __future__ import annotations

import html
import re

from tests.web.states import planned, pointed, ranked, referred
from tests.web.visitor import Visitor
from weaklink.library.reading import Library

LIVE = re.compile(r'<output|role="status"|role="alert"|aria-live')


def text_of(page: str) -> str:
    """The words of a page."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_the_ends_of_the_pain_scale_name_their_numbers(visitor: Visitor) -> None:
    planned(visitor)

    words = text_of(visitor.get("/session").text)

    assert "0 is no pain 10 is the worst there is" in words


def test_the_phases_of_a_repetition_fit_moves_that_go_sideways(visitor: Visitor) -> None:
    planned(visitor)

    page = visitor.get("/session").text

    assert 'data-up="there {n}"' in page
    assert 'data-down="back {n}"' in page


def test_a_remark_is_preset_to_nothing(visitor: Visitor) -> None:
    ranked(visitor)

    remark = visitor.get("/exercises/clamshell").text.partition('id="remark"')[2]

    assert remark.count('name="agrees"') == 3
    assert "checked" not in remark
    assert "required" in remark


def test_what_if_tells_its_changes_in_one_live_region(visitor: Visitor) -> None:
    ranked(visitor)

    assert len(LIVE.findall(visitor.get("/what-if").text)) == 1


def test_the_body_map_has_a_line_that_says_what_is_marked(visitor: Visitor) -> None:
    pointed(visitor)

    page = visitor.get("/where").text

    assert re.search(r'role="status"\s+data-part="marked"\s+data-some="Marked: {places}."', page)


def test_evidence_says_its_origin_and_its_sources_in_plain_words(visitor: Visitor, library: Library) -> None:
    ranked(visitor)
    pages = {name: text_of(visitor.get(f"/evidence/{name}").text) for name in library.weak_links}

    jargon = re.compile(r"%\s?BW|[Aa]rticle (A|B)\b|No source\. read")
    assert [name for name, page in pages.items() if jargon.search(page)] == []
    assert any("An article for runners says so" in page for page in pages.values())


RINGS = {"Strong": 4, "Moderate": 3, "Limited": 2, "Very limited": 1}
GRADE = re.compile(r'<span class="grade"[^>]*>(.*?)</span>\s*([A-Z][a-z ]+[a-z])', re.S)


def test_the_word_of_a_grade_is_worth_its_rings(visitor: Visitor, library: Library) -> None:
    ranked(visitor)
    seen = set()
    for name in library.weak_links:
        for rings, word in GRADE.findall(visitor.get(f"/evidence/{name}").text):
            assert rings.count('class="on"') == RINGS.get(word, 0), (name, word)
            seen.add(word)

    assert {*RINGS} <= seen


def test_who_to_see_is_headed_by_what_to_do(visitor: Visitor) -> None:
    referred(visitor)

    page = visitor.get("/referral").text

    assert "<dt>Who</dt>" not in page
    assert "<dt>What to do</dt>" in page


def test_whoever_was_sent_on_finds_the_way_back_to_it_before_any_other_button(visitor: Visitor) -> None:
    referred(visitor)
    sent_on = visitor.get("/").text
    pointed(visitor)
    begun = visitor.get("/").text

    assert "Whom to see, and how soon" in text_of(sent_on)
    assert "Go on where you stopped" in text_of(begun)
    for page in (sent_on, begun):
        assert page.index('class="strip resume"') < page.index("<form")


def test_prompts_beside_the_letter_do_not_say_what_was_told(visitor: Visitor) -> None:
    """Some of it was denied, some may be in the letter already."""
    referred(visitor)

    beside = text_of(visitor.get("/referral/letter").text).partition("what to mention as well")[2]

    assert "Say what is true of you." in beside
    assert "not told us" not in beside
