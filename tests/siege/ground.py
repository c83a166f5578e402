"""The ground of one part of the siege: its folder, its time, how much it tries at least, and its tally."""

from __future__ import annotations

import random
import time
from pathlib import Path

from tests.siege.tally import Tally


class Ground:
    """What a part is given. It goes on until its time is up, and never tries less than `at_least`."""

    def __init__(self, folder: Path, seconds: float, at_least: int, seed: str = "siege") -> None:
        self.folder, self.seconds, self.at_least = folder, seconds, at_least
        self.dice = random.Random(seed)
        self.tally = Tally()
        self._end = 0.0
        self.begin()

    def begin(self) -> None:
        """The time runs from now on: what had to be made first is made."""
        self._end = time.monotonic() + self.seconds

    def goes_on(self, done: int) -> bool:
        """Whether another round is due."""
        return done < self.at_least or time.monotonic() < self._end

    def until(self, share: float) -> float:
        """When so much of the time is over, on the monotonic clock."""
        return self._end - self.seconds * (1 - share)
