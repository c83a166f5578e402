"""`weaklink interview`: the interview answered from a case file, as a transcript."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal

import typer

from weaklink.cli.assess import print_json, read_text

if TYPE_CHECKING:
    from weaklink.care.transcript import HeardScreen, Transcript


def interview_case(
    case: str = typer.Argument(..., help="The case file (TOML); - reads it from standard input."),
    unknown: Literal["no", "unsure", "skip"] = typer.Option(
        "no",
        "--unknown",
        help="How a danger is answered that the case does not speak of. Any other question is left open, "
        "with unsure only where that is an answer.",
    ),
    as_json: bool = typer.Option(False, "--json", help="Print one JSON object and nothing else."),
) -> None:
    """Walk the interview as the person of a case file would, and hold its end against the case file's."""
    from weaklink.care.transcript import transcript, transcript_document
    from weaklink.case.case_file import read_case
    from weaklink.library.own import sound_library
    from weaklink.library.wording import shipped_wording

    library, wording = sound_library(), shipped_wording()
    truth = read_case(read_text(case), library).given
    made = transcript(truth, library, wording, unknown)
    document = transcript_document(made, truth, library, wording)
    if as_json:
        print_json(document)
    else:
        print("\n".join(_lines(made, document)))


def _lines(made: Transcript, document: dict[str, Any]) -> Iterator[str]:
    for number, screen in enumerate((*made.screens, *made.after)):
        yield from _screen(number, screen)
    counts = document["counts"]
    numbers = f"{counts['screens']} screens, {counts['taps']} taps, {counts['words']} words"
    yield f"To the first ranking or referral: {numbers}."
    if made.never_asked:
        yield f"Never asked: {', '.join(made.never_asked)}."
    for name, found in (("Interview", document["answer"]), ("Case file", document["case_file"])):
        disposition = found["disposition"]
        rules = ", ".join(rule["id"] for rule in disposition["rules"]) or "no rule"
        yield f"{name}: {disposition['tier']}, allows {disposition['allows']} ({rules})."


def _screen(number: int, screen: HeardScreen) -> Iterator[str]:
    shown = screen.shown
    yield f"{number}. {shown.title}  [{screen.id}: {shown.words} words, {screen.taps} taps]"
    if shown.lede:
        yield f"   {shown.lede}"
    for field in shown.fields:
        options = " / ".join(option.text for option in field.options if option.text)
        yield f"   - {' '.join(part for part in (field.label, field.note, options, field.unit) if part)}"
    yield ""
