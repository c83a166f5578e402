"""A session put together on another device stands where it was left: the browser's modules over made packs."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.training.packs import random_pack

NODE = shutil.which("node")
HERE = Path(__file__).parent
MODULES = HERE.parents[1] / "src" / "weaklink" / "web" / "static" / "weeks" / "session"
WALKS = 1200


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    if NODE is None:
        pytest.skip("node is not installed: resuming is NOT TESTED here")
    packs = [msgspec.to_builtins(random_pack(seed)) for seed in range(200)]
    data = tmp_path_factory.mktemp("walks") / "walks.json"
    walks = [[n % len(packs), 7919 * n + 1] for n in range(WALKS)]
    data.write_bytes(msgspec.json.encode({"packs": packs, "walks": walks}))
    command = [NODE, str(HERE / "session_resuming_runner.mjs"), str(MODULES), str(data)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def going_on(answers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those that did not end."""
    return [one for one in answers if one["phase"] in ("work", "ending")]


def test_it_goes_on_where_it_was_left(answers: list[dict[str, Any]]) -> None:
    found = going_on(answers)

    assert len(found) > WALKS / 2
    assert sum(one["sets"] > 3 and one["undone"] > 0 for one in found) > 50
    for one in found:
        assert one["there"] == one["here"]


def test_what_was_told_on_the_other_device_can_be_taken_back_on_this_one(
    answers: list[dict[str, Any]],
) -> None:
    for one in going_on(answers):
        assert one["takesBack"] == one["last"]


def test_a_device_knows_whether_another_one_went_on(answers: list[dict[str, Any]]) -> None:
    assert not any(one["same"] for one in answers)
    assert all(one["more"] for one in answers)
