"""Record ids in Python: a planted one is found, and the shipped package spells none without a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from weaklink.library.reading import KnowledgeError, shipped_library
from weaklink.review.record_ids import (
    Allowed,
    allowed_ids,
    check_record_ids,
    id_problems,
    ids_in,
    known_ids,
    spelled_ids,
)

LIBRARY = shipped_library()
KNOWN = known_ids(LIBRARY)
MOST_ENTRIES = 15


def spelled(source: str, file: str = "care/train.py") -> list[tuple[int, str]]:
    return [(one.line, one.id) for one in ids_in(source, file, KNOWN)]


def test_the_shipped_package_spells_no_id_without_a_reason() -> None:
    assert check_record_ids(LIBRARY) == ()


def test_the_list_of_reasons_is_short() -> None:
    entries = allowed_ids()

    assert len(entries) <= MOST_ENTRIES
    assert all(len(entry.because) > 20 for entry in entries)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('ONCE = {"cancer-history"}', "cancer-history"),
        ('LINKS = {"quads--knee-anterior": 1}', "quads--knee-anterior"),
        ('if given.level == "x" or site in ("groin",): pass', "groin"),
        ('name = f"{kind}=night-rest-pain"', "night-rest-pain"),
        ('finding = "own-routine=yes"', "own-routine"),
        ('NAMES = "clamshell side-plank sl-stance-30s".split()', "sl-stance-30s"),
        ("match name:\n    case 'gtps': pass", "gtps"),
    ],
)
def test_an_id_is_found_wherever_it_is_planted(source: str, found: str) -> None:
    assert found in [name for _, name in spelled(source)]


def test_an_id_is_named_with_its_line_and_what_to_do(tmp_path: Path) -> None:
    room = tmp_path / "care"
    room.mkdir()
    (room / "planted.py").write_text('"""Nothing."""\n\nONCE = ["cancer-history"]\n', encoding="utf-8")

    [problem] = id_problems(spelled_ids(tmp_path, LIBRARY), ())

    assert (problem.file, problem.field) == ("care/planted.py", "line 3")
    assert 'spells "cancer-history" of red-flags and questions; say it in a field' in problem.message


@pytest.mark.parametrize(
    "source",
    [
        '"""After a knee-lateral pain."""',
        'def f() -> str:\n    """pregnancy-weeks"""\n    return ""',
        'Group = Literal["calf", "upper-back"]',
        'Message("differential.load-spike", {}, ("frandsen-2025",))',
        'kind = "stretch" if joint == "knee" else "standing"',
        "reds = groin = 1",
    ],
)
def test_words_types_citations_and_docstrings_are_no_ids(source: str) -> None:
    assert spelled(source) == []


def test_anatomy_may_be_spelled_before_the_library_and_a_question_may_not() -> None:
    source = 'PARTS = ("gluteus-medius", "calf", "follows-physio")'

    assert spelled(source, "body/muscles.py") == [(1, "follows-physio")]
    assert len(spelled(source, "care/train.py")) == 3


def test_what_is_allowed_and_not_spelled_is_idle() -> None:
    idle = Allowed(files=["care/train.py"], ids=["groin"], because="it was needed once")

    [problem] = id_problems((), [idle])

    assert problem.message == 'no file of its entry spells "groin"; take it out'


def test_an_entry_without_a_reason_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "spelled-ids.toml"
    file.write_text('[[allowed]]\nfiles = ["care/train.py"]\nids = ["groin"]\n', encoding="utf-8")

    with pytest.raises(KnowledgeError, match="because"):
        allowed_ids(file)
