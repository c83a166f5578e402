"""The application: pages, API, static files and error pages, behind the security middleware."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Scope

from weaklink import __version__
from weaklink.bootstrap import House
from weaklink.case.case_file import CaseError
from weaklink.jobs.planning_worker import PlanningWorker
from weaklink.store.writer import StoreClosedError, StoreFullError
from weaklink.web.api import care_api, diary_api, loads_api, packs_api, problems, sessions_api
from weaklink.web.api.openapi import describe_with
from weaklink.web.figures import figure_files
from weaklink.web.home.pairing import Pairing
from weaklink.web.routes import ROUTES, Pages
from weaklink.web.visit import errors
from weaklink.web.visit.assessments import KeptAssessments
from weaklink.web.visit.languages import STATIC_FOLDER
from weaklink.web.visit.security import Security
from weaklink.web.visit.static_files import static_content

LOCAL_HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})


class KeptFiles(StaticFiles):
    """Static files; an address with a content digest may be kept for ever."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, with how long it may be kept."""
        response = await super().get_response(path, scope)
        if response.status_code == 200 and path.endswith(".css"):
            response = Response(static_content(Path(path).as_posix()), media_type="text/css")
        lasting = b"v=" in scope.get("query_string", b"")
        response.headers["cache-control"] = "public, max-age=31536000, immutable" if lasting else "no-cache"
        return response


def make_app(house: House) -> ASGIApp:
    """The whole application for one house as this machine alone sees it, middleware included."""
    return Security(make_pages(house), LOCAL_HOSTS | {house.settings.host})


def make_pages(house: House) -> FastAPI:
    """Pages, API and files of one house, without what guards them."""
    app = FastAPI(
        title="weaklink",
        version=__version__,
        summary="From a runner's pain to the likely weak link, its training, and when to see a professional.",
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    app.state.house = house
    app.state.figure_files = figure_files.FigureFiles(house)
    app.state.pairing = Pairing(house.settings.folder, house.clock)
    app.state.assessments = KeptAssessments(PlanningWorker())
    # Pages first: whoever asks for one does not wait until each of the API's addresses was tried.
    app.router.routes.append(Pages(ROUTES))
    app.include_router(care_api.router)
    app.include_router(packs_api.router)
    app.include_router(loads_api.router)
    app.include_router(sessions_api.router)
    app.include_router(diary_api.router)
    describe_with(app, house.library)
    app.router.routes.append(packs_api.SHIPPED)
    app.router.routes.extend(figure_files.ROUTES)
    app.mount("/static", GZipMiddleware(KeptFiles(directory=STATIC_FOLDER), minimum_size=800), name="static")
    _handle_errors(app)
    return app


def _handle_errors(app: FastAPI) -> None:
    by_kind = {
        RequestValidationError: (problems.on_invalid_request, errors.on_unreadable),
        HTTPException: (problems.on_http_error, errors.on_http_error),
        CaseError: (problems.on_case_error, errors.on_case_error),
        StoreFullError: (problems.on_store_error, errors.on_store_error),
        StoreClosedError: (problems.on_store_error, errors.on_store_error),
        ClientDisconnect: (errors.on_gone, errors.on_gone),
        Exception: (problems.on_bug, errors.on_bug),
    }
    for kind, (for_api, for_pages) in by_kind.items():
        app.add_exception_handler(kind, _by_face(for_api, for_pages))


def _by_face(for_api: errors.Handler, for_pages: errors.Handler) -> errors.Handler:
    async def handle(request: Request, error: Exception) -> Response:
        chosen = for_api if request.url.path.startswith("/api/") else for_pages
        return await chosen(request, error)

    return handle
