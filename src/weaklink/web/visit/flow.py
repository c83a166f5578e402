"""The flow: which page comes next, from what is known. Safety first, then what changes the ranking most."""

from __future__ import annotations

import msgspec

from weaklink.case.given import Given
from weaklink.library.reading import Library
from weaklink.reasoning.intake import IntakeStep, next_screen
from weaklink.reasoning.triage import detail_is_open, triage
from weaklink.reasoning.triggers import NO_GUARDS, hurts

ANSWERS = "answers."


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What decides which page comes next: what was given, what for, and whether pain numbers were."""

    given: Given | None
    aim: str
    pain_told: bool
    again: tuple[str, ...] = ()  # keys of what was said and can no longer be read


def next_address(told: Told, library: Library) -> str:
    """Where somebody who began goes from here."""
    given = told.given
    if given is None:
        return "/who"
    # Who trains to prevent pain and tells of some is asked where, before anything else.
    if not given.pain_at and (told.aim == "pain" or hurts(given) or "pain_at" in told.again):
        return "/where"
    return _address_in_intake(given, told, library)


def _address_in_intake(given: Given, told: Told, library: Library) -> str:
    detail = open_detail(given, library)
    if detail:
        return f"/q/{detail}"
    disposition = triage(given, library)
    step = next_screen(given, library, disposition)
    if disposition.refers:
        # What could make it more urgent is still asked; then the chain ends.
        return f"/q/{step.screen}" if step is not None else "/referral"
    if step is not None and is_flags(step, library):
        return f"/q/{step.screen}"
    if given.pain_at and not told.pain_told:
        return "/pain"
    if step is not None:
        return f"/q/{step.screen}"
    again = next((key for key in told.again if key.startswith(ANSWERS)), "")
    return f"/q/{again.removeprefix(ANSWERS)}" if again else "/result"


def open_detail(given: Given, library: Library) -> str:
    """The detail a pain number at night or at rest still needs before it can be read; empty when none."""
    excuses = (question for question in library.details if question.excuses)
    return next((one.id for one in excuses if detail_is_open(one, given, NO_GUARDS)), "")


def is_flags(step: IntakeStep, library: Library) -> bool:
    """Whether a step is a group of safety questions."""
    screen = library.screens.get(step.screen)
    return screen is not None and screen.kind == "flags"
