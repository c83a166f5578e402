"""`weaklink check`, `new` and `book`: keeping the knowledge sound and readable."""

from __future__ import annotations

import datetime
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from weaklink.cli.assess import print_json
from weaklink.cli.language import begin, templates
from weaklink.library.reading import KnowledgeError
from weaklink.quantities import WeaklinkError

if TYPE_CHECKING:
    from weaklink.library.fault import Fault

HERE = Path(__file__).resolve()
CHECKOUT = HERE.parents[3]


class ScaffoldError(WeaklinkError):
    """A stub that cannot be written."""


def check(
    statements: bool = typer.Option(
        False, "--statements", help="Print each statement, its records and tests."
    ),
    as_json: bool = typer.Option(False, "--json", help="Print JSON."),
) -> None:
    """Check the knowledge: names, poses, reachability, languages, words; errors end with status 1."""
    if statements:
        _statements(as_json=as_json)
        return
    problems = _problems()
    errors = sum(problem.is_error for problem in problems)
    if as_json:
        print_json([_document(problem) for problem in problems])
    else:
        for problem in problems:
            print(problem)
        print(f"{errors} problems found, {len(problems) - errors} warnings.")
    raise typer.Exit(1 if errors else 0)


def _problems() -> list[Fault]:
    """Everything wrong, where files cannot be read these alone."""
    from weaklink.bootstrap import default_folder
    from weaklink.library.own import in_own_folder
    from weaklink.library.reading import shipped_library
    from weaklink.library.unreadable import unreadable_here
    from weaklink.review.soundness import problems_of
    from weaklink.store.figure_store import Figures

    try:
        library = shipped_library()
    except KnowledgeError:
        if lost := unreadable_here():
            return list(lost)
        raise
    data = default_folder(os.environ)
    figures = Figures(library, data / "figures" if data.is_dir() else None)
    return in_own_folder(problems_of(library, lambda name: figures.baked(name).solution))


def _document(problem: Fault) -> dict[str, str]:
    said = {"file": problem.file, "field": problem.field, "message": problem.message}
    return (
        {**said, "level": "warning", "stays": problem.stays} if problem.stays else {**said, "level": "error"}
    )


def _statements(*, as_json: bool) -> None:
    from weaklink.library.reading import shipped_library
    from weaklink.review.statements import statement_report

    report = statement_report(shipped_library(), CHECKOUT / "tests")
    if as_json:
        print_json([entry.document() for entry in report])
        return
    for entry in report:
        print(entry.line())


def new(kind: str, record_id: str) -> None:
    """Write a stub for a new record or language; `weaklink check` then says what is missing.

    Where WEAKLINK_KNOWLEDGE names a folder of one's own, the files go there.
    """
    from weaklink.library.scaffold import stub

    if kind == "language":
        from weaklink.library.language_drafts import new_language

        begin(new_language(record_id, templates()))
        return
    today = datetime.datetime.now(datetime.UTC).date()
    for path, text in stub(kind, record_id, today).items():
        target = _place(path)
        if target.exists():
            raise ScaffoldError(f"{path}: is there already; choose another id")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        print(target if not target.is_relative_to(CHECKOUT) else path)


def _place(path: str) -> Path:
    """Where a file of the project goes: into the checkout, or into one's own folder.

    Raises: ScaffoldError for a kind that one's own folder may not hold.
    """
    from weaklink.library.reading import OWN_KINDS, own_folder
    from weaklink.library.scaffold import CASES, RECORDS

    own = own_folder()
    if own is None:
        return CHECKOUT / path
    if path.startswith(CASES):
        return own / "cases" / Path(path).name
    kind = Path(path).relative_to(RECORDS).parts[0]
    if kind not in OWN_KINDS:
        raise ScaffoldError(f"{kind}: one's own folder ({own}) may hold {', '.join(OWN_KINDS)} only")
    return own / kind / Path(path).name


def book(
    out: Annotated[Path, typer.Option("--out", help="Where to write the page.")] = Path("book.html"),
) -> None:
    """Write the whole knowledge as one page for a clinician's review."""
    from weaklink.library.reading import shipped_library
    from weaklink.review.book import render_book
    from weaklink.store.figure_store import Figures
    from weaklink.store.load_store import ExerciseLoads

    library = shipped_library()
    figures = Figures(library)
    of = ExerciseLoads(figures, library)
    loads = {record_id: of.summary(record_id) for record_id in library.movements}
    out.write_text(render_book(library, CHECKOUT / "tests" / "cases", loads, figures), encoding="utf-8")
    print(out)
