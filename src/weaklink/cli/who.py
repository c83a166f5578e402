"""`weaklink who`: which runners are given an exercise, and what stands in the way for the others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import typer

from weaklink.cli.assess import print_json

if TYPE_CHECKING:
    from weaklink.library.reading import Library
    from weaklink.library.wording import Wording
    from weaklink.review.recipients import Kind, Recipients

SHOWN = 8  # kinds of runners named for each way
COMES = {
    "plan": "in the plan of",
    "harder": "later, as the harder way of a move that goes well, for",
    "easier": "as the easier way of a move that hurts, for",
}


def who(
    exercise: str = typer.Argument(help="The id of an exercise, stretch or drill."),
    as_json: bool = typer.Option(False, "--json", help="Print one JSON object and nothing else."),
) -> None:
    """Say which runners are given an exercise, and what stands in the way for the others."""
    from weaklink.library.own import sound_library
    from weaklink.library.wording import shipped_wording
    from weaklink.review.recipients import outcomes_of, recipients

    library = sound_library()
    recipients(exercise, (), library)  # an unknown id is refused before the work
    found = recipients(exercise, outcomes_of(library), library)
    if as_json:
        print_json(document(found, shipped_wording()))
    else:
        print("\n".join(lines(found, library, shipped_wording())))


def document(found: Recipients, wording: Wording) -> dict[str, Any]:
    """The same as one JSON object."""
    return {
        "exercise": found.exercise,
        "runners": found.runners,
        "gets": [{**_kind(kind), "way": way} for way, kinds in found.gets.items() for kind in kinds],
        "barriers": [
            {"reason": message.id, "runners": number, "says": wording.say(message)}
            for message, number in found.barriers
        ],
    }


def _kind(kind: Kind) -> dict[str, Any]:
    return {
        "level": kind.given.level,
        "place": "gym" if kind.gym else "home",
        "minutes": kind.given.minutes,
        "hurts": kind.hurts or None,
        "weak": kind.weak or None,
    }


def lines(found: Recipients, library: Library, wording: Wording) -> Iterator[str]:
    """The same in words."""
    yield f"{found.exercise}: {found.count} of {found.runners} kinds of runners are given it."
    for way, kinds in found.gets.items():
        if kinds:
            yield f"\n{COMES[way]} {len(kinds)}:"
            yield from (f"  {_in_words(kind, library)}" for kind in kinds[:SHOWN])
        if len(kinds) > SHOWN:
            yield f"  and {len(kinds) - SHOWN} more (--json names all)"
    if found.barriers:
        yield "\nWhat stands in the way for the others:"
    for message, number in found.barriers:
        yield f"  {number:>4}  {wording.say(message)}"


def _in_words(kind: Kind, library: Library) -> str:
    from weaklink.library.wording import spoken_name

    where = "in a gym" if kind.gym else "at home"
    pain = spoken_name(library.regions[kind.hurts]) if kind.hurts else ""
    weak = spoken_name(library.areas[kind.weak]) if kind.weak else ""
    parts = [f"pain: {pain}" if pain else "no pain", f"tested weak: {weak}" if weak else "nothing tested"]
    return f"{kind.given.level}, {where}, {kind.given.minutes} minutes; {'; '.join(parts)}"
