"""Reading the knowledge: TOML files in, one `Library` of typed records out."""

from __future__ import annotations

import difflib
import functools
import hashlib
import os
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec
import tomli as tomllib  # the compiled parser reads the knowledge three times as fast

from weaklink.library import programme_records, records
from weaklink.library.fault import Fault
from weaklink.library.language.language_folders import ENGLISH
from weaklink.library.language.texts import laid_over, read_texts
from weaklink.library.records import Record
from weaklink.quantities import WeaklinkError

KNOWLEDGE = Path(__file__).resolve().parent.parent / "knowledge"

KINDS: dict[str, type[Record]] = {
    "sources": records.Source,
    "regions": records.Region,
    "joints": records.Joint,
    "muscles": records.Muscle,
    "areas": records.Area,
    "conditions": records.Condition,
    "weak-links": records.WeakLink,
    "red-flags": records.RedFlag,
    "guards": records.Guard,
    "questions": records.Question,
    "screens": records.Screen,
    "clinical-tests": records.ClinicalTest,
    "doses": records.Dose,
    "exercises": records.Exercise,
    "postures": records.Posture,
    "movements": records.MovementRecord,
    "circuits": programme_records.Circuit,
    "gates": programme_records.GateRecord,
    "programmes": programme_records.Programme,
    "facts": records.Fact,
    "questionnaires": records.Questionnaire,
    "disagreements": records.ArticleDisagreement,
}


# A folder of one's own exercises: the environment names it, and these kinds may stand in it.
# What decides about safety (flags, guards, conditions, doses) is not among them.
OWN_VARIABLE = "WEAKLINK_KNOWLEDGE"
OWN_KINDS = ("exercises", "movements", "postures", "sources")


class KnowledgeError(WeaklinkError):
    """A knowledge file that cannot be read; the message names file and field."""


class UnknownIdError(WeaklinkError):
    """An id that is not in the library; the message names the nearest known ones."""


