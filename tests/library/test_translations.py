"""Translations: what names nothing, or changes more than words, is named before anybody is locked out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.library.small import small_library
from weaklink.library.translations import translation_problems

ENGLISH = '"plan.minutes" = "{minutes} minutes for {exercise}."\n"plan.over" = "It is over."\n'
RECORDS = [
    ("exercises/clamshell", 'nmae = "Muschel"', "nmae"),
    ("exercises/clamshell", 'name = "Muschel"\nlevel = 3', "level"),
    ("exercises/clamshell", 'steps = "Heben."', "file"),
    ("exercises/clamshell", 'dose = "ende"', "file"),
    ("exercises/clamshell", "steps = []", "steps"),
    ("exercises/clamshell", 'status = "reviewed"', "status"),
    ("exercises/clamshel", 'name = "Muschel"', "id"),
    ("exercise/clamshell", 'name = "Muschel"', "folder"),
    ("exercises/clamshell", "name = Muschel", "file"),
]
SENTENCES = [
    ('"plan.minuts" = "{minutes} Minuten."', "plan.minuts"),
    ('"plan.minutes" = "{minuten} Minuten, {exercise}."', "plan.minutes"),
    ('"plan.minutes" = "{minutes} Minuten."', "plan.minutes"),
    ('"plan.minutes" = "{minutes Minuten."', "plan.minutes"),
    ('"plan.over" = 3', "plan.over"),
    ('"plan.over = "', "file"),
]


def written(folder: Path, text: str, sentence: str, record: str = "exercises/clamshell") -> list[str]:
    """The fields of what is wrong with one translated record and one translated sentence."""
    library = small_library(folder)
    places = {
        f"knowledge/text/de/{record}.toml": text,
        "locale/en/messages/plan.toml": ENGLISH,
        "locale/de/messages/plan.toml": sentence,
    }
    for name, content in places.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    found = translation_problems(library, folder / "knowledge", folder / "locale")
    assert all(one.file in places for one in found)
    return [one.field for one in found]


def test_a_sound_translation_has_no_problem(tmp_path: Path) -> None:
    sentence = '"plan.minutes" = "{exercise}: {minutes} Minuten."\n'

    assert written(tmp_path, 'name = "Muschel"\nsteps = ["Heben.", "Senken."]\n', sentence) == []


@pytest.mark.parametrize(("record", "text", "field"), RECORDS, ids=[text for _, text, _ in RECORDS])
def test_a_translated_record_changes_words_only(tmp_path: Path, record: str, text: str, field: str) -> None:
    assert field in written(tmp_path, text, "", record)


@pytest.mark.parametrize(("sentence", "field"), SENTENCES, ids=[text for text, _ in SENTENCES])
def test_a_translated_sentence_fills_the_same_places(tmp_path: Path, sentence: str, field: str) -> None:
    assert set(written(tmp_path, "", sentence)) == {field}
