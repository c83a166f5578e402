"""The result files: read back by DuckDB, joined, with everything they must say of themselves."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from weaklink.study.folder import StudyFolderError
from weaklink.study.meaning import COLUMNS
from weaklink.study.parquet import table_metadata
from weaklink.study.query import QueryError, asked
from weaklink.study.solving import CARRIERS, solve
from weaklink.study.study_plan import StudyPlan
from weaklink.study.study_run import run_study


@pytest.fixture(scope="module")
def folder(plan: StudyPlan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("tables") / "it's a study"
    run_study(plan, made)
    return made


@pytest.mark.slow
def test_every_number_comes_back_as_it_was_computed(plan: StudyPlan, folder: Path) -> None:
    outcome = solve(plan, 0, plan.scenarios)
    rows = asked(folder, "select before_n, after_n, change from loads").rows
    before, after, change = (np.array(column, dtype=float) for column in zip(*rows, strict=True))

    assert np.array_equal(before, outcome.before_n.ravel())
    assert np.array_equal(after, outcome.after_n.ravel())
    assert np.array_equal(change, outcome.change.ravel(), equal_nan=True)


def test_scenarios_are_named_in_words(plan: StudyPlan, folder: Path) -> None:
    rows = asked(
        folder, "select scenario, person, motion, side, variant, weak, strength from scenarios order by 1"
    ).rows

    assert len(rows) == plan.scenarios
    assert rows[0] == (0, 0, "running", "right", "compliant-calf", "gluteus-medius", 0.5)
    assert rows[5] == (5, 0, "running", "right", "compliant-calf", "gastrocnemius + soleus", 0.8)
    assert rows[-1] == (143, 2, "single-leg-stance", "left", "exponent-3", "gastrocnemius + soleus", 0.8)


def test_results_join_people_and_scenarios(folder: Path) -> None:
    found = asked(
        folder,
        "select count(*), count(distinct carrier), min(mass_kg), max(mass_kg) "
        "from results join people using (person) where kind = 'muscle'",
    ).rows[0]

    assert found[:2] == (144 * 29, 29)
    assert 40 < found[2] < found[3] < 110


def test_a_change_is_that_of_its_loads(folder: Path) -> None:
    worst = asked(
        folder, "select max(abs(after_n / before_n - 1 - change)) from loads where change is not null"
    ).rows

    assert worst[0][0] <= 1e-12
    assert asked(folder, "select count(*) from loads where change is null").rows[0][0] > 0


def test_a_joint_that_falls_short_is_named_with_its_share(folder: Path) -> None:
    rows = asked(folder, "select distinct short is null, short_share is null from scenarios").rows

    assert all(first == second for first, second in rows)
    assert (False, False) in rows


@pytest.mark.parametrize("name", ["people", "scenarios", "loads"])
def test_every_file_says_what_it_is(name: str, plan: StudyPlan, folder: Path) -> None:
    told = table_metadata(folder / f"{name}.parquet")

    assert told["seed"] == 7
    assert told["edition"] == plan.edition
    assert told["packs"] == plan.packs
    assert [stated["because"] for stated in told["distributions"]] == ["a test"] * 5
    assert "No injury risk, no forecast, no diagnosis, and no runner's weak link." in told["shows_not"]


def test_every_column_is_explained(folder: Path) -> None:
    for name, explained in COLUMNS.items():
        columns = set(asked(folder, f"select * from {name} limit 0").columns)
        single = {column for column in columns if not column.endswith((" right", " left"))}
        assert single == {column for column in explained if not column.startswith("<")}
    assert {"soleus right", "soleus left"} <= set(asked(folder, "select * from people limit 0").columns)
    assert asked(folder, "select count(distinct carrier) from loads").rows == [(len(CARRIERS),)]


def test_what_was_drawn_is_told(plan: StudyPlan, folder: Path) -> None:
    drawn = run_study(plan, folder, resume=True)["drawn"]
    heights = [row[0] for row in asked(folder, "select height_m from people").rows]

    assert drawn["height_m"]["mean"] == pytest.approx(np.mean(heights))
    assert drawn["height_m"]["sd"] == pytest.approx(np.std(heights))
    assert (drawn["height_m"]["least"], drawn["height_m"]["most"]) == (min(heights), max(heights))


@pytest.mark.parametrize(
    "question",
    ["select nothing from nowhere", "sel", "install httpfs", "select * from read_csv('/etc/hostname')"],
)
def test_a_wrong_question_is_answered_with_the_reason(question: str, folder: Path) -> None:
    with pytest.raises(QueryError, match="query: "):
        asked(folder, question)


def test_a_folder_without_a_finished_study_cannot_be_asked(tmp_path: Path) -> None:
    with pytest.raises(StudyFolderError, match="holds no study"):
        asked(tmp_path, "select 1")
