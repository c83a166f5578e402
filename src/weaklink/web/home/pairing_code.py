"""The pairing code: eight digits that open the pages to one device, once, for ten minutes, for five tries."""

from __future__ import annotations

import datetime
import hmac
from typing import Literal

import msgspec

DIGITS = 8
GOOD_FOR = datetime.timedelta(minutes=10)
MOST_WRONG = 5  # 5 guesses of 100,000,000; then only a new code, made at the computer, opens anything

Verdict = Literal["right", "wrong", "not-a-code", "locked", "none"]


class Code(msgspec.Struct, frozen=True, kw_only=True):
    """A code that waits for its device, and how often it was guessed wrong."""

    digits: str
    made_at: datetime.datetime
    wrong: int = 0

    @property
    def tries_left(self) -> int:
        """How often it may still be typed."""
        return max(0, MOST_WRONG - self.wrong)

    @property
    def ends_at(self) -> datetime.datetime:
        """From when on it is good for nothing."""
        return self.made_at + GOOD_FOR

    def waits(self, now: datetime.datetime) -> bool:
        """Whether it is in time. A clock that was set back ends it, too."""
        return self.made_at <= now < self.ends_at


def made(number: int, now: datetime.datetime) -> Code:
    """A code from a number that nobody can foresee, 0 <= number < 10**DIGITS."""
    return Code(digits=f"{number:0{DIGITS}d}", made_at=now)


def grouped(digits: str) -> str:
    """As it is shown: 1234 5678."""
    return f"{digits[: DIGITS // 2]} {digits[DIGITS // 2 :]}"


def judged(code: Code | None, said: str, now: datetime.datetime) -> tuple[Verdict, Code | None]:
    """What a typed code is worth, and the code that goes on waiting.

    What has not the shape of a code is no try: nobody learns anything by it.
    """
    if code is None or not code.waits(now):
        return "none", None
    if not code.tries_left:
        return "locked", code
    digits = "".join(said.replace("-", " ").split())
    if len(digits) != DIGITS or not (digits.isascii() and digits.isdigit()):
        return "not-a-code", code
    if hmac.compare_digest(digits, code.digits):
        return "right", None
    missed = msgspec.structs.replace(code, wrong=code.wrong + 1)
    return ("wrong" if missed.tries_left else "locked"), missed
