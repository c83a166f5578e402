"""The rows of `weaklink sim --out`: every muscle and structure, in every variant and window of the motion."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from weaklink.quantities import WeaklinkError

if TYPE_CHECKING:
    from weaklink.body.weakness import Weakness
    from weaklink.mechanics.load_pack import LoadPack
    from weaklink.mechanics.redistribution import Redistribution

SUFFIXES = (".parquet", ".csv", ".json")
COLUMNS = (
    "motion", "side", "window", "variant", "kind", "id", "strength", "before_n", "after_n",
    "change", "unsure", "residual",
)  # fmt: skip


class TableFileError(WeaklinkError):
    """An --out that cannot be written here."""


def check_file(path: Path) -> None:
    """Nothing, if a table can be written there.

    Raises: TableFileError saying what would be right or what to install; before the work, not after.
    """
    if path.suffix not in SUFFIXES:
        raise TableFileError(f"--out {path.name}: expected a name that ends in {', '.join(SUFFIXES)}")
    if not path.parent.is_dir():
        raise TableFileError(f"--out {path}: there is no folder {path.parent}")
    if path.suffix == ".parquet":
        try:
            import pyarrow.parquet  # type: ignore[import-untyped]  # noqa: F401
        except ImportError:
            raise TableFileError(
                '--out *.parquet needs pyarrow: pip install "weaklink[study]"; .csv and .json need nothing'
            ) from None


def table_rows(pack: LoadPack, weak: Sequence[Weakness]) -> Iterator[dict[str, Any]]:
    """One row for each muscle and structure, variant, window and weak leg; values as in COLUMNS."""
    from weaklink.mechanics.load_pack import Window
    from weaklink.mechanics.redistribution import redistribution
    from weaklink.mechanics.variants import VARIANTS

    windows = get_args(Window) if pack.period_s else ("stance",)
    for window in windows:
        for variant in VARIANTS:
            for leg in redistribution(pack, weak, window, (variant,)):
                yield from _leg_rows(leg, variant.id)


def _leg_rows(leg: Redistribution, variant: str) -> Iterator[dict[str, Any]]:
    strengths: dict[str, float] = {}
    for one in leg.weak:
        strengths[one.muscle] = strengths.get(one.muscle, 1.0) * one.strength
    for kind, changes in (("muscle", leg.muscles), ("structure", leg.structures)):
        for change in sorted(changes, key=lambda each: each.id):
            yield {
                "motion": leg.motion,
                "side": leg.side,
                "window": leg.window,
                "variant": variant,
                "kind": kind,
                "id": change.id,
                "strength": strengths.get(change.id, 1.0),
                "before_n": change.before_n,
                "after_n": change.after_n,
                "change": change.change,
                "unsure": change.unsure,
                "residual": leg.residual,
            }


def write_table(path: Path, rows: Sequence[dict[str, Any]], about: dict[str, Any]) -> None:
    """Write the rows; `about` (sources, limits) goes with them where the format has a place for it."""
    if path.suffix == ".parquet":
        _write_parquet(path, rows, about)
    elif path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS)
            writer.writeheader()
            writer.writerows(rows)
    else:
        text = json.dumps({**about, "rows": list(rows)}, indent=1, ensure_ascii=False)
        path.write_text(text + "\n", encoding="utf-8")


def _write_parquet(path: Path, rows: Sequence[dict[str, Any]], about: dict[str, Any]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {"strength": pa.float64(), "unsure": pa.bool_()}
    kinds |= {name: pa.float64() for name in ("before_n", "after_n", "change", "residual")}
    schema = pa.schema([(name, kinds.get(name, pa.string())) for name in COLUMNS])
    told = {"weaklink": json.dumps(about, ensure_ascii=False)}
    pq.write_table(pa.Table.from_pylist(list(rows), schema=schema.with_metadata(told)), path)
