"""A language: what cannot be used is English and is named; what can be is said with its own plurals and units."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.library.small import small_library
from weaklink.library.language import language_folders
from weaklink.library.language.measures import UNITS, Measures, locale_of
from weaklink.library.language.pages import page_words, plural_forms
from weaklink.library.language.sentences import sentences_of
from weaklink.library.reading import Library, read_library, shipped_library
from weaklink.library.wording import Wording, catalogue, shipped_wording, spoken_name
from weaklink.quantities import Message

ENGLISH = (
    '"plan.minutes" = "{minutes} minutes for {exercise}."\n"plan.over" = "It is over."\n'
    '"plan.count" = { by = "count", one = "{count} session", other = "{count} sessions" }\n'
)


@pytest.fixture
def locale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of languages with a little English in it."""
    (folder := tmp_path / "locale" / "en" / "messages").mkdir(parents=True)
    (folder / "plan.toml").write_text(ENGLISH, encoding="utf-8")
    monkeypatch.setattr(language_folders, "LOCALE", tmp_path / "locale")
    forget()
    yield tmp_path / "locale"
    forget()


def forget() -> None:
    for cached in (sentences_of, page_words, language_folders.languages):
        cached.cache_clear()


def german(locale: Path, sentences: str) -> None:
    (folder := locale / "de" / "messages").mkdir(parents=True, exist_ok=True)
    (folder / "plan.toml").write_text(sentences, encoding="utf-8")
    forget()


def translated(folder: Path, text: str, record: str = "exercises/clamshell") -> tuple[Library, Library]:
    """The small library in English and with one German text."""
    english = small_library(folder)
    path = folder / "knowledge" / "text" / "de" / f"{record}.toml"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    return english, read_library(folder / "knowledge", "de")


# --- texts of records ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ('nmae = "Muschel"', "nmae"),
        ("level = 6", "level"),
        ('never_in = ["shin-splints"]', "never_in"),
        ('steps = "Heben."', "steps"),
        ("steps = []", "steps"),
        ("steps = [1]", "steps"),
        ('dose = "ende"', "dose"),
        ('status = "reviewed"', "status"),
        ("name = Muschel", "file"),
        ('name = "Mu', "file"),
    ],
)
def test_a_typo_in_a_translated_record_never_locks_anybody_out(tmp_path: Path, text: str, field: str) -> None:
    english, german = translated(tmp_path, text)

    assert [fault.field for fault in german.faults] == [field]
    assert german.faults[0].file == "knowledge/text/de/exercises/clamshell.toml"
    assert german.exercises == english.exercises


def test_the_sound_part_of_a_faulty_text_is_still_said(tmp_path: Path) -> None:
    _, german = translated(tmp_path, 'name = "Muschel"\nnmae = "Muschel"\nlevel = 6\n')

    assert german.exercises["clamshell"].name == "Muschel"
    assert {fault.field for fault in german.faults} == {"nmae", "level"}


@pytest.mark.parametrize(
    ("record", "field"), [("exercises/clamshel", "id"), ("exercise/clamshell", "folder")]
)
def test_the_text_of_no_record_is_named(tmp_path: Path, record: str, field: str) -> None:
    _, german = translated(tmp_path, 'name = "Muschel"\n', record)

    assert [fault.field for fault in german.faults] == [field]


def test_a_translated_name_is_read_where_english_has_everyday_names(tmp_path: Path) -> None:
    english, german = translated(tmp_path, 'name = "Mittlerer Gesäßmuskel"\n', "areas/glute-med")
    assert english.areas["glute-med"].common_names

    assert spoken_name(german.areas["glute-med"]) == "Mittlerer Gesäßmuskel"
    assert german.faults == ()


def test_translated_everyday_names_come_before_the_name(tmp_path: Path) -> None:
    text = 'name = "Mittlerer Gesäßmuskel"\ncommon_names = ["Seite der Hüfte"]\n'
    _, german = translated(tmp_path, text, "areas/glute-med")

    assert spoken_name(german.areas["glute-med"]) == "Seite der Hüfte"


# --- sentences ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "field"),
    [
        ('"plan.minuts" = "{minutes} Minuten."', "plan.minuts"),
        ('"plan.minutes" = "{minuten} Minuten, {exercise}."', "plan.minutes"),
        ('"plan.minutes" = "{minutes} Minuten."', "plan.minutes"),
        ('"plan.minutes" = "{minutes Minuten."', "plan.minutes"),
        ('"plan.minutes" = "{minutes:Minuten} {exercise}"', "plan.minutes"),
        ('"plan.minutes" = "{minutes!r} {exercise}"', "plan.minutes"),
        ('"plan.over" = 3', "plan.over"),
        ('"plan.count" = { by = "count", one = "{count} Mal" }', "plan.count"),
        ('"plan.count" = { one = "einmal", other = "{count} Mal" }', "plan.count"),
        ('"plan.count" = { by = "zahl", one = "einmal", other = "{count} Mal" }', "plan.count"),
        ('"plan.count" = { by = "count", single = "einmal", other = "{count} Mal" }', "plan.count"),
        ('"plan.over = "', "file"),
    ],
)
def test_a_broken_sentence_is_said_in_english_and_named(locale: Path, sentence: str, field: str) -> None:
    german(locale, sentence)
    found = sentences_of("de")

    assert [fault.field for fault in found.faults] == [field]
    assert found.found == sentences_of("en").found


