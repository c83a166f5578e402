"""Reasons as they were kept: one that cannot be read any more is left out, and closes no page."""

from __future__ import annotations

import datetime
from typing import Any

import msgspec
import pytest

from weaklink.care.keeping_diary import reason_of
from weaklink.care.ports import KeptReason
from weaklink.quantities import Message

SAID = msgspec.to_builtins(Message("training.rule-pain-amber", {"exercise": "clamshell"}))


def kept(**parts: Any) -> KeptReason:
    whole = {
        "id": "session-1/clamshell/0", "episode_id": "episode-1", "place": 0, "date": "2026-11-02", "slot": "clamshell",
        "exercise": "clamshell", "action": "hold", "rule": "pain-amber", "because": SAID,
    }  # fmt: skip
    return KeptReason(**{**whole, **parts})


def test_a_kept_reason_comes_back() -> None:
    found = reason_of(kept())

    assert found is not None
    assert (found.date, found.rule) == (datetime.date(2026, 11, 2), "pain-amber")
    assert found.because.values == {"exercise": "clamshell"}


@pytest.mark.parametrize(
    "odd",
    [
        {"date": "9999-12-31T23:59:59+00:00"},
        {"date": ""},
        {"date": "nan"},
        {"because": {"id": 7}},
        {"because": {}},
    ],
    ids=str,
)
def test_one_that_cannot_be_read_is_left_out(odd: dict[str, Any]) -> None:
    assert reason_of(kept(**odd)) is None
