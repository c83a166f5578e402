"""The results as Parquet: people, scenarios, loads. Written in parts, the same bytes every time."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np

from weaklink.body.muscles import UNITS, UNSURE
from weaklink.body.names import LEG_COORDINATES
from weaklink.quantities import WeaklinkError
from weaklink.study.cohort import People, draw
from weaklink.study.folder import TABLES, StudyFolder
from weaklink.study.meaning import described
from weaklink.study.solving import CARRIERS, ChunkOutcome
from weaklink.study.study_plan import StudyPlan

if TYPE_CHECKING:
    import pyarrow as pa  # type: ignore[import-untyped]

PEOPLE_AT_ONCE = 4096
SCENARIOS_AT_ONCE = 4096  # in one row group, at least
READ_AT_ONCE = 1 << 20
# Numbers that are all different are split into their bytes before compression; the rest has a dictionary.
FLOATS = {
    "people": [],
    "scenarios": ["residual", "reserve_before_nm", "reserve_after_nm"],
    "loads": ["before_n", "after_n", "change"],
}
METADATA_KEY = b"weaklink"


class TablesMissingError(WeaklinkError):
    """The packages that write and query tables are not installed."""


def require_tables() -> None:
    """Nothing, if results can be written here.

    Raises: TablesMissingError saying what to install; before hours of work, not after.
    """
    try:
        import pyarrow.parquet  # type: ignore[import-untyped]  # noqa: F401
    except ImportError:
        raise TablesMissingError('results are Parquet files: pip install "weaklink[study]"') from None


def write_tables(plan: StudyPlan, folder: StudyFolder) -> dict[str, Any]:
    """Write the three tables from the chunks; rows and fingerprints come back."""
    drawn = Drawn()
    rows = {
        "people": _write(folder, "people", plan, drawn.watched(_people(plan))),
        "scenarios": _write(folder, "scenarios", plan, _scenarios(plan, folder)),
        "loads": _write(folder, "loads", plan, _loads(plan, folder)),
    }
    tables = {
        name: {"file": f"{name}.parquet", "rows": rows[name], "sha256": file_digest(_path(folder, name))}
        for name in TABLES
    }
    return {"digest": plan.digest, "tables": tables, "drawn": drawn.told()}


def file_digest(path: Path) -> str:
    """The sha256 of a file, read in parts."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(READ_AT_ONCE):
            digest.update(part)
    return digest.hexdigest()


def table_metadata(path: Path) -> dict[str, Any]:
    """What a result file says about itself: study, distributions, seed, sources, limits."""
    import pyarrow.parquet

    found: dict[str, Any] = json.loads(pyarrow.parquet.read_schema(path).metadata[METADATA_KEY])
    return found


def _path(folder: StudyFolder, name: str) -> Path:
    return folder.path / f"{name}.parquet"


def _write(folder: StudyFolder, name: str, plan: StudyPlan, parts: Iterator[pa.Table]) -> int:
    """Write a table part by part; how many rows it has."""
    import pyarrow.parquet

    path, rows, writer = _path(folder, name), 0, None
    part = path.with_name(f"{path.name}.part")
    told = {METADATA_KEY: msgspec.json.encode(described(plan), order="deterministic")}
    for table in parts:
        if writer is None:
            dictionary = [column for column in table.column_names if column not in FLOATS[name]]
            writer = pyarrow.parquet.ParquetWriter(
                part, table.schema.with_metadata(told), compression="zstd",
                use_dictionary=dictionary, use_byte_stream_split=FLOATS[name],
            )  # fmt: skip
        writer.write_table(table.replace_schema_metadata(told))
        rows += table.num_rows
    if writer is not None:
        writer.close()
    part.replace(path)
    return rows


def _people(plan: StudyPlan) -> Iterator[pa.Table]:
    import pyarrow as pa

    study = plan.study
    for first in range(0, plan.people, PEOPLE_AT_ONCE):
        count = min(PEOPLE_AT_ONCE, plan.people - first)
        people = draw(study.cohort, study.seed, study.sweep.sides, first, count)
        yield pa.table(_people_columns(people, count))


def _people_columns(people: People, count: int) -> dict[str, Any]:
    import pyarrow as pa

    columns: dict[str, Any] = {"person": np.arange(people.first, people.first + count, dtype=np.int32)}
    for name in ("height_m", "mass_kg", "speed_m_s", "cadence_spm"):
        columns[name] = pa.array(getattr(people, name), from_pandas=True)  # NaN is null
    for leg, factors in people.strength.items():
        for place, muscle in enumerate(UNITS):
            columns[f"{muscle} {leg}"] = np.ascontiguousarray(factors[:, place])
    return columns


