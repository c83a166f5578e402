"""Options of commands: the command that options alone mean, and numbers that nothing can be done with."""

from __future__ import annotations

from collections.abc import Sequence

from weaklink.quantities import WeaklinkError

PORTS = (1, 65535)
OF_NO_COMMAND = ("--help", "--version")


class OptionError(WeaklinkError):
    """An option whose value no command can work with."""


def with_command(words: Sequence[str]) -> list[str]:
    """What was typed after the program's name; options without a command are those of `up`."""
    alone = bool(words) and words[0].startswith("-") and words[0] not in OF_NO_COMMAND
    return ["up", *words] if alone else list(words)


def require_within(
    option: str, value: float | None, limits: tuple[float, float], unit: str = "", *, what: str = ""
) -> None:
    """Nothing, where a number is within its limits or was not said. `what` makes a sentence of the refusal.

    Raises: OptionError naming the option, what was found, and what would be right.
    """
    low, high = limits
    if value is not None and not low <= value <= high:  # also refuses what is not a number
        found = f"{option}: {what} is {value:g};" if what else f"{option} {value:g}:"
        raise OptionError(f"{found} expected {low:g} to {high:g}{unit and f' {unit}'}")
