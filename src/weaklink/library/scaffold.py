"""Scaffold: the draft files a new record starts from; `weaklink check` then says what they still lack."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from weaklink.library.reading import KINDS, UnknownIdError, nearest
from weaklink.quantities import WeaklinkError

KEBAB = re.compile(r"[a-z0-9]+(--?[a-z0-9]+)*")
SINGULAR = {**{kind.removesuffix("s"): kind for kind in KINDS}, "test": "clinical-tests"}
FILLED = ("id", "status", "reviewed_by", "last_checked", "replaced_by", "sources")
CASES = "tests/cases"
RECORDS = "src/weaklink/knowledge"


class BadIdError(WeaklinkError):
    """An id that is not kebab-case."""


def stub(kind: str, record_id: str, today: datetime.date) -> dict[str, str]:
    """The files of a new record by their path in the project: the record and the cases it has to pass.

    `kind` is one of the knowledge folders, or its singular: "exercise", "red-flag".

    Raises: UnknownIdError for an unknown kind, BadIdError for an id that is not kebab-case.
    """
    folder = SINGULAR.get(kind, kind)
    if folder not in KINDS:
        raise UnknownIdError(f'no kind "{kind}"; nearest: {nearest(kind, sorted(SINGULAR))}')
    if not KEBAB.fullmatch(record_id):
        raise BadIdError(f'id "{record_id}"; expected kebab-case such as "side-plank"')
    files = {f"{RECORDS}/{folder}/{record_id}.toml": record_stub(folder, record_id, today)}
    if folder == "red-flags":
        question = record_stub("questions", record_id, today, FLAG_QUESTION)
        files[f"{RECORDS}/questions/{record_id}.toml"] = question + EXAMPLES
    if folder == "exercises":
        files[f"{RECORDS}/movements/{record_id}.toml"] = record_stub("movements", record_id, today) + PHASES
    if folder in FURTHER:
        files[f"{RECORDS}/{folder}/{record_id}.toml"] += FURTHER[folder]
    return files | {f"{CASES}/{name}.toml": text for name, text in cases_of(folder, record_id).items()}


PHASES = """
# At least two phases make a repetition; angles in degrees, as in docs/science/movement-format.md.
# [[keyframes]]
# name = ""
# seconds = 1.5
# angles = { hip_flexion_r = 45 }
"""
FURTHER = {
    "programmes": """
# Phases in their order, in place of `phases = []`. A condition names the programme: programme = "<id>".
# [[phases]]
# id = "calm"
# name = "Calm it"
# per_week = [3, 3]
# moves = [
#   { exercise = "", gives = { sets = [3, 3], reps = [8, 12], rir = 2 }, effort = "reserve" },
# ]
# leave = [{ says = "Stairs with pain of 3 at most.", pain = "stairs", pain_most = 3 }]
""",
    "gates": """
