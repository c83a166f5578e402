"""The flow: which page comes next. The interview decides; a page is where its screen is answered."""

from __future__ import annotations

import msgspec

from weaklink.case.given import Given
from weaklink.library.reading import Library
from weaklink.reasoning.interview import Aim, Step, Told, next_step
from weaklink.reasoning.urgency import urgency

ANSWERS = "answers."
PAGES = {"who": "/who", "where": "/where", "story": "/story", "pain": "/pain"}
LEFT = "left"  # the step that names what was shown and left without an answer


class HeardSoFar(msgspec.Struct, frozen=True, kw_only=True):
    """What decides which page comes next: what the interview heard, and what has to be said again."""

    given: Given | None
    aim: Aim
    left: frozenset[str] = frozenset()
    again: tuple[str, ...] = ()  # keys of what was said and can no longer be read


def next_of(heard: HeardSoFar, library: Library) -> Step | None:
    """The screen of the interview that comes next; None where it has ended."""
    # Who trains to prevent pain and once named a place that nobody knows any more is asked where.
    aim: Aim = "pain" if "pain_at" in heard.again else heard.aim
    return next_step(Told(given=heard.given, aim=aim, left=heard.left), library)


def next_address(heard: HeardSoFar, library: Library) -> str:
    """Where somebody who began goes from here."""
    step = next_of(heard, library)
    if step is not None:
        return PAGES.get(step.kind, f"/q/{step.screen}")
    assert heard.given is not None
    if urgency(heard.given, library).refers:
        return "/referral"
    again = next((key for key in heard.again if key.startswith(ANSWERS)), "")
    return f"/q/{again.removeprefix(ANSWERS)}" if again else "/result"
