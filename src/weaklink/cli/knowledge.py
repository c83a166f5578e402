"""`weaklink check`, `new` and `book`: keeping the knowledge sound and readable."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Annotated

import typer

from weaklink.cli.assess import print_json
from weaklink.quantities import WeaklinkError

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
    """Check the knowledge: dangling ids, units, reachability, ladders, words."""
    from weaklink.library.reading import shipped_library

    library = shipped_library()
    if statements:
        _statements(as_json=as_json)
        return
    from weaklink.library.checking import check_library
    from weaklink.library.own import in_own_folder
    from weaklink.library.phrases import catalogue_problems
    from weaklink.library.wording import catalogue
    from weaklink.review.reachability import check_reachability

    found = [
        *check_library(library),
        *catalogue_problems(catalogue(), library),
        *check_reachability(library),
    ]
    problems = in_own_folder(found)
    if as_json:
        print_json([{"file": p.file, "field": p.field, "message": p.message} for p in problems])
    else:
        for p in problems:
            print(f"{p.file}: {p.field}: {p.message}")
        print(f"{len(problems)} problems found.")
    raise typer.Exit(1 if problems else 0)


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
    """Write a stub for a new record; `weaklink check` then says what is missing.

    Where WEAKLINK_KNOWLEDGE names a folder of one's own, the files go there.
    """
    from weaklink.library.scaffold import stub

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
    from weaklink.store.exercise_loads import ExerciseLoads
    from weaklink.store.figures import Figures

    library = shipped_library()
    figures = Figures(library)
    of = ExerciseLoads(figures, library)
    loads = {record_id: of.summary(record_id) for record_id in library.movements}
    out.write_text(render_book(library, CHECKOUT / "tests" / "cases", loads, figures), encoding="utf-8")
    print(out)
