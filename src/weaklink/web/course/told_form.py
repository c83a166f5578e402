"""Told forms: what the weeks' forms share, and the entries of the diary that come of them."""

from __future__ import annotations

import datetime
import re
import uuid
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import msgspec
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from weaklink.care.entry_reader import ReadBatch
from weaklink.case.diary import AnyEntry, entry_document
from weaklink.case.values import in_range
from weaklink.library.wording import Wording
from weaklink.quantities import Message
from weaklink.web.course.followed import Followed
from weaklink.web.course.sent_entries import reader_of
from weaklink.web.visit.typed_form import FieldRule, Form, FormReading, read_form

ENTRY_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
OLDEST_DAYS = 400
MOST_KM = 500
Minutes = Annotated[float, msgspec.Meta(ge=0, le=6000)]


class ToldForm(msgspec.Struct, frozen=True):
    """A form as it was sent, and the entries it tells; none while something of it is wrong."""

    read: FormReading[Any]  # of a form of any kind
    entries: tuple[AnyEntry, ...] = ()


class Stamp(msgspec.Struct, frozen=True):
    """The id of an entry, and its time; one that was sent before keeps the time of the first sending."""

    id: str
    at: datetime.datetime

    def part(self, name: str) -> Stamp:
        """That of a further entry of the same form; the same each time it is sent."""
        return Stamp(str(uuid.uuid5(uuid.NAMESPACE_OID, f"{self.id} {name}")), self.at)


class FormPart(msgspec.Struct, frozen=True):
    """The fields of a value in a form that holds several of its kind: what each is called, and its rule."""

    names: Mapping[str, str]
    rules: Mapping[str, FieldRule] = {}


def stamp_of(here: Followed, form: FormData) -> Stamp:
    """The stamp of a form: the id it was made with, so that sent twice is kept once.

    Raises: HTTPException 422 for a form that is not one of ours.
    """
    found = str(form.get("id", ""))
    if not ENTRY_ID.fullmatch(found):
        raise HTTPException(422, "id: made with the form, 8 to 64 letters, digits or hyphens.")
    kept = here.seen.house.records.versions(here.training.episode_id, found)
    # In this machine's own zone, as it was sent: the same time with another offset would be another version.
    return Stamp(found, (kept[-1].at if kept else here.seen.house.clock.now()).astimezone())


def read_part(form: FormData, kind: type[Form], wording: Wording, part: FormPart) -> FormReading[Form]:
    """Some fields of a form as a value of `kind`; what is wrong stands beside their names in the form."""
    sent = FormData([(field, str(form.get(name, ""))) for field, name in part.names.items()])
    read = read_form(sent, kind, wording, part.rules)
    return msgspec.structs.replace(
        read, errors={part.names[field]: says for field, says in read.errors.items()}
    )


def up_to(today: datetime.date) -> FieldRule:
    """The rule of a day: today or before, not longer ago than anybody remembers."""
    return FieldRule(Message("form.date"), lambda day: 0 <= (today - day).days <= OLDEST_DAYS)


def between(low: float, high: float, *, whole: bool = False) -> FieldRule:
    """The rule of a number whose range the page knows; `whole`: of a whole number."""
    return FieldRule(
        in_range(low, high, whole=whole),
        lambda found: low <= found <= high and (not whole or found == int(found)),
    )


def accepted_entries(entries: Sequence[AnyEntry], here: Followed, form: FormData) -> ReadBatch:
    """Entries of a form that may be kept: read as if from elsewhere, of the episode it was shown in.

    Raises: HTTPException 422 naming the key that cannot be read.
    """
    named = {"episode": str(form.get("episode", ""))}
    batch = reader_of(here.seen).read([{**entry_document(entry), **named} for entry in entries])
    if batch.refused:
        raise HTTPException(422, batch.refused[0].why)
    return batch
