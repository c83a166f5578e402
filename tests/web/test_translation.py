"""Translation: in a language of accents no plain English word is left on any page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

import weaklink.library.reading
from tests.searches import some
from tests.web import pseudo_language
from tests.web.pseudo_language import LANGUAGE, accented, plain_words
from tests.web.states import PAGES, STATES
from tests.web.visitor import Visitor, at_home
from weaklink.library.language import language_folders, measures
from weaklink.library.language.language_folders import languages
from weaklink.library.language.pages import page_words
from weaklink.library.language.sentences import sentences_of
from weaklink.library.reading import Library, read_library, shipped_library
from weaklink.library.wording import shipped_wording
from weaklink.training.plan import exact
from weaklink.web.visit.languages import environment_in, template
from weaklink.web.words.evidence_lines import short_name

# Names and signs that are the same in every language.
ALLOWED = frozenset({"weaklink", "icd", "cm", "km", "kg", "mi", "lb", "mm", "nm", "mmhg"})
SAID = ("aria-label", "title", "alt", "placeholder")
CACHED = (shipped_library, shipped_wording, sentences_of, page_words, environment_in, template, languages)


class Visible(HTMLParser):
    """The text of a page that a person reads or hears; code is no language."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self._silent = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent = tag if tag in ("code", "script", "style") else self._silent
        found = dict(attrs)
        self.texts += [str(found[name]) for name in SAID if found.get(name)]
        if found.get("name") == "description":
            self.texts.append(str(found["content"]))

    def handle_endtag(self, tag: str) -> None:
        self._silent = "" if tag == self._silent else self._silent

    def handle_data(self, data: str) -> None:
        if not self._silent and data.strip():
            self.texts.append(" ".join(data.split()))


