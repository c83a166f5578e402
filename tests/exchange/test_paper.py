"""Paper: one page for everyone who gets a plan, every move named, nothing forbidden; a letter without exercises."""

from __future__ import annotations

import datetime
import re
import tomllib
from functools import cache
from pathlib import Path

import msgspec
import pytest

from tests.exchange.pdf_reader import Pdf
from weaklink.care.begin import assess
from weaklink.care.referral import Said, referral
from weaklink.case.assessment import Assessment
from weaklink.case.case_file import read_case
from weaklink.exchange import paper
from weaklink.exchange.letter_sheet import LetterSheet, PainChart, letter_sheet
from weaklink.exchange.paper import NoPaperError, Size
from weaklink.exchange.plan_sheet import PlanSheet, Rule, plan_sheet, svg_in_print
from weaklink.library.phrases import forbidden_in
from weaklink.library.reading import shipped_library
from weaklink.library.wording import shipped_wording
from weaklink.store.figure_store import Figures
from weaklink.web.course.plan_now import PlanNow
from weaklink.web.plan.paper_sheets import Addressee, letter_of, sheet_of

VIGNETTES = Path(__file__).parent.parent / "cases" / "vignettes"
LIBRARY, WORDING = shipped_library(), shipped_wording()
FIGURES = Figures(LIBRARY)
TODAY = datetime.date(2026, 11, 21)
ADDRESSEE = Addressee(library=LIBRARY, wording=WORDING, date=TODAY)
A4, LETTER = (595, 842), (612, 792)


STORIES = {path.stem: path.read_text(encoding="utf-8") for path in sorted(VIGNETTES.glob("*.toml"))}
# What each story itself expects: assessing them all only to name the tests took every collection a second.
EXPECTED = {name: tomllib.loads(text)["expect"] for name, text in STORIES.items()}
PLANNED = [name for name, expect in EXPECTED.items() if not expect.get("plan_none")]
SEEN = [name for name, expect in EXPECTED.items() if expect["tier"] not in ("self-manage", "prevention")]


@cache
def assessment(name: str) -> Assessment:
    return assess(read_case(STORIES[name], LIBRARY).given, LIBRARY, "greedy")


def sheet(name: str) -> PlanSheet:
    found = assessment(name)
    assert found.plan is not None
    return sheet_of(found, PlanNow(plan=found.plan), ADDRESSEE, FIGURES)


def letter(name: str, done: tuple[Said, ...] = (), pain: PainChart | None = None) -> LetterSheet:
    found = assessment(name)
    made = referral(found.given, found.disposition, LIBRARY, WORDING)
    return letter_of(made, ADDRESSEE, done, pain)


def one_page(content: bytes) -> str:
    """The text of a PDF that has one page."""
    pdf = Pdf(content)
    assert (len(pdf.pages), pdf.counted) == (1, 1)
    return pdf.text


def close(text: str) -> str:
    """Without spaces: a line may break after a hyphen."""
    return "".join(text.split())


def test_some_get_a_plan_and_some_a_letter() -> None:
    assert len(PLANNED) > 8
    assert len(SEEN) > 3
    found = {name: assessment(name) for name in STORIES}
    assert [name for name, one in found.items() if one.plan is not None] == PLANNED
    assert [
        name for name, one in found.items() if one.disposition.tier not in ("self-manage", "prevention")
    ] == SEEN


@pytest.mark.parametrize("name", PLANNED)
def test_a_plan_is_one_page_with_every_move_and_its_dose(name: str) -> None:
    made = sheet(name)

    text = one_page(plan_sheet(made))

    assert made.moves
    for move in made.moves:
        assert move.name in text
        assert move.dose in text
        assert all(line in text for line in move.lines)
        assert move.drawing
    for rule in (*made.rules[0], *made.rules[1], made.pain):
        assert all(line in text for line in (rule.heading, *rule.lines))
    assert list(forbidden_in(text)) == []


@pytest.mark.parametrize("name", SEEN)
def test_a_letter_is_one_page_and_names_no_exercise(name: str) -> None:
    made = letter(name)

    content = letter_sheet(made)
    text = one_page(content)

    for part in made.parts:
        assert [line.says for line in part.lines if close(line.says) not in close(text)] == []
    words = set(re.findall(r"[a-z0-9-]+", text.lower()))
    assert [exercise for exercise in LIBRARY.exercises if "-" in exercise and exercise in words] == []
    assert [e.name for e in LIBRARY.exercises.values() if len(e.name.split()) > 1 and e.name in text] == []
    assert list(forbidden_in(text)) == []


@pytest.mark.parametrize("name", SEEN)
def test_a_letter_holds_nothing_the_runner_did_not_say(name: str) -> None:
    found = assessment(name)
    made = referral(found.given, found.disposition, LIBRARY, WORDING)

    lines = [line.says for part in letter(name).parts for line in part.lines]

    assert not set(made.tell) & set(lines)
    assert set(made.history) <= {line for part in letter(name).parts for line in part.lines}


@pytest.mark.parametrize(("size", "points"), [("a4", A4), ("us-letter", LETTER)])
def test_the_paper_is_the_one_asked_for(size: Size, points: tuple[int, int]) -> None:
    for content in (plan_sheet(sheet(PLANNED[0]), size), letter_sheet(letter(SEEN[0]), size)):
        found = Pdf(content).size_pt
        assert tuple(round(side) for side in found) == points
        one_page(content)


def test_the_same_values_give_the_same_bytes() -> None:
    assert plan_sheet(sheet(PLANNED[0])) == plan_sheet(sheet(PLANNED[0]))
    assert letter_sheet(letter(SEEN[0])) == letter_sheet(letter(SEEN[0]))


def test_what_is_far_too_much_still_fits_on_one_page() -> None:
    made = sheet(PLANNED[0])
    long = Rule(heading="Much", lines=("A long sentence that goes on for a while. " * 40,) * 4)
    crowded = msgspec.structs.replace(made, moves=made.moves * 4, rules=((long,), (long,)), sessions_a_week=7)
    story = Said("In the runner's own words", "It began on the stairs. " * 400)

    one_page(plan_sheet(crowded))
    text = one_page(letter_sheet(letter(SEEN[0], done=(story,) * 3)))

    assert text.count("It began on the stairs.") == 1200


def test_what_a_runner_writes_is_set_as_it_is() -> None:
    attack = '#panic("x") $ \\ @a <b> *c* _d_ `e` {sheet} "f" ñ Ж'

    text = one_page(letter_sheet(letter(SEEN[0], done=(Said("Said", attack),))))

    assert attack in text


def test_the_letter_shows_the_pain_of_the_diary() -> None:
    chart = PainChart(days=(2, None, 5, 7), caption="Worst pain of each day", first="first", last="last")

    with_pain, without = letter_sheet(letter(SEEN[0], pain=chart)), letter_sheet(letter(SEEN[0]))

    assert "Worst pain of each day" in one_page(with_pain)
    assert "Worst pain of each day" not in one_page(without)


def test_every_picture_has_colours_of_print() -> None:
    for name in sorted(LIBRARY.exercises)[::7]:
        if FIGURES.has(name):
            drawn = svg_in_print(FIGURES.still(name))
            assert "var(" not in drawn
            assert "vector-effect" not in drawn


def test_without_the_extra_there_is_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise ModuleNotFoundError("typst")

    monkeypatch.setattr(paper, "_compiler", missing)

    with pytest.raises(NoPaperError, match=r"weaklink\[pdf\]"):
        plan_sheet(sheet(PLANNED[0]))
