"""Paper at the pages: the PDFs come where they should, name nothing of health outside, and close with the plan."""

from __future__ import annotations

import datetime
import re
from html import unescape
from pathlib import Path

import pytest

from tests.api.runner_in_training import MONDAY, in_training, novice_with_a_sore_kneecap
from tests.exchange.pdf_reader import Pdf
from tests.web import states
from tests.web.visitor import Visitor, form_token
from weaklink.exchange import paper
from weaklink.library.reading import Library


def exercises_in(text: str, library: Library) -> list[str]:
    words = set(re.findall(r"[a-z0-9-]+", text.lower()))
    return [name for name in library.exercises if "-" in name and name in words]


def test_the_sheet_is_a_pdf_that_nobody_keeps(visitor: Visitor) -> None:
    states.planned(visitor)

    answer = visitor.get("/plan/sheet.pdf")

    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-disposition"] == 'inline; filename="weaklink-sheet.pdf"'
    pdf = Pdf(answer.content)
    assert (len(pdf.pages), "Straight leg raise" in pdf.text) == (1, True)
    for page in ("/plan", "/plan/print"):
        assert 'href="/plan/sheet.pdf"' in visitor.get(page).text


def test_a_refused_plan_gives_a_letter_and_no_sheet(visitor: Visitor, library: Library) -> None:
    states.referred(visitor)

    sheet, letter = visitor.get("/plan/sheet.pdf"), visitor.get("/referral/letter.pdf")

    assert (sheet.status_code, sheet.headers["location"]) == (303, "/referral")
    assert (letter.status_code, letter.headers["cache-control"]) == (200, "no-store")
    pdf = Pdf(letter.content)
    assert (len(pdf.pages), "It wakes me." in pdf.text) == (1, True)
    assert exercises_in(pdf.text, library) == []
    assert 'href="/referral/letter.pdf"' in visitor.get("/referral/letter").text


def test_prompts_for_the_runner_stand_beside_the_letter(visitor: Visitor, library: Library) -> None:
    states.referred(visitor)
    prompts = [line for flag in library.red_flags.values() for line in flag.tell]

    letter, referral = (visitor.get(path).text for path in ("/referral/letter", "/referral"))

    paper_of_it, beside = letter.split("</article>")
    assert [line for line in prompts if line in unescape(paper_of_it)] == []
    shown = [line for line in prompts if line in unescape(beside)]
    assert shown
    assert 'class="no-print mention"' in beside
    assert all(line in unescape(referral) for line in shown)


def test_who_needs_no_letter_gets_none(visitor: Visitor) -> None:
    states.planned(visitor)

    assert visitor.get("/referral/letter.pdf").status_code == 303


def test_without_the_extra_printing_from_the_browser_is_left(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> None:
        raise ModuleNotFoundError("typst")

    states.planned(visitor)
    monkeypatch.setattr("weaklink.web.plan.plan_shown.is_available", lambda: False)
    monkeypatch.setattr(paper, "_compiler", missing)

    assert "sheet.pdf" not in visitor.get("/plan").text
    assert "sheet.pdf" not in visitor.get("/plan/print").text
    answer = visitor.get("/plan/sheet.pdf")
    assert answer.status_code == 404
    assert "Traceback" not in answer.text


def test_sheet_and_print_page_show_the_doses_of_the_diary(tmp_path: Path, library: Library) -> None:
    with in_training(tmp_path) as her:
        her.says(novice_with_a_sore_kneecap(library))
        her.client.follow_redirects = False
        first = Pdf(her.client.get("/plan/sheet.pdf").content).text
        # Easy sessions let the dose grow; a move that hurts gives way to its easier one.
        for number in (0, 2, 4, 7, 9, 11):
            her.train(MONDAY + datetime.timedelta(days=number), rir=6)
        pack = her.today(MONDAY + datetime.timedelta(days=14))["pack"]
        rung = pack["items"][0]["rungs"][0]
        dose = f"{rung['sets']} × {rung['reps']}"
        pdf = Pdf(her.client.get("/plan/sheet.pdf").content)
        page = her.client.get("/plan/print").text

        assert "3 × 10" in first
        assert dose != "3 × 10"
        assert len(pdf.pages) == 1
        assert dose in pdf.text
        assert dose in page
        assert "week 3" in page
        assert "week 3" in pdf.text
        assert '<table class="boxes">' in page
        for item in pack["items"]:
            if item["kind"] == "exercise":
                assert item["rungs"][0]["name"] in page


def test_a_plan_that_the_diary_closed_shows_and_prints_nothing(tmp_path: Path, library: Library) -> None:
    with in_training(tmp_path) as her:
        her.says(novice_with_a_sore_kneecap(library))
        her.client.follow_redirects = False
        her.train(MONDAY)
        for number, pain in ((1, 1), (2, 3), (3, 6)):
            her.morning(MONDAY + datetime.timedelta(days=number), pain=pain)
        answers = [her.client.get(path) for path in ("/plan", "/plan/print", "/plan/sheet.pdf")]

    assert [(a.status_code, a.headers["location"]) for a in answers] == [(303, "/referral")] * 3


def test_the_letter_tells_what_was_done_when_the_weeks_got_worse(tmp_path: Path, library: Library) -> None:
    with in_training(tmp_path) as her:
        her.says(novice_with_a_sore_kneecap(library))
        her.client.follow_redirects = False
        her.train(MONDAY, pain=2)
        her.train(MONDAY + datetime.timedelta(days=2), pain=3)
        assert her.client.get("/plan/sheet.pdf").status_code == 200
        her.train(MONDAY + datetime.timedelta(days=4), pain=4, dvt="yes")
        # Short of breath as well would be more urgent: that is asked before the referral is shown.
        assert her.client.get("/plan/sheet.pdf").headers["location"] == "/q/your-health"
        assert "Out of breath" in her.client.get("/q/your-health").text
        her.client.post(
            "/q/your-health", data={"csrf": form_token(her.client, "/q/your-health"), "none": "1"}
        )

        sheet, letter = her.client.get("/plan/sheet.pdf"), her.client.get("/referral/letter.pdf")

        assert (sheet.status_code, sheet.headers["location"]) == (303, "/referral")
        text = Pdf(letter.content).text
        assert "2 of 3 planned since 2026-11-02" in text
        assert re.search(r"\d+ sets in all, 28 minutes", text)
        assert "week 1: 3" in text
        assert exercises_in(text, library) == []
        (tmp_path / "letter.pdf").write_bytes(letter.content)
