"""A server that loses what it acknowledged is found out by the siege: the look for it can fail."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.siege.ground import Ground
from tests.siege.killing import kill

# Says of an entry "kept" while its transaction is still open, and takes its time to end it.
HASTY = """
import sys, time
from weaklink.store.writer import Writer
apply = Writer._apply
def hasty(self, connection, change, future, done):
    apply(self, connection, change, future, done)
    if "change_diary" not in change.__qualname__:
        return
    while done:
        kept, result = done.pop()
        kept.set_result(result)
    time.sleep(0.03)
Writer._apply = hasty
from weaklink.cli import main
sys.argv = ["weaklink", *sys.argv[1:]]
main()
"""


@pytest.mark.slow
def test_a_store_that_says_kept_too_early_is_found_out(tmp_path: Path) -> None:
    ground = Ground(tmp_path, 0.0, 4)
    kill(ground, [sys.executable, "-c", HASTY])

    assert ground.tally.lost
