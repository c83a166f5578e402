"""J7, the scientist's and developer's part: one command, a sweep, an exercise of one's own, an API client.

Every process here is the real one, started in a folder of its own as after `pip install`: nothing of the
checkout is on its path but the package.
"""

from __future__ import annotations

import importlib.util
import json
import os
import runpy
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest

from tests.server import serving
from weaklink.body.weakness import Weakness
from weaklink.library.packs import load_pack
from weaklink.library.reading import KNOWLEDGE, Library
from weaklink.mechanics import redistribution

EXAMPLE = Path(__file__).resolve().parents[2] / "docs" / "examples" / "who_takes_over.py"
OWN = "my-side-leg-raise"
LIKE = "sidelying-hip-abduction"


def weaklink(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The installed program, run in a folder that knows nothing of the checkout."""
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.run(
        [sys.executable, "-m", "weaklink", *words],
        cwd=folder, env={**inherited, **environment}, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_one_command_prints_forces_their_change_and_what_is_left_over(tmp_path: Path) -> None:
    spoken = weaklink(tmp_path, "sim", "--motion", "running", "--weaken", "gluteus-medius=0.6")
    asked = weaklink(tmp_path, "sim", "--motion", "running", "--weaken", "gluteus-medius=0.6", "--json")
    found = json.loads(asked.stdout)

    assert spoken.returncode == asked.returncode == 0, spoken.stderr + asked.stderr
    assert "Gluteus minimus" in spoken.stdout
    assert " N to " in spoken.stdout
    assert "Residual" in spoken.stdout
    assert "This shows a mechanism, not a diagnosis." in spoken.stdout
    assert found["window"] == "stance"
    assert found["residual"] <= 1e-6
    assert found["reserve_nm"] <= 1
    minimus = next(one for one in found["muscles"] if one["id"] == "gluteus-minimus")
    assert minimus["after_n"] > minimus["before_n"] > 0
    assert 0 < minimus["low"] <= minimus["change"] <= minimus["high"]
    assert {claim["id"] for claim in found["claims"]} >= {"medius-to-tfl"}


def test_the_command_answers_for_another_runner_and_names_what_it_cannot(tmp_path: Path) -> None:
    words = ["sim", "--weaken", "gluteus-medius=0.6", "--json", "--mass-kg", "58", "--height-m", "1.66"]
    found = json.loads(weaklink(tmp_path, *words, "--speed", "3", "--cadence", "172").stdout)
    wrong = weaklink(tmp_path, *words, "--speed", "12")

    assert found["runner"] == {"mass_kg": 58.0, "height_m": 1.66, "cadence_spm": 172.0}
    assert wrong.returncode != 0
    assert "speed_m_s" in wrong.stderr
    assert "Traceback" not in wrong.stderr


def test_a_notebook_sweeps_weakness() -> None:
    """The weaker the gluteus medius, the more its small neighbour does; at full strength nothing changes."""
    running = load_pack("running")
    strengths = (1.0, 0.9, 0.8, 0.7, 0.6)
    rises = []
    for strength in strengths:
        (leg,) = redistribution(running, [Weakness(muscle="gluteus-medius", strength=strength)])
        rises.append(next(one.change for one in leg.muscles if one.id == "gluteus-minimus"))

    assert rises[0] == pytest.approx(0, abs=1e-5)
    assert (np.diff(np.array(rises)) > 0).all()


def test_the_notebook_of_the_documentation_runs(capsys: pytest.CaptureFixture[str]) -> None:
    if not importlib.util.find_spec("duckdb") or not importlib.util.find_spec("pyarrow"):
        pytest.skip("the extra study is not installed: the notebook is NOT TESTED here")
    runpy.run_path(str(EXAMPLE), run_name="__main__")
    printed = capsys.readouterr().out

    assert "25 people, 100 scenarios" in printed
    assert "tensor-fasciae-latae" in printed


@pytest.fixture(scope="module")
def own_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an exercise of one's own: the two files that `weaklink new` starts, filled in."""
    folder = tmp_path_factory.mktemp("own")
    made = weaklink(folder, "new", "exercise", OWN, WEAKLINK_KNOWLEDGE=str(folder))
    assert made.returncode == 0, made.stderr
    started = sorted(path.relative_to(folder).as_posix() for path in folder.rglob(f"{OWN}.toml"))
    assert started == [f"exercises/{OWN}.toml", f"movements/{OWN}.toml"]
    for name in started:
        text = (KNOWLEDGE / name.replace(OWN, LIKE)).read_text(encoding="utf-8")
        lines = [line for line in text.splitlines() if not line.startswith(("statements", "article"))]
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_an_exercise_of_ones_own_is_checked_and_loaded(own_folder: Path) -> None:
    checked = weaklink(own_folder, "check", WEAKLINK_KNOWLEDGE=str(own_folder))
    loaded = weaklink(own_folder, "sim", "--motion", OWN, "--json", WEAKLINK_KNOWLEDGE=str(own_folder))
    shipped = weaklink(own_folder, "sim", "--motion", LIKE, "--json")

    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert loaded.returncode == 0, loaded.stderr
    own, like = json.loads(loaded.stdout), json.loads(shipped.stdout)
    assert own["muscles"]
    assert own["muscles"] == like["muscles"]


@pytest.fixture(scope="module")
def api(own_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A real server that knows the own exercise."""
    data = tmp_path_factory.mktemp("data")
    with (
        serving(data, WEAKLINK_KNOWLEDGE=str(own_folder)) as address,
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        yield client


def test_an_exercise_of_ones_own_is_drawn_and_listed(api: httpx.Client) -> None:
    page = api.get(f"/exercises/{OWN}")
    record = api.get(f"/api/v1/knowledge/exercises/{OWN}")

    assert page.status_code == 200
    assert "<svg" in page.text or "<img" in page.text or "<canvas" in page.text
    assert record.json()["id"] == OWN


def test_a_client_made_from_the_description_gets_hypotheses_with_citations(
    api: httpx.Client, library: Library
) -> None:
    described = api.get("/api/v1/openapi.json").json()
    paths = described["paths"]
    operation = next(
        path for path, verbs in paths.items() if path.endswith("/assessments") and "post" in verbs
    )
    body = paths[operation]["post"]["requestBody"]["content"]["application/json"]["schema"]
    shape = described["components"]["schemas"][body["$ref"].rsplit("/", 1)[1]]
    record_path = next(path for path in paths if path.endswith("/knowledge/{kind}/{record_id}"))
    given: dict[str, Any] = {
        "age": 34, "level": "regular", "km_per_week": 30, "pain_at": [{"site": "knee-lateral", "side": "left"}],
        "pain": {"run": 4}, "answers": {name: "no" for name, one in library.questions.items() if one.kind == "yes-no"},
        "tests": {"sidelying-hip-abduction-hold-or-reps": {"left": 11, "right": 24}},
    }  # fmt: skip
    assert "given" in shape["properties"]
    found = api.post(operation, json={"given": given}).json()

    assert found["hypotheses"]
    leading = found["hypotheses"][0]
    assert leading["for"]
    assert leading["against"]
    assert leading["claims"]
    for claim in leading["claims"]:
        link = api.get(record_path.format(kind="weak-links", record_id=claim)).json()
        assert link["sources"]
        for cited in link["sources"]:
            source = api.get(record_path.format(kind="sources", record_id=cited["cite"])).json()
            assert source["citation"]


def test_the_page_draws_the_same_model(api: httpx.Client) -> None:
    """The load pack the page solves is the one the command solves."""
    served = api.get("/what-if")

    assert served.status_code in (200, 303)
    assert api.get("/api/v1/load-packs/running").status_code == 200
