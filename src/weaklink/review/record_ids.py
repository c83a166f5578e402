"""Record ids: where Python spells an id of the knowledge, which then decides in two places."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
import tomli as tomllib

from weaklink.library.fault import Fault
from weaklink.library.reading import KINDS, KNOWLEDGE, KnowledgeError, Library, own_folder

PACKAGE = Path(__file__).resolve().parent.parent
ALLOWED = KNOWLEDGE / "spelled-ids.toml"
# A rule in the code names the study it rests on: that is a citation and decides nothing.
CITED = frozenset({"sources"})
# Ids of these kinds that are one plain word (knee, stretch, standing) are words of the code as well.
PLAIN_WORDS = frozenset({"joints", "doses", "postures", "facts"})
# What stands before the library knows no record: there a muscle or a place is anatomy of the model.
EARLIER = frozenset({"body", "movement", "mechanics", "figure"})
ANATOMY = frozenset({"muscles", "joints", "regions", "areas"})
# "<question>=<answer>" is a finding; a piece of an f-string may begin or end with such a sign.
SIGNS = "=:-. /"
WORD = re.compile(r"[a-z0-9]+(?:-+[a-z0-9]+)*")


class Allowed(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Ids that may stand in these files, and why."""

    files: list[str]  # inside the package, e.g. "web/drawing/body_map.py"
    ids: list[str]
    because: str


class Spelled(NamedTuple):
    """One id of a record in a Python file."""

    file: str
    line: int
    id: str
    kinds: tuple[str, ...]


def check_record_ids(library: Library) -> tuple[Fault, ...]:
    """A problem for each id that the package spells and the list does not allow, and for each idle entry.

    None with a folder of one's own exercises: their ids are not ours, and the package was checked without.
    """
    if own_folder() is not None:
        return ()
    return id_problems(spelled_ids(PACKAGE, library), allowed_ids())


def id_problems(found: Iterable[Spelled], allowed: Sequence[Allowed]) -> tuple[Fault, ...]:
    """What is spelled and not allowed, then what is allowed and not spelled."""
    spelled = tuple(found)
    free = {(file, name) for entry in allowed for file in entry.files for name in entry.ids}
    used = {(one.file, one.id) for one in spelled}
    wrong = [_wrong(one) for one in spelled if (one.file, one.id) not in free]
    idle = [
        Fault(f"knowledge/{ALLOWED.name}", "ids", f'no file of its entry spells "{name}"; take it out')
        for entry in allowed
        for name in entry.ids
        if used.isdisjoint((file, name) for file in entry.files)
    ]
    return (*wrong, *idle)


def _wrong(one: Spelled) -> Fault:
    kinds = " and ".join(one.kinds)
    says = (
        f'spells "{one.id}" of {kinds}; say it in a field of the record, or in {ALLOWED.name} with a reason'
    )
    return Fault(one.file, f"line {one.line}", says)


def allowed_ids(file: Path = ALLOWED) -> tuple[Allowed, ...]:
    """The list of ids that may stand in Python.

    Raises: KnowledgeError naming file and field.
    """
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
        return msgspec.convert(table.get("allowed", []), tuple[Allowed, ...])
    except (ValueError, RecursionError, OverflowError, msgspec.ValidationError) as error:
        raise KnowledgeError(f"{file}: {error}") from error


def spelled_ids(package: Path, library: Library) -> tuple[Spelled, ...]:
    """Every id of a record in the Python files of a package, by file and line."""
    known = known_ids(library)
    return tuple(
        one
        for path in sorted(package.rglob("*.py"))
        for one in ids_in(path.read_text(encoding="utf-8"), path.relative_to(package).as_posix(), known)
    )


def known_ids(library: Library) -> Mapping[str, tuple[str, ...]]:
    """Each id that counts, with the kinds of its records."""
    found: dict[str, tuple[str, ...]] = {}
    for kind in KINDS:
        for record_id in library.of_kind(kind):
            if kind not in CITED and not (kind in PLAIN_WORDS and "-" not in record_id):
                found[record_id] = (*found.get(record_id, ()), kind)
    return found


def ids_in(source: str, file: str, known: Mapping[str, tuple[str, ...]]) -> Iterator[Spelled]:
    """The ids one Python file spells, in the order of its lines; docstrings and types spell none."""
    if known.keys().isdisjoint(WORD.findall(source)):
        return  # most files; it is reading their grammar that takes time
    tree = ast.parse(source)
    silent = {id(node) for node in _not_said(tree)}
    texts = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent
    ]
    anatomy = file.split("/")[0] in EARLIER
    for node in sorted(texts, key=lambda text: (text.lineno, text.col_offset)):
        for name in _names(str(node.value)):
            kinds = known.get(name, ())
            if kinds and not (anatomy and ANATOMY.intersection(kinds)):
                yield Spelled(file, node.lineno, name, kinds)


def _names(text: str) -> Iterator[str]:
    """What a text may spell: itself, the question of a finding, the ids in a list of words."""
    whole = text.strip(SIGNS)
    yield whole
    for part in re.split(r"[\s,=]+", text) if whole == text or "=" in text else ():
        if part != whole and "-" in part:
            yield part


def _not_said(tree: ast.AST) -> Iterator[ast.AST]:
    """The texts that decide nothing: docstrings, and the values of a `Literal`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0] if node.body else None
            if isinstance(first, ast.Expr):
                yield first.value
        elif isinstance(node, ast.Subscript) and getattr(node.value, "id", "") == "Literal":
            yield from ast.walk(node.slice)
