"""Away form: that life is in the way, or no longer, said in two taps on Today."""

from __future__ import annotations

import datetime

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from weaklink.care.entry_reader import LONGEST_AWAY
from weaklink.case.diary import Away, AwayWhy
from weaklink.quantities import Message
from weaklink.web.course.followed import followed, keep_and_go_on
from weaklink.web.course.told_form import accepted_entries, stamp_of
from weaklink.web.visit.typed_form import FieldRule, read_form
from weaklink.web.visit.visit import form_of

TODAY = "/today"


class AwayForm(msgspec.Struct, frozen=True, kw_only=True):
    """What is in the way, and until when where that is known."""

    why: AwayWhy
    until: datetime.date | None = None


async def keep_away(request: Request) -> Response:
    """POST /today/away."""
    form = await form_of(request)
    here = await followed(request, str(form.get("episode", "")))
    if isinstance(here, Response):
        return here
    ahead = FieldRule(
        Message("weeks.away-until-wanted"), lambda day: here.today <= day <= here.today + LONGEST_AWAY
    )
    read, stamp = read_form(form, AwayForm, here.seen.wording, {"until": ahead}), stamp_of(here, form)
    if read.value is None:
        raise HTTPException(422, " ".join(read.errors.values()))
    said = read.value
    until = None if said.why == "back" else said.until
    entry = Away(id=stamp.id, at=stamp.at, why=said.why, until=until)
    return await keep_and_go_on(request, accepted_entries((entry,), here, form), TODAY)