def _scenarios(plan: StudyPlan, folder: StudyFolder) -> Iterator[pa.Table]:
    import pyarrow as pa

    sweep = plan.study.sweep
    for first, last, outcome in _outcomes(plan, folder):
        places = plan.places(first, last)
        worst = outcome.short.argmax(axis=1)
        share = outcome.short[np.arange(len(worst)), worst]
        fits = share == 0
        yield pa.table(
            {
                "scenario": np.arange(first, last, dtype=np.int64),
                "person": places.person.astype(np.int32),
                "motion": _named(places.motion, sweep.motions),
                "side": _named(places.side, sweep.sides),
                "variant": _named(places.variant, [variant.id for variant in plan.variants]),
                "weak": _named(places.weakening, [one.label for one in plan.weakenings]),
                "strength": np.array(sweep.strengths, dtype=np.float64)[places.strength],
                "residual": outcome.residual,
                "reserve_before_nm": outcome.reserve_before_nm,
                "reserve_after_nm": outcome.reserve_after_nm,
                "short": _named(worst, LEG_COORDINATES, fits),
                "short_share": pa.array(share, mask=fits),
            }
        )


def _loads(plan: StudyPlan, folder: StudyFolder) -> Iterator[pa.Table]:
    import pyarrow as pa

    kinds = np.array([0 if name in UNITS else 1 for name in CARRIERS])
    unsure = np.array([name in UNSURE for name in CARRIERS])
    for first, last, outcome in _outcomes(plan, folder):
        count = last - first
        yield pa.table(
            {
                "scenario": np.repeat(np.arange(first, last, dtype=np.int64), len(CARRIERS)),
                "carrier": _named(np.tile(np.arange(len(CARRIERS)), count), CARRIERS),
                "kind": _named(np.tile(kinds, count), ("muscle", "structure")),
                "before_n": outcome.before_n.ravel(),
                "after_n": outcome.after_n.ravel(),
                "change": pa.array(outcome.change.ravel(), from_pandas=True),
                "unsure": np.tile(unsure, count),
            }
        )


def _outcomes(plan: StudyPlan, folder: StudyFolder) -> Iterator[tuple[int, int, ChunkOutcome]]:
    """The chunks in order, some together, so that a row group is worth reading."""
    held: list[ChunkOutcome] = []
    begin = 0
    for chunk in range(plan.chunks):
        held.append(folder.outcome(chunk))
        last = plan.span(chunk)[1]
        if last - begin >= SCENARIOS_AT_ONCE or last == plan.scenarios:
            names = ChunkOutcome.__struct_fields__
            yield (
                begin,
                last,
                ChunkOutcome(**{n: np.concatenate([getattr(one, n) for one in held]) for n in names}),
            )
            held, begin = [], last


def _named(places: Any, names: Any, missing: Any = None) -> pa.Array:
    """Places in a list of names as a column of names; null where `missing`."""
    import pyarrow as pa

    indices = pa.array(places.astype(np.int32), mask=missing)
    return pa.DictionaryArray.from_arrays(indices, pa.array(list(names)))


class Drawn:
    """What a cohort turned out to be: count, mean, spread and ends of every column of the people table."""

    def __init__(self) -> None:
        self._sums: dict[str, tuple[int, float, float, float, float]] = {}

    def watched(self, parts: Iterator[pa.Table]) -> Iterator[pa.Table]:
        """The same parts, each looked at."""
        for table in parts:
            for name in table.column_names[1:]:
                self._add(name, table.column(name).drop_null().to_numpy())
            yield table

    def _add(self, name: str, values: Any) -> None:
        if not len(values):
            return
        count, mean, squares, least, most = self._sums.get(name, (0, 0.0, 0.0, np.inf, -np.inf))
        own, size = float(values.mean()), len(values)
        total, apart = count + size, own - mean
        self._sums[name] = (
            total,
            mean + apart * size / total,
            squares + float(((values - own) ** 2).sum()) + apart**2 * count * size / total,
            min(least, float(values.min())),
            max(most, float(values.max())),
        )

    def told(self) -> dict[str, dict[str, float]]:
        """The figures by column."""
        return {
            name: {
                "people": count,
                "mean": mean,
                "sd": (squares / count) ** 0.5,
                "least": least,
                "most": most,
            }
            for name, (count, mean, squares, least, most) in self._sums.items()
        }