class Library(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """All records by kind and id, retired ones included; iteration is in id order."""

    edition: str
    language: str = ENGLISH
    faults: tuple[Fault, ...] = ()  # translated texts that cannot be used; English stands in their place
    sources: Mapping[str, records.Source]
    regions: Mapping[str, records.Region]
    joints: Mapping[str, records.Joint]
    muscles: Mapping[str, records.Muscle]
    areas: Mapping[str, records.Area]
    conditions: Mapping[str, records.Condition]
    weak_links: Mapping[str, records.WeakLink]
    red_flags: Mapping[str, records.RedFlag]
    guards: Mapping[str, records.Guard]
    questions: Mapping[str, records.Question]
    screens: Mapping[str, records.Screen]
    clinical_tests: Mapping[str, records.ClinicalTest]
    doses: Mapping[str, records.Dose]
    exercises: Mapping[str, records.Exercise]
    postures: Mapping[str, records.Posture]
    movements: Mapping[str, records.MovementRecord]
    circuits: Mapping[str, programme_records.Circuit]
    gates: Mapping[str, programme_records.GateRecord]
    programmes: Mapping[str, programme_records.Programme]
    facts: Mapping[str, records.Fact]
    questionnaires: Mapping[str, records.Questionnaire]
    disagreements: Mapping[str, records.ArticleDisagreement]

    @cached_property
    def details(self) -> tuple[records.Question, ...]:
        """The questions that only make another answer clearer, in id order."""
        return tuple(question for question in self.questions.values() if question.decides == "detail")

    @cached_property
    def shown_screens(self) -> tuple[records.Screen, ...]:
        """The screens that are shown, in their order."""
        shown = (screen for screen in self.screens.values() if screen.status != "retired")
        return tuple(sorted(shown, key=lambda screen: (screen.order, screen.id)))

    @cached_property
    def story(self) -> records.Screen | None:
        """The screen that asks for the story of a pain."""
        return next((screen for screen in self.shown_screens if screen.kind == "story"), None)

    @cached_property
    def screen_of(self) -> Mapping[str, str]:
        """The first screen that shows a question, by the question's id."""
        return {name: screen.id for screen in reversed(self.shown_screens) for name in screen.questions}

    def of_kind(self, kind: str) -> Mapping[str, Record]:
        """The records of one folder of the knowledge, e.g. "red-flags"."""
        found: Mapping[str, Record] = getattr(self, kind.replace("-", "_"))
        return found


LONGEST_ID = 80


def nearest(wanted: object, known: list[str], count: int = 3) -> str:
    """The known ids that look most like `wanted`, as one readable list; what is no id looks like none."""
    # A longer text is no slip of the pen, and would be compared for seconds.
    text = wanted[:LONGEST_ID] if isinstance(wanted, str) else ""
    close = difflib.get_close_matches(text, known, n=count, cutoff=0.4) or sorted(known)[:count]
    return ", ".join(close)


def read_record(path: Path, kind: type[Record]) -> Record:
    """One file as its typed record.

    Raises: KnowledgeError naming file and field.
    """
    return _typed(_read(path), path, kind)


def translated_record(path: Path, kind: type[Record], texts: Path) -> tuple[Record, tuple[Fault, ...]]:
    """One file as its typed record with its texts in another language, and the faults of these.

    Args:
        texts: the file of the texts; it may be missing.
    Raises: KnowledgeError naming file and field, for the record itself only.
    """
    english = _read(path)
    record = _typed(english, path, kind)
    shown = "/".join(("knowledge", *texts.parts[-4:]))
    said, unreadable = read_texts(texts)
    if unreadable:
        return record, (Fault(shown, "file", unreadable),)
    if not said:
        return record, ()
    table, faults = laid_over(english, said, frozenset(kind.__struct_fields__), shown)
    try:
        return _typed(table, path, kind), tuple(faults)
    except KnowledgeError as error:
        wrong = str(error).removeprefix(f"{path}: ")
        return record, (*faults, Fault(shown, "file", f"{wrong}; the record stays English"))


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise KnowledgeError(f"{path}: {error}") from error


def _typed(table: Mapping[str, Any], path: Path, kind: type[Record]) -> Record:
    try:
        return msgspec.convert({**table, "id": path.stem}, kind)
    except (msgspec.ValidationError, OverflowError) as error:
        raise KnowledgeError(f"{path}: {error}") from error


def read_library(folder: Path = KNOWLEDGE, language: str = ENGLISH, own: Path | None = None) -> Library:
    """The whole knowledge of a folder, in one language; English where a text is missing or cannot be used.

    Args:
        own: a folder of further exercises (see `OWN_KINDS`); none may take the id of one that is there.
    Raises: KnowledgeError naming the first wrong file and field; never for a translated text.
    """
    kinds, faults = _kinds(folder, language)
    edition = edition_of(folder)
    if own is not None:
        edition = f"{edition}+own.{_digest(own)}"
        for name, found in own_records(own).items():
            for record_id in sorted(set(found) & set(kinds[name])):
                taken = own / name / f"{record_id}.toml"
                raise KnowledgeError(f"{taken}: weaklink has {name} {record_id!r} already; choose another id")
            kinds[name] = dict(sorted({**kinds[name], **found}.items()))
    records_by_kind: dict[str, Any] = {name.replace("-", "_"): found for name, found in kinds.items()}
    return Library(edition=edition, language=language, faults=faults, **records_by_kind)


def _kinds(folder: Path, language: str) -> tuple[dict[str, dict[str, Record]], tuple[Fault, ...]]:
    """The records by kind and id, and the faults of their texts."""
    kinds: dict[str, dict[str, Record]] = {}
    faults: list[Fault] = []
    texts = folder / "text" / language
    for name, kind in KINDS.items():
        paths = sorted((folder / name).glob("*.toml"))
        if language == ENGLISH:
            kinds[name] = {path.stem: read_record(path, kind) for path in paths}
            continue
        found = {path.stem: translated_record(path, kind, texts / name / path.name) for path in paths}
        kinds[name] = {record_id: record for record_id, (record, _) in found.items()}
        faults += [fault for _, wrong in found.values() for fault in wrong]
    return kinds, (*faults, *_texts_of_nothing(texts, kinds))


def _texts_of_nothing(texts: Path, kinds: Mapping[str, Mapping[str, Record]]) -> list[Fault]:
    """Translated texts of records that are not there."""
    faults = []
    for path in sorted(texts.glob("*/*.toml")):
        kind = path.parent.name
        if path.stem not in kinds.get(kind, {}):
            shown = "/".join(("knowledge", *path.parts[-4:]))
            if kind in kinds:
                near = nearest(path.stem, list(kinds[kind]))
                faults.append(Fault(shown, "id", f'no {kind} "{path.stem}"; nearest: {near}'))
            else:
                faults.append(
                    Fault(shown, "folder", f'no kind "{kind}"; nearest: {nearest(kind, list(KINDS))}')
                )
    return faults


def own_records(own: Path) -> dict[str, dict[str, Record]]:
    """The records of a folder of one's own, by kind and id.

    Raises: KnowledgeError for a folder that is not there, or holds what cannot be added.
    """
    if not own.is_dir():
        raise KnowledgeError(f"{own}: {OWN_VARIABLE} names no folder")
    for path in sorted(own.glob("*/*.toml")):
        if path.parent.name not in (*OWN_KINDS, "cases"):
            raise KnowledgeError(f"{path}: one's own folder may hold {', '.join(OWN_KINDS)} only")
    return {
        name: {path.stem: read_record(path, KINDS[name]) for path in sorted((own / name).glob("*.toml"))}
        for name in OWN_KINDS
    }


def _digest(own: Path) -> str:
    """Eight digits that change with any file of one's own, so that a plan says what it was made from."""
    found = hashlib.sha256()
    for name in OWN_KINDS:
        for path in sorted((own / name).glob("*.toml")):
            found.update(f"{name}/{path.name}".encode() + path.read_bytes())
    return found.hexdigest()[:8]


def own_folder(environment: Mapping[str, str] = os.environ) -> Path | None:
    """The folder of one's own exercises, when the environment names one."""
    named = environment.get(OWN_VARIABLE, "")
    return Path(named) if named else None


def edition_of(folder: Path = KNOWLEDGE) -> str:
    """The edition a folder of knowledge says it is; every plan is stamped with it."""
    return (folder / "EDITION").read_text(encoding="utf-8").strip()


@functools.cache
def shipped_library(language: str = "en") -> Library:
    """The library that comes with weaklink, with the exercises of one's own folder; read once."""
    return read_library(KNOWLEDGE, language, own_folder())