def test_a_sentence_may_have_the_plural_forms_of_its_language(locale: Path) -> None:
    german(locale, '"plan.count" = { by = "count", one = "einmal", other = "{count}-mal" }\n')
    wording = Wording(catalogue("de"), shipped_library(), language="de")
    said = [wording.say(Message("plan.count", {"count": count})) for count in (1, 2)]

    assert said == ["Einmal", "2-mal"]


@pytest.mark.parametrize(
    "content",
    [
        'msgid "Back"\nmsgstr "Zurück',
        "\x00\xff",
        'msgid ""\nmsgstr "Plural-Forms: nplurals=x; plural=import os;\\n"\n\nmsgid "Back"\nmsgstr "Zurück"\n',
    ],
)
def test_words_of_pages_that_cannot_be_read_are_english_and_named(locale: Path, content: str) -> None:
    (path := locale / "de" / "LC_MESSAGES" / "weaklink.po").parent.mkdir(parents=True)
    path.write_bytes(content.encode("latin-1"))
    found = page_words("de")

    assert found.translations.gettext("Back") == "Back"
    assert [fault.field for fault in found.faults] == ["file"]


@pytest.mark.parametrize(
    ("english", "said"),
    [
        ("At the start: %(value)s", "Am Anfang: %(wert)s"),
        ("At the start: %(value)s", "Am Anfang"),
        ("At the start: %(value)s", "100 % am Anfang: %(value)s"),
        ("At the start: %(value)s", "%s am Anfang: %(value)s"),
        ("Move {n} of {of}", "Übung {n} von {off}"),
        ("Stop <b>now</b>", "<b>Jetzt anhalten"),
    ],
)
def test_a_page_never_fails_over_a_broken_place(locale: Path, english: str, said: str) -> None:
    (path := locale / "de" / "LC_MESSAGES" / "weaklink.po").parent.mkdir(parents=True)
    path.write_text(
        f'msgid "{english}"\nmsgstr "{said}"\n\nmsgid "Back"\nmsgstr "Zurück"\n', encoding="utf-8"
    )
    found = page_words("de")

    assert found.translations.gettext(english) == english
    assert found.translations.gettext("Back") == "Zurück"
    assert len(found.faults) == 1


# --- plurals, units, numbers --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "miles", "said"),
    [
        ("en", False, ["8 km", "1 minute", "25 min", "75 kg", "4.5"]),
        ("en", True, ["5 mi", "1 minute", "25 min", "165 lb", "4.5"]),
        ("de", False, ["8 km", "1 Minute", "25 Min.", "75 kg", "4,5"]),
        ("pl", False, ["8 km", "1 minuta", "25 min", "75 kg", "4,5"]),
    ],
)
def test_numbers_and_units_are_those_of_the_language(language: str, miles: bool, said: list[str]) -> None:
    measures = Measures(language, miles=miles)
    units = [(8, "distance"), (1, "minutes"), (25, "min"), (75, "mass")]

    assert [*(measures.unit(*one) for one in units), measures.number(4.5)] == said


@pytest.mark.parametrize(
    "language", ["ar", "cs", "de", "en", "es", "fr", "he", "hi", "ja", "pl", "ru", "sv", "zh"]
)
def test_every_unit_has_words_in_every_language(language: str) -> None:
    measures = Measures(language)

    for unit, found in UNITS.items():
        assert all(found.name not in measures.unit(number, unit) for number in (0, 1, 2, 5, 1.5))


def test_one_thing_is_said_in_the_singular() -> None:
    wording = shipped_wording()

    assert [wording.word("weeks.reps", number=n) for n in (1, 2)] == ["1 repetition", "2 repetitions"]
    assert wording.word("plan.sentence", count=1, minutes=1) == "This week: 1 session of 1 minute."
    assert wording.unit("reps", 1) == "rep"
    said = wording.say(
        Message("examination.count-fine-unsided", {"test": "plank", "value": 1, "unit": "reps"})
    )
    assert "1 rep," in said


def test_no_sentence_has_a_twin_in_miles() -> None:
    assert [key for key in catalogue() if key.endswith(".mi")] == []
    values: dict[str, str | int | float] = {"percent": 90, "longest": 8.04672, "km": 8.85}
    message = Message("running.fine", values)

    assert "5 mi. Up to 5.5 mi" in shipped_wording(miles=True).say(message)
    assert "8 km. Up to 8.8 km" in shipped_wording().say(message)


def test_a_browser_gets_every_plural_form_of_a_language() -> None:
    forms = plural_forms("en", "{n} set", "{n} sets")

    assert forms == '{"other": "{n} sets", "one": "{n} set", "by": "n"}'
    assert set(locale_of("pl").plural_form.tags) == {"one", "few", "many"}
