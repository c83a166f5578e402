"""Measures: numbers, units and plurals as a language says them; kilometres or miles, kilograms or pounds.

The rules are those of the Unicode CLDR, read through Babel. Loading them takes a moment, so nothing is loaded
before the first number that needs them; small whole numbers never do.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, NamedTuple

from weaklink.quantities import KG_PER_POUND, KM_PER_MILE, M_PER_FOOT

if TYPE_CHECKING:
    from babel.core import Locale

KILOGRAM = "mass-kilogram"
SMALL = 1000  # whole numbers below are written alike wherever Latin digits are


class Unit(NamedTuple):
    """How the value of one format is said: its unit in CLDR, how long it is written, and its digits."""

    name: str
    length: str
    digits: int = 1
    imperial: str = ""  # the unit of those who read miles or pounds; empty: the same for all
    per_imperial: float = 1.0  # how many of `name` one of them is


# Formats of a place in a sentence: "{km:distance}", "{minutes:minutes}".
UNITS = {
    "distance": Unit("length-kilometer", "short", 1, "length-mile", KM_PER_MILE),
    "length": Unit("length-meter", "short", 1, "length-foot", M_PER_FOOT),
    "mass": Unit(KILOGRAM, "short", 0, "mass-pound", KG_PER_POUND),
    "weight": Unit(KILOGRAM, "short", 1, "mass-pound", KG_PER_POUND),
    "plain-weight": Unit(KILOGRAM, "", 2, "mass-pound", KG_PER_POUND),  # its number alone
    "min": Unit("duration-minute", "short"),
    "minutes": Unit("duration-minute", "long"),
    "seconds": Unit("duration-second", "long"),
    "days": Unit("duration-day", "long"),
    "weeks": Unit("duration-week", "long"),
}


class Measures:
    """Numbers and units of one language, in kilometres or miles, kilograms or pounds."""

    def __init__(self, language: str, *, miles: bool = False, pounds: bool | None = None) -> None:
        """Units as they are read; who did not say in what they weigh weighs in pounds with miles."""
        self.language = language
        self._miles = miles
        self.pounds = miles if pounds is None else pounds

    def number(self, value: float, digits: int = 3) -> str:
        """A number as it is written: "4.5" or "4,5"."""
        if isinstance(value, int) and abs(value) < SMALL:
            return str(value)
        from babel.numbers import format_decimal

        return format_decimal(round(value, digits), locale=locale_of(self.language))

    @property
    def decimal(self) -> str:
        """What stands between whole and part: "." or ","."""
        return self.number(0.5)[1]

    def plural(self, value: object) -> str:
        """The CLDR category of a number, e.g. "one"; "other" for what is none."""
        if not isinstance(value, int | float):
            return "other"
        return locale_of(self.language).plural_form(value)

    def distance(self, km: float) -> str:
        """A distance [km] without its unit, in the runner's own."""
        return self.number(round(km / KM_PER_MILE, 1) if self._miles else round(float(km), 1))

    def unit(self, value: float, said_as: str) -> str:
        """A value with its unit, e.g. 5 as "distance": "5 km" or "3.1 mi".

        Args:
            said_as: one of `UNITS`; km for a distance, m for a length, kg for a mass.
        """
        unit = UNITS[said_as]
        name, shown = unit.name, float(value)
        if unit.imperial and (self.pounds if unit.name == KILOGRAM else self._miles):
            name, shown = unit.imperial, shown / unit.per_imperial
        rounded = round(shown, unit.digits)
        if not unit.length:
            return self.number(int(rounded) if rounded.is_integer() else rounded)
        return _with_unit(int(rounded) if rounded.is_integer() else rounded, name, unit.length, self.language)


def _with_unit(value: float, name: str, length: str, language: str) -> str:
    """The number with its unit; in a shorter form, at last in English, where a language has no such words."""
    from babel.units import format_unit

    for locale in (locale_of(language), locale_of("en")):
        for tried in (length, "short", "narrow"):
            said = format_unit(value, name, length=tried, locale=locale)  # type: ignore[arg-type]
            if name not in said:  # Babel says the unit's id where CLDR has no words for it
                return said.replace("\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}")
    raise AssertionError(f"CLDR has no English words for {name}")


@functools.cache
def locale_of(language: str) -> Locale:
    """The rules of a language; of English where CLDR does not know it."""
    from babel.core import Locale, UnknownLocaleError

    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en")


def is_known(language: str) -> bool:
    """Whether CLDR has rules for a language."""
    return language == "en" or locale_of(language).language != "en"
