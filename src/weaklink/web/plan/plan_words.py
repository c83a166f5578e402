"""Plan words: what page and paper both say of a plan: its heading, its running, its runs, its notes."""

from __future__ import annotations

import msgspec

from weaklink.case.assessment import Assessment
from weaklink.case.plan import Item, Plan, Session
from weaklink.library.reading import Library
from weaklink.library.records import Area
from weaklink.library.wording import Wording, spoken_name
from weaklink.quantities import Side
from weaklink.reasoning.safety_net import is_safety_net
from weaklink.web.words.dose_words import dose_words

PLACE_OF_NOTE = {
    "effort": "effort",
    "minor": "effort",
    "calibrate": "effort",
    "pain-limit": "hurts",
    "bone-limit": "hurts",
    "if-it-hurts": "hurts",
    "prescribed.note-hurts": "hurts",
    "weeks-grow": "next",
    "from-week": "next",
    "retest": "next",
}


class RunDayMove(msgspec.Struct, frozen=True, kw_only=True):
    """One stretch around a run, and when it is done."""

    id: str
    url: str
    name: str
    dose: str
    when: str


class NotesByPlace(msgspec.Struct, frozen=True, kw_only=True):
    """The plan's notes where a reader looks for them: how hard, if it hurts, what comes next, the rest."""

    effort: list[str]
    hurts: list[str]
    next: list[str]
    notes: list[str]


def heading_of(found: Assessment, plan: Plan, library: Library, wording: Wording) -> tuple[str, str]:
    """The weak link with its side, or the kind of plan; and why it is no full plan ("" if it is)."""
    says = "" if plan.heading == "full" else wording.word(f"plan.heading.{plan.heading}")
    area, side = weak_link_of(found, library)
    if area is not None and plan.heading == "prevention":
        says = wording.word("plan.heading.prevention-found")
    if area is None or plan.heading in ("before-your-tests", "while-you-wait"):
        return wording.word(f"plan.tag.{plan.heading}"), says
    tag = f"{spoken_name(area)}, {wording.word(f'word.{side}')}".rstrip(", ")
    return tag[:1].upper() + tag[1:], says


def weak_link_of(found: Assessment, library: Library) -> tuple[Area | None, Side]:
    """The area that the result calls a weak link, and its side; None where it calls none so."""
    row = found.differential.weak_link
    return (None, "none") if row is None else (library.areas.get(row.area), row.side)


def load_lines(session: Session, wording: Wording) -> list[str]:
    """What is advised about running, most important first."""
    advice = next((item for item in session.items if item.kind == "load-advice"), None)
    return [wording.say(message) for message in advice.because] if advice else []


def around_runs(stretches: tuple[Item, ...], library: Library, wording: Wording) -> list[RunDayMove]:
    """The stretches before runs, then those after them, each with its dose."""
    return [_around_run(item, library, wording) for item in stretches]


def _around_run(item: Item, library: Library, wording: Wording) -> RunDayMove:
    return RunDayMove(
        id=item.id,
        url=f"/exercises/{item.id}",
        name=library.exercises[item.id].name,
        dose=dose_words(item, wording),
        when=wording.word(f"plan.{item.when}"),
    )


def notes_of(plan: Plan, wording: Wording) -> NotesByPlace:
    """The plan's notes where a reader looks for them."""
    found = NotesByPlace(effort=[], hurts=[], next=[], notes=[])
    places = {"effort": found.effort, "hurts": found.hurts, "next": found.next}
    for note in plan.notes:
        by_id = PLACE_OF_NOTE.get(note.id.removeprefix("training.note-"), "")
        place = "hurts" if is_safety_net(note) else by_id
        places.get(place, found.notes).append(wording.say(note))
    return found
