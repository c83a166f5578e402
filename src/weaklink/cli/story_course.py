"""`weaklink course`: the weeks of a made-up runner, lived through the real rules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer

from weaklink.cli.assess import print_json, read_text


def course_of_story(
    story: str = typer.Argument(
        ..., help="A case file (TOML) with a table [course]; - reads it from standard input.", metavar="STORY"
    ),
    weeks: int = typer.Option(12, "--weeks", min=1, max=52, help="How many weeks to live."),
    as_json: bool = typer.Option(False, "--json", help="Print one JSON object and nothing else."),
) -> None:
    """Live the weeks of a made-up runner: each session is asked for, done and told as on the pages.

    [course] says responder (good, slow, none, worse), mass_kg, owns, lifts, low_bone, stiff_min, seed and
    events, each with week and kind. Nothing is kept.
    """
    from weaklink.library.own import sound_library
    from weaklink.library.wording import shipped_wording
    from weaklink.rehearsal.course_document import course_document
    from weaklink.rehearsal.living import World, live
    from weaklink.rehearsal.story import read_story

    library = sound_library()
    told = read_story(read_text(story), library)
    lived = live(told, World(library, shipped_wording()), weeks)
    document = course_document(lived, library)
    if as_json:
        print_json(document)
    else:
        print("\n".join(_lines(document)))


def _lines(document: dict[str, Any]) -> Iterator[str]:
    """A course in words, a few lines for each week."""
    if document["refused"]:
        yield f"No plan, or none any more: {', '.join(document['refused'])}."
    for week in document["weeks"]:
        phase = f", {week['phase']}" if week["phase"] else ""
        upkeep = ", upkeep" if week["upkeep"] else ""
        yield f"Week {week['week']}{phase}{upkeep}: {len(week['sessions'])} sessions, pain {week['pain']}"
        for event in week["events"]:
            yield f"  ({', '.join(f'{value}' for value in event.values() if not isinstance(value, dict))})"
        if week["sessions"]:
            yield from (f"  {dose_words(item)}" for item in week["sessions"][-1]["items"])


def dose_words(item: dict[str, Any]) -> str:
    """An item with its dose, e.g. "goblet-squat 3 x 10, dumbbell 12 kg"."""
    much = f"{item['reps']}" if item["reps"] is not None else f"{item['hold_s']} s"
    return ", ".join([f"{item['id']} {item['sets']} x {much}", *_load_words(item["load"])])


def _load_words(load: dict[str, Any] | None) -> list[str]:
    """What is held, where that is known."""
    if not load or load["kind"] == "none":
        return []
    return [
        f"{load['kind']} {load['kg']:g} kg" if "kg" in load else f"{load['kind']} {load.get('colour', '')}"
    ]
