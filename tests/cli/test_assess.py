"""`weaklink assess` keeps its contract: one JSON object or one clear line, and the right exit status."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.command import weaklink
from tests.searches import search

GOOD = '[given]\nage = 33\npain_at = [{site = "knee-lateral", side = "left"}]\n'


def assess(path: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "weaklink", "assess", str(path), *options],
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_a_good_case_prints_one_json_object(tmp_path: Path) -> None:
    case = tmp_path / "case.toml"
    case.write_text(GOOD)

    found = assess(case, "--json")

    assert (found.returncode, found.stderr) == (0, "")
    assert set(json.loads(found.stdout)) >= {
        "disposition", "hypotheses", "conditions", "next_test", "plan", "plan_refused", "edition",
    }  # fmt: skip


def test_a_referral_is_a_valid_answer(tmp_path: Path) -> None:
    case = tmp_path / "case.toml"
    case.write_text(GOOD + '[given.answers]\nnight-rest-pain = "yes"\n')

    found = assess(case, "--json")

    document = json.loads(found.stdout)
    assert found.returncode == 0
    assert document["disposition"]["allows"] == "nothing"
    assert document["plan"] is None
    assert "night-rest-pain" in document["plan_refused"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "given"),
        ("[given]\n", "given.age: missing"),
        ("[given]\nage = 9\n", "given.age: found 9; expected a whole number from 10 to 100"),
        ("[given]\nage = true\n", "given.age: found true"),
        ("[given]\nage = 33.5\n", "given.age: found 33.5"),
        ("[given]\nage = 33\nagee = 1\n", "nearest known keys: age"),
        ('[given]\nage = 33\npain_at = ["knee-front"]\n', "nearest known site ids: knee-"),
        ('[given]\nage = 33\npain_at = [{site = "calf", side = "up"}]\n', "given.pain_at[0].side"),
        ("[given]\nage = 33\n[given.pain]\nrun = 11\n", "given.pain.run: found 11"),
        (
            '[given]\nage = 33\n[given.answers]\nnight-pain = "yes"\n',
            'unknown question "night-pain"; nearest known',
        ),
        (
            '[given]\nage = 33\n[given.answers]\nnight-rest-pain = "maybe"\n',
            "expected one of yes, no, unsure",
        ),
        (
            "[given]\nage = 33\n[given.tests]\nsl-heel-raise = {right = 1}\n",
            "nearest known test ids: sl-heel-raise-reps",
        ),
        (
            "[given]\nage = 33\n[given.tests]\nsl-heel-raise-reps = {right = -1}\n",
            "sl-heel-raise-reps.right: found -1",
        ),
        ("[given]\nage = 33\n[given.tests]\nsl-heel-raise-reps = {up = 1}\n", "sl-heel-raise-reps"),
        ("[given]\nage = 33\nminutes = 4\n", "given.minutes"),
        ("[given]\nage = 33\ndays = []\n", "given.days"),
        ('[given]\nage = 33\nequipment = ["bands"]\n', "nearest known equipment ids: band"),
        ("[given]\nage = nan\n", "given.age"),
        ("[given\n", "case file: not valid TOML"),
        ("given = 3\n", "given: found 3"),
    ],
)
def test_a_wrong_case_is_one_line_that_names_the_key(text: str, expected: str, tmp_path: Path) -> None:
    case = tmp_path / "case.toml"
    case.write_text(text)

    found = weaklink("assess", case, "--json")

    assert (found.returncode, found.stdout) == (2, "")
    assert found.stderr.count("\n") == 1
    assert expected in found.stderr


def test_a_missing_file_is_one_line(tmp_path: Path) -> None:
    found = assess(tmp_path / "none.toml", "--json")

    assert (found.returncode, found.stdout, found.stderr.count("\n")) == (2, "", 1)
    assert "none.toml" in found.stderr


PIECES = st.lists(
    st.sampled_from(
        [
            "[given]", "age = 33", "age = -1", "age = 'x'", "[given.pain]", "run = 4", "night = 3", "[given.answers]",
            'night-rest-pain = "no"', 'dvt = "unsure"', "[given.tests]", "sl-heel-raise-reps = {right = 9, left = 30}",
            'heel-raise-inversion-check = {right = "unable"}', "wall-squat-pain = {right = {deg-30 = 9}}",
            'pain_at = ["calf", "groin"]', 'pain_at = [{site = "neck", side = "left"}]', "wish = {areas = 20}",
            "days = 7", 'days = ["mon"]', "minutes = 90", 'story = "\\u0000"', "[expect]", "tier = 3", "load = {}",
        ]
    )
    | st.text(max_size=20),
    max_size=9,
)  # fmt: skip


@search(40, 150)
@given(pieces=PIECES)
def test_any_text_ends_in_an_answer_or_one_line(
    pieces: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    case = tmp_path_factory.getbasetemp() / "fuzzed.toml"
    case.write_bytes("\n".join(pieces).encode("utf-8", "surrogatepass"))

    found = weaklink("assess", case, "--json")

    if found.returncode == 0:
        assert json.loads(found.stdout)["disposition"]["tier"]
    else:
        assert (found.returncode, found.stdout, found.stderr.count("\n")) == (2, "", 1)


@search(30, 100)
@given(raw=st.binary(max_size=200))
def test_any_bytes_end_in_one_line(raw: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    case = tmp_path_factory.getbasetemp() / "bytes.toml"
    case.write_bytes(raw)

    found = weaklink("assess", case, "--json")

    assert (found.returncode, found.stdout, found.stderr.count("\n")) == (2, "", 1)
