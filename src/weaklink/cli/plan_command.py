"""`weaklink plan`: a case file in, its plan out as JSON or as one page of PDF."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from weaklink.cli.assess import print_json
from weaklink.cli.assessed_case import NoPlanError, assessed
from weaklink.cli.keeping import AsJson, Data
from weaklink.quantities import WeaklinkError

if TYPE_CHECKING:
    from weaklink.case.assessment import Assessment
    from weaklink.exchange.paper import Size


class UnwritableFileError(WeaklinkError):
    """A file that cannot be written."""


def plan_case(
    cases: list[str] = typer.Argument(  # noqa: B008
        None,
        help="The case file (TOML); - reads it from standard input. With --diff none, or two.",
        metavar="CASE",
    ),
    pdf: Path | None = typer.Option(None, "--pdf", help="Write one page of PDF here (extra pdf)."),  # noqa: B008
    letter_paper: bool = typer.Option(False, "--us-letter", help="US letter instead of A4."),
    diff: bool = typer.Option(
        False, "--diff", help="What changed between the plans that were kept, or between those of two cases."
    ),
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """The plan of a case file, as JSON or with --pdf as one sheet; with --diff what changed between plans."""
    if diff:
        from weaklink.cli.plan_diff import show_diff

        show_diff(cases or [], data, as_json=as_json)
        return
    if len(cases or []) != 1:
        raise NoPlanError("plan: name one case file; --diff compares plans")
    found, wording = assessed(cases[0])
    if found.plan is None:
        why = ", ".join(found.plan_refused) or "the wishes are in conflict"
        raise NoPlanError(f"plan: no plan for this case ({why}); weaklink assess says what to do")
    if pdf is not None:
        _write_sheet(pdf, found, "us-letter" if letter_paper else "a4")
        return
    from weaklink.training.plan.plan_document import plan_document

    print_json(plan_document(found.plan, wording.say))


def _write_sheet(pdf: Path, found: Assessment, size: Size) -> None:
    from weaklink.exchange.plan_sheet import plan_sheet
    from weaklink.library.own import sound_library
    from weaklink.library.wording import shipped_wording
    from weaklink.store.figure_store import Figures
    from weaklink.web.course.plan_now import PlanNow
    from weaklink.web.plan.paper_sheets import Addressee, sheet_of

    assert found.plan is not None
    library, today = sound_library(), datetime.datetime.now().astimezone().date()
    addressee = Addressee(library=library, wording=shipped_wording(), date=today)
    sheet = sheet_of(found, PlanNow(plan=found.plan), addressee, Figures(library))
    try:
        pdf.write_bytes(plan_sheet(sheet, size))
    except OSError as error:
        raise UnwritableFileError(f"plan: {pdf}: {error.strerror}") from error
