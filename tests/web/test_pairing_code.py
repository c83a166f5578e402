"""The pairing code: eight digits, ten minutes, once, five tries."""

from __future__ import annotations

import datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from weaklink.web.home.pairing_code import GOOD_FOR, MOST_WRONG, Code, judged, made

NOW = datetime.datetime(2026, 11, 21, 12, tzinfo=datetime.UTC)
CODE = made(1234567, NOW)
A_SECOND = datetime.timedelta(seconds=1)
codes = st.integers(0, 10**8 - 1)


def test_a_code_has_eight_digits_however_small_its_number() -> None:
    assert made(7, NOW).digits == "00000007"


@given(number=codes)
def test_the_right_code_opens_once(number: int) -> None:
    code = made(number, NOW)

    verdict, left = judged(code, code.digits, NOW)

    assert (verdict, left) == ("right", None)
    assert judged(left, code.digits, NOW) == ("none", None)


@given(number=codes, said=codes)
def test_no_other_code_opens(number: int, said: int) -> None:
    verdict, left = judged(made(number, NOW), f"{said:08d}", NOW)

    assert (verdict == "right") == (number == said)
    assert (left is None) == (number == said)


@pytest.mark.parametrize("said", ["0123 4567", "0123-4567", " 01234567 "])
def test_a_code_may_be_typed_as_it_is_shown(said: str) -> None:
    assert judged(CODE, said, NOW)[0] == "right"


@pytest.mark.parametrize("said", ["", "0123456", "012345678", "abcdefgh", "٠١٢٣٤٥٦٧", "1234567\x00"])
def test_what_is_no_code_counts_as_no_try(said: str) -> None:
    assert judged(CODE, said, NOW) == ("not-a-code", CODE)


def test_five_wrong_codes_close_it_even_for_the_right_one() -> None:
    code: Code | None = CODE
    verdicts = []
    for number in range(MOST_WRONG):
        verdict, code = judged(code, f"9999000{number}", NOW)
        verdicts.append(verdict)

    assert verdicts == ["wrong"] * (MOST_WRONG - 1) + ["locked"]
    assert judged(code, CODE.digits, NOW) == ("locked", code)


@given(seconds=st.integers(-3 * 86400, 3 * 86400))
def test_a_code_is_good_for_ten_minutes_and_not_before_it_was_made(seconds: int) -> None:
    then = NOW + seconds * A_SECOND

    assert (judged(CODE, CODE.digits, then)[0] == "right") == (0 <= seconds < GOOD_FOR.total_seconds())


def test_a_code_that_is_over_is_not_kept() -> None:
    assert judged(CODE, "99990000", NOW + GOOD_FOR) == ("none", None)


def test_a_wrong_try_does_not_lengthen_its_time() -> None:
    _, missed = judged(CODE, "99990000", NOW + GOOD_FOR - A_SECOND)

    assert missed == msgspec.structs.replace(CODE, wrong=1)
    assert judged(missed, CODE.digits, NOW + GOOD_FOR)[0] == "none"
