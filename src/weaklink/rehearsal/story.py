"""The story of a course: a case file, and in `[course]` how the runner responds and what happens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, get_args

import msgspec

from weaklink.case.case_file import READERS as OF_GIVEN
from weaklink.case.case_file import read_case
from weaklink.case.given import Given
from weaklink.case.lifting import LegsLifted, Lifting
from weaklink.case.load import MOST_KG
from weaklink.case.values import CaseError, number_from, one_of, only_known, read_table, whole_from, wrong
from weaklink.library.reading import Library
from weaklink.library.records import GreatLift
from weaklink.rehearsal.events import Event, read_events

Responder = Literal["good", "slow", "none", "worse"]
LowBone = Literal["no", "yes", "cleared"]
THIN_BONES = "osteoporosis"


class Story(msgspec.Struct, frozen=True, kw_only=True):
    """Who trains, how they respond, and what happens in which week.

    `responder`: good, half of the pain is gone in four weeks of training and strength grows as in trials;
    slow, both take more than twice as long; none, nothing changes; worse, pain rises week by week.
    `low_bone`: yes without, cleared with a doctor's word that heavy lifting is all right.
    """

    given: Given
    responder: Responder = "good"
    lifting: Lifting = Lifting()
    low_bone: LowBone = "no"
    stiff_min: int = 0  # of a usual morning at the start
    events: tuple[Event, ...] = ()
    seed: int | None = None  # of what differs from day to day; None: nothing does


def read_story(text: str, library: Library) -> Story:
    """A story from the text of its TOML file.

    Raises: CaseError with one line that names the field.
    """
    case = read_case(text, library)
    only_known("course", case.course, sorted(READERS))
    found = {key: READERS[key](f"course.{key}", value, library) for key, value in case.course.items()}
    bodily: dict[str, Any] = {key: found.pop(key) for key in ("mass_kg", "owns") if key in found}
    for key, value in bodily.items():
        said = getattr(case.given, key)
        if said is not None and said != value:
            raise CaseError(f"course.{key}: differs from given.{key}; say it once")
    found["lifting"] = found.pop("lifts", case.given.lifting or Lifting())
    bodily["lifting"] = found["lifting"] if found["lifting"] != Lifting() else None
    return Story(given=_told(case.given, bodily, found.get("low_bone", "no")), **found)


def _told(given: Given, bodily: dict[str, Any], low_bone: LowBone) -> Given:
    """What is given with what the course says of body, things and bones.

    A course follows the programme of its pain. Thin bones that no doctor cleared count as the question on
    osteoporosis said yes to.
    """
    if low_bone == "yes":
        bodily["answers"] = {THIN_BONES: "yes", **given.answers}
    return msgspec.structs.replace(given, **{"programme": True, **bodily})


def _lifts(key: str, value: Any, library: Library) -> Lifting:
    """How often legs are trained with weights, and what is lifted five to eight times."""
    legs = one_of("habit", get_args(LegsLifted))
    if isinstance(value, list):
        return _listed(key, value, library)
    if not isinstance(value, dict):
        said = value.replace(" ", "-") if isinstance(value, str) else value
        return Lifting(legs=legs(key, said, library))  # type: ignore[arg-type]
    only_known(key, value, ["legs", "squat_kg", "deadlift_kg"])
    weight = number_from(0.5, MOST_KG)
    readers: dict[str, Callable[..., Any]] = {"legs": legs, "squat_kg": weight, "deadlift_kg": weight}
    return Lifting(**{name: readers[name](f"{key}.{name}", found, library) for name, found in value.items()})


def _listed(key: str, value: list[Any], library: Library) -> Lifting:
    """Lifts one by one: `{kind = "squat", kg = 120, reps = 5}`; repetitions from 5 to 8."""
    found: dict[str, float] = {}
    for number, one in enumerate(value):
        where = f"{key}[{number}]"
        table = read_table(where, one, 'a table such as {kind = "squat", kg = 120, reps = 5}')
        only_known(where, table, ["kind", "kg", "reps"])
        kind = one_of("lift", get_args(GreatLift))(f"{where}.kind", table.get("kind"), library)
        whole_from(5, 8)(f"{where}.reps", table.get("reps", 5), library)
        found[f"{kind}_kg"] = number_from(0.5, MOST_KG)(f"{where}.kg", table.get("kg"), library)
    return Lifting(**found)  # type: ignore[arg-type]


def _low_bone(key: str, value: Any, _library: Library) -> LowBone:
    """True is low bone density and no word of a doctor; a word counts only as "cleared"."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value not in get_args(LowBone):
        raise wrong(key, value, 'true, false or "cleared"')
    found: LowBone = value
    return found


READERS: dict[str, Callable[[str, Any, Library], Any]] = {
    "responder": one_of("responder", get_args(Responder)),
    "mass_kg": OF_GIVEN["mass_kg"],
    "owns": OF_GIVEN["owns"],
    "lifts": _lifts,
    "low_bone": _low_bone,
    "stiff_min": whole_from(0, 240),
    "events": read_events,
    "seed": whole_from(0, 10**9),
}
