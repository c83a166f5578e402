"""The form of the settings: what was chosen, and by field what would be right."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from starlette.datastructures import FormData

from weaklink.case.assessment import Assessment
from weaklink.case.case_file import read_given
from weaklink.case.values import Table
from weaklink.library.emergency_numbers import shipped_emergency_numbers
from weaklink.library.language.language_folders import languages
from weaklink.library.records import Equipment
from weaklink.quantities import Weekday
from weaklink.web.course.weights_form import WeightsReading, WeightsValues, sent_weights
from weaklink.web.visit.assessments import KeptAssessments
from weaklink.web.visit.changing import change
from weaklink.web.visit.preferences import LikedWeek, SaidWeek, week_table, weekdays_in
from weaklink.web.visit.typed_form import FormReading, number_or_said, read_form, right
from weaklink.web.visit.visit import Visit

PLAIN = ("country", "units", "theme", "language")


class SettingsForm(msgspec.Struct, frozen=True, kw_only=True):
    """What the form says. `asks` names the parts that were on the page; others stay as they are."""

    country: str = ""
    units: Literal["km", "mi"]
    theme: Literal["", "light", "dark"] = ""
    language: str = ""
    asks: tuple[str, ...] = ()
    heard: tuple[Literal["sound", "voice", "vibration"], ...] = ()
    minutes: Annotated[int, msgspec.Meta(ge=5, le=90)] | None = None
    days: tuple[Weekday, ...] = ()
    equipment: tuple[Equipment, ...] = ()

    @property
    def plain(self) -> dict[str, str]:
        """The settings that are one word each, as they are kept."""
        return {name: getattr(self, name) for name in PLAIN}

    @property
    def week(self) -> SaidWeek:
        """What was said of a week."""
        asked = "week" in self.asks
        return SaidWeek(
            minutes=self.minutes if asked else None,
            days=weekdays_in(self.days) if asked else None,
            equipment=self.equipment if asked or self.equipment else None,
        )


class SettingsValues(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in the form."""

    country: str
    units: str
    theme: str
    language: str
    heard: tuple[str, ...]
    week: LikedWeek
    weights: WeightsValues


def read_settings(form: FormData, seen: Visit) -> FormReading[SettingsForm]:
    """The settings that were chosen, or by field what would be right."""
    read = read_form(form, SettingsForm, seen.wording)
    errors = {**read.errors, **_missing(form, read, seen)}
    word = seen.wording.word
    if read.said.get("country", "") not in ("", *shipped_emergency_numbers().countries()):
        errors["country"] = word("form.choice")
    if read.said.get("language", "") not in (*languages(), seen.house.settings.language):
        errors["language"] = word("form.choice")
    return msgspec.structs.replace(read, value=None if errors else read.value, errors=errors)


def _missing(form: FormData, read: FormReading[SettingsForm], seen: Visit) -> dict[str, str]:
    """What a week that was asked for lacks."""
    if "week" not in form.getlist("asks"):
        return {}
    found = {}
    if not read.said.get("minutes"):
        found["minutes"] = right(SettingsForm, "minutes", seen.wording)
    if not form.getlist("days"):
        found["days"] = seen.wording.word("settings.days-wanted")
    return found


def shown_again(form: FormData, kept: SettingsValues, seen: Visit) -> SettingsValues:
    """What was just chosen, as it was sent, where something of it was wrong."""
    asks, week = form.getlist("asks"), kept.week
    if "week" in asks or "equipment" in form:
        week = msgspec.structs.replace(week, equipment=_several(form, "equipment"))
    if "week" in asks:
        minutes = number_or_said(str(form.get("minutes", "")))
        whole = minutes if isinstance(minutes, int) else str(minutes)
        week = msgspec.structs.replace(week, days=_several(form, "days"), minutes=whole)
    return SettingsValues(
        **{name: str(form.get(name, "")) for name in PLAIN},
        heard=_several(form, "heard") if "heard" in asks else kept.heard,
        week=week,
        weights=sent_weights(form, seen),
    )


def _several(form: FormData, name: str) -> tuple[str, ...]:
    return tuple(str(one) for one in form.getlist(name))


async def keep_week(found: SettingsForm, weights: WeightsReading, seen: Visit) -> dict[str, str]:
    """Carry country, days, minutes, things and weights into what is followed now, and make its plan anew.

    The diary stays, and so does where it led. Nothing is kept when no plan fits: the field and why come back.
    """
    if seen.episode is None:
        return {}
    followed = "days" in seen.table
    said = week_table(found.week)
    week = said if followed else {key: value for key, value in said.items() if key == "equipment"}
    week["country"] = found.country
    table = {**weights.onto(seen.table), **week}
    if table == seen.table:
        return {}
    made = await _assessed(seen, table) if followed and "age" in table else None
    if made is not None and made.conflict is not None:
        return {"minutes": " ".join(seen.wording.say(message) for message in made.conflict.conflicts)}
    await change(seen, lambda old: {**weights.onto(old), **week}, because="week")
    return {}


async def _assessed(seen: Visit, table: Table) -> Assessment:
    given = read_given(table, seen.house.library, assume_unanswered_no=False)
    kept: KeptAssessments = seen.request.app.state.assessments
    return await kept.of(given, seen.house.library, best_plan=True)
