"""The loads of exercises as shipped, or computed at first need and kept in the data folder."""

from __future__ import annotations

import functools
import logging
import threading
from pathlib import Path

from weaklink.library.array_file import SUFFIX
from weaklink.library.exercise_loads import (
    as_kept,
    cannot_be_loaded,
    find_load,
    load_digest,
    loads_of,
    read_load,
    write_load,
)
from weaklink.library.load_summary import LoadSummary, is_stretch, summary_of
from weaklink.library.reading import KnowledgeError, Library
from weaklink.mechanics.exercise_load import ExerciseLoad, exercise_load
from weaklink.mechanics.leg_geometry import MissingExtraError
from weaklink.movement.baked import Baked
from weaklink.store.figure_store import Figures

log = logging.getLogger("weaklink")


class ExerciseLoads:
    """What pages, terminal and API say about loads. Safe to use from several threads.

    A movement that was edited or added since the pack was made takes seconds: a server asks in a thread.
    """

    def __init__(self, figures: Figures, library: Library, folder: Path | None = None) -> None:
        """`folder`: where new loads are kept; None keeps them in memory only."""
        self._figures = figures
        self._library = library
        self._folder = folder
        self._computing = threading.Lock()
        self._computed: dict[str, ExerciseLoad] = {}
        self.summary = functools.lru_cache(maxsize=256)(self._summary)

    def load(self, record_id: str) -> ExerciseLoad | None:
        """The load of an exercise or test; None when a movement of its kind has none.

        Raises: UnknownIdError, MovementError; MissingExtraError when it is new and the extra is not there.
        """
        baked = self._figures.baked(record_id)
        return None if cannot_be_loaded(baked.movement) else self._of(baked)

    def _of(self, baked: Baked) -> ExerciseLoad:
        found = find_load(baked)
        if found is not None:
            return found
        digest = load_digest(baked)
        with self._computing:
            found = self._computed.get(digest) or self._kept(digest)
            if found is None:
                found = as_kept(exercise_load(baked.movement, baked.solution))
                self._keep(digest, found)
            self._computed[digest] = found
        return found

    def _summary(self, record_id: str) -> LoadSummary:
        """The load in few words; says "not-computed" where the extra is missing.

        Raises: UnknownIdError, MovementError.
        """
        baked = self._figures.baked(record_id)
        try:
            load = self.load(record_id)
        except MissingExtraError:
            load = None
        return summary_of(baked, load, stretch=is_stretch(record_id, self._library))

    def activations(self, record_id: str) -> dict[str, dict[str, list[float]]]:
        """Each muscle's activation in every phase, 0 to 1: muscle id → "right", "left"; empty without a load.

        Raises: UnknownIdError, MovementError, MissingExtraError.
        """
        load = self.load(record_id)
        return {} if load is None else loads_of(self._figures.baked(record_id), load)

    def _kept(self, digest: str) -> ExerciseLoad | None:
        if self._folder is None:
            return None
        kept = self._file(self._folder, digest)
        try:
            found = read_load(kept)
            return None if found is None else found[1]
        except KnowledgeError:
            kept.unlink(missing_ok=True)
            log.warning("a kept load could not be read; it is computed again")
            return None

    def _keep(self, digest: str, load: ExerciseLoad) -> None:
        if self._folder is None:
            return
        try:
            self._folder.mkdir(exist_ok=True, mode=0o700)
            write_load(self._file(self._folder, digest), digest, load)
        except OSError as error:
            log.warning("a computed load could not be kept (%s)", error)

    @staticmethod
    def _file(folder: Path, digest: str) -> Path:
        return folder / f"load-{digest}{SUFFIX}"
