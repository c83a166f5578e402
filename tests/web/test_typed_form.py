"""Typed forms: the type is the rule; what is wrong is said beside its field, and nothing becomes another number."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import FormData

from weaklink.library.wording import shipped_wording
from weaklink.quantities import Message
from weaklink.web.visit.typed_form import FieldRule, FormReading, read_form


class Sent(msgspec.Struct, frozen=True, kw_only=True):
    age: Annotated[int, msgspec.Meta(ge=10, le=100)]
    far: Annotated[float, msgspec.Meta(ge=0, le=500)] | None = None
    unit: Literal["km", "mi"] = "km"
    days: tuple[Literal["mon", "tue"], ...] = ()
    ticked: bool = False
    on: datetime.date | None = None
    text: Annotated[str, msgspec.Meta(max_length=20)] = ""


def read(**fields: str | list[str]) -> FormReading[Sent]:
    pairs = [(k, one) for k, v in fields.items() for one in (v if isinstance(v, list) else [v])]
    return read_form(FormData(pairs), Sent, shipped_wording())


def test_every_field_is_converted_by_its_type() -> None:
    found = read(
        age="33", far="4.5", unit="mi", days=["mon", "tue"], ticked="1", on="2026-11-28", text=" a\r\nb "
    )

    expected = Sent(
        age=33,
        far=4.5,
        unit="mi",
        days=("mon", "tue"),
        ticked=True,
        on=datetime.date(2026, 11, 28),
        text=" a\nb ",
    )
    assert (found.value, found.errors) == (expected, {})


@pytest.mark.parametrize(
    ("typed", "meant"), [("4,5", 4.5), ("4.5", 4.5), (" 4,5 ", 4.5), ("45", 45.0), ("0,5", 0.5), ("", None)]
)
def test_a_comma_is_a_decimal_point_and_never_nothing(typed: str, meant: float | None) -> None:
    found = read(age="33", far=typed)

    assert found.value is not None
    assert found.value.far == meant


@pytest.mark.parametrize(
    "typed", ["4,5,6", "1.234,5", "4;5", "nan", "inf", "-1", "501", "9" * 400, "1e999", "٤,٥x", "0x10"]
)
def test_what_is_no_number_in_the_range_is_refused_beside_its_field(typed: str) -> None:
    found = read(age="33", far=typed)

    assert found.value is None
    assert found.errors == {"far": "Please enter a number from 0 to 500."}
    assert found.said["far"] == typed


@pytest.mark.parametrize("typed", ["4,5", "4.5", "", "9", "101", "9" * 400, "thirty"])
def test_a_whole_number_stays_one(typed: str) -> None:
    found = read(age=typed)

    assert (found.value, found.errors) == (None, {"age": "Please enter a whole number from 10 to 100."})


def test_all_wrong_fields_are_said_at_once() -> None:
    found = read(age="1", unit="furlong", days=["mon", "someday"], on="yesterday", text="x" * 21)

    assert sorted(found.errors) == ["age", "days", "on", "text", "unit"]
    assert found.errors["text"] == "At most 20 characters, please."


@given(
    st.dictionaries(
        st.sampled_from(("age", "far", "unit", "days", "ticked", "on", "text", "other")), st.text(max_size=30)
    )
)
def test_nothing_that_is_sent_breaks_the_reading(fields: dict[str, str]) -> None:
    found = read(**fields)

    assert (found.value is None) == bool(found.errors)


def test_what_a_page_knows_of_a_field_counts_besides_its_type() -> None:
    rules = {"far": FieldRule(Message("form.number", {"low": 0.1, "high": 310.7}), lambda far: far <= 310.7)}

    def far(said: str) -> FormReading[Sent]:
        return read_form(FormData([("age", "33"), ("far", said)]), Sent, shipped_wording(), rules)

    assert far("310,7").errors == {}
    for wrong in ("311", "far", "-1", "nan", "inf"):
        found = far(wrong)
        assert (found.value, found.errors) == (
            None,
            {"far": "Please enter a number from 0.1 to 310.7."},
        ), wrong
