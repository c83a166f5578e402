"""`weaklink plan`: a case file in, its plan out as JSON or as one page of PDF."""

from __future__ import annotations

import datetime
from pathlib import Path

import typer

from weaklink.cli.assess import print_json, read_text
from weaklink.quantities import WeaklinkError


class NoPlanError(WeaklinkError):
    """A case that gets no plan."""


class UnwritableFileError(WeaklinkError):
    """A file that cannot be written."""


def plan_case(
    case: str = typer.Argument(help="The case file (TOML); - reads it from standard input."),
    pdf: Path | None = typer.Option(None, "--pdf", help="Write one page of PDF here (extra pdf)."),  # noqa: B008
    letter_paper: bool = typer.Option(False, "--us-letter", help="US letter instead of A4."),
) -> None:
    """The plan of a case file, as JSON or with --pdf as one sheet."""
    from weaklink.care.begin import assess
    from weaklink.case.case_file import read_case
    from weaklink.library.own import sound_library
    from weaklink.library.wording import shipped_wording
    from weaklink.training.plan.plan_document import plan_document

    library, wording = sound_library(), shipped_wording()
    found = assess(read_case(read_text(case), library).given, library)
    if found.plan is None:
        why = ", ".join(found.plan_refused) or "the wishes are in conflict"
        raise NoPlanError(f"plan: no plan for this case ({why}); weaklink assess says what to do")
    if pdf is None:
        print_json(plan_document(found.plan, wording.say))
        return
    from weaklink.exchange.plan_sheet import plan_sheet
    from weaklink.store.figures import Figures
    from weaklink.web.plan.paper_sheets import sheet_of

    today = datetime.datetime.now().astimezone().date()
    sheet = sheet_of(found, found.plan, library, wording, Figures(library), date=today)
    content = plan_sheet(sheet, "us-letter" if letter_paper else "a4")
    try:
        pdf.write_bytes(content)
    except OSError as error:
        raise UnwritableFileError(f"plan: {pdf}: {error.strerror}") from error