@pytest.fixture(scope="module")
def patched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """weaklink as if the pseudo-language had been shipped with it."""
    knowledge, locale = pseudo_language.write(tmp_path_factory.mktemp("pseudo"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(weaklink.library.reading, "KNOWLEDGE", knowledge)
        patch.setattr(language_folders, "LOCALE", locale)
        # The library of numbers knows no language of accents: what it would say in one is made here.
        said = measures._with_unit
        patch.setattr(measures, "_with_unit", lambda *unit: accented(said(*unit)))
        # The exact planner works in a process of its own, which would not know this language.
        patch.setattr(exact, "is_available", lambda: False)
        forget()
        yield read_library(knowledge, LANGUAGE)
    forget()


def forget() -> None:
    for cached in CACHED:
        cached.cache_clear()


@pytest.fixture(scope="module")
def visitor(patched: Library, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    """A runner who reads the pseudo-language."""
    with at_home(tmp_path_factory.mktemp("data"), LANGUAGE) as made:
        yield made


@pytest.fixture(scope="module")
def same_everywhere(patched: Library) -> list[str]:
    """Citations, as they stand in any language; longest first."""
    citations = {source.citation for source in patched.sources.values()}
    citations |= {short_name(source) for source in patched.sources.values()}
    return sorted(citations, key=len, reverse=True)


def escaped(html: str, same: list[str], library: Library) -> list[str]:
    """English words that nobody translated."""
    texts = Visible(html).texts
    for fixed in same:
        texts = [text.replace(fixed, "") for text in texts]
    rules = "|".join(
        sorted({*library.red_flags, *library.guards, *library.conditions}, key=len, reverse=True)
    )
    texts = [re.sub(rf"\((?:{rules})\)|{accented('Rule')} (?:{rules})", "", text) for text in texts]
    return sorted({f"{word} (in: {text[:80]})" for text in texts for word in plain_words([text], ALLOWED)})


@pytest.mark.parametrize(
    "state", [pytest.param(name, marks=() if name == "trained" else pytest.mark.slow) for name in STATES]
)
def test_no_word_escapes_translation(
    visitor: Visitor, patched: Library, same_everywhere: list[str], state: str
) -> None:
    STATES[state](visitor)
    visitor_says = "Stairs down are worst.", "It wakes me.", "Heel drops on the stairs", "Anna"
    for path in (path for wanted, path, _ in PAGES if wanted == state):
        response = visitor.get(path)
        assert response.status_code == 200, path
        html = response.text
        for words in visitor_says:
            html = html.replace(words, "")

        assert escaped(html, same_everywhere, patched) == [], path


def test_no_word_escapes_from_results_of_every_kind(
    visitor: Visitor, patched: Library, same_everywhere: list[str]
) -> None:
    STATES["ranked"](visitor)
    for test, results in (
        ("heel-raise-inversion-check", {"option.right": "partly", "option.left": "unable"}),
        ("sl-heel-raise-reps", {"unable.right": "1", "value.left": "18", "pain.left": "2"}),
        ("wall-squat-pain", {"pain_at.right.deg-30": "1", "pain_at.right.deg-45": "3"}),
    ):
        assert visitor.send(f"/tests/{test}", results).status_code == 303
    visitor.answer({})
    pages = [visitor.get("/tests"), visitor.get("/result"), visitor.get("/answers")]
    visitor.post("/q/first-checks", yes=["dvt"])
    pages += [visitor.get("/referral"), visitor.get("/referral/letter"), visitor.get("/answers")]
    for response in pages:
        html = response.text.replace("Stairs down are worst.", "")
        assert response.status_code == 200, response.url
        assert escaped(html, same_everywhere, patched) == [], response.url


def test_no_word_escapes_from_an_error(
    visitor: Visitor, patched: Library, same_everywhere: list[str]
) -> None:
    STATES["ranked"](visitor)
    pages = [
        visitor.get("/nowhere"),
        visitor.client.post("/who", data={}),
        visitor.post("/who", age="7"),
        visitor.post("/pain"),
        visitor.post("/where"),
        visitor.post("/q/first-checks"),
        visitor.post("/week", minutes="15", areas="99"),
        visitor.post("/tests/sl-heel-raise-reps", value__right="-1"),
        visitor.post("/settings", country="XX"),
        visitor.post("/what-if/step", height="9"),
    ]
    assert [response.status_code for response in pages] == [404, 403, *[422] * 8]
    for response in pages:
        assert escaped(response.text, same_everywhere, patched) == [], response.url


def test_a_language_is_chosen_in_the_settings_and_taken_back(
    patched: Library, same_everywhere: list[str], tmp_path: Path
) -> None:
    with at_home(tmp_path, "en") as reader:
        STATES["planned"](reader)
        assert f'value="{LANGUAGE}"' in reader.get("/settings").text

        plain = {"country": "", "units": "km", "theme": ""}
        assert reader.post("/settings", **plain, language=LANGUAGE).status_code == 303
        for path in ("/plan", "/result", "/diary", "/exercises/clamshell", "/nowhere"):
            page = reader.get(path).text
            assert f'<html lang="{LANGUAGE}"' in page
            assert escaped(page, same_everywhere, patched) == [], path

        assert reader.post("/settings", **plain, language="en").status_code == 303
        assert '<html lang="en"' in (page := reader.get("/plan").text)
        assert "Straight leg raise" in page


@pytest.mark.slow
@pytest.mark.search
def test_no_word_escapes_from_what_if(visitor: Visitor, patched: Library, same_everywhere: list[str]) -> None:
    STATES["fresh"](visitor)
    groups = [area.id for area in patched.areas.values() if area.simulated]
    for percent in (70, 20):
        for group in some(groups, one_in=3):
            fields = {"side": "left", f"strength.{group}": str(percent)}
            response = visitor.send("/what-if", fields)

            assert response.status_code == 200, fields
            assert escaped(response.text, same_everywhere, patched) == [], fields


@pytest.mark.slow
@pytest.mark.search
def test_no_word_escapes_from_any_record(
    visitor: Visitor, patched: Library, same_everywhere: list[str]
) -> None:
    STATES["planned"](visitor)
    paths = [
        *(f"/exercises/{name}" for name, record in patched.exercises.items() if record.status != "retired"),
        *(f"/evidence/{name}" for name in patched.weak_links),
        *(f"/tests/{name}" for name, test in patched.clinical_tests.items() if test.performed_by == "self"),
        *(f"/q/{name}" for name in patched.questions),
    ]
    found = {
        path: escaped(visitor.get(path).text, same_everywhere, patched) for path in some(paths, one_in=4)
    }

    assert {path: words for path, words in found.items() if words} == {}


def test_the_pseudo_language_leaves_places_alone(tmp_path: Path) -> None:
    assert (
        accented("Stop at {minutes} min <b>now</b> %(name)s") == "Šţôþ àţ {minutes} ɱîñ <b>ñôŵ</b> %(name)s"
    )
