"""Figures: movements and their pictures, as shipped, or made at first need and kept in the data folder."""

from __future__ import annotations

import functools
import logging
import threading
from collections.abc import Callable
from pathlib import Path

import msgspec

from weaklink.figure.human import Build
from weaklink.figure.map import BodyMap, MapView, Point, body_map
from weaklink.figure.shown import Lit
from weaklink.figure.still import second_camera, still
from weaklink.library.array_file import SUFFIX
from weaklink.library.baked_movements import read_solution, shipped_solution, write_solution
from weaklink.library.figures import human
from weaklink.library.movements import movement_of
from weaklink.library.reading import KnowledgeError, Library
from weaklink.library.stills import build_digest, map_key, shipped_still, still_key
from weaklink.library.working import working_muscles
from weaklink.movement.baked import Baked, Solution, digest_of, other_side, solve
from weaklink.movement.format import Movement
from weaklink.movement.mirror import mirrored as mirror_of

Regions = tuple[tuple[str, tuple[Point, ...]], ...]  # names and rough outlines
SECOND_BYTES = 6_000  # a second view is looked at by reviewers: a coarser one will do
KEPT = 512  # movements and pictures in memory
log = logging.getLogger("weaklink")


class Figures:
    """What pages, terminal and book draw. Safe to use from several threads.

    `baked` and `still` may take seconds for a movement that was edited or added since the packs were made, so
    that a server asks for them in a thread; `key` is quick.
    """

    def __init__(self, library: Library, folder: Path | None = None, build: Build = "woman") -> None:
        """`folder`: where new solutions and pictures are kept; None keeps them in memory only."""
        self._library = library
        self._folder = folder
        self._build: Build = build
        self._working = threading.RLock()
        self._solved: dict[str, Solution] = {}
        self.baked = functools.lru_cache(maxsize=KEPT)(self._baked)
        self.key = functools.lru_cache(maxsize=KEPT)(self._key)
        self.still = functools.lru_cache(maxsize=KEPT)(self._still)
        self.body_map = functools.lru_cache(maxsize=8)(self._body_map)

    def has(self, record_id: str) -> bool:
        """Whether there is a movement of this exercise or test."""
        return record_id in self._library.movements

    def lit(self, record_id: str, mirrored: bool = False) -> Lit:
        """The muscles lit in a picture of it.

        Raises: UnknownIdError.
        """
        movement = self._movement(record_id, mirrored)
        return working_muscles(record_id, self._library, movement.side)

    def _movement(self, record_id: str, mirrored: bool) -> Movement:
        movement = movement_of(record_id, self._library)
        return mirror_of(movement) if mirrored else movement

    def _baked(self, record_id: str, mirrored: bool = False) -> Baked:
        """The movement of an exercise or test as written, or done by the other side.

        Raises: UnknownIdError, MovementError.
        """
        movement = movement_of(record_id, self._library)
        digest = digest_of(movement)
        shipped = shipped_solution(record_id, digest, self._library)
        baked = Baked(movement, digest, shipped or self._own(movement, digest))
        return other_side(baked) if mirrored else baked

    def _key(self, record_id: str, mirrored: bool = False, second: bool = False) -> str:
        """What a picture is called; it changes with all it is drawn from.

        Raises: UnknownIdError.
        """
        movement = self._movement(record_id, mirrored)
        camera = second_camera(movement) if second else None
        body = build_digest(self._build)
        return still_key(movement, self._build, body, self.lit(record_id, mirrored), camera)

    def _still(self, record_id: str, mirrored: bool = False, second: bool = False) -> str:
        """The picture of a movement, from its first or a second camera.

        Returns: what stands inside an SVG of `figure.still.SIZE` units.

        Raises: UnknownIdError, MovementError.
        """
        key = self.key(record_id, mirrored, second)
        found = shipped_still(record_id, key, second) or self._kept_still(key)
        if found is None:
            with self._working:
                found = self.drawn(record_id, mirrored, second)
                self._keep(f"{key}.svg", lambda path: path.write_text(found, encoding="ascii"))
        return found

    def map_key(self, view: MapView, regions: Regions) -> str:
        """What one side of the body is called; it changes with all it is drawn from."""
        return map_key(view, self._build, build_digest(self._build), dict(regions))

    def _body_map(self, view: MapView, regions: Regions) -> BodyMap:
        """One side of the body with its regions, as `figure.map.body_map` draws it."""
        key = self.map_key(view, regions)
        found = shipped_still(f"map-{view}", key) or self._kept_still(key)
        if found is None:
            with self._working:
                found = self.mapped(view, regions)
                self._keep(f"{key}.svg", lambda path: path.write_text(found, encoding="ascii"))
        drawing, areas = msgspec.json.decode(found, type=tuple[str, dict[str, str]])
        return BodyMap(drawing, areas)

    def mapped(self, view: MapView, regions: Regions) -> str:
        """One side of the body drawn now, as JSON."""
        return msgspec.json.encode(body_map(human(self._build), view, dict(regions))).decode()

    def drawn(self, record_id: str, mirrored: bool = False, second: bool = False) -> str:
        """The same picture drawn now, even if it was drawn before."""
        baked, body = self.baked(record_id, mirrored), human(self._build)
        lit = self.lit(record_id, mirrored)
        if second:
            return still(baked, body, lit, second_camera(baked.movement), SECOND_BYTES).drawing
        return still(baked, body, lit).drawing

    def _own(self, movement: Movement, digest: str) -> Solution:
        with self._working:
            solution = self._solved.get(digest) or self._kept_solution(digest) or solve(movement)
            self._solved[digest] = solution
            self._keep(f"{digest}{SUFFIX}", lambda path: write_solution(path, digest, solution))
        return solution

    def _kept_solution(self, digest: str) -> Solution | None:
        if self._folder is None:
            return None
        kept = self._folder / f"{digest}{SUFFIX}"
        try:
            found = read_solution(kept)
            return None if found is None or found[1].faults is None else found[1]
        except KnowledgeError:
            kept.unlink(missing_ok=True)
            log.warning("a kept movement could not be read; it is solved again")
            return None

    def _kept_still(self, key: str) -> str | None:
        if self._folder is None or not (self._folder / f"{key}.svg").is_file():
            return None
        return (self._folder / f"{key}.svg").read_text(encoding="ascii")

    def _keep(self, name: str, write: Callable[[Path], object]) -> None:
        if self._folder is None or (self._folder / name).is_file():
            return
        try:
            self._folder.mkdir(exist_ok=True, mode=0o700)
            write(self._folder / name)
        except OSError as error:
            log.warning("a figure could not be kept (%s)", error)
