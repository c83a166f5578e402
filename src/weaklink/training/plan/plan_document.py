"""The plan as one open document: the JSON shape of the contract, its schema, with sentences from outside."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import msgspec

from weaklink.case.load import Load
from weaklink.case.plan import (
    FORMAT,
    Follows,
    Item,
    ItemKind,
    LeftOut,
    OwnItem,
    Plan,
    PrescribedItem,
    Session,
    Week,
)
from weaklink.quantities import Message, Side, Weekday
from weaklink.reader import Reader

Say = Callable[[Message], str]
SCHEMA_ID = f"https://weaklink.invalid/schema/{FORMAT}"  # a name, not an address: nothing is fetched


class ItemDocument(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One prescription. Times in seconds; parts a dose does not have are absent."""

    kind: ItemKind
    id: str
    side: Side
    because: list[str]
    source: str
    sets: int | None = None
    reps: int | None = None
    hold_s: int | None = None
    tempo: str = ""
    rir: int | None = None
    rest_s: int | None = None
    load: Load | None = None
    how_heavy: str = ""
    easier: str = ""
    cap: str = ""
    when: Literal["", "before-run", "after-run"] = ""
    seconds: int = 0
    areas: list[str] = []
    programme: str = ""
    phase: str = ""


class OwnItemDocument(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One move of the runner's own routine; `exercise` is absent for one that is not in the library."""

    name: str
    exercise: str = ""
    sets: int
    reps: int | None = None
    hold_s: int | None = None
    seconds: int = 0
    leave_out: bool = False
    because: list[str] = []


class PrescribedItemDocument(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One move of the runner's physiotherapist, dose as given; `exercise` is absent for one in own words.

    `waits`: not given for now, for the reasons in `because`; `about` names what may be asked.
    """

    slot: str
    name: str
    exercise: str = ""
    side: Side = "none"
    sets: int
    reps: int | None = None
    hold_s: int | None = None
    rest_s: int | None = None
    load: Load | None = None
    seconds: int = 0
    areas: list[str] = []
    waits: bool = False
    about: list[str] = []
    because: list[str] = []


class SessionDocument(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One day's session; `minutes` is what it takes, rounded up, without the runner's own routine.

    `own_place`: so many of the items are done before the runner's own. `prescribed` comes before all items.
    """

    day: Weekday
    minutes: int
    items: list[ItemDocument]
    own: list[OwnItemDocument] = []
    own_place: int = 0
    prescribed: list[PrescribedItemDocument] = []


class WeekDocument(msgspec.Struct, frozen=True, kw_only=True):
    """One week; the stretches of run days are counted apart from the sessions."""

    number: int
    sessions: list[SessionDocument]
    run_day_stretches: list[ItemDocument] = []


class LeftOutDocument(msgspec.Struct, frozen=True, kw_only=True):
    """Something a reader would expect, and why it is not in the plan."""

    id: str
    because: str


class PlanDocument(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A plan of training, stamped with the edition of the knowledge it came from."""

    format: Literal["weaklink-plan/1"]
    edition: str
    heading: Literal["full", "before-your-tests", "while-you-wait", "prevention"]
    planner: Literal["exact", "greedy"]
    pain_profile: str
    areas: list[str]
    weeks: list[WeekDocument]
    left_out: list[LeftOutDocument]
    notes: list[str]
    follows: Follows | None = None
    tissues: list[str] = []


PLAN_DOCUMENTS = Reader(PlanDocument)


def item_document(item: Item, say: Say) -> ItemDocument:
    """An item with its reasons in words."""
    parts = {name: getattr(item, name) for name in ItemDocument.__struct_fields__}
    parts |= {"because": [say(message) for message in item.because], "areas": list(item.areas)}
    return ItemDocument(**parts)


def own_item_document(item: OwnItem, say: Say) -> OwnItemDocument:
    """One of the runner's own moves with what is said about it."""
    parts = {name: getattr(item, name) for name in OwnItemDocument.__struct_fields__}
    return OwnItemDocument(**parts | {"because": [say(message) for message in item.because]})


def prescribed_document(item: PrescribedItem, say: Say) -> PrescribedItemDocument:
    """One of the physiotherapist's moves with what is said about it."""
    parts = {name: getattr(item, name) for name in PrescribedItemDocument.__struct_fields__}
    parts |= {"because": [say(message) for message in item.because], "areas": list(item.areas)}
    parts |= {"about": list(item.about)}
    return PrescribedItemDocument(**parts)


def session_document(session: Session, say: Say) -> SessionDocument:
    """A session with its reasons in words."""
    items = [item_document(item, say) for item in session.items]
    own = [own_item_document(one, say) for one in session.own]
    return SessionDocument(
        day=session.day,
        minutes=session.minutes,
        items=items,
        own=own,
        own_place=session.own_place,
        prescribed=[prescribed_document(one, say) for one in session.prescribed],
    )


def week_document(week: Week, say: Say) -> WeekDocument:
    """A week with its reasons in words."""
    return WeekDocument(
        number=week.number,
        sessions=[session_document(session, say) for session in week.sessions],
        run_day_stretches=[item_document(item, say) for item in week.run_day_stretches],
    )


def left_out_document(left: LeftOut, say: Say) -> LeftOutDocument:
    """What is left out, with its reason in words."""
    return LeftOutDocument(id=left.id, because=say(left.because))


def worded_document(plan: Plan, say: Say) -> PlanDocument:
    """The plan as one open document; `say` words each message."""
    return PlanDocument(
        format="weaklink-plan/1",
        edition=plan.edition,
        heading=plan.heading,
        planner=plan.planner,
        pain_profile=plan.pain_profile,
        tissues=list(plan.tissues),
        areas=list(plan.areas),
        weeks=[week_document(week, say) for week in plan.weeks],
        left_out=[left_out_document(left, say) for left in plan.left_out],
        notes=[say(message) for message in plan.notes],
        follows=plan.follows,
    )


def plan_document(plan: Plan, say: Say) -> dict[str, Any]:
    """The same as JSON-ready values."""
    found: dict[str, Any] = msgspec.to_builtins(worded_document(plan, say))
    return found


def plan_schema() -> dict[str, Any]:
    """The JSON Schema of the plan document."""
    schema = msgspec.json.schema(PlanDocument)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_ID}
    return {**head, "title": "weaklink plan", **schema}
