"""What a plan made anew changed, in short lines: moves that came, went, or have another dose."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from weaklink.case.prescribed_move import PREFIX, is_prescribed, words_of
from weaklink.library.reading import Library
from weaklink.library.wording import Wording
from weaklink.training.plan.plan_changes import PlanChange


class MadeAnew(msgspec.Struct, frozen=True, kw_only=True):
    """Why a plan was made anew, on which day, and what that changed. Empty for the first plan.

    `older`: it comes from an older edition of the knowledge; a new one is offered, never made by looking.
    """

    because: str = ""
    day: str = ""
    lines: tuple[str, ...] = ()
    older: bool = False
    older_says: str = ""
    older_button: str = ""


def change_lines(changes: Iterable[PlanChange], library: Library, wording: Wording) -> tuple[str, ...]:
    """One line for each move: what came, what went, whose dose is another; each move once."""
    by_kind: dict[str, dict[str, None]] = {"added": {}, "removed": {}, "changed": {}}
    for change in changes:
        exercise = library.exercises.get(change.id.removeprefix(PREFIX))
        if exercise is not None:
            by_kind[change.what][exercise.name] = None
        elif is_prescribed(change.id):
            by_kind[change.what][words_of(change.id)] = None
    both = [name for name in by_kind["added"] if name in by_kind["removed"]]
    moved = dict.fromkeys((*both, *by_kind["changed"]))
    lines = [
        wording.word(f"plan.change.{kind}", names=", ".join(names))
        for kind, names in (
            ("added", [name for name in by_kind["added"] if name not in both]),
            ("removed", [name for name in by_kind["removed"] if name not in both]),
            ("changed", [name for name in moved if name in both or name not in by_kind["added"]]),
        )
        if names
    ]
    return tuple(lines) or (wording.word("plan.change.none"),)
