"""Typed forms: a posted form as one frozen struct; beside each wrong field, what would be right.

The library converts: a field's type with its bounds (`Annotated[int, msgspec.Meta(ge=0, le=10)]`) is the
whole rule. An empty field is one that was not said. Numbers may be written with a comma, as many people do.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import cache
from typing import Annotated, Any, Generic, TypeVar

import msgspec
from msgspec import inspect
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from weaklink.case.values import in_range
from weaklink.library.wording import Wording
from weaklink.quantities import Message

Form = TypeVar("Form", bound=msgspec.Struct)
Pain = Annotated[int, msgspec.Meta(ge=0, le=10)]
NUMBERS = (inspect.IntType, inspect.FloatType)
LISTS = (inspect.ListType, inspect.VarTupleType)
LOWEST, HIGHEST = -1e9, 1e9


class FieldRule(msgspec.Struct, frozen=True):
    """What a page knows of a field beyond its type: what would be right, and whether a value is."""

    says: Message
    holds: Callable[[Any], bool] = lambda _: True


class FormReading(msgspec.Struct, Generic[Form], frozen=True, kw_only=True):
    """A form as it was sent.

    `value` is None where a field is wrong, and `errors` then says by field what would be right. `said` is
    what stood in each field, so that a page can show it again.
    """

    value: Form | None
    errors: dict[str, str]
    said: dict[str, str]

    def but(self, errors: Mapping[str, str]) -> FormReading[Form]:
        """The same with what is wrong between its fields."""
        value = None if errors else self.value
        return FormReading(value=value, errors={**self.errors, **errors}, said=self.said)


def read_form(
    form: FormData, kind: type[Form], wording: Wording, rules: Mapping[str, FieldRule] | None = None
) -> FormReading[Form]:
    """The form as a value of `kind`, or what is wrong by field. Where a field has a rule, its words count."""
    found: dict[str, object] = {}
    errors: dict[str, str] = {}
    for field in _fields(kind):
        raw = _raw(form, field)
        if raw is None and not field.required:
            continue
        rule = (rules or {}).get(field.name)
        try:
            found[field.name] = msgspec.convert(raw, _annotation(kind, field.name), strict=False)
            # "null", "nan" and "inf" are nothing that anybody says in a form.
            wrong = _says_nothing(found[field.name]) or (
                rule is not None and not rule.holds(found[field.name])
            )
        except msgspec.ValidationError:
            wrong = True
        if wrong:
            errors[field.encode_name] = wording.say(rule.says if rule is not None else _right(field.type))
    said = {name: str(value) for name, value in form.items() if name != "csrf"}
    value = None if errors else kind(**found)
    return FormReading(value=value, errors=errors, said=said)


def _says_nothing(found: object) -> bool:
    return found is None or (isinstance(found, float) and not math.isfinite(found))


def right(kind: type[msgspec.Struct], name: str, wording: Wording) -> str:
    """What would be right in a field, as a request to somebody at a form."""
    return wording.say(next(_right(field.type) for field in _fields(kind) if field.name == name))


def accepted(read: FormReading[Form]) -> Form:
    """The value of a form that a page of ours never sends wrong.

    Raises: HTTPException 422 that names each wrong field.
    """
    if read.value is None:
        raise HTTPException(422, " ".join(f"{field}: {says}" for field, says in read.errors.items()))
    return read.value


def number_or_said(text: str) -> int | float | str:
    """The number a text says, as somebody may write one; else the text, for its reader to refuse."""
    try:
        found: int | float = msgspec.convert(plain_number(text), int | float, strict=False)
    except msgspec.ValidationError:
        return text
    return found


def plain_number(text: str) -> str:
    """A number as programs write it: one comma is a decimal point, spaces are nothing."""
    shown = "".join(text.split())
    return shown.replace(",", ".") if shown.count(",") == 1 and "." not in shown else shown


@cache
def _fields(kind: type[msgspec.Struct]) -> tuple[inspect.Field, ...]:
    info = inspect.type_info(kind)
    assert isinstance(info, inspect.StructType)
    return info.fields


@cache
def _annotation(kind: type[msgspec.Struct], name: str) -> Any:
    return next(field.type for field in msgspec.structs.fields(kind) if field.name == name)


def _raw(form: FormData, field: inspect.Field) -> str | list[str] | None:
    """What the form says of a field; None where nothing was said."""
    part = _part(field.type)
    if isinstance(part, LISTS):
        return [str(one) for one in form.getlist(field.encode_name)]
    text = str(form.get(field.encode_name, ""))
    if isinstance(part, NUMBERS):
        text = plain_number(text)
    elif not isinstance(part, inspect.StrType):
        text = text.strip()
    # Free text keeps its own line ends; a database may refuse NUL.
    text = text.replace("\r\n", "\n").replace("\x00", "")
    return text or None


def _part(kind: inspect.Type) -> inspect.Type:
    """A type without its None."""
    if isinstance(kind, inspect.UnionType):
        return next(one for one in kind.types if not isinstance(one, inspect.NoneType))
    return kind


def _right(kind: inspect.Type) -> Message:
    part = _part(kind)
    if isinstance(part, NUMBERS):
        low = part.ge if part.ge is not None else LOWEST
        high = part.le if part.le is not None else HIGHEST
        return in_range(low, high, whole=isinstance(part, inspect.IntType))
    if isinstance(part, inspect.StrType) and part.max_length is not None:
        return Message("form.text", {"most": part.max_length})
    return Message("form.date" if isinstance(part, inspect.DateType) else "form.choice")
