"""`weaklink plan --diff`: what changed between two plans, those that were kept or those of two case files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from weaklink.cli.assess import print_json
from weaklink.cli.assessed_case import NoPlanError, assessed
from weaklink.cli.keeping import kept_plans

if TYPE_CHECKING:
    from weaklink.case.plan import Plan


def show_diff(cases: list[str], data: Path | None, *, as_json: bool) -> None:
    """Print what changed between the plans kept in a data folder, or from one case's plan to another's.

    Raises: NoPlanError where there is nothing to compare.
    """
    if cases and len(cases) != 2:
        raise NoPlanError("plan --diff: name no case file, or two: before and after")
    plans = [_between(*cases)] if cases else kept_plans(data)
    if not plans:
        raise NoPlanError("plan --diff: no plan was kept here yet")
    if as_json:
        print_json({"plans": plans, "changes": plans[0]["changes"]})
        return
    for plan in plans:
        print("\n".join(_lines(plan)))


def _between(before: str, after: str) -> dict[str, Any]:
    import msgspec

    from weaklink.training.plan.plan_changes import plan_changes

    old, new = _plan(before), _plan(after)
    changes = [msgspec.to_builtins(change) for change in plan_changes(old, new)]
    return {"id": after, "made_at": "", "edition": new.edition, "because": "", "changes": changes}


def _plan(case: str) -> Plan:
    found, _ = assessed(case)
    if found.plan is None:
        raise NoPlanError(f"plan --diff: {case}: no plan for this case")
    return found.plan


def _lines(plan: dict[str, Any]) -> list[str]:
    because = f", because: {plan['because']}" if plan["because"] else ""
    head = f"{plan['made_at'] or plan['id']}, edition {plan['edition']}{because}"
    return [head, *(f"  {_line(change)}" for change in plan["changes"])]


def _line(change: dict[str, Any]) -> str:
    where = f"week {change['week']}, {change['day']}: {change['id']}"
    if change["what"] != "changed":
        return f"{where} {change['what']}"
    return f"{where} {change['field']} {change['before'] or '-'} -> {change['after'] or '-'}"
