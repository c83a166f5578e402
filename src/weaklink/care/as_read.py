"""As read: what is kept of a runner as this knowledge reads it. Nothing that is kept changes by it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import msgspec

from weaklink.care.ports import Episode, Runner
from weaklink.case.readable import Readable, asking_again, readable
from weaklink.library.reading import Library
from weaklink.movement.pace import CADENCES_SPM, SPEEDS_M_S

ASIDE = "aside"  # the step that holds what could not be read, by key
# Settings that are numbers, with their limits; those of the pace are what a template can be carried to.
MEASURES = {
    "height_cm": (99.0, 251.0),
    "mass_kg": (19.0, 251.0),
    "speed_km_h": tuple(limit * 3.6 for limit in SPEEDS_M_S),
    "cadence_spm": CADENCES_SPM,
}
LONGEST_SETTING = 200
DIARY = "diary"  # the keys of entries begin with it
ANSWERS = "answers."  # and so do those of answers


def runner_as_read(runner: Runner) -> Runner:
    """A runner with the settings that can be settings: a word or a number each."""
    kept: Any = runner.settings
    said = kept if isinstance(kept, dict) else {}
    settings = {name: value for name, value in said.items() if _is_setting(name, value)}
    return runner if settings == kept else msgspec.structs.replace(runner, settings=settings)


def episode_as_read(episode: Episode, library: Library, unread: Collection[str] = ()) -> Episode:
    """An episode whose `given` can be read; what cannot stands in its steps, kept with the next change.

    What was answered again since is no longer aside.

    Args:
        unread: ids of diary entries that cannot be read. Any of them may have told of danger, so what was
            denied is asked again, once.
    """
    steps, before = _table(episode.steps), _kept_aside(_table(episode.steps))
    new = {key: "" for name in unread if (key := f"{DIARY}.{name}") not in before}
    found = readable(episode.given, library)
    aside = {**before, **found.aside, **new}
    if not aside and steps is episode.steps and isinstance(episode.earlier, dict):
        return episode
    if new:
        found = Readable(table=asking_again(found.table, library))
    still = {key: value for key, value in aside.items() if not _is_said(key, found.table)}
    steps = {name: one for name, one in steps.items() if name != ASIDE} | ({ASIDE: still} if still else {})
    return msgspec.structs.replace(episode, given=found.table, earlier=_table(episode.earlier), steps=steps)


def set_aside(episode: Episode | None) -> dict[str, Any]:
    """What could not be read, by key, oldest first: {"answers.old-id": "yes"}."""
    return _kept_aside(episode.steps) if episode is not None else {}


def asked_again(episode: Episode | None, library: Library) -> tuple[str, ...]:
    """The keys of what could not be read and has to be said again: places, and questions that still exist."""
    return tuple(
        key
        for key in set_aside(episode)
        if key == "pain_at" or (key.startswith(ANSWERS) and key.removeprefix(ANSWERS) in library.questions)
    )


def _is_setting(name: str, value: Any) -> bool:
    """Whether it is a short word, or a number where one is kept."""
    if name in MEASURES:
        low, high = MEASURES[name]
        return type(value) in (int, float) and low <= value <= high
    return isinstance(value, str) and len(value) <= LONGEST_SETTING


def _table(kept: Any) -> dict[str, Any]:
    return kept if isinstance(kept, dict) else {}


def _kept_aside(steps: Mapping[str, Any]) -> dict[str, Any]:
    return _table(steps.get(ASIDE))


def _is_said(key: str, table: Mapping[str, Any]) -> bool:
    first, _, name = key.partition(".")
    return first in table and (not name or name in _table(table[first]))
