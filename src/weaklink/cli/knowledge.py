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
    from weaklink.library.phrases import catalogue_problems
    from weaklink.library.wording import catalogue
    from weaklink.review.reachability import check_reachability

    problems = [
        *check_library(library),
        *catalogue_problems(catalogue(), library),
        *check_reachability(library),
    ]
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
    """Write a stub for a new record; `weaklink check` then says what is missing."""
    from weaklink.library.scaffold import stub

    today = datetime.datetime.now(datetime.UTC).date()
    for path, text in stub(kind, record_id, today).items():
        target = CHECKOUT / path
        if target.exists():
            raise ScaffoldError(f"{path}: is there already; choose another id")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        print(path)


def book(
    out: Annotated[Path, typer.Option("--out", help="Where to write the page.")] = Path("book.html"),
) -> None:
    """Write the whole knowledge as one page for a clinician's review."""
    from weaklink.library.reading import shipped_library
    from weaklink.review.book import render_book

    out.write_text(render_book(shipped_library(), CHECKOUT / "tests" / "cases"), encoding="utf-8")
    print(out)
