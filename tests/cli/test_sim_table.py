"""`weaklink sim --out`: every muscle and structure, variant and window, as Parquet, CSV and JSON."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from weaklink.body.muscles import UNITS
from weaklink.cli import app
from weaklink.cli.sim_table import COLUMNS, TableFileError
from weaklink.mechanics.contact import STRUCTURES
from weaklink.mechanics.variants import VARIANTS

WEAK = ("--weaken", "gluteus-medius=0.6", "--side", "left")


def write(path: Path, *words: str) -> str:
    """What the command prints while it writes a file."""
    done = CliRunner().invoke(app, ["sim", *WEAK, *words, "--out", str(path)], catch_exceptions=False)
    assert done.exit_code == 0
    return done.stdout


@pytest.mark.slow
def test_csv_and_json_hold_a_row_for_everything(tmp_path: Path) -> None:
    write(tmp_path / "r.csv")
    write(tmp_path / "r.json")
    with (tmp_path / "r.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    document = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))

    assert tuple(rows[0]) == COLUMNS
    found = {(row["window"], row["variant"], row["kind"], row["id"]) for row in rows}
    assert found == {
        (window, variant.id, kind, name)
        for window in ("stance", "stride")
        for variant in VARIANTS
        for kind, names in (("muscle", UNITS), ("structure", STRUCTURES))
        for name in names
    }
    assert len(document["rows"]) == len(rows)
    assert document["limits"]
    assert {row["strength"] for row in document["rows"] if row["id"] == "gluteus-medius"} == {0.6}


def test_the_rows_of_a_window_span_the_range_that_is_printed(tmp_path: Path) -> None:
    printed = json.loads(write(tmp_path / "r.json", "--json"))
    rows = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["rows"]
    tensor = next(one for one in printed["muscles"] if one["id"] == "tensor-fasciae-latae")
    changes = [
        row["change"] for row in rows if row["id"] == "tensor-fasciae-latae" and row["window"] == "stance"
    ]

    assert (min(changes), max(changes)) == pytest.approx((tensor["low"], tensor["high"]), abs=1e-4)


@pytest.mark.slow
def test_parquet_keeps_types_and_says_where_it_comes_from(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed: NOT TESTED here")
    write(tmp_path / "r.parquet")
    table = parquet.read_table(tmp_path / "r.parquet")

    assert tuple(table.column_names) == COLUMNS
    assert str(table.schema.field("change").type) == "double"
    assert str(table.schema.field("unsure").type) == "bool"
    assert "sources" in json.loads(table.schema.metadata[b"weaklink"])


def test_a_pose_has_one_window(tmp_path: Path) -> None:
    write(tmp_path / "r.json", "--motion", "single-leg-stance")
    rows = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["rows"]

    assert {row["window"] for row in rows} == {"stance"}


@pytest.mark.parametrize(("name", "says"), [("r.xls", ".parquet, .csv, .json"), ("no/r.csv", "no folder")])
def test_a_file_that_cannot_be_written_is_named_before_the_work(tmp_path: Path, name: str, says: str) -> None:
    with pytest.raises(TableFileError, match=says):
        write(tmp_path / name)


def test_without_pyarrow_one_line_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)

    with pytest.raises(TableFileError, match=r'pip install "weaklink\[study\]"'):
        write(tmp_path / "r.parquet")