# What has to be so, one of its kinds each, in place of `milestones = []`.
# [[milestones]]
# says = "Two settled weeks."
# settled_weeks = 2
""",
}
EXAMPLES = """
# At least three sentences a runner would say that are this danger, and three that are not.
# [[alarming]]
# says = ""
# [[benign]]
# says = ""
"""
FLAG_QUESTION = {"kind": "yes-no", "decides": "red-flag"}


def record_stub(
    folder: str, record_id: str, today: datetime.date, known: Mapping[str, Any] | None = None
) -> str:
    """One record with every field: the required ones to fill in, the others as comments."""
    known = {**_from_id(folder, record_id), **(known or {})}
    fields = msgspec.inspect.type_info(KINDS[folder])
    assert isinstance(fields, msgspec.inspect.StructType)
    own = [field for field in fields.fields if field.name not in FILLED]
    lines = ['status = "draft"', f"last_checked = {today.isoformat()}"]
    lines += [_required(field, known) for field in own if field.required or field.name in known]
    lines += ["", "# May also be said:"]
    lines += [f"# {field.name} = {_empty(field.type)}" for field in own if not _stands(field, known)]
    return "\n".join([*lines, *SOURCE_LINES]) + "\n"


SOURCE_LINES = (
    "",
    "# One block per source; without a study: cite design-decisions and mark it design.",
    "# [[sources]]",
    '# cite = ""',
    '# supports = ""',
    '# level = ""',
    '# mark = "read"',
)


def _stands(field: msgspec.inspect.Field, known: Mapping[str, Any]) -> bool:
    return field.required or field.name in known


def _from_id(folder: str, record_id: str) -> dict[str, Any]:
    if folder == "weak-links" and "--" in record_id:
        area, site = record_id.split("--", 1)
        return {"area": area, "site": site}
    if "name" in KINDS[folder].__struct_fields__:
        return {"name": record_id.replace("-", " ").capitalize()}
    return {}


def _required(field: msgspec.inspect.Field, known: Mapping[str, Any]) -> str:
    if field.name in known:
        return f"{field.name} = {json.dumps(known[field.name])}"
    choices = _choices(field.type)
    comment = f"  # {' | '.join(choices)}" if len(choices) > 1 else ""
    return f"{field.name} = {_empty(field.type)}{comment}"


# Where a choice has a cautious or usual value, a draft starts with it.
CAUTIOUS = ("nothing", "see-professional", "none-known", "exercise", "strength", "self", "flags")


def _choices(kind: msgspec.inspect.Type) -> list[str]:
    if isinstance(kind, msgspec.inspect.LiteralType):
        return [str(value) for value in kind.values]
    if isinstance(kind, msgspec.inspect.EnumType):
        return [str(value) for value in kind.cls]
    if isinstance(kind, msgspec.inspect.UnionType):
        return [choice for part in kind.types for choice in _choices(part)]
    return []


def _empty(kind: msgspec.inspect.Type) -> str:
    """The emptiest valid TOML value of a type; for a choice its first value."""
    if isinstance(kind, msgspec.inspect.UnionType):
        return _empty(kind.types[0])
    if isinstance(kind, msgspec.inspect.LiteralType | msgspec.inspect.EnumType):
        choices = _choices(kind)
        preferred = [value for value in CAUTIOUS if value in choices]
        return json.dumps((preferred or [value for value in choices if value])[0])
    if isinstance(kind, msgspec.inspect.StructType):
        required = (field for field in kind.fields if field.required)
        return "{ " + ", ".join(f"{field.name} = {_empty(field.type)}" for field in required) + " }"
    if isinstance(kind, msgspec.inspect.TupleType):
        return "[" + ", ".join(_empty(part) for part in kind.item_types) + "]"
    return EMPTY.get(type(kind), "[]")


EMPTY: dict[type[msgspec.inspect.Type], str] = {
    msgspec.inspect.StrType: '""',
    msgspec.inspect.IntType: "0",
    msgspec.inspect.FloatType: "0.0",
    msgspec.inspect.BoolType: "false",
    msgspec.inspect.ListType: "[]",
    msgspec.inspect.DictType: "{}",
}


def cases_of(folder: str, record_id: str) -> dict[str, str]:
    """The stories a new record has to pass, by name; kinds that need none give none."""
    return {name: CASE.format(**story) for name, story in _stories(folder, record_id)}


CASE = """# {what}
story = ""
statements = []

[given]
age = 30
{given}
[expect]
{expect}
"""


def _stories(folder: str, record_id: str) -> Iterator[tuple[str, dict[str, str]]]:
    if folder == "exercises":
        what = "A runner whose plan holds this exercise."
        yield f"exercise-{record_id}", {"what": what, "given": "", "expect": f'plan_any = [["{record_id}"]]'}
    if folder == "conditions":
        for name, what in CONDITION_STORIES.items():
            expect = f'conditions_top3 = ["{record_id}"]'
            yield f"{record_id}-{name}", {"what": what, "given": "pain_at = []\n", "expect": expect}
    if folder == "red-flags":
        given = f'\n[given.answers]\n{record_id} = "yes"\n'
        expect = f'rules = ["{record_id}"]\nplan_none = true'
        yield f"red-flag-{record_id}", {"what": "It must refer.", "given": given, "expect": expect}
    if folder == "clinical-tests":
        what = "A runner for whom this is the test worth doing next."
        yield f"test-{record_id}", {"what": what, "given": "", "expect": f'next_test = "{record_id}"'}


CONDITION_STORIES = {
    "typical": "The typical story.",
    "look-alike": "The story it is confused with; change what is expected to that condition.",
}
