"""Every route there is, one line each: what it answers to whoever is let in, and who else gets in.

The tables are held against the application's own: a route without a line, and a line without a route, are found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from fastapi.routing import APIRoute
from starlette.routing import BaseRoute, Mount, Route

from weaklink.web.routes import Pages

# "home": this machine and paired devices; "all": strangers of the home network, too;
# "secret": whoever has the address of this purpose. The status is for somebody in training whose forms come
# without their token (403) and whose calls of the API come without a document (422).
PAGES = """
GET   /                                   200  home
POST  /start                              403  home
GET   /episodes                           200  home
POST  /episodes                           403  home
GET   /before                             303  home
POST  /before                             403  home
GET   /who                                200  home
POST  /who                                403  home
GET   /where                              200  home
POST  /where                              403  home
GET   /story                              200  home
POST  /story                              403  home
GET   /pain                               200  home
POST  /pain                               403  home
GET   /q/{screen}                         200  home
POST  /q/{screen}                         403  home
GET   /answers                            200  home
GET   /tests                              200  home
GET   /tests/{test}                       200  home
POST  /tests/{test}                       403  home
GET   /result                             200  home
GET   /week                               200  home
POST  /week                               403  home
GET   /routine                            200  home
POST  /routine                            403  home
GET   /prescribed                         200  home
POST  /prescribed                         403  home
GET   /plan                               200  home
POST  /plan                               403  home
GET   /plan/print                         200  home
GET   /plan/sheet.pdf                     200  home
GET   /today                              200  home
POST  /today                              403  home
POST  /today/smaller                      403  home
POST  /today/away                         403  home
GET   /session                            200  home
GET   /offline                            200  home
POST  /session/end                        403  home
GET   /session/check                      200  home
POST  /session/check                      403  home
GET   /session/figures                    200  home
GET   /service-worker.js                  200  home
GET   /manifest.webmanifest               200  all
GET   /diary                              200  home
POST  /diary                              403  home
GET   /diary/session                      303  home
POST  /diary/session                      403  home
GET   /progress                           200  home
POST  /progress                           403  home
GET   /programme                          200  home
POST  /programme                          403  home
GET   /visited                            303  home
POST  /visited                            403  home
GET   /running                            200  home
POST  /running                            403  home
GET   /what-if                            200  home
POST  /what-if                            403  home
POST  /what-if/step                       403  home
GET   /hand-on                            200  home
POST  /hand-on                            403  home
GET   /hand-on/slips                      200  home
GET   /calendar/{secret}.ics              200  secret calendar
GET   /shared/{secret}                    200  secret plan group
GET   /exercises/{exercise}               200  home
GET   /static/figures/moves/{move}.svg    200  all
GET   /static/figures/maps/{view}.svg     200  all
GET   /evidence/{link}                    200  home
GET   /sources                            200  home
POST  /remarks                            403  home
GET   /settings                           200  home
POST  /settings                           403  home
POST  /settings/my-data                   403  home
POST  /settings/erase                     403  home
GET   /pair                               200  all
POST  /pair                               403  all
GET   /devices                            200  home
POST  /devices                            403  home
GET   /about                              200  home
GET   /referral                           303  home
GET   /referral/letter                    303  home
GET   /referral/letter.pdf                303  home
GET   /api/v1/openapi.json                200  home
POST  /api/v1/assessments                 422  home
POST  /api/v1/plans                       422  home
POST  /api/v1/next-question               422  home
GET   /api/v1/questions                   200  home
GET   /api/v1/clinical-tests              200  home
GET   /api/v1/schema                      200  home
GET   /api/v1/knowledge/{kind}/{record_id}  200  home
GET   /api/v1/load-packs/{motion}         200  home
GET   /api/v1/exercise-loads/{movement}   200  home
GET   /api/v1/sessions/today              200  home
GET   /api/v1/sessions/open               200  home
GET   /api/v1/sessions/schema             200  home
POST  /api/v1/diary                       422  home
GET   /api/v1/diary                       200  home
GET   /api/v1/diary/schema                200  home
GET   /api/v1/diary/trend                 200  home
GET   /api/v1/diary/reasons               200  home
GET   /api/v1/diary/outcome               200  home
GET   /api/v1/diary/running               200  home
GET   /api/v1/diary/programme             200  home
GET   /static/packs/{motion}              200  home
GET   /static/figures/body.glb            200  home
GET   /static/figures/movements/{movement}.glb  200  home
GET   /static/figures/muscles.json        200  home
GET   /static/visit/site.css              200  all
"""
# On the certificate port, without encryption; nothing else is there, for nobody.
CERTIFICATE = """
GET   /                                   200  all
GET   /weaklink-ca.crt                    200  all
GET   /static/{name:path}                 200  all
"""
NOWHERE = ("/no-such-page", "/weaklink-ca.crt", "/api/v1/no-such-call", "/static/visit/no-such-file.txt")
MOUNTED = {"/static": "/static/visit/site.css"}  # one of its files stands for all
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
REAL = {
    "{screen}": "first-checks", "{test}": "sl-heel-raise-reps", "{exercise}": "clamshell",
    "{link}": "quads--knee-anterior", "{kind}": "exercises", "{record_id}": "clamshell", "{motion}": "running",
    "{move}": "clamshell", "{view}": "front", "{movement}": "clamshell", "{name:path}": "visit/site.css",
}  # fmt: skip


class Line(NamedTuple):
    """What one address answers: methods with their status, who gets in, and for which purposes a secret opens."""

    statuses: dict[str, int]
    who: str
    purposes: tuple[str, ...]

    def let_in(self, method: str) -> int:
        """The status for whoever is let in."""
        return self.statuses.get(method, 405)


def lines(table: str) -> dict[str, Line]:
    """Route → its line. HEAD is what Starlette answers where GET is; the API has none."""
    found: dict[str, Line] = {}
    for row in table.strip().splitlines():
        method, path, status, who, *purposes = row.split()
        line = found.setdefault(path, Line({}, who, tuple(purposes)))
        assert line.who == who
        line.statuses[method] = int(status)
        if method == "GET" and (not path.startswith("/api/") or path.endswith(".json")):
            line.statuses["HEAD"] = int(status)
    return found


def served(routes: Iterable[BaseRoute]) -> Iterator[tuple[str, str]]:
    """Method and path of every route of an application, whatever it stands in."""
    for route in routes:
        if isinstance(route, Mount):
            yield from ((method, MOUNTED[route.path]) for method in ("GET", "HEAD"))
        elif isinstance(route, Route | APIRoute):
            yield from ((method, route.path) for method in route.methods or {"GET", "HEAD"})
        elif isinstance(route, Pages):
            yield from served(route.routes)
        else:  # a router that was included
            yield from served(route.original_router.routes)  # type: ignore[attr-defined]


def listed(table: dict[str, Line]) -> set[tuple[str, str]]:
    """Method and path of every line."""
    return {(method, path) for path, line in table.items() for method in line.statuses}


def address(path: str, secret: str = "") -> str:
    """A route's path with everything filled in."""
    for name, value in REAL.items():
        path = path.replace(name, value)
    return path.replace("{secret}", secret or "no-such-secret-0123456789abcdefghijklmnopqrst")
