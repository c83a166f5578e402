"""A case file assessed for a command, with the words for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weaklink.cli.assess import read_text
from weaklink.quantities import WeaklinkError

if TYPE_CHECKING:
    from weaklink.case.assessment import Assessment
    from weaklink.library.wording import Wording


class NoPlanError(WeaklinkError):
    """A case that gets no plan."""


def assessed(case: str) -> tuple[Assessment, Wording]:
    """The assessment of a case file, with the words for it."""
    from weaklink.care.begin import assess
    from weaklink.case.case_file import read_case
    from weaklink.library.own import sound_library
    from weaklink.library.wording import shipped_wording

    library = sound_library()
    return assess(read_case(read_text(case), library).given, library), shipped_wording()
