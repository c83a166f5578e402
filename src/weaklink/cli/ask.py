"""`weaklink ask`: the interview in a terminal, one screen after the other; or the list of all questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from weaklink.cli.assess import print_json, show

if TYPE_CHECKING:
    from weaklink.care.screen_shown import FieldShown, ScreenShown
    from weaklink.case.given import Given
    from weaklink.library.reading import Library
    from weaklink.reasoning.interview import Step


def ask(
    list_all: bool = typer.Option(False, "--list", help="List every question with its possible answers."),
    as_json: bool = typer.Option(False, "--json", help="Print JSON."),
    prevent: bool = typer.Option(False, "--prevent", help="Nothing hurts: the interview for prevention."),
) -> None:
    """Walk the same interview as the pages; the result is that of a case file with the same answers.

    An empty line leaves a question open.
    """
    from weaklink.library.own import sound_library

    library = sound_library()
    if list_all:
        show_questions(library, as_json=as_json)
        return
    from weaklink.care.begin import assess
    from weaklink.library.wording import shipped_wording

    given = interview(library, "prevent" if prevent else "pain")
    show(assess(given, library), shipped_wording(), as_json=as_json)


def show_questions(library: Library, *, as_json: bool) -> None:
    """Print every question: id, kind, possible answers, wording."""
    from weaklink.care.catalogue import question_documents

    documents = question_documents(library)
    if as_json:
        print_json(documents)
        return
    for document in documents:
        print(f"{document['id']} ({', '.join(document['answers']) or document['unit']}): {document['text']}")


def interview(library: Library, aim: Any = "pain") -> Given:
    """Everything a person answers at the terminal."""
    from weaklink.care.screen_shown import screen_shown
    from weaklink.case.case_file import read_given
    from weaklink.library.wording import shipped_wording
    from weaklink.reasoning.interview import Told, next_step

    table: dict[str, Any] = {"answers": {}, "pain": {}}
    left: set[str] = set()
    wording = shipped_wording()
    while True:
        given = read_given(table, library, assume_unanswered_no=False) if "age" in table else None
        step = next_step(Told(given=given, aim=aim, left=frozenset(left)), library)
        if step is None:
            return read_given(table, library, assume_unanswered_no=False)
        shown = screen_shown(step, given, library, wording)
        _say(shown)
        left |= _answered(step, shown, table, library)


def _say(shown: ScreenShown) -> None:
    typer.echo(f"\n{shown.title}", err=True)
    if shown.lede:
        typer.echo(shown.lede, err=True)


def _answered(step: Step, shown: ScreenShown, table: dict[str, Any], library: Library) -> set[str]:
    """Ask for everything of a screen and put it into the table; what was left open."""
    if step.kind == "who":
        return _person(shown, table, library)
    if step.kind == "where":
        return _places(table, library)
    left: set[str] = {step.screen} if step.kind in ("story", "pain") else set()
    for name in step.questions:
        if not _put(name, step, shown, table, library):
            left.add(name)
    return left


def _person(shown: ScreenShown, table: dict[str, Any], library: Library) -> set[str]:
    for field in shown.fields:
        choices = "/".join(option.id for option in field.options) or field.unit
        needed = field.id == "age"
        _until_read(
            f"{field.label} [{choices}]",
            lambda said, name=field.id: {name: _number(said)},
            table,
            library,
            needed,
        )
    return set()


def _places(table: dict[str, Any], library: Library) -> set[str]:
    prompt = "Sites, separated by spaces; one of: " + " ".join(sorted(library.regions))
    _until_read(prompt, lambda said: {"pain_at": said.split()}, table, library, needed=True)
    sided = [site for site in table["pain_at"] if library.regions[site].sided]
    side = typer.prompt("Which side? (right, left, both)", default="both", err=True) if sided else "none"
    table["pain_at"] = [
        {"site": site, "side": side} if site in sided else {"site": site} for site in table["pain_at"]
    ]
    return set()


def _put(name: str, step: Step, shown: ScreenShown, table: dict[str, Any], library: Library) -> bool:
    """Ask for one name and put what was said where it belongs; False when it was left open."""
    from weaklink.case.case_file import possible_answers

    if step.kind == "pain":
        moment = name.removeprefix("pain-")
        label = f"{_field(shown, moment).label} [0-10]"
        return _until_read(
            label, lambda said: {"pain": {**table["pain"], moment: _number(said)}}, table, library
        )
    if name not in library.questions:
        return _until_read(
            f"{_field(shown, name).label} [days]", lambda said: {"since_days": _number(said)}, table, library
        )
    question = library.questions[name]
    choices = question.unit if question.kind == "number" else "/".join(possible_answers(question))
    # A danger is never left open by an empty line.
    return _until_read(
        f"{question.text} [{choices}]",
        lambda said: {
            "answers": {**table["answers"], name: _number(said) if question.kind == "number" else said}
        },
        table,
        library,
        needed=step.kind == "flags",
    )


def _field(shown: ScreenShown, name: str) -> FieldShown:
    return shown.field(name)


def _until_read(
    prompt: str, made: Any, table: dict[str, Any], library: Library, needed: bool = False
) -> bool:
    """Ask until the answer can be read, and put it into the table; False for an empty line."""
    from weaklink.case.case_file import CaseError, read_given

    while True:
        said = typer.prompt(prompt, default=None if needed else "", show_default=False, err=True).strip()
        if not said and not needed:
            return False
        try:
            change = made(said)
            read_given({"age": 30, **table, **change}, library, assume_unanswered_no=False)
        except CaseError as error:
            typer.echo(str(error), err=True)
        else:
            table.update(change)
            return True


def _number(said: str) -> Any:
    """A number where it is one; else the words, for the error to name."""
    plain = said.replace(",", ".", 1)
    if plain.isdecimal():
        return int(plain)
    return float(plain) if plain.replace(".", "", 1).isdecimal() else said
