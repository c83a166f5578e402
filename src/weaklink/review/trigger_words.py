"""Trigger words: a trigger of the knowledge in plain words, for a reader who does not know the files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from weaklink.library.reading import Library
from weaklink.library.records import Record, Trigger
from weaklink.library.wording import spoken_name


def triggers_in_words(triggers: Iterable[Trigger], library: Library) -> str:
    """All triggers as one phrase: "pain at the groin and age from 50; or ..."; empty without triggers."""
    return "; or ".join(" and ".join(_parts(trigger, library)) for trigger in triggers)


def _parts(trigger: Trigger, library: Library) -> Iterator[str]:
    for name, say in SAYS.items():
        value = getattr(trigger, name)
        if value not in (None, [], {}):
            yield say(value, library)


def _names(ids: Iterable[str], records: Mapping[str, Record]) -> str:
    return " or ".join(spoken_name(records[one]) if one in records else one for one in ids)


def _answers(found: Mapping[str, list[str]]) -> str:
    return " and ".join(f"{question} is {' or '.join(wanted)}" for question, wanted in found.items())


def _numbers(found: Mapping[str, float], between: str) -> str:
    return " or ".join(f"{name} {between} {number:g}" for name, number in found.items())


SAYS: dict[str, Callable[..., str]] = {
    "sites": lambda ids, library: f"pain at {_names(ids, library.regions)}",
    "both_sides": lambda ids, library: f"pain on both sides at {_names(ids, library.regions)}",
    "one_sided": lambda ids, library: f"pain, not on both sides, at {_names(ids, library.regions)}",
    "pain_free": lambda free, _: "no pain" if free else "some pain",
    "pain": lambda found, _: f"pain of at least: {_numbers(found, '')}",
    "pain_below": lambda found, _: f"pain said and below: {_numbers(found, '')}",
    "answers": lambda found, _: _answers(found),
    "not_answers": lambda found, _: "not so that " + _answers(found),
    "tests": lambda found, _: _answers(found),
    "tests_missing": lambda ids, library: f"not done: {_names(ids, library.clinical_tests)}",
    "side_differences": lambda found, _: _numbers(found, "differs between sides by") + " percent",
    "both_below": lambda found, _: _numbers(found, "is on both sides below"),
    "any_below": lambda found, _: _numbers(found, "is on a side below"),
    "unless_below": lambda found, _: "unless " + _numbers(found, "is below"),
    "unless_from": lambda found, _: "unless " + _numbers(found, "is at least"),
    "unless_tests": lambda found, _: "unless every sore side was tested and " + _answers(found),
    "unless_since_to": lambda days, _: f"unless since at most {days} days",
    "unless_since_from": lambda days, _: f"unless since at least {days} days",
    "age_min": lambda years, _: f"age from {years}",
    "age_max": lambda years, _: f"age up to {years}",
    "sex": lambda found, _: " or ".join(found),
    "since_days_min": lambda days, _: f"since at least {days} days",
    "since_days_max": lambda days, _: f"since at most {days} days",
    "levels": lambda found, _: "runner is " + " or ".join(found),
    "guards": lambda ids, library: f"guard {_names(ids, library.guards)}",
}
