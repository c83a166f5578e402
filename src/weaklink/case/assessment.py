"""The whole answer to a case: disposition, hypotheses, next test, plan or why there is none."""

from __future__ import annotations

import msgspec

from weaklink.case.disposition import Disposition
from weaklink.case.given import Given
from weaklink.case.hypothesis import Differential, NextTest
from weaklink.case.plan import Conflict, Plan


class Assessment(msgspec.Struct, frozen=True, kw_only=True):
    """One pass through the chain. `plan` is None when refused; then `plan_refused` names the rules."""

    given: Given
    disposition: Disposition
    differential: Differential
    next_test: NextTest | None
    plan: Plan | None
    plan_refused: tuple[str, ...]
    conflict: Conflict | None
    edition: str
