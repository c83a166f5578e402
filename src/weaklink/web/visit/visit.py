"""A visit: who is here, what they said so far, and what every page's context holds."""

from __future__ import annotations

import uuid
from asyncio import wrap_future
from collections.abc import Callable
from functools import cached_property, partial
from typing import Any
from urllib.parse import parse_qsl

import msgspec
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse

from weaklink.bootstrap import House
from weaklink.care.ports import Episode, Runner
from weaklink.case.case_file import read_given
from weaklink.case.given import Given
from weaklink.library.reading import shipped_library
from weaklink.library.wording import Wording, shipped_wording
from weaklink.web.drawing.body_map import body_map
from weaklink.web.drawing.move_pictures import move_figure
from weaklink.web.visit.languages import template
from weaklink.web.visit.preferences import THEMES, languages, unit_of
from weaklink.web.visit.strangers import is_stranger

MOST_FIELDS = 400
NAVIGATION = ("today", "plan", "progress", "diary")
SHARED = "/shared/"


class Visit(msgspec.Struct, frozen=True, dict=True):
    """One request of one runner. `episode` is None before the first answer."""

    request: Request
    house: House
    runner: Runner
    episode: Episode | None

    @property
    def table(self) -> dict[str, Any]:
        """What was said so far, in the shape of a case file's [given]."""
        return self.episode.given if self.episode else {}

    @cached_property
    def given(self) -> Given | None:
        """The same as a typed value; None until the age is known."""
        if "age" not in self.table:
            return None
        return read_given(self.table, self.house.library, assume_unanswered_no=False)

    @property
    def aim(self) -> str:
        """pain or prevent."""
        return str(self.episode.steps.get("aim", "pain")) if self.episode else "pain"

    @property
    def wording(self) -> Wording:
        """Sentences in the runner's language and units."""
        miles = unit_of(self.runner.settings) == "mi"
        return shipped_wording(self.house.settings.language, miles=miles)


def visit(request: Request) -> Visit:
    """Who is here. One short read."""
    house: House = request.app.state.house
    runner, episode = house.present()
    return Visit(request, house_for(house, runner), runner, episode)


def house_for(house: House, runner: Runner) -> House:
    """The house as it speaks to a runner: in the language they chose, where there is one."""
    language = str(runner.settings.get("language", ""))
    if language in ("", house.settings.language) or language not in languages():
        return house
    settings = msgspec.structs.replace(house.settings, language=language)
    return msgspec.structs.replace(house, settings=settings, library=shipped_library(language))


async def begin(seen: Visit, aim: str) -> Episode:
    """A new episode; earlier ones are kept."""
    now = seen.house.clock.now()
    episode = Episode(
        id=str(uuid.uuid4()),
        runner_id=seen.runner.id,
        steps={"aim": aim},
        edition=seen.house.library.edition,
        created_at=now,
        updated_at=now,
    )
    await wrap_future(seen.house.records.keep_episode(episode))
    return episode


async def change(
    seen: Visit,
    given: Callable[[dict[str, Any]], dict[str, Any]] | None = None,
    steps: dict[str, Any] | None = None,
) -> Visit:
    """The visit after a change of what was said; checked before it is kept, durable afterwards.

    Raises: CaseError naming the key when the change cannot be read.
    """
    if seen.episode is None:
        raise HTTPException(409, "Nothing was begun yet.")
    now = seen.house.clock.now()

    def changed(old: Episode) -> Episode:
        table = given(old.given) if given else old.given
        if "age" in table:
            read_given(table, seen.house.library, assume_unanswered_no=False)
        return msgspec.structs.replace(old, given=table, steps={**old.steps, **(steps or {})}, updated_at=now)

    episode = await wrap_future(seen.house.records.change_episode(seen.episode.id, changed))
    return Visit(seen.request, seen.house, seen.runner, episode)


async def form_of(request: Request) -> FormData:
    """The posted form; all of ours are urlencoded.

    Raises: HTTPException 400 for too many fields, 403 when the form is not one of ours.
    """
    body = (await request.body()).decode("utf-8", "replace")
    try:
        said = parse_qsl(body, keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise HTTPException(400, f"A form may have at most {MOST_FIELDS} fields.") from error
    form = FormData([(name, value) for name, value in said])
    if form.get("csrf") != request.app.state.house.form_token:
        raise HTTPException(403, "This form is not from weaklink's own pages.")
    return form


def show(request: Request, name: str, context: dict[str, Any], status: int = 200) -> HTMLResponse:
    """A page: the template with its own context and what every page needs."""
    seen = visit(request)
    house, path = seen.house, request.url.path
    theme = seen.runner.settings.get("theme", "")
    frame = {
        "lang": house.settings.language,
        # A guest keeps the look of their own device, and may send nothing.
        "theme": theme if theme in THEMES and not is_guest(request) else "",
        "csrf": "" if is_guest(request) else house.form_token,
        "edition": house.library.edition,
        "links": main_links(seen),
        "path": path,
        "move_figure": partial(move_figure, house.figures),
        "body_map": partial(body_map, house.figures),
    }
    return HTMLResponse(template(name, house.settings.language).render(frame | context), status_code=status)


def is_guest(request: Request) -> bool:
    """Whether this is somebody who only reads a shared plan, or a device at home that is not paired."""
    return request.url.path.startswith(SHARED) or is_stranger(request.scope)


def main_links(seen: Visit) -> list[dict[str, Any]]:
    """The main navigation: once a plan exists, and never for a guest."""
    path = seen.request.url.path
    if is_guest(seen.request):
        return []
    if seen.episode is None or seen.house.records.plan(seen.episode.id) is None:
        return []
    word = seen.wording.word
    return [
        {"url": f"/{name}", "name": word(f"nav.{name}"), "here": path == f"/{name}"} for name in NAVIGATION
    ]
