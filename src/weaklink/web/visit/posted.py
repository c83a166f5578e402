"""Posted: a form being read field by field; what would be right is kept beside the field's name."""

from __future__ import annotations

import datetime
import re
import uuid

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from weaklink.case.values import in_range
from weaklink.library.wording import Wording
from weaklink.web.visit.forms import free_text, number_or_text

ID = re.compile(r"[A-Za-z0-9-]{8,64}")
OLDEST_DAYS = 400


class Posted:
    """The values of one form; `errors` says by field what would be right."""

    def __init__(self, form: FormData, wording: Wording) -> None:
        self.form = form
        self.wording = wording
        self.errors: dict[str, str] = {}

    @property
    def id(self) -> str:
        """The id the form was made with, so that sent twice is kept once.

        Raises: HTTPException 422 for a form that is not one of ours.
        """
        found = str(self.form.get("id", ""))
        if not ID.fullmatch(found):
            raise HTTPException(422, "id: made with the form, 8 to 64 letters, digits or hyphens.")
        return found

    def id_for(self, part: str) -> str:
        """The id of a further entry of the same form; the same each time it is sent."""
        return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{self.id} {part}"))

    def number(
        self, name: str, low: float, high: float, *, whole: bool = True, needed: bool = False
    ) -> float | None:
        """A number in a range; None when nothing was said or it is noted as wrong."""
        said = number_or_text(self.form.get(name))
        if said == "" and not needed:
            return None
        right = isinstance(said, int | float) and low <= said <= high and (not whole or said == int(said))
        if not right:
            self.errors[name] = self.wording.say(in_range(low, high, whole=whole))
            return None
        return int(said) if whole else float(said)

    def whole(self, name: str, low: int, high: int, *, needed: bool = False) -> int | None:
        """A whole number in a range; None as above."""
        found = self.number(name, low, high, needed=needed)
        return None if found is None else int(found)

    def date(self, name: str, today: datetime.date) -> datetime.date:
        """A day up to today; today when none was said."""
        raw = str(self.form.get(name, "")) or today.isoformat()
        try:
            found = datetime.date.fromisoformat(raw)
        except ValueError:
            found = None
        if found is None or not 0 <= (today - found).days <= OLDEST_DAYS:
            self.errors[name] = self.wording.word("weeks.date-wanted")
            return today
        return found

    def text(self, name: str, most: int) -> str:
        """Free words; too many are noted as wrong."""
        found = free_text(self.form.get(name)).strip()
        if len(found) > most:
            self.errors[name] = self.wording.word("weeks.text-wanted", most=most)
        return found

    def ticked(self, name: str) -> bool:
        """Whether a box was ticked."""
        return self.form.get(name) == "1"
