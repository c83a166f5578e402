"""Forms: posted text as values, errors back beside their field, and how far the intake is."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from weaklink.case.case_file import CaseError
from weaklink.library.wording import Wording
from weaklink.quantities import WEEKDAYS, Message
from weaklink.reasoning.interview import AT_MOST
from weaklink.web.visit.preferences import THINGS
from weaklink.web.visit.trail import place_in_trail
from weaklink.web.visit.visit import Visit


def wanted(error: CaseError, wording: Wording) -> str:
    """What would be right, as a request to somebody at a form."""
    return wording.say(error.wanted or Message("form.choice"))


def field_errors(error: CaseError, wording: Wording, rename: dict[str, str] | None = None) -> dict[str, str]:
    """What would be right, by the name of the field the error is about."""
    field = str(error).partition(":")[0].rsplit(".", 1)[-1]
    return {(rename or {}).get(field, field): wanted(error, wording)}


class Choice(msgspec.Struct, frozen=True):
    """One thing to choose from, and its words."""

    id: str
    name: str


class DayChoice(msgspec.Struct, frozen=True):
    """A weekday to choose, with its words for narrow places."""

    id: str
    name: str
    short: str


def day_choices(wording: Wording) -> list[DayChoice]:
    """The days of the week in words, Monday first."""
    word = wording.word
    return [DayChoice(day, word(f"word.{day}"), word(f"word.{day}.short")) for day in WEEKDAYS]


def thing_choices(wording: Wording, chosen: Collection[str] = (), *, weights: bool = False) -> list[Choice]:
    """The things that not everybody has at hand, in words.

    Where `weights` are asked by name, "some weight" is no choice any more, unless it was chosen before.
    """
    told = {"weight"} - {*chosen} if weights else set()
    return [Choice(thing, wording.word(f"equipment.{thing}")) for thing in THINGS if thing not in told]


class IntakePlace(msgspec.Struct, frozen=True):
    """Where in the intake a page stands, for the bar at its top; number 0 is not counted."""

    name: str
    number: int
    most: int


def step_of(seen: Visit, page: str, at: str) -> IntakePlace:
    """The place of a page in the intake."""
    number = 0 if page == "who" else place_in_trail(seen, at)
    return IntakePlace(seen.wording.word(f"page.{page}"), number, max(number, AT_MOST))
