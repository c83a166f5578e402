"""The book: one page, self-contained, every record in it, every link inside it leads somewhere."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest
from markupsafe import escape

from tests.library.small import SMALL, Change, small_library
from weaklink.library.programme_records import Milestone
from weaklink.library.reading import KINDS, Library
from weaklink.library.records import Trigger
from weaklink.review.book import render_book
from weaklink.review.programme_words import MEASURED, measured
from weaklink.review.trigger_words import SAYS, triggers_in_words
from weaklink.store.figure_store import Figures

STORY = 'story = "A <b>sore</b> outer knee & a long downhill."\n[given]\nage = 40\n'


class Page(HTMLParser):
    """What a browser would see of the page: ids, links, things it would fetch, open tags."""

    VOID = frozenset({"meta", "br", "path"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.fetched: list[str] = []
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.ids += [found["id"] or ""] if "id" in found else []
        self.links += [found["href"] or ""] if tag == "a" and "href" in found else []
        if tag in ("link", "script", "img", "iframe") or "src" in found:
            self.fetched.append(tag)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.open.pop() == tag


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    """A folder with one readable and one broken case."""
    folder = tmp_path / "tests" / "cases"
    folder.mkdir(parents=True)
    (folder / "outer-knee.toml").write_text(STORY)
    (folder / "broken.toml").write_text("story = [")
    return folder


def test_every_record_of_the_small_library_has_its_place(tmp_path: Path, cases: Path) -> None:
    library = small_library(tmp_path)
    page = Page(render_book(library, cases))
    expected = {f"{kind}--{name}" for kind in KINDS for name in library.of_kind(kind)}

    assert expected <= set(page.ids)
    assert page.open == []


def test_the_book_fetches_nothing(library: Library) -> None:
    html = render_book(library, None)

    assert Page(html).fetched == []
    assert "url(" not in html
    assert "@import" not in html


def test_every_movement_is_drawn_from_two_cameras(library: Library) -> None:
    html = render_book(library, None, {}, Figures(library))
    whole = [name for name, record in library.movements.items() if not record.same_as]

    for name in whole:
        for view in ("first view", "second view"):
            assert f'aria-label="{name.replace("-", " ")}, {view}"' in html
    assert html.count('class="still"') == 2 * len(whole)
    assert "Works: " in html


def test_every_link_inside_the_book_leads_somewhere(tmp_path: Path, cases: Path) -> None:
    page = Page(render_book(small_library(tmp_path), cases))

    assert {link[1:] for link in page.links if link.startswith("#")} - set(page.ids) == set()
    assert [name for name in page.ids if page.ids.count(name) > 1] == []


def test_a_programme_stands_there_by_phases_with_what_opens_the_next_door(tmp_path: Path) -> None:
    page = " ".join(render_book(small_library(tmp_path), None).split())

    assert "A run with pain of 2 at most." in page
    assert "3 sets, 10 to 15 repetitions, 2 in reserve" in page
    assert "from its week 2: Long steps" in page
    assert "The main moves: from its week 1: 3 sets of 15; from its week 3: 3 sets of 12." in page
    assert "“Calm it” goes on 1 to 2 times a week" in page
    assert '<a href="#gates--band-walks">Band walks</a>' in page
    assert "2 times 10 hops" in page
    assert '<a href="#conditions--itbs">Iliotibial band syndrome</a>' in page


def test_what_is_measured_at_a_door_is_said_number_by_number() -> None:
    one = Milestone(says="Ten.", test="heel-raises", least=10, least_older=8, of_other_side=0.9, pain_most=0)

    assert measured(one) == (
        "test: heel raises; at least 10; 8 from the age of 60; at least 90 % of the other side; pain 0 at most"
    )
    assert measured(Milestone(says="Done.", exercise="squat", reps=8, held=0.25)) == (
        "done: squat; 8 repetitions; holding 0.25 of body mass; in 2 sessions"
    )


def test_every_number_of_a_milestone_has_words() -> None:
    assert set(MEASURED) == set(Milestone.__struct_fields__) - {"says", "any_of"}


def test_every_programme_that_ships_is_in_the_book_with_each_of_its_doors(library: Library) -> None:
    page = render_book(library, None)

    for programme in library.programmes.values():
        assert f'id="programmes--{programme.id}"' in page
        for phase in programme.phases:
            assert all(str(escape(one.says)) in page for one in (*phase.enter, *phase.leave))


def test_it_says_first_that_no_clinician_has_reviewed_it(tmp_path: Path) -> None:
    html = render_book(small_library(tmp_path), None)

    assert html.index("Not reviewed by a clinician yet") < html.index("How to read this")


def test_a_case_is_shown_as_it_stands_with_its_text_escaped(tmp_path: Path, cases: Path) -> None:
    html = render_book(small_library(tmp_path), cases)

    assert "A &lt;b&gt;sore&lt;/b&gt; outer knee &amp; a long downhill." in html
    assert "This file cannot be read" in html


def test_the_question_graph_shows_what_each_answer_decides(tmp_path: Path) -> None:
    html = render_book(small_library(tmp_path), None)

    assert html.count('<svg class="graph"') == 3
    assert "yes: within-week, allows nothing" in html
    assert "guard: changes plan or reasoning" in html


def test_a_name_with_markup_stays_text(tmp_path: Path) -> None:
    changes: dict[str, Change] = {"areas/glute-med": ('"Gluteus medius"', '"<script>alert(1)</script>"')}
    html = render_book(small_library(tmp_path, changes), None)

    assert "<script>" not in html


def test_a_dose_of_its_own_replaces_parts_of_its_class(tmp_path: Path) -> None:
    text = (SMALL / "exercises" / "clamshell.toml").read_text(encoding="utf-8")
    changes: dict[str, Change] = {"exercises/clamshell": text + "\n[own_dose]\nreps = [10, 50]\n"}
    html = render_book(small_library(tmp_path, changes), None)

    assert "2 to 3 sets, 10 to 50 repetitions, 2 to 3 times a week" in html


def test_triggers_read_as_words(tmp_path: Path) -> None:
    library = small_library(tmp_path)
    found = [Trigger(sites=["knee-lateral"], age_min=50), Trigger(answers={"pregnant": ["yes", "unsure"]})]

    assert triggers_in_words(found, library) == (
        "pain at outer knee and age from 50; or pregnant is yes or unsure"
    )


def test_every_key_of_a_trigger_has_words() -> None:
    assert set(SAYS) == set(Trigger.__struct_fields__)


def test_each_danger_stands_there_with_what_it_means_and_what_it_does_not(library: Library) -> None:
    page = render_book(library, None)
    dangers = [one for one in library.questions.values() if one.alarming]

    assert len(dangers) > 45
    assert all(f'id="examples--{one.id}"' in page for one in dangers)
    assert all(
        str(escape(example.says)) in page for one in dangers for example in (*one.alarming, *one.benign)
    )


def test_a_test_shows_its_marks_and_what_speaks_against_them(tmp_path: Path) -> None:
    test = (SMALL / "clinical-tests" / "abduction-reps.toml").read_text(encoding="utf-8")
    marks = '\n[[standards]]\nsex = "female"\nage_from = 50\nweak_below = 8\nstrong_from = 20\n'
    said = 'disputed = "Nobody counted these."\n' + test + marks
    html = " ".join(
        render_book(small_library(tmp_path, {"clinical-tests/abduction-reps": said}), None).split()
    )

    assert "female, from 50 years, weak below 8, strong from 20 reps" in html
    assert "Nobody counted these." in html


def test_an_exercise_shows_its_next_rung_and_its_weight(tmp_path: Path) -> None:
    next_rung = ('easier = ["stop"]', 'easier = ["stop"]\nharder = "band-walk"\nleave_at = 20')
    held = 'held = ["dumbbell-each", "rucksack"]\nbody_share = 0.85\nbegin = [0, 0.1, 0.25]\nmost = 0.35'
    walk = (SMALL / "exercises" / "band-walk.toml").read_text(encoding="utf-8")
    changes: dict[str, Change] = {
        "exercises/clamshell": next_rung,
        "exercises/band-walk": walk.replace('held = ["band"]', held),
    }
    html = " ".join(render_book(small_library(tmp_path, changes), None).split())

    assert '<a href="#exercises--band-walk">Band walk</a>, from 20 repetitions' in html
    assert "dumbbell each or rucksack; 85 % of the body moves with it" in html
    assert "begins with 0, 10, 25 % of the body mass (weak, average, strong); at most 35 % of it" in html
