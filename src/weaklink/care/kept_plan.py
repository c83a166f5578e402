"""The kept plan: what every page, session and paper follows; made anew by a decision, never by looking."""

from __future__ import annotations

import datetime
import uuid
from typing import Any, Literal, get_args

import msgspec

from weaklink.care.ports import EpisodeId, KeptPlan
from weaklink.case.plan import PLANS, Item, Plan
from weaklink.library.reading import Library
from weaklink.library.wording import Wording
from weaklink.training.plan.plan_changes import PlanChange, plan_changes
from weaklink.training.plan.plan_document import PLAN_DOCUMENTS, PlanDocument, plan_document, worded_document

Because = Literal["first", "week", "answers", "tests", "routine", "prescribed", "course", "knowledge"]
BECAUSE: tuple[Because, ...] = get_args(Because)


def planned(
    plan: Plan, because: Because, episode_id: EpisodeId, wording: Wording, now: datetime.datetime
) -> KeptPlan:
    """A plan as it is kept, with why it was made."""
    return KeptPlan(
        id=str(uuid.uuid4()),
        episode_id=episode_id,
        document=plan_document(plan, wording.say),
        made=msgspec.json.decode(msgspec.json.encode(plan)),  # as it comes back from a store
        because=because,
        edition=plan.edition,
        created_at=now,
    )


def made_anew(before: KeptPlan | None, after: KeptPlan) -> KeptPlan | None:
    """The plan to keep now; None where the one that is kept says the same."""
    if before is None:
        return msgspec.structs.replace(after, because="first")
    if before.made == after.made:
        return None
    if after.created_at <= before.created_at:  # a clock that was set back: the newest stays the newest
        later = before.created_at + datetime.timedelta(microseconds=1)
        return msgspec.structs.replace(after, created_at=later)
    return after


def plan_kept(kept: KeptPlan | None, library: Library) -> Plan | None:
    """The plan as it was made.

    None where none is kept, where it was kept before plans were kept whole, and where it names what this
    edition of the knowledge does not hold any more.
    """
    if kept is None or not kept.made:
        return None
    try:
        plan = PLANS.of(kept.made)
    except msgspec.ValidationError:
        return None
    return plan if all(_is_known(item, library) for item in _items(plan)) else None


def _items(plan: Plan) -> list[Item]:
    return [
        item
        for week in plan.weeks
        for items in (*(session.items for session in week.sessions), week.run_day_stretches)
        for item in items
    ]


def _is_known(item: Item, library: Library) -> bool:
    return item.kind == "load-advice" or item.id in library.exercises


def document_in_words(plan: Plan, wording: Wording) -> PlanDocument:
    """The plan as one open document, in the words of whoever reads it now."""
    return worded_document(plan, wording.say)


def document_kept(kept: KeptPlan | None) -> PlanDocument | None:
    """The open document of a plan as it was kept; None where there is none or it cannot be read any more."""
    try:
        return PLAN_DOCUMENTS.of(kept.document) if kept is not None else None
    except msgspec.ValidationError:
        return None


def is_older(kept: KeptPlan | None, library: Library) -> bool:
    """Whether a plan comes from another edition of the knowledge than ours."""
    return kept is not None and kept.edition != library.edition


def changes_of(before: KeptPlan | None, after: KeptPlan) -> tuple[PlanChange, ...]:
    """What changed between two kept plans, move by move; nothing where one is missing or unreadable."""
    old, new = document_kept(before), document_kept(after)
    return plan_changes(old, new) if old is not None and new is not None else ()


def history_document(plans: tuple[KeptPlan, ...]) -> list[dict[str, Any]]:
    """Every kept plan, newest first: when it was made, why, and what is different from the one before."""
    befores: tuple[KeptPlan | None, ...] = (*plans[1:], None)
    return [
        {
            "id": plan.id,
            "made_at": plan.created_at.isoformat(),
            "edition": plan.edition,
            "because": plan.because,
            "changes": [msgspec.to_builtins(change) for change in changes_of(before, plan)],
        }
        for plan, before in zip(plans, befores, strict=True)
    ]
