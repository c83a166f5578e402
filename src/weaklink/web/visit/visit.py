"""A visit: who is here, what they said so far, and what every page's context holds."""

from __future__ import annotations

import datetime
import hmac
from collections.abc import Mapping
from functools import cached_property, partial
from urllib.parse import parse_qsl

import msgspec
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse

from weaklink.bootstrap import House
from weaklink.care.as_read import asked_again, set_aside
from weaklink.care.folding import Diary
from weaklink.care.keeping_diary import Whole, told_by
from weaklink.care.ports import Address, Episode, KeptPlan, Runner
from weaklink.case.case_file import read_given
from weaklink.case.given import Given
from weaklink.case.values import Table
from weaklink.library.language.language_folders import languages
from weaklink.library.reading import shipped_library
from weaklink.library.wording import Wording, shipped_wording
from weaklink.reasoning.interview import Aim, Step
from weaklink.web.drawing.body_map import body_map
from weaklink.web.drawing.move_pictures import move_figure
from weaklink.web.visit.flow import LEFT, HeardSoFar, next_address, next_of
from weaklink.web.visit.languages import template
from weaklink.web.visit.preferences import THEMES, unit_of, weighs_in
from weaklink.web.visit.security import form_token, remember_visitor
from weaklink.web.visit.strangers import is_stranger
from weaklink.web.words.aside_words import aside_words

MOST_FIELDS = 400
NAVIGATION = ("today", "plan", "progress", "diary")
SHARED = "/shared/"


class NavigationLink(msgspec.Struct, frozen=True, kw_only=True):
    """One of the main pages in the bar of every page."""

    url: str
    name: str
    here: bool


class Visit(msgspec.Struct, frozen=True, dict=True):
    """One request of one runner. `episode` is None before the first answer.

    Runner, episode, plan and diary are read once in a request, when they are first wanted.
    """

    request: Request
    house: House
    runner: Runner
    episode: Episode | None

    @property
    def table(self) -> Table:
        """What was said so far, in the shape of a case file's [given]."""
        return self.episode.given if self.episode else {}

    @cached_property
    def given(self) -> Given | None:
        """The same as a typed value; None until the age is known."""
        if "age" not in self.table:
            return None
        return read_given(self.table, self.house.library, assume_unanswered_no=False)

    @property
    def aim(self) -> Aim:
        """pain or prevent."""
        return "prevent" if self.episode and self.episode.steps.get("aim") == "prevent" else "pain"

    @property
    def left(self) -> frozenset[str]:
        """What the interview showed and was left without an answer."""
        kept = self.episode.steps.get(LEFT) if self.episode else None
        names = kept if isinstance(kept, list) else []
        return frozenset(name for name in names if isinstance(name, str))

    @property
    def heard(self) -> HeardSoFar:
        """What decides which page comes next."""
        return HeardSoFar(
            given=self.given,
            aim=self.aim,
            left=self.left,
            again=asked_again(self.episode, self.house.library) if self.episode else (),
        )

    @cached_property
    def leads_to(self) -> str:
        """The page that comes next."""
        return "/" if self.episode is None else next_address(self.heard, self.house.library)

    @cached_property
    def step(self) -> Step | None:
        """The screen of the interview that comes next."""
        return None if self.episode is None else next_of(self.heard, self.house.library)

    @cached_property
    def kept_plan(self) -> KeptPlan | None:
        """The newest plan that was kept for this episode."""
        return self.house.records.plan(self.episode.id) if self.episode else None

    @cached_property
    def in_training(self) -> bool:
        """Whether the session has a page: with a plan, or all that one needs. A closed one says so."""
        if self.given is None:
            return False
        return self.kept_plan is not None or ("days" in self.table and self.leads_to == "/result")

    @cached_property
    def diary(self) -> Diary:
        """The diary of this episode as it is kept, put together."""
        if self.episode is None:
            return Diary(days=())
        records, name = self.house.records, self.episode.id
        whole = Whole(lambda: records.diary(name), lambda since, until: records.days(name, since, until))
        return told_by(records.told(name), whole)

    @cached_property
    def addresses(self) -> tuple[Address, ...]:
        """What the runner handed on."""
        return self.house.records.addresses(self.runner.id)

    @property
    def wording(self) -> Wording:
        """Sentences in the runner's language and units."""
        settings = self.runner.settings
        miles, pounds = unit_of(settings) == "mi", weighs_in(settings) == "lb"
        return shipped_wording(self.house.settings.language, miles=miles, pounds=pounds)

    @property
    def today(self) -> datetime.date:
        """The day where the server stands."""
        return self.house.clock.now().astimezone().date()


