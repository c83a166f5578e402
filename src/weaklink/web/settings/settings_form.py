"""The form of the settings: what was chosen, and by field what would be right."""

from __future__ import annotations

from typing import Any

import msgspec
from starlette.datastructures import FormData

from weaklink.case.assessment import Assessment
from weaklink.case.case_file import CaseError, read_given
from weaklink.library.emergency import shipped_emergency_numbers
from weaklink.library.language.places import languages
from weaklink.web.visit.assessments import Kept
from weaklink.web.visit.changing import change
from weaklink.web.visit.forms import field_errors, number_or_text
from weaklink.web.visit.preferences import HEARD, THEMES, UNITS, weekdays_in
from weaklink.web.visit.visit import Visit

SOMEBODY = {"age": 30}  # a week is read as part of what somebody said


class Chosen(msgspec.Struct, frozen=True, kw_only=True):
    """What the form says. Parts that were not on the page (`asks`) are None or empty and stay as they are."""

    plain: dict[str, str]  # country, units, theme, language
    heard: list[str] | None
    week: dict[str, Any]  # minutes, days, equipment


def chosen(form: FormData) -> Chosen:
    """What was posted, as it stands in the form."""
    asks = form.getlist("asks")
    week: dict[str, Any] = {}
    if "week" in asks or "equipment" in form:
        week["equipment"] = [str(thing) for thing in form.getlist("equipment")]
    if "week" in asks:
        week["days"] = weekdays_in(dict.fromkeys(str(day) for day in form.getlist("days")))
        week["minutes"] = number_or_text(form.get("minutes"))
    return Chosen(
        plain={key: str(form.get(key, "")) for key in ("country", "units", "theme", "language")},
        heard=[str(way) for way in form.getlist("heard")] if "heard" in asks else None,
        week=week,
    )


def errors_in(found: Chosen, seen: Visit) -> dict[str, str]:
    """By field what would be right."""
    known = {
        "country": ["", *shipped_emergency_numbers().countries()],
        "units": UNITS,
        "theme": THEMES,
        "language": [*languages(), seen.house.settings.language],
    }
    word = seen.wording.word
    errors = {key: word("form.choice") for key, choices in known.items() if found.plain[key] not in choices}
    if not set(found.heard or ()) <= set(HEARD):
        errors["heard"] = word("form.choice")
    if "days" in found.week and not found.week["days"]:
        return errors | {"days": word("settings.days-wanted")}
    try:
        read_given({**SOMEBODY, **found.week}, seen.house.library, assume_unanswered_no=True)
    except CaseError as error:
        wrong = field_errors(error, seen.wording)
        errors |= {field.partition("[")[0]: says for field, says in wrong.items()}
    return errors


async def keep_week(found: Chosen, seen: Visit) -> dict[str, str]:
    """Carry country, days, minutes and things into what is followed now, and make its plan anew.

    The diary stays, and so does where it led. Nothing is kept when no plan fits: the field and why come back.
    """
    if seen.episode is None:
        return {}
    followed = "days" in seen.table
    week = found.week if followed else {k: v for k, v in found.week.items() if k == "equipment"}
    table = {**seen.table, **week, "country": found.plain["country"]}
    if table == seen.table:
        return {}
    made = await _assessed(seen, table) if followed and "age" in table else None
    if made is not None and made.conflict is not None:
        return {"minutes": " ".join(seen.wording.say(message) for message in made.conflict.conflicts)}
    await change(seen, lambda old: {**old, **week, "country": found.plain["country"]}, because="week")
    return {}


async def _assessed(seen: Visit, table: dict[str, Any]) -> Assessment:
    given = read_given(table, seen.house.library, assume_unanswered_no=False)
    kept: Kept = seen.request.app.state.assessments
    return await kept.of(given, seen.house.library, best_plan=True)
