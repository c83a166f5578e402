"""Files of the moving figure: the runner's body, the movements and the words about muscles, ready gzipped.

A movement's address carries a digest of what it is made from, so that it may be kept for ever. The body's
carries one that only this data folder can make: height and mass cannot be read from it.
"""

from __future__ import annotations

import functools
import gzip
import hashlib
import hmac
from typing import NamedTuple

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from weaklink.body.scaling import BodySize
from weaklink.bootstrap import House
from weaklink.figure.body_file import body_glb
from weaklink.figure.human import BUILDS, Build, sized
from weaklink.figure.movement_file import movement_glb
from weaklink.library.figures import human
from weaklink.library.language.language_folders import languages
from weaklink.library.movements import movement_of
from weaklink.library.packs import baked_stride
from weaklink.library.reading import Library, shipped_library
from weaklink.library.wording import spoken_name
from weaklink.movement.baked import Baked, digest_of, other_side
from weaklink.movement.gait import RUNNING
from weaklink.web.figures.figure_lights import lighting_of
from weaklink.web.figures.runner_pack import size_of
from weaklink.web.visit.visit import Visit, visit

FILES = "/static/figures"
GLB = "model/gltf-binary"
# Raised by hand when a file is written in another way, so that browsers fetch it again.
FILE_REVISION = 2
BUILD_OF: dict[str, Build] = {"female": "woman", "male": "man"}
SIDES = ("", "right", "left")
YEAR_S = 31536000


class KeptFigures(NamedTuple):
    """A file as it is sent."""

    gzipped: bytes
    etag: str


class Person(NamedTuple):
    """Who is drawn."""

    build: Build
    size: BodySize | None  # None: as the build was made


class FigureFiles:
    """What one house draws with, each file made once. Making one may take a moment: ask in a thread."""

    def __init__(self, house: House) -> None:
        self._house = house
        self.body = functools.lru_cache(maxsize=8)(self._body)
        self.movement = functools.lru_cache(maxsize=256)(self._movement)
        self.movement_address = functools.lru_cache(maxsize=512)(self._movement_address)
        self.words = functools.cache(self._words)

    def has(self, record_id: str) -> bool:
        """Whether there is a movement of this exercise or test, or it is the running stride."""
        return record_id == RUNNING or self._house.figures.has(record_id)

    def baked(self, record_id: str, side: str = "") -> Baked:
        """A movement done by a side, solved now when it is new.

        Raises: UnknownIdError, MovementError.
        """
        if record_id == RUNNING:
            return baked_stride()
        found = self._house.figures.baked(record_id)
        return other_side(found) if side and found.side not in ("both", side) else found

    def words_address(self, language: str) -> str:
        """Where the words about muscles are in a language."""
        return f"{FILES}/muscles.json?language={language}&v={self.words(language).etag}"

    def body_address(self, seen: Visit) -> str:
        """Where this runner's body is."""
        said = msgspec.json.encode([person_of(seen), FILE_REVISION])
        key = hmac.new(self._house.form_key.encode(), said, hashlib.sha256).hexdigest()[:16]
        return f"{FILES}/body.glb?v={key}"

    def _movement_address(self, record_id: str, side: str = "") -> str:
        """Where a movement is; empty when there is none to draw."""
        if not self.has(record_id):
            return ""
        library = self._house.library
        solved = RUNNING if record_id == RUNNING else digest_of(movement_of(record_id, library))
        stamp = hashlib.sha256(f"{solved} {record_id} {library.edition} {FILE_REVISION}".encode()).hexdigest()
        chosen = f"&side={side}" if side in SIDES[1:] and record_id != RUNNING else ""
        return f"{FILES}/movements/{record_id}.glb?v={stamp[:12]}{chosen}"

    def _body(self, person: Person) -> KeptFigures:
        reference = human(person.build)
        return _kept(body_glb(sized(reference, person.size) if person.size else reference))

    def _movement(self, record_id: str, side: str = "") -> KeptFigures:
        baked = self.baked(record_id, side)
        return _kept(movement_glb(baked, lighting_of(baked, self._house.library)))

    def _library(self, language: str) -> Library:
        return self._house.library if language == self._house.settings.language else shipped_library(language)

    def _words(self, language: str) -> KeptFigures:
        """Muscle id → what it is called, does, and does in running."""
        muscles = self._library(language).muscles.items()
        table = {
            name: {
                "name": muscle.name,
                "often": spoken_name(muscle),
                "action": muscle.action,
                "running": muscle.in_running,
            }
            for name, muscle in muscles
        }
        return _kept(msgspec.json.encode(table, order="deterministic"))


def person_of(seen: Visit) -> Person:
    """The runner as far as known. Who said neither woman nor man is drawn as one of both, always the same."""
    parity = int(hashlib.sha256(seen.runner.id.encode()).hexdigest()[:2], 16) % len(BUILDS)
    build = BUILD_OF.get(str(seen.table.get("sex", "")), BUILDS[parity])
    return Person(build, size_of(seen.runner.settings))


async def body_file(request: Request) -> Response:
    """GET /static/figures/body.glb: the runner's own body."""
    kept = await run_in_threadpool(_files(request).body, person_of(visit(request)))
    return _sent(request, kept, GLB, "private")


async def movement_file(request: Request) -> Response:
    """GET /static/figures/movements/{movement}.glb, ?side=right or left for one that works a side."""
    record_id, side = request.path_params["movement"], request.query_params.get("side", "")
    if side not in SIDES or not _files(request).has(record_id):
        raise HTTPException(404, "There is no such movement.")
    return _sent(request, await run_in_threadpool(_files(request).movement, record_id, side), GLB, "public")


async def words_file(request: Request) -> Response:
    """GET /static/figures/muscles.json, ?language=: what each muscle is called, does, and does in running."""
    language = request.query_params.get("language", "")
    if language not in languages():
        language = visit(request).house.settings.language
    return _sent(request, _files(request).words(language), "application/json", "public")


ROUTES = [
    Route(f"{FILES}/body.glb", body_file),
    Route(f"{FILES}/movements/{{movement}}.glb", movement_file),
    Route(f"{FILES}/muscles.json", words_file),
]


def _files(request: Request) -> FigureFiles:
    files: FigureFiles = request.app.state.figure_files
    return files


def _kept(content: bytes) -> KeptFigures:
    return KeptFigures(
        gzip.compress(content, compresslevel=9, mtime=0), hashlib.sha256(content).hexdigest()[:16]
    )


def _sent(request: Request, kept: KeptFigures, kind: str, who: str) -> Response:
    """A file, gzipped if the browser takes that; nothing again if it has it. Only a dated address is kept."""
    lasting = f"{who}, max-age={YEAR_S}, immutable" if "v" in request.query_params else "no-cache"
    headers = {"etag": f'"{kept.etag}"', "cache-control": lasting, "vary": "accept-encoding"}
    if request.headers.get("if-none-match") == headers["etag"]:
        return Response(status_code=304, headers=headers)
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(gzip.decompress(kept.gzipped), media_type=kind, headers=headers)
    return Response(kept.gzipped, media_type=kind, headers={**headers, "content-encoding": "gzip"})
