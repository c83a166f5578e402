"""What is installed from the wheel is whole: every file of ours, the commands, the pages with their pictures."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import httpx
import pytest

from tests.server import serving
from tests.web.visitor import Visitor

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src"
PAGES = ("/", "/about", "/exercises/clamshell", "/what-if", "/api/v1/openapi.json")

pytestmark = pytest.mark.load


def done(*command: str | Path, folder: Path = ROOT) -> str:
    """What a command prints; it has to end well. What lies in the checkout is out of its reach."""
    free = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    found = subprocess.run(command, cwd=folder, env=free, capture_output=True, text=True, check=False)
    assert found.returncode == 0, f"{command}\n{found.stdout}\n{found.stderr}"
    return found.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    if shutil.which("uv"):
        done("uv", "build", "--quiet", "--wheel", "--out-dir", folder)
    else:
        pip = (sys.base_prefix + "/bin/python3", "-m", "pip")
        done(*pip, "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, ROOT)
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new environment with the wheel and what it needs at least; no extras."""
    folder = tmp_path_factory.mktemp("installed") / "venv"
    inside = folder / "bin" / "python"
    if shutil.which("uv"):
        done("uv", "venv", "--quiet", "--python", sys.executable, folder)
        done("uv", "pip", "install", "--quiet", "--python", inside, wheel)
    else:
        done(sys.executable, "-m", "venv", "--without-pip", folder)
        pip = (sys.base_prefix + "/bin/python3", "-m", "pip", "--python", inside)
        done(*pip, "install", "--quiet", "--disable-pip-version-check", wheel)
    return inside


def test_every_file_of_ours_is_in_the_wheel(wheel: Path) -> None:
    ours = {
        path.relative_to(SOURCE).as_posix()
        for path in (SOURCE / "weaklink").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    with zipfile.ZipFile(wheel) as archive:
        packed = set(archive.namelist())

    assert {Path(name).suffix for name in ours} >= {
        ".toml",
        ".html",
        ".css",
        ".js",
        ".npz",
        ".pack",
        ".typ",
        ".svg",
    }
    assert sorted(ours - packed) == []
    assert sorted(name for name in packed - ours if ".dist-info/" not in name) == []


def test_the_commands_run_far_from_the_checkout(python: Path, tmp_path: Path) -> None:
    command = python.with_name("weaklink")

    assert "assess" in done(command, "--help", folder=tmp_path)
    assert "\n0 problems found, " in done(command, "check", folder=tmp_path)
    where = done(python, "-c", "import weaklink; print(weaklink.__file__)", folder=tmp_path)
    assert Path(where.strip()).is_relative_to(python.parent.parent)


def test_the_pages_come_with_their_pictures(python: Path, tmp_path: Path) -> None:
    with (
        serving(tmp_path, python=str(python)) as address,
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        for page in PAGES:
            assert client.get(page).status_code == 200, page
        runner = Visitor(client)
        runner.begin()
        runner.hurts("knee-anterior:right")
        assert runner.answer({}, {"run": "4", "night": "0", "rest": "0"})[-1] == "/result"
        found = runner.get("/result")
        files = sorted(set(re.findall(r'(?:src|href)="(/(?:static|figure)[^"#]+)"', found.text)))

        assert found.status_code == 200
        assert "<svg" in found.text
        assert len(files) >= 5
        assert {path: client.get(path).status_code for path in files} == dict.fromkeys(files, 200)
