"""`weaklink check` and `weaklink who`: one line for each thing, and the status says whether to mend."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from weaklink.cli import app, knowledge
from weaklink.cli import who as who_command
from weaklink.library.fault import Fault
from weaklink.library.reading import UnknownIdError, shipped_library
from weaklink.review import recipients

ERROR = Fault(
    "knowledge/movements/clamshell.toml", "keyframes, lifted at 2.5 s", "knee_r is 2.0 cm in the wall"
)
WARNING = Fault("knowledge/red-flags/dvt.toml", "triggers", "is never asked", "known")  # fmt: skip


@pytest.mark.parametrize(("found", "status"), [([], 0), ([WARNING], 0), ([ERROR, WARNING], 1)])
def test_errors_fail_and_warnings_do_not(
    monkeypatch: pytest.MonkeyPatch, found: list[Fault], status: int
) -> None:
    monkeypatch.setattr(knowledge, "_problems", lambda: found)
    said, document = (CliRunner().invoke(app, ["check", *more]) for more in ([], ["--json"]))

    assert (said.exit_code, document.exit_code) == (status, status)
    assert said.stdout.splitlines()[:-1] == [str(one) for one in found]
    assert [one["level"] for one in json.loads(document.stdout)] == [
        "error" if one.is_error else "warning" for one in found
    ]


def test_a_file_that_cannot_be_read_is_a_line_of_its_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "movements").mkdir()
    (tmp_path / "movements" / "side-kick.toml").write_text("widht = 3\n", encoding="utf-8")
    monkeypatch.setenv("WEAKLINK_KNOWLEDGE", str(tmp_path))
    shipped_library.cache_clear()
    try:
        found = CliRunner().invoke(app, ["check"])
    finally:
        monkeypatch.delenv("WEAKLINK_KNOWLEDGE")
        shipped_library.cache_clear()

    assert found.exit_code == 1
    assert "side-kick.toml" in found.stdout
    assert found.stdout.endswith("1 problems found, 0 warnings.\n")


def test_who_names_runners_and_what_stands_in_the_way(monkeypatch: pytest.MonkeyPatch) -> None:
    library = shipped_library()
    sore = (kind for kind in recipients.grid(library) if kind.hurts == "knee-anterior")
    kinds = [kind for kind in sore if kind.weak in ("", "quads")]
    few = tuple(recipients.outcome_of(kind, library) for kind in kinds)
    monkeypatch.setattr(recipients, "outcomes_of", lambda _: few)
    said = CliRunner().invoke(app, ["who", "wall-squat"]).stdout
    document = json.loads(CliRunner().invoke(app, ["who", "wall-squat", "--json"]).stdout)

    assert f"of {len(few)} kinds of runners are given it" in said
    assert "pain: front of the knee" in said
    assert document["runners"] == len(few)
    assert {one["way"] for one in document["gets"]} <= set(who_command.COMES)
    assert len(document["gets"]) + sum(one["runners"] for one in document["barriers"]) == len(few)


def test_who_refuses_an_unknown_exercise_with_the_nearest() -> None:
    found = CliRunner().invoke(app, ["who", "clamshel"])

    assert isinstance(found.exception, UnknownIdError)
    assert "clamshell" in str(found.exception)
