"""The emergency number of the runner's country, for every text that names one."""

from __future__ import annotations

from weaklink.library.emergency_numbers import EmergencyNumbers, shipped_emergency_numbers

PLACEHOLDER = "{emergency}"


def emergency_number(country: str, numbers: EmergencyNumbers | None = None) -> str:
    """The number to call; `country` is an ISO 3166 alpha-2 code, empty where it is not known."""
    return (numbers or shipped_emergency_numbers()).of(country)


def named(text: str, country: str, numbers: EmergencyNumbers | None = None) -> str:
    """The text with the country's number in place of "{emergency}"."""
    return text.replace(PLACEHOLDER, emergency_number(country, numbers))
