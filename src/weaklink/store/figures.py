"""Figures: movements and their pictures, as shipped, or made at first need and kept in the data folder."""

from __future__ import annotations

import functools
import logging
import threading
from pathlib import Path

from weaklink.library.baked import read_solutions, shipped_solutions, write_solutions
from weaklink.library.movements import movement_of
from weaklink.library.reading import KnowledgeError, Library
from weaklink.movement.baked import Baked, Solution, digest_of, other_side, solve

KEPT = 256  # movements in memory
log = logging.getLogger("weaklink")


class Figures:
    """What pages, terminal and book draw. Safe to use from several threads.

    `baked` may take seconds for a movement that was edited or added since the pack was made, so that a
    server asks for it in a thread.
    """

    def __init__(self, library: Library, folder: Path | None = None) -> None:
        """`folder`: where new solutions are kept; None keeps them in memory only."""
        self._library = library
        self._folder = folder
        self._solving = threading.Lock()
        self._solved: dict[str, Solution] = {}
        self.baked = functools.lru_cache(maxsize=KEPT)(self._baked)

    def has(self, record_id: str) -> bool:
        """Whether there is a movement of this exercise or test."""
        return record_id in self._library.movements

    def _baked(self, record_id: str, mirrored: bool = False) -> Baked:
        """The movement of an exercise or test as written, or done by the other side.

        Raises: UnknownIdError, MovementError.
        """
        movement = movement_of(record_id, self._library)
        digest = digest_of(movement)
        solution = shipped_solutions().get(digest)
        if solution is None:
            with self._solving:
                solution = self._solved.get(digest) or self._kept(digest) or solve(movement)
                self._solved[digest] = solution
                self._keep(digest, solution)
        baked = Baked(movement, digest, solution)
        return other_side(baked) if mirrored else baked

    def _kept(self, digest: str) -> Solution | None:
        if self._folder is None:
            return None
        kept = self._folder / f"{digest}.npz"
        try:
            return read_solutions(kept).get(digest)
        except KnowledgeError:
            kept.unlink(missing_ok=True)
            log.warning("a kept movement could not be read; it is solved again")
            return None

    def _keep(self, digest: str, solution: Solution) -> None:
        if self._folder is None or (self._folder / f"{digest}.npz").is_file():
            return
        try:
            self._folder.mkdir(exist_ok=True, mode=0o700)
            write_solutions(self._folder / f"{digest}.npz", {digest: solution})
        except OSError as error:
            log.warning("a solved movement could not be kept (%s)", type(error).__name__)
