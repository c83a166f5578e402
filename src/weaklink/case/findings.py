"""Findings: what answers and tests amount to for the reasoning."""

from __future__ import annotations

from typing import Literal

import msgspec

from weaklink.quantities import Message, Side

Strength = Literal["published", "provisional"]


class Finding(msgspec.Struct, frozen=True, order=True):
    """One thing seen or said, present or absent, on one side."""

    id: str
    side: Side
    present: bool


class AreaFinding(msgspec.Struct, frozen=True, kw_only=True):
    """What one test says about one area on one side: weak, fine, or cannot tell."""

    area: str
    side: Side
    test: str
    says: Literal["weak", "fine", "cannot-tell"]
    basis: Strength
    because: Message
