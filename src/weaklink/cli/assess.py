"""`weaklink assess`: a case file in, the answer of the contract out."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from weaklink.quantities import WeaklinkError

if TYPE_CHECKING:
    from weaklink.case.assessment import Assessment
    from weaklink.library.wording import Wording

LARGEST_FILE = 1_048_576


class UnreadableFileError(WeaklinkError):
    """A case file that is not there or is not text."""


def assess_case(
    case: str = typer.Argument("", help="The case file (TOML); - reads it from standard input."),
    as_json: bool = typer.Option(False, "--json", help="Print one JSON object and nothing else."),
    schema: bool = typer.Option(False, "--schema", help="Print the JSON Schema of case file and answer."),
) -> None:
    """Assess a case file: how urgent, what is likely, what to do."""
    from weaklink.care.begin import assess
    from weaklink.case.case_file import read_case
    from weaklink.library.own import sound_library
    from weaklink.library.wording import shipped_wording

    library = sound_library()
    if schema:
        from weaklink.care.schema import case_schema

        print_json(case_schema(library))
        return
    if not case:
        raise UnreadableFileError("assess: name a case file, or - for standard input")
    assessment = assess(read_case(read_text(case), library).given, library)
    show(assessment, shipped_wording(), as_json=as_json)


def read_text(name: str) -> str:
    """The text of a file, or of standard input for "-".

    Raises: UnreadableFileError naming the file and what is wrong.
    """
    try:
        if name == "-":
            raw = sys.stdin.buffer.read(LARGEST_FILE + 1)
        else:
            with Path(name).open("rb") as file:
                raw = file.read(LARGEST_FILE + 1)
        text = raw.decode("utf-8")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8 text"
        raise UnreadableFileError(f"case file {name!r}: {reason}") from error
    if len(raw) > LARGEST_FILE:
        raise UnreadableFileError(f"case file {name!r}: larger than {LARGEST_FILE} bytes")
    return text


def print_json(value: Any) -> None:
    """One JSON value on standard output."""
    sys.stdout.buffer.write(json.dumps(value, ensure_ascii=False, indent=2).encode("utf-8") + b"\n")


def show(assessment: Assessment, wording: Wording, *, as_json: bool) -> None:
    """Print an assessment, as JSON or in words."""
    from weaklink.care.answer import answer
    from weaklink.cli.report import report_lines

    document = answer(assessment, wording)
    if as_json:
        print_json(document)
    else:
        print("\n".join(report_lines(assessment, document, wording)))
