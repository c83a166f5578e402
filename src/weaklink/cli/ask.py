"""`weaklink ask`: the intake in a terminal, one screen after the other; or the list of all questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from weaklink.cli.assess import print_json, show

if TYPE_CHECKING:
    from weaklink.case.given import Given
    from weaklink.library.reading import Library


def ask(
    list_all: bool = typer.Option(False, "--list", help="List every question with its possible answers."),
    as_json: bool = typer.Option(False, "--json", help="Print JSON."),
) -> None:
    """Answer the questions one by one; the result is the same as for a case file."""
    from weaklink.library.own import sound_library

    library = sound_library()
    if list_all:
        show_questions(library, as_json=as_json)
        return
    from weaklink.care.begin import assess
    from weaklink.library.wording import shipped_wording

    show(assess(interview(library), library), shipped_wording(), as_json=as_json)


def show_questions(library: Library, *, as_json: bool) -> None:
    """Print every question: id, kind, possible answers, wording."""
    from weaklink.care.catalogue import question_documents

    documents = question_documents(library)
    if as_json:
        print_json(documents)
        return
    for document in documents:
        print(f"{document['id']} ({', '.join(document['answers']) or document['unit']}): {document['text']}")


def interview(library: Library) -> Given:
    """Everything a person answers at the terminal."""
    from weaklink.case.case_file import read_given
    from weaklink.reasoning.intake import next_screen

    table: dict[str, Any] = {"answers": {}}
    _about(table, library)
    while step := next_screen(read_given(table, library, assume_unanswered_no=False), library):
        for question_id in step.questions:
            _put(table, library, question_id)
    return read_given(table, library, assume_unanswered_no=False)


def _about(table: dict[str, Any], library: Library) -> None:
    from weaklink.case.case_file import CaseError

    prompts = {
        "age": "Age in years",
        "pain_at": "Where does it hurt? (site ids, separated by spaces; empty = nowhere)",
    }
    for key, prompt in prompts.items():
        while key not in table:
            said = typer.prompt(prompt, default="" if key == "pain_at" else None, err=True)
            try:
                table[key] = int(said) if key == "age" else str(said).split()
                _reads(table, library)
            except (ValueError, CaseError) as error:
                table.pop(key, None)
                typer.echo(str(error), err=True)
    if table["pain_at"]:
        side = typer.prompt("Which side? (right, left, both)", default="both", err=True)
        table["pain_at"] = [{"site": site, "side": side} for site in table["pain_at"]]


def _reads(table: dict[str, Any], library: Library) -> None:
    from weaklink.case.case_file import read_given

    read_given({"age": 30, **table}, library, assume_unanswered_no=False)


def _put(table: dict[str, Any], library: Library, question_id: str) -> None:
    from weaklink.case.case_file import CaseError, possible_answers

    question = library.questions[question_id]
    choices = question.unit if question.kind == "number" else "/".join(possible_answers(question))
    while question_id not in table["answers"]:
        said = typer.prompt(f"{question.text} [{choices}]", err=True)
        value = float(said) if question.kind == "number" and said.replace(".", "", 1).isdigit() else said
        try:
            _reads({"answers": {question_id: value}}, library)
            table["answers"][question_id] = value
        except CaseError as error:
            typer.echo(str(error), err=True)
