"""An exercise of one's own: two text files, and it is drawn, loaded and listed, without any Python."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.server import serving

OWN = "WEAKLINK_KNOWLEDGE"
needs_body = pytest.mark.skipif(
    importlib.util.find_spec("mujoco") is None,
    reason="the extra `body` is not installed: no load is computed",
)
# What somebody writes into the empty fields of the two stubs.
EXERCISE = {
    "areas = []": 'areas = ["glute-med"]',
    "level = 0": "level = 2",
    'position = ""': 'position = "Lie on your left side, legs long, one on the other."',
    "steps = []": 'steps = ["Lift the top leg.", "Sweep it a little forward.", "Bring it back and lower it."]',
    "cues = []": 'cues = ["Keep the pelvis still."]',
    "cheats = []": 'cheats = ["The trunk rolls back: sweep less."]',
    "stop_if = []": 'stop_if = ["Sharp pain."]',
    'dose = ""': 'dose = "end"',
    "sided = false": "sided = true",
    "easier = []": 'easier = ["clamshell"]',
    "# weighted = { held = [] }": 'weighted = { held = ["ankle-weight"], body_share = 0.16 }',
    'why = ""': 'why = "Works the side of the hip in a wider way."',
    "# [[sources]]": "[[sources]]",
    '# cite = ""': 'cite = "design-decisions"',
    '# supports = ""': 'supports = "our own try"',
    '# level = ""': 'level = "our own choice"',
    '# mark = "read"': 'mark = "design"',
}
MOVEMENT = {
    '# posture = ""': 'posture = "side-lying"',
    '# side = "both"': 'side = "right"',
    "# angles = {}": "angles = { knee_angle_r = 3, hip_rotation_r = 0, ankle_angle_r = 5 }",
    "# At least two phases": """[[keyframes]]
name = "leg down"
seconds = 2
angles = { hip_flexion_r = 0, hip_adduction_r = 4 }

[[keyframes]]
name = "lifted and swept forward"
hold_s = 1
angles = { hip_flexion_r = 30, hip_adduction_r = -25 }

# At least two phases""",
}

pytestmark = pytest.mark.load  # real processes, seconds each


def weaklink(own: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """The real command line, with a folder of one's own."""
    return subprocess.run(
        [sys.executable, "-m", "weaklink", *words],
        capture_output=True, text=True, check=False, env={**os.environ, OWN: str(own)},
    )  # fmt: skip


def filled(own: Path, record_id: str) -> None:
    """The two stubs of a new exercise, filled by text."""
    assert weaklink(own, "new", "exercise", record_id).returncode == 0
    for kind, words in (("exercises", EXERCISE), ("movements", MOVEMENT)):
        path = own / kind / f"{record_id}.toml"
        text = path.read_text(encoding="utf-8")
        for empty, said in words.items():
            assert empty in text, f"the stub has no {empty!r}"
            text = text.replace(empty, said, 1)
        path.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("own")
    filled(folder, "side-kick")
    return folder


def get(address: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(address) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def test_it_is_checked_like_the_shipped_ones(own: Path) -> None:
    found = weaklink(own, "check")

    assert found.returncode == 0, found.stdout
    assert "side-kick" not in found.stdout


@needs_body
def test_it_is_loaded(own: Path) -> None:
    found = weaklink(own, "sim", "--motion", "side-kick", "--json")
    load = json.loads(found.stdout)
    muscles = {one["muscle"]: one["peak"] for one in load["muscles"] if one["leg"] == "working"}

    assert found.returncode == 0, found.stderr
    assert load["why"] == ""
    assert muscles["gluteus-medius"] > 0.12
    assert load["residual"] < 1e-6
    assert len(load["activations"]["gluteus-medius"]["right"]) > 2


def test_it_is_in_the_book(own: Path, tmp_path: Path) -> None:
    found = weaklink(own, "book", "--out", str(tmp_path / "book.html"))
    page = (tmp_path / "book.html").read_text(encoding="utf-8")

    assert found.returncode == 0, found.stderr
    assert 'id="exercises--side-kick"' in page
    assert 'id="movements--side-kick"' in page


def test_pages_draw_and_list_it_and_programs_read_it(own: Path, tmp_path: Path) -> None:
    with serving(tmp_path, **{OWN: str(own)}) as address:
        status, page = get(f"{address}/exercises/side-kick")
        record = json.loads(get(f"{address}/api/v1/knowledge/exercises/side-kick")[1])
        picture = page.partition("/static/figures/moves/side-kick.svg")[2].partition("#")[0]
        drawn = get(f"{address}/static/figures/moves/side-kick.svg{picture.replace('&amp;', '&')}")

        assert status == 200
        assert "Works the side of the hip in a wider way." in page
        assert 'id="load"' in page
        assert record["areas"] == ["glute-med"]
        assert drawn[0] == 200
        assert "<path" in drawn[1]
        if importlib.util.find_spec("mujoco") is not None:
            assert "Gluteus medius" in page.partition('id="load"')[2]
            load = json.loads(get(f"{address}/api/v1/exercise-loads/side-kick")[1])
            assert load["muscles"][0]["peak"] > 0.12
            assert list((tmp_path / "figures").glob("load-*.pack")), "what was computed is kept"


def test_what_is_wrong_with_it_stops_everything_with_one_line(tmp_path: Path) -> None:
    filled(tmp_path, "side-kick")
    path = tmp_path / "exercises" / "side-kick.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('dose = "end"', 'dose = "endless"'), "utf-8")
    found = weaklink(tmp_path, "sim", "--motion", "side-kick")

    assert found.returncode == 2
    assert str(path) in found.stderr
    assert 'dose: no doses "endless"' in found.stderr
    assert len(found.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("file", "says"),
    [
        ("exercises/clamshell.toml", "choose another id"),
        ("red-flags/none.toml", "may hold exercises, movements, postures, sources only"),
        ("exercises/broken.toml", "broken.toml"),
    ],
)
def test_a_folder_that_cannot_be_added_is_refused(tmp_path: Path, file: str, says: str) -> None:
    filled(tmp_path, "side-kick")
    place = tmp_path / file
    place.parent.mkdir(exist_ok=True)
    whole = (tmp_path / "exercises" / "side-kick.toml").read_text(encoding="utf-8")
    place.write_text("name = " if "broken" in file else whole, encoding="utf-8")
    found = weaklink(tmp_path, "sim", "--motion", "side-kick")

    assert found.returncode == 2
    assert says in found.stderr


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    found = weaklink(tmp_path / "nowhere", "check")

    assert found.returncode == 2
    assert "nowhere" in found.stderr


def test_nothing_that_decides_about_safety_may_be_one_s_own(tmp_path: Path) -> None:
    found = weaklink(tmp_path, "new", "red-flag", "hot-toe")

    assert found.returncode == 2
    assert "may hold exercises" in found.stderr
