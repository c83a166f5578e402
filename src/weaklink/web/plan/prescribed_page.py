"""Prescribed: the physiotherapist's plan, found in the library or entered in own words, move by move."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from weaklink.care.follow_up import judge_given
from weaklink.case.case_file import CaseError
from weaklink.case.load import BAND_COLOURS, BandColour
from weaklink.case.plan import PrescribedItem
from weaklink.case.prescribed_move import PrescribedMove
from weaklink.case.prescription import (
    HELD_KINDS,
    LIMITS,
    MOST_NAME,
    prescription_table,
    read_prescription,
)
from weaklink.case.routine import FOLLOWS_PHYSIO
from weaklink.case.values import Table
from weaklink.library.wording import Wording, spoken_name
from weaklink.quantities import WEEKDAYS, Message, Weekday
from weaklink.training.prescribed.prescribed_week import prescribed_item
from weaklink.web.plan.move_search import FoundMove, found_moves
from weaklink.web.visit.assessments import assessment_of
from weaklink.web.visit.changing import change
from weaklink.web.visit.forms import Choice, DayChoice, day_choices, field_errors
from weaklink.web.visit.preferences import weighs_in
from weaklink.web.visit.typed_form import FieldRule, read_form
from weaklink.web.visit.visit import Visit, form_of, show, visit
from weaklink.web.words.dose_words import dose_words
from weaklink.web.words.weights_text import kg_of, number_in

PAGE = "/prescribed"
NONE_OF_THESE = "none"  # what a move in own words trains, where it is none of our areas
NO_KIND = ""


class PrescribedForm(msgspec.Struct, frozen=True, kw_only=True):
    """One move as the form says it; `number` of the one that is changed, from 0."""

    number: Annotated[int, msgspec.Meta(ge=0, le=99)] | None = None
    slot: str = ""
    move: str = ""
    named: Annotated[str, msgspec.Meta(max_length=MOST_NAME)] = ""
    areas: tuple[str, ...] = ()
    jumps: Literal["yes", "no"] | None = None
    side: Literal["both", "right", "left", "none"] | None = None
    sets: Annotated[int, msgspec.Meta(ge=LIMITS["sets"][0], le=LIMITS["sets"][1])]
    reps: Annotated[int, msgspec.Meta(ge=LIMITS["reps"][0], le=LIMITS["reps"][1])] | None = None
    hold_s: Annotated[int, msgspec.Meta(ge=LIMITS["hold_s"][0], le=LIMITS["hold_s"][1])] | None = None
    rest_s: Annotated[int, msgspec.Meta(ge=LIMITS["rest_s"][0], le=LIMITS["rest_s"][1])] | None = None
    held: str = NO_KIND
    kg: Annotated[float, msgspec.Meta(gt=0, le=2000)] | None = None
    colour: BandColour | None = None
    days: tuple[Weekday, ...] = ()
    by: Annotated[str, msgspec.Meta(max_length=MOST_NAME)] = ""


class PrescribedLine(msgspec.Struct, frozen=True, kw_only=True):
    """One move of the plan: its dose, its days, why it waits; `asks`: given once they know and want it."""

    number: int
    slot: str
    id: str
    name: str
    dose: str
    days: str
    says: list[str]
    waits: bool
    asks: bool
    about: tuple[str, ...]


class MoveForm(msgspec.Struct, frozen=True, kw_only=True):
    """The form of one move, new or to be changed; `values` and the lists are what stands in it."""

    number: str
    slot: str
    move: str
    name: str
    own: bool
    sided: bool
    values: dict[str, str]
    areas: list[str]
    days: list[str]


class PrescribedPage(msgspec.Struct, frozen=True, kw_only=True):
    """What the page shows: the plan so far, what was found, and the form of one move."""

    back: str
    moves: list[PrescribedLine]
    looked_for: str
    found: list[FoundMove] | None
    form: MoveForm | None
    errors: dict[str, str]
    weekdays: list[DayChoice]
    areas: list[Choice]
    kinds: list[Choice]
    colours: list[Choice]
    unit: str
    planned: bool


async def prescribed_page(request: Request) -> Response:
    """GET /prescribed."""
    seen = visit(request)
    found = await assessment_of(seen, best_plan=True)
    if found is None or found.plan_refused or seen.leads_to != "/result":
        return RedirectResponse(seen.leads_to, status_code=303)
    return _page(seen)


async def keep_prescribed(request: Request) -> Response:
    """POST /prescribed: look for a move, open its form, keep it, take it out, or say what was agreed."""
    form = await form_of(request)
    seen = visit(request)
    if seen.given is None or seen.leads_to != "/result":
        return RedirectResponse(seen.leads_to, status_code=303)
    does = str(form.get("does", ""))
    if does in OPENS:
        return OPENS[does](seen, form)
    if does == "keep":
        return await _keep(seen, form)
    if does not in ("drop", "agree", "clear"):
        raise HTTPException(422, "does: one of search, choose, own, change, keep, agree, drop, clear.")
    moves = () if does == "clear" else _without_or_agreed(seen, form, agree=does == "agree")
    return await _kept(seen, moves)


# --- the form of one move ----------------------------------------------------------------------------------


def _search(seen: Visit, form: FormData) -> Response:
    words = str(form.get("words", ""))[: 2 * MOST_NAME]
    return _page(seen, looked_for=words, found=found_moves(words, seen.house.library))


def _choose(seen: Visit, form: FormData) -> Response:
    exercise = seen.house.library.exercises.get(str(form.get("move", "")))
    if exercise is None:
        raise HTTPException(422, "move: no exercise of this name.")
    values = {"side": "both" if exercise.sided else "none"}
    return _page(seen, form=_blank(seen, move=exercise.id, values=values))


def _own(seen: Visit, form: FormData) -> Response:
    named = str(form.get("words", ""))[:MOST_NAME]
    return _page(seen, form=_blank(seen, move="", values={"named": named}))


def _change(seen: Visit, form: FormData) -> Response:
    number = _number(seen, form)
    if number is None:
        return RedirectResponse(PAGE, status_code=303)  # it is gone meanwhile
    move = _moves(seen)[number]
    return _page(seen, form=_filled(seen, move, number))


OPENS = {"search": _search, "choose": _choose, "own": _own, "change": _change}


def _blank(seen: Visit, move: str, values: dict[str, str]) -> MoveForm:
    exercise = seen.house.library.exercises.get(move)
    return MoveForm(
        number="",
        slot="",
        move=move,
        name=exercise.name if exercise is not None else "",
        own=exercise is None,
        sided=exercise is None or exercise.sided,
        # The next move is from the same hands as the last one.
        values={"by": _moves(seen)[-1].by if _moves(seen) else "", **values},
        areas=[],
        days=list(_moves(seen)[-1].days) if _moves(seen) else [],
    )


def _filled(seen: Visit, move: PrescribedMove, number: int) -> MoveForm:
    said = {name: getattr(move, name) for name in ("named", "side", *LIMITS, "by")}
    values = {name: "" if value is None else str(value) for name, value in said.items()}
    if move.jumps is not None:
        values["jumps"] = "yes" if move.jumps else "no"
    if move.load is not None:
        kg = move.load.kg
        unit = weighs_in(seen.runner.settings)
        values |= {"held": move.load.kind, "colour": move.load.colour or ""}
        values["kg"] = "" if kg is None else seen.wording.number(number_in(kg, unit))
    blank = _blank(seen, move.move, values)
    areas = [] if move.move else [*move.areas] or [NONE_OF_THESE]
    return msgspec.structs.replace(
        blank, number=str(number), slot=move.slot, areas=areas, days=[*move.days], values=values
    )


def _sent(seen: Visit, form: FormData) -> MoveForm:
    """The form as it was sent, where something of it was wrong."""
    values = {name: str(form.get(name, "")) for name in PrescribedForm.__struct_fields__}
    blank = _blank(seen, str(form.get("move", "")), values)
    return msgspec.structs.replace(
        blank,
        number=values["number"],
        slot=values["slot"],
        areas=[str(one) for one in form.getlist("areas")],
        days=[str(one) for one in form.getlist("days")],
    )


# --- keeping it --------------------------------------------------------------------------------------------


async def _keep(seen: Visit, form: FormData) -> Response:
    word = seen.wording
    rules = {
        "days": FieldRule(Message("routine.days-wanted"), bool),
        "kg": FieldRule(Message("prescribed.kg-wanted")),
    }
    read = read_form(form, PrescribedForm, word, rules)
    wrong = _wrong(read.value, word) if read.value is not None else {}
    if read.value is None or wrong:
        return _page(seen, form=_sent(seen, form), errors=read.errors | wrong)
    try:
        moves = _with_move(seen, read.value, form)
    except CaseError as error:
        return _page(seen, form=_sent(seen, form), errors=field_errors(error, word, {"prescribed": "days"}))
    return await _kept(seen, moves)


def _wrong(said: PrescribedForm, wording: Wording) -> dict[str, str]:
    """What is wrong between the fields."""
    found = {
        "reps": (said.reps is None and said.hold_s is None, "prescribed.dose-wanted"),
        "side": (said.side is None, "prescribed.side-wanted"),
        "jumps": (not said.move and said.jumps is None, "prescribed.jumps-wanted"),
        "areas": (not said.move and not said.areas, "prescribed.areas-wanted"),
        "kg": (said.kg is not None and said.held in (NO_KIND, "none"), "prescribed.held-wanted"),
        "colour": (said.colour is not None and said.held != "band", "prescribed.band-wanted"),
    }
    return {field: wording.word(says) for field, (wrong, says) in found.items() if wrong}


def _with_move(seen: Visit, said: PrescribedForm, form: FormData) -> tuple[PrescribedMove, ...]:
    """The plan with one move more, or another one in its place. Raises: CaseError naming the field."""
    kept = prescription_table(_moves(seen))
    number = _number(seen, form)
    before = kept[number] if number is not None else {}
    table = _as_table(seen, said)
    # What was agreed about a move says nothing of another one.
    same = [before.get(key) for key in ("move", "named", "jumps")] == [
        table.get(key) for key in ("move", "named", "jumps")
    ]
    if same and "agreed" in before:
        table["agreed"] = before["agreed"]
    moves = [*kept, table] if number is None else [*kept[:number], table, *kept[number + 1 :]]
    return read_prescription("prescribed", moves, seen.house.library)


def _as_table(seen: Visit, said: PrescribedForm) -> Table:
    table: Table = {"sets": said.sets, "days": list(said.days), "side": said.side, "by": said.by.strip()}
    table |= {name: one for name in ("reps", "hold_s", "rest_s") if (one := getattr(said, name)) is not None}
    if said.move:
        table["move"] = said.move
    else:
        areas = [area for area in said.areas if area != NONE_OF_THESE]
        table |= {"named": said.named, "areas": areas, "jumps": said.jumps == "yes"}
    if said.held:
        kg = kg_of(said.kg, weighs_in(seen.runner.settings)) if said.kg is not None else None
        load: dict[str, Any] = {"kind": said.held, "kg": kg, "colour": said.colour}
        table["load"] = {name: one for name, one in load.items() if one is not None}
    return table


def _without_or_agreed(seen: Visit, form: FormData, *, agree: bool) -> tuple[PrescribedMove, ...]:
    """Without one move, or with what was agreed about it; one that is gone already changes nothing."""
    moves, number = _moves(seen), _number(seen, form)
    if number is None:
        return moves
    if not agree:
        return (*moves[:number], *moves[number + 1 :])
    about = _items(seen)[number].about
    if set(about) != {str(one) for one in form.getlist("about")}:
        return moves  # there is another reason by now, and nobody asked about that one
    agreed = tuple(sorted({*moves[number].agreed, *about}))
    return (*moves[:number], msgspec.structs.replace(moves[number], agreed=agreed), *moves[number + 1 :])


def _number(seen: Visit, form: FormData) -> int | None:
    """The place of the move a form is about; None where it does not stand there any more."""
    raw, moves = str(form.get("number", "")), _moves(seen)
    number = int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 3 else len(moves)
    known = number < len(moves) and moves[number].slot == str(form.get("slot", ""))
    return number if known else None


async def _kept(seen: Visit, moves: tuple[PrescribedMove, ...]) -> Response:
    table = prescription_table(moves)
    # The next session follows the new plan, whether anyone looks at its page or not.
    await change(seen, lambda before: _with_prescription(before, table), because="prescribed")
    return RedirectResponse(f"{PAGE}#theirs", status_code=303)


def _with_prescription(before: Table, moves: list[Table]) -> Table:
    kept = {key: value for key, value in before.items() if key != "prescribed"}
    answers = {**before.get("answers", {}), **({FOLLOWS_PHYSIO: "yes"} if moves else {})}
    return {**kept, "answers": answers} | ({"prescribed": moves} if moves else {})


# --- the page ----------------------------------------------------------------------------------------------


def _page(
    seen: Visit,
    *,
    looked_for: str = "",
    found: list[FoundMove] | None = None,
    form: MoveForm | None = None,
    errors: dict[str, str] | None = None,
) -> Response:
    word, library = seen.wording.word, seen.house.library
    areas = sorted(library.areas.values(), key=lambda area: (area.order, area.id))
    page = PrescribedPage(
        back="/plan" if "days" in seen.table else "/week",
        moves=_lines(seen),
        looked_for=looked_for,
        found=found,
        form=form,
        errors=errors or {},
        weekdays=day_choices(seen.wording),
        areas=[Choice(area.id, spoken_name(area)) for area in areas]
        + [Choice(NONE_OF_THESE, word("prescribed.none-of-these"))],
        kinds=[Choice(kind, word(f"prescribed.held-{kind}")) for kind in HELD_KINDS],
        colours=[Choice(colour, word(f"word.{colour}")) for colour in BAND_COLOURS],
        unit=weighs_in(seen.runner.settings),
        planned="days" in seen.table,
    )
    return show(seen.request, "plan/prescribed.html", page, 422 if errors else 200)


def _moves(seen: Visit) -> tuple[PrescribedMove, ...]:
    return seen.given.prescribed if seen.given is not None else ()


def _items(seen: Visit) -> list[PrescribedItem]:
    assert seen.given is not None
    setting = judge_given(seen.given, seen.house.library).setting
    return [prescribed_item(move, setting, 1) for move in _moves(seen)]


def _lines(seen: Visit) -> list[PrescribedLine]:
    return [
        _line(seen, number, move, item)
        for number, (move, item) in enumerate(zip(_moves(seen), _items(seen), strict=True))
    ]


def _line(seen: Visit, number: int, move: PrescribedMove, item: PrescribedItem) -> PrescribedLine:
    wording = seen.wording
    every = len(move.days) == len(WEEKDAYS)
    days = ", ".join(wording.word(f"word.{day}") for day in move.days)
    return PrescribedLine(
        number=number,
        slot=move.slot,
        id=item.exercise,
        name=item.name,
        dose=dose_words(item, wording),
        days=wording.word("prescribed.every-day") if every else days,
        says=[wording.say(message) for message in item.because],
        waits=item.waits,
        asks=bool(item.about),
        about=item.about,
    )
