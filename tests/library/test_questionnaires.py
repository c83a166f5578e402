"""Questionnaires: a name and numbers with their sources; what somebody else wrote has no place in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.library.small import SMALL, small_library
from weaklink.library.checking import check_library
from weaklink.library.reading import KNOWLEDGE, KnowledgeError, Library
from weaklink.library.records import Questionnaire

NAME = "questionnaires/knee-score"
PACK = (SMALL / f"{NAME}.toml").read_text(encoding="utf-8")


def problems(folder: Path, *changes: tuple[str, str]) -> list[str]:
    text = PACK
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    found = check_library(small_library(folder, {NAME: text}))
    return [f"{problem.field}: {problem.message}" for problem in found if NAME in problem.file]


def test_a_pack_is_one_file_and_nothing_else(tmp_path: Path) -> None:
    library = small_library(tmp_path)

    assert problems(tmp_path / "checked") == []
    made = library.questionnaires["knee-score"]
    assert (made.min, made.max, made.error and made.error.points, made.matters) == (0, 100, 9, None)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("max = 100", "max = 0"), "max: is 0; expected more than min, 0"),
        (("points = 9", "points = 100"), "error: has 100 points; expected more than 0 and less than the whole range"),
        (("points = 9", "points = -2"), "error: has -2 points; expected"),
        (('licence = "unknown: ask its owners"', 'licence = " "'), "licence: is empty"),
        (('source = "neal-2019"', 'source = "nael-2019"'), 'error.source: no sources "nael-2019"; nearest: neal-2019'),
        (('source = "neal-2019"', 'source = "design-decisions"'), "error.mark: says"),
        (('sites = ["knee-lateral"]', 'sites = ["elbow"]'), 'sites: no regions "elbow"'),
    ],
)  # fmt: skip
def test_a_wrong_number_is_named(tmp_path: Path, change: tuple[str, str], says: str) -> None:
    found = problems(tmp_path, change)
    assert any(line.startswith(says) for line in found), found


@pytest.mark.parametrize("key", ["items", "questions", "text", "options", "steps"])
def test_there_is_no_place_for_its_questions(tmp_path: Path, key: str) -> None:
    with pytest.raises(KnowledgeError, match=rf"knee-score.toml: .*unknown field `{key}`"):
        small_library(tmp_path, {NAME: f'{key} = ["How far can you walk?"]\n{PACK}'})


def test_no_pack_asks_anything(library: Library) -> None:
    assert len(library.questionnaires) >= 10
    for made in library.questionnaires.values():
        said = [made.name, made.about, made.licence, *(cited.supports for cited in made.sources)]
        assert not [text for text in said if "?" in text or len(text) > 120], made.id
    folder = KNOWLEDGE / "questionnaires"
    assert max(path.stat().st_size for path in folder.glob("*.toml")) < 1500


def test_every_number_says_what_it_is_and_whence(library: Library) -> None:
    for made in library.questionnaires.values():
        for found in (made.error, made.matters):
            if found is not None:
                assert found.says
                assert found.source in {cited.cite for cited in made.sources}, made.id


def test_what_the_literature_says_stands_here(library: Library) -> None:
    def numbers(made: Questionnaire) -> tuple[float, float, str, float | None, float | None]:
        error, matters = (found and found.points for found in (made.error, made.matters))
        return made.min, made.max, made.better, error, matters

    found = {name: numbers(made) for name, made in library.questionnaires.items()}
    assert found["uwri"] == (0, 36, "higher", 4.1, 8)
    assert found["lefs"] == (0, 80, "higher", 9, 9)
    assert found["akps"] == (0, 100, "higher", 13, 11)
    assert found["tendins-a"] == (0, 100, "lower", 12, None)
    assert found["ostrc-o2"] == (0, 100, "lower", None, None)
    # 1.96 times the root of two times the standard error of 1.47
    assert found["uwri"][3] == pytest.approx(1.96 * 2**0.5 * 1.47, abs=0.05)
