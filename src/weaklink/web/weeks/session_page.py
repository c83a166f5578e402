"""Session: the page of the guided session, the figures it moves, and what an installed page needs."""

from __future__ import annotations

import hashlib
from functools import cache

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from weaklink.library.wording import spoken_name
from weaklink.web.drawing.move_pictures import move_url
from weaklink.web.figures.figure_files import FigureFiles
from weaklink.web.visit.languages import STATIC_FOLDER
from weaklink.web.visit.preferences import HEARD_AT, heard
from weaklink.web.visit.static_files import static_content, static_url
from weaklink.web.visit.visit import Visit, show, visit

MOST_MOVES = 60
SIDES = ("none", "right", "left")
WORKER = "weeks/session/service_worker.js"
NAME = "weaklink"
# What the session needs without a connection, besides its own modules.
SHELL = (
    "visit/tokens.css", "visit/site.css", "weeks/session.css", "weeks/session_low.css", "figures/figure.css",
    "visit/unsent_danger.js", "fonts/commissioner.woff2", "marks/mark.svg",
    "marks/icon-192.png", "vendor/three.min.js",
)  # fmt: skip
MODULES = ("weeks/session", "figures")
ICONS = (("marks/icon-192.png", "192x192", "any"), ("marks/icon-512.png", "512x512", "any"),
         ("marks/icon-maskable-512.png", "512x512", "maskable"))  # fmt: skip


class SpokenPlace(msgspec.Struct, frozen=True):
    """A place that may hurt, "site:side", and its words."""

    value: str
    name: str


class SessionPage(msgspec.Struct, frozen=True, kw_only=True):
    """What the page holds: nothing of the runner but how the session tells when."""

    places: list[SpokenPlace]
    heard: str
    heard_at: str
    check_says: str
    check_device: str


class FigureSide(msgspec.Struct, frozen=True):
    """Where a movement of one side is, and its still picture."""

    movement: str
    still: str


class MoveFigure(msgspec.Struct, frozen=True, kw_only=True):
    """The figure of one move by side, and the seconds of a repetition as it is drawn.

    `reached_s` and `left_s`: when its far end is reached and left.
    """

    sides: dict[str, FigureSide]
    duration_s: float
    reached_s: float
    left_s: float
    simple: bool
    returns: bool


class SessionFigures(msgspec.Struct, frozen=True):
    """Where the runner's body is, and the figure of each move."""

    body: str
    moves: dict[str, MoveFigure]


async def session_page(request: Request) -> Response:
    """GET /session. The page itself holds nothing of health: a browser may keep it."""
    seen = visit(request)
    if not seen.in_training:
        return RedirectResponse(seen.leads_to, status_code=303)
    settings, word = seen.runner.settings, seen.wording.word
    page = SessionPage(
        places=_places(seen),
        heard=" ".join(heard(settings)),
        heard_at=str(settings.get(HEARD_AT, "")),
        check_says=word("check.says"),
        check_device=word("check.device"),
    )
    return show(request, "weeks/session.html", page)


async def offline_page(request: Request) -> Response:
    """GET /offline: what can be done without a connection. The page itself holds nothing of health."""
    return show(request, "weeks/offline.html", {})


async def session_figures(request: Request) -> Response:
    """GET /session/figures?moves=a,b: where the figures of these moves are and how they are paced."""
    seen = visit(request)
    named = request.query_params.get("moves", "").split(",")
    if len(named) > MOST_MOVES:
        raise HTTPException(422, f"moves: at most {MOST_MOVES} at once")
    files: FigureFiles = request.app.state.figure_files
    known = [name for name in dict.fromkeys(named) if files.has(name)]
    moves = {name: await run_in_threadpool(_figure_of, seen, files, name) for name in known}
    return _json(SessionFigures(body=files.body_address(seen), moves=moves))


async def service_worker(_request: Request) -> Response:
    """GET /service-worker.js: keeps the page of the session and its files, nothing else."""
    return Response(_worker(), media_type="text/javascript")


async def manifest(_request: Request) -> Response:
    """GET /manifest.webmanifest: makes weaklink installable."""
    icons = [
        {"src": static_url(name), "sizes": sizes, "type": "image/png", "purpose": purpose}
        for name, sizes, purpose in ICONS
    ]
    said = {
        "name": NAME,
        "short_name": NAME,
        "id": "/today",
        "start_url": "/today",
        "scope": "/",
        "display": "standalone",
        "background_color": "#f7f5f0",
        "theme_color": "#15191b",
        "icons": icons,
    }
    return Response(msgspec.json.encode(said), media_type="application/manifest+json")


def _json(value: msgspec.Struct) -> Response:
    return Response(msgspec.json.encode(value), media_type="application/json")


def _figure_of(seen: Visit, files: FigureFiles, move: str) -> MoveFigure:
    baked = files.baked(move)
    frames = baked.movement.keyframes
    times = [float(baked.times_s[phase]) for phase in baked.keyframes]
    far = max(range(len(frames)), key=lambda n: (n > 0, frames[n].hold_s, -n))
    return MoveFigure(
        sides={side: _figure_side(seen, files, move, side) for side in SIDES},
        duration_s=round(baked.duration_s, 3),
        reached_s=round(times[far], 3),
        left_s=round(times[far] + frames[far].hold_s, 3),
        simple=len(frames) == 2,
        returns=not baked.movement.travels,
    )


def _figure_side(seen: Visit, files: FigureFiles, move: str, side: str) -> FigureSide:
    turned = "left" if side == "left" and files.baked(move).side == "right" else ""
    movement = files.movement_address(move, "" if side == "none" else side)
    return FigureSide(movement, move_url(seen.house.figures, move, turned))


def _places(seen: Visit) -> list[SpokenPlace]:
    """Every place that may hurt, with its sides, from head to foot."""
    word = seen.wording.word
    found = []
    for region in sorted(seen.house.library.regions.values(), key=lambda region: region.order):
        for side in ("right", "left") if region.sided else ("none",):
            words = ", ".join(part for part in (spoken_name(region), word(f"word.{side}")) if part)
            found.append(SpokenPlace(f"{region.id}:{side}", words[:1].upper() + words[1:]))
    return found


@cache
def _worker() -> str:
    """The service worker with the list of its files; another edition whenever one of them changes."""
    modules = [path for folder in MODULES for path in sorted((STATIC_FOLDER / folder).glob("*.js"))]
    names = [*SHELL, *(path.relative_to(STATIC_FOLDER).as_posix() for path in modules)]
    kept = [name for name in names if name != WORKER]
    digest = hashlib.sha256()
    for name in kept:
        digest.update(static_content(name))
    files = ["/session", "/offline", "/manifest.webmanifest"]
    for name in kept:
        files += [f"/static/{name}", static_url(name)]
    listed = msgspec.json.encode(files).decode()
    head = f"const EDITION = '{digest.hexdigest()[:12]}';\nconst FILES = {listed};\n"
    return head + (STATIC_FOLDER / WORKER).read_text(encoding="utf-8")
