"""schemathesis over the whole API: whatever is sent, the answer is one of those described."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.searches import REACH
from tests.server import serving

EXAMPLES = 100
# Every value of every key at its limits is some 30,000 requests: `make soak` sends them as well.
SOAK = REACH == "soak"


@pytest.mark.load
def test_whatever_is_sent_the_answer_is_one_of_those_described(tmp_path: Path) -> None:
    phases = "examples,coverage,fuzzing,stateful" if SOAK else "examples,fuzzing,stateful"
    with serving(tmp_path) as address:
        program = Path(sys.executable).with_name("schemathesis")
        command = [str(program), "--no-color", "run", f"{address}/api/v1/openapi.json", "--checks", "all"]
        options = [
            "--phases",
            phases,
            "--max-examples",
            str(EXAMPLES),
            "--seed",
            "1",
            "--continue-on-failure",
        ]
        found = subprocess.run(
            [*command, *options], capture_output=True, text=True, cwd=tmp_path, check=False
        )

    assert found.returncode == 0, found.stdout[-6000:]