def visit(request: Request) -> Visit:
    """Who is here; read once in a request."""
    known: Visit | None = getattr(request.state, "visit", None)
    if known is not None:
        return known
    house: House = request.app.state.house
    runner, episode = house.present()
    return visiting(request, house_for(house, runner), runner, episode)


def visiting(request: Request, house: House, runner: Runner, episode: Episode | None) -> Visit:
    """The visit of a request from now on, after something of it was read or changed."""
    request.state.visit = Visit(request, house, runner, episode)
    found: Visit = request.state.visit
    return found


def visit_again(seen: Visit) -> Visit:
    """The same visit, read anew."""
    runner, episode = seen.house.present()
    return visiting(seen.request, house_for(seen.request.app.state.house, runner), runner, episode)


def house_for(house: House, runner: Runner) -> House:
    """The house as it speaks to a runner: in the language they chose, where there is one."""
    language = str(runner.settings.get("language", ""))
    if language in ("", house.settings.language) or language not in languages():
        return house
    settings = msgspec.structs.replace(house.settings, language=language)
    return msgspec.structs.replace(house, settings=settings, library=shipped_library(language))


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
    ours = form_token(request, request.app.state.house.form_key).encode()
    if not hmac.compare_digest(str(form.get("csrf", "")).encode(), ours):
        raise HTTPException(403, "This form is not from weaklink's own pages.")
    return form


def show(
    request: Request, name: str, page: msgspec.Struct | Mapping[str, object], status: int = 200
) -> HTMLResponse:
    """A page: the template with its own context and what every page needs."""
    context = msgspec.structs.asdict(page) if isinstance(page, msgspec.Struct) else page
    seen = visit(request)
    house, path = seen.house, request.url.path
    theme = seen.runner.settings.get("theme", "")
    frame = {
        "lang": house.settings.language,
        # A guest keeps the look of their own device, and may send nothing.
        "theme": theme if theme in THEMES and not is_guest(request) else "",
        "csrf": "" if is_guest(request) else form_token(request, house.form_key),
        "edition": house.library.edition,
        "links": main_links(seen),
        "in_training": not is_guest(request) and seen.in_training,
        "aside": aside_lines(seen),
        "path": path,
        "say": seen.wording.word,
        "move_figure": partial(move_figure, house.figures),
        "body_map": partial(body_map, house.figures),
    }
    answer = HTMLResponse(
        template(name, house.settings.language).render({**frame, **context}), status_code=status
    )
    remember_visitor(request, answer)
    return answer


def is_guest(request: Request) -> bool:
    """Whether this is somebody who only reads a shared plan, or a device at home that is not paired."""
    return request.url.path.startswith(SHARED) or is_stranger(request.scope)


def aside_lines(seen: Visit) -> list[str]:
    """What can no longer be read of what was said, while it is asked again and among the answers."""
    aside = set_aside(seen.episode)
    if not aside or is_guest(seen.request):
        return []
    wanted = seen.leads_to != "/result" or seen.request.url.path == "/answers"
    return aside_words(aside, seen.house.library, seen.wording) if wanted else []


def main_links(seen: Visit) -> list[NavigationLink]:
    """The main navigation: once a plan exists, and never for a guest."""
    path = seen.request.url.path
    if is_guest(seen.request):
        return []
    if seen.kept_plan is None:
        return []
    word = seen.wording.word
    return [
        NavigationLink(url=f"/{name}", name=word(f"nav.{name}"), here=path == f"/{name}")
        for name in NAVIGATION
    ]
