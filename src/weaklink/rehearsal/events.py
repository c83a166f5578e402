"""Events: what happens to a made-up runner in some week of a course, besides the training."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal, get_args

import msgspec

from weaklink.case.given import Result
from weaklink.case.results import read_results
from weaklink.case.values import CaseError, only_known, read_list, read_table, unknown, whole_from, wrong
from weaklink.library.reading import Library
from weaklink.quantities import Side

EventKind = Literal[
    "flare", "stiff", "illness", "pause", "missed", "travel", "race", "test", "lifted-more", "lifted-less",
    "run", "said",
]  # fmt: skip
EVENT_KINDS: tuple[EventKind, ...] = get_args(EventKind)
MOST_WEEKS = 52


class Event(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that happens. It begins on weekday `day` of `week` (1 is the first day of the week).

    flare: pain of `by` points more for `days`. stiff: `minutes` more of morning stiffness on `days` mornings.
    illness: no training for `days`; with `fever` it is weaker for as long again. pause, travel, race: no
    training, no things at hand, a run of race length. missed: so many `sessions` of the week are left out.
    test: results instead of what the body would show. lifted-more, lifted-less: a heavier or a lighter weight
    than asked, in each set. run: one of `km` with `pain`. said: answers to safety questions at a session.
    """

    kind: EventKind
    week: int
    day: int = 1
    days: int = 1
    by: int = 3
    minutes: int = 10
    fever: bool = False
    sessions: int = 1
    km: float = 5.0
    pain: int | None = None
    tests: dict[str, dict[Side, Result]] = {}
    answers: dict[str, str] = {}

    @property
    def first(self) -> int:
        """The day it begins on, counted from the start of the course."""
        return 7 * (self.week - 1) + self.day - 1

    def is_on(self, day: int) -> bool:
        """Whether it goes on on a day counted from the start of the course."""
        return self.first <= day < self.first + self.days


KEYS: dict[EventKind, tuple[str, ...]] = {
    "flare": ("days", "by"),
    "stiff": ("days", "minutes"),
    "illness": ("days", "fever"),
    "pause": ("days", "weeks"),
    "missed": ("sessions",),
    "travel": ("days",),
    "race": ("km", "pain"),
    "test": ("tests",),
    "lifted-more": ("days",),
    "lifted-less": ("days",),
    "run": ("km", "pain"),
    "said": ("answers",),
}
# Other words for the same, with what they say besides.
ALSO: dict[str, tuple[EventKind, dict[str, Any]]] = {
    "holiday": ("travel", {}),
    "fever": ("illness", {"fever": True}),
    "relapse": ("flare", {"days": 14}),
    "busy": ("missed", {"sessions": 2}),
}
USUAL_DAYS: dict[EventKind, int] = {
    "flare": 4, "stiff": 2, "illness": 5, "pause": 7, "missed": 7, "travel": 7, "lifted-more": 7,
    "lifted-less": 7,
}  # fmt: skip


def read_events(key: str, value: Any, library: Library) -> tuple[Event, ...]:
    """The events of a course, in order of time. Raises: CaseError naming the event and the key."""
    found = read_list(key, value, 'a list such as [{week = 5, kind = "flare"}]')
    events = [_event(f"{key}[{number}]", one, library) for number, one in enumerate(found)]
    return tuple(sorted(events, key=lambda event: (event.first, event.kind)))


def _event(key: str, value: Any, library: Library) -> Event:
    table = read_table(key, value, 'a table such as {week = 5, kind = "flare", days = 3}')
    kind = table.get("kind")
    if isinstance(kind, str) and kind in ALSO:
        kind, besides = ALSO[kind]
        table = {**besides, **table}
    if kind not in EVENT_KINDS:
        raise unknown(f"{key}.kind", kind, "event", [*EVENT_KINDS, *ALSO])
    only_known(key, table, ["week", "kind", "day", *KEYS[kind]])
    if "week" not in table:
        raise CaseError(f"{key}.week: missing; expected a whole number from 1 to {MOST_WEEKS}")
    read: dict[str, Any] = {
        name: READERS[name](f"{key}.{name}", found, library)
        for name, found in table.items()
        if name != "kind"
    }
    weeks = read.pop("weeks", None)
    read.setdefault("days", 7 * weeks if weeks else USUAL_DAYS.get(kind, 1))
    if kind == "test" and not read.get("tests"):
        raise CaseError(f"{key}.tests: missing; expected results as in [given.tests]")
    if kind == "said" and not read.get("answers"):
        raise CaseError(f"{key}.answers: missing; expected answers as in [given.answers]")
    return Event(kind=kind, **read)


def _number(key: str, value: Any, _library: Library) -> float:
    if type(value) not in (int, float) or not 0 <= value <= 200:
        raise wrong(key, value, "a number from 0 to 200")
    return float(value)


def _flag(key: str, value: Any, _library: Library) -> bool:
    if not isinstance(value, bool):
        raise wrong(key, value, "true or false")
    return value


def _results(key: str, value: Any, library: Library) -> dict[str, dict[Side, Result]]:
    table = read_table(key, value, "a table such as {sl-heel-raise-reps = {right = 11, left = 18}}")
    found: dict[str, dict[Side, Result]] = {}
    for name, said in table.items():
        if name not in library.clinical_tests:
            raise unknown(f"{key}.{name}", name, "test", list(library.clinical_tests))
        try:
            found[name] = read_results(said, library.clinical_tests[name])
        except ValueError as error:
            raise CaseError(f"{key}.{name}{error}") from error
    return found


def _said(key: str, value: Any, library: Library) -> Mapping[str, str]:
    table = read_table(key, value, 'a table such as {foot-drop = "yes"}')
    for name, answer in table.items():
        if name not in library.questions:
            raise unknown(f"{key}.{name}", name, "question", list(library.questions))
        if answer not in ("yes", "no", "unsure"):
            raise wrong(f"{key}.{name}", answer, '"yes", "no" or "unsure"')
    return table


READERS: dict[str, Callable[[str, Any, Library], Any]] = {
    "week": whole_from(1, MOST_WEEKS),
    "day": whole_from(1, 7),
    "days": whole_from(1, 7 * MOST_WEEKS),
    "weeks": whole_from(1, MOST_WEEKS),
    "by": whole_from(1, 10),
    "minutes": whole_from(1, 240),
    "fever": _flag,
    "sessions": whole_from(1, 7),
    "km": _number,
    "pain": whole_from(0, 10),
    "tests": _results,
    "answers": _said,
}
