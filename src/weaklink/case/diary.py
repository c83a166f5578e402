"""The diary: what happened, entry by entry, each with an id and a time its writer made."""

from __future__ import annotations

import datetime
import hashlib
from typing import Annotated, Any, Literal

import msgspec

from weaklink.case.load import Load
from weaklink.quantities import Side, WeaklinkError
from weaklink.reader import Reader

Id = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9-]{8,64}$")]
Pain = Annotated[int, msgspec.Meta(ge=0, le=10)]
Name = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9-]{1,80}$")]
Slot = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9-]{0,80}$")]
SessionOrNone = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9-]{0,64}$")]
Count = Annotated[int, msgspec.Meta(ge=0, le=1000)]
Seconds = Annotated[int, msgspec.Meta(ge=0, le=3600)]
SetNumber = Annotated[int, msgspec.Meta(ge=1, le=20)]
Reserve = Annotated[int, msgspec.Meta(ge=0, le=20)]
Answer = Literal["yes", "no", "unsure"]
When = Literal["before-run", "after-run", "after-exercise"]
AwayWhy = Literal["illness", "fever", "travel", "race", "life", "back"]
SeenBy = Literal["doctor", "physiotherapist", "other"]
AllowedBy = Literal["as-planned", "gentle", "nothing"]
MOST_TEXT = 2000
FORMAT = "weaklink-diary/1"


# Why something cannot be kept, for whoever words it: its shape, a number, too long a text, a time that cannot
# be, a name nobody here knows, an episode nobody here knows.
Unkept = Literal["unreadable", "number", "text", "time", "unknown", "episode"]


class DiaryError(WeaklinkError):
    """An entry that cannot be kept: which key, and what would be right; `reason` is its kind."""

    def __init__(self, says: str, reason: Unkept = "unreadable") -> None:
        super().__init__(says)
        self.reason: Unkept = reason


class Entry(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    tag_field="kind",
):
    """What every entry carries. `id` and `at` are made where it happened, so that synced twice is once.

    `at` is the writer's clock with its offset; the day in that offset is the runner's day.
    """

    id: Id
    at: Annotated[datetime.datetime, msgspec.Meta(tz=True)]

    @property
    def day(self) -> datetime.date:
        """The runner's own day of the entry."""
        return self.at.date()


class Asked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """The dose of one move as the session asked for it. `slot` is the place in the plan it fills."""

    slot: Slot
    exercise: Name
    sides: Annotated[int, msgspec.Meta(ge=1, le=2)] = 1
    sets: SetNumber
    reps: Count | None = None
    hold_s: Seconds | None = None
    load: Load | None = None


class SessionBegun(Entry, frozen=True, kw_only=True, tag="session-begun"):
    """A session was started; `pack` is the digest of what it was guided by."""

    session: Id
    pack: SessionOrNone = ""
    moves: Annotated[tuple[Asked, ...], msgspec.Meta(max_length=40)] = ()
    kind_of_day: Literal["full", "short", "away", "lighter", "upkeep"] = "full"
    around: Literal["", "before-run", "after-run"] = ""  # stretches round a run, counted apart from training
    pain_before: Pain | None = None


class Rescreened(Entry, frozen=True, kw_only=True, tag="rescreened"):
    """Safety questions asked again, and new places that hurt. Never undone: the stricter answer stands.

    `nothing_new_since`: only "nothing new" was said, since the whole list of that day. That is no answer to
    any single question.
    """

    session: SessionOrNone = ""
    answers: Annotated[dict[Name, Answer], msgspec.Meta(max_length=80)] = {}
    new_places: Annotated[tuple[tuple[Name, Side], ...], msgspec.Meta(max_length=27)] = ()
    nothing_new_since: datetime.date | None = None


class SetDone(Entry, frozen=True, kw_only=True, tag="set-done"):
    """One set on one side. `faulty` counts repetitions with a form fault.

    `load` is what was held, also in a set after which nobody said more; `left_s` how much longer a hold could
    have gone on.
    """

    session: Id
    slot: Slot
    exercise: Name
    side: Side = "none"
    set: SetNumber
    reps: Count | None = None
    hold_s: Seconds | None = None
    load: Load | None = None
    rir: Reserve | None = None
    left_s: Seconds | None = None
    pain: Pain | None = None
    spreads: bool = False
    faulty: Count = 0
    to_the_limit: bool = False  # as many clean ones as possible, to learn what "two more" feels like


class Felt(Entry, frozen=True, kw_only=True, tag="felt"):
    """Effort, load or pain said after a set; it belongs to that set. `set` 0: during the move."""

    session: Id
    slot: Slot
    exercise: Name
    side: Side = "none"
    set: Annotated[int, msgspec.Meta(ge=0, le=20)] = 0
    load: Load | None = None
    rir: Reserve | None = None
    left_s: Seconds | None = None
    pain: Pain | None = None
    spreads: bool = False


class Hurt(Entry, frozen=True, kw_only=True, tag="this-hurts"):
    """ "This hurts" was tapped; `swapped_to` is what the session went on with, empty when it stopped."""

    session: Id
    slot: Slot
    exercise: Name
    rep: Count = 0
    pain: Pain | None = None
    swapped_to: Slot = ""


class Skipped(Entry, frozen=True, kw_only=True, tag="skipped"):
    """A set or a whole move was left out."""

    session: Id
    slot: Slot
    exercise: Name
    what: Literal["set", "move"] = "move"


class SessionEnded(Entry, frozen=True, kw_only=True, tag="session-ended"):
    """A session was finished or broken off."""

    session: Id
    how: Literal["finished", "stopped", "referred", "not-today"] = "finished"
    minutes: Annotated[int, msgspec.Meta(ge=0, le=600)] | None = None


class Corrected(Entry, frozen=True, kw_only=True, tag="corrected"):
    """One set as it really was, told after its session; not `done`: it was not done at all.

    What it says takes the place of what was said of that set. Only pain never gets less by it.
    """

    session: Id
    slot: Slot
    exercise: Name
    side: Side = "none"
    set: SetNumber
    done: bool = True
    reps: Count | None = None
    hold_s: Seconds | None = None
    load: Load | None = None
    rir: Reserve | None = None
    left_s: Seconds | None = None
    pain: Pain | None = None
    spreads: bool = False


class Undone(Entry, frozen=True, kw_only=True, tag="undone"):
    """An earlier entry is taken back."""

    undoes: Id


class Morning(Entry, frozen=True, kw_only=True, tag="morning"):
    """The morning: pain moving about, stiffness, and pain at night or at rest (0..10)."""

    date: datetime.date
    pain: Pain
    stiff_min: Annotated[int, msgspec.Meta(ge=0, le=600)] = 0
    night: Pain | None = None
    rest: Pain | None = None


class RunDone(Entry, frozen=True, kw_only=True, tag="run-done"):
    """A run: kilometres, minutes, the worst pain; whether one limped."""

    date: datetime.date
    km: Annotated[float, msgspec.Meta(ge=0, le=500)]
    minutes: Annotated[float, msgspec.Meta(ge=0, le=6000)] | None = None
    pain: Pain | None = None
    step: Annotated[int, msgspec.Meta(ge=0, le=8)] = 0  # the step of the walk-run ladder it followed, if any
    limped: bool = False


class Walked(Entry, frozen=True, kw_only=True, tag="walked"):
    """A brisk walk, for the way back to running."""

    date: datetime.date
    minutes: Annotated[float, msgspec.Meta(ge=0, le=6000)]
    pain: Pain
    limped: bool = False


class Stretched(Entry, frozen=True, kw_only=True, tag="stretched"):
    """A stretch around a run or after an exercise; counted apart from the strength work (S38)."""

    exercise: Name
    when: When
    session: SessionOrNone = ""


class Away(Entry, frozen=True, kw_only=True, tag="away"):
    """Life is in the way from this day on, up to and with the day `until`, or until "back" is said.

    A fever ends only with "back", whatever day was named.
    """

    why: AwayWhy
    until: datetime.date | None = None


class Note(Entry, frozen=True, kw_only=True, tag="note"):
    """Free words, kept and never interpreted."""

    text: Annotated[str, msgspec.Meta(max_length=MOST_TEXT)]


class Tested(Entry, frozen=True, kw_only=True, tag="tested"):
    """Home tests done again, in the shape of a case file's tests."""

    tests: Annotated[dict[Name, Any], msgspec.Meta(max_length=60)]


class Reported(Entry, frozen=True, kw_only=True, tag="reported"):
    """How it is now: worst pain of the week, change since the start, three activities, weekly running."""

    pain_worst: Pain | None = None
    change: Annotated[int, msgspec.Meta(ge=-5, le=5)] | None = None
    activities: Annotated[
        dict[Annotated[str, msgspec.Meta(max_length=120)], Pain], msgspec.Meta(max_length=3)
    ] = {}
    weekly_km: Annotated[float, msgspec.Meta(ge=0, le=500)] | None = None


class Reviewed(Entry, frozen=True, kw_only=True, tag="reviewed"):
    """What the next phase of a programme asks: questions by the name in its record, pain in moments."""

    answers: Annotated[dict[Name, Answer], msgspec.Meta(max_length=40)] = {}
    pains: Annotated[dict[Name, Pain], msgspec.Meta(max_length=12)] = {}


class Visited(Entry, frozen=True, kw_only=True, tag="visited"):
    """A professional was seen: whom, and what they allow. What they ruled out is in their own words."""

    by: SeenBy
    allowed: AllowedBy
    ruled_out: Annotated[str, msgspec.Meta(max_length=MOST_TEXT)] = ""

    @property
    def clears(self) -> bool:
        """Whether training goes on as planned by somebody who may say so."""
        return self.allowed == "as-planned" and self.by in ("doctor", "physiotherapist")


class Scored(Entry, frozen=True, kw_only=True, tag="scored"):
    """The total of a questionnaire that was filled in elsewhere, on a day."""

    questionnaire: Name
    date: datetime.date
    total: Annotated[float, msgspec.Meta(ge=-1000, le=1000)]


AnyEntry = (
    SessionBegun | Rescreened | SetDone | Felt | Hurt | Skipped | SessionEnded | Corrected | Undone | Morning
    | RunDone | Walked | Stretched | Away | Note | Tested | Reported | Reviewed | Visited | Scored
)  # fmt: skip
OfSession = SessionBegun | SetDone | Felt | Hurt | Skipped | SessionEnded | Corrected
KINDS: tuple[type[Entry], ...] = (
    SessionBegun, Rescreened, SetDone, Felt, Hurt, Skipped, SessionEnded, Corrected, Undone, Morning, RunDone,
    Walked, Stretched, Away, Note, Tested, Reported, Reviewed, Visited, Scored,
)  # fmt: skip

ENTRIES: Reader[AnyEntry] = Reader(AnyEntry)  # type: ignore[arg-type]  # a union is no class to mypy

SAYS: dict[str, Unkept] = {
    "Expected `str` of length <=": "text",
    "Expected `int` ": "number",
    "Expected `float` ": "number",
    "Integer value out of range": "number",
    "Invalid value ": "unknown",  # of the kind of entry
}


def read_entry(found: Any, where: str = "entry") -> AnyEntry:
    """One entry from JSON values.

    Raises: DiaryError naming the key and what would be right.
    """
    try:
        return ENTRIES.of(_whole(found))
    except (msgspec.ValidationError, OverflowError) as error:
        says, _, path = str(error).partition(" - at `$")
        raise DiaryError(f"{where}{path.rstrip('`')}: {says}", _reason(says)) from error


def _reason(says: str) -> Unkept:
    """The kind of an error, by what the reader says of it."""
    return next((reason for start, reason in SAYS.items() if says.startswith(start)), "unreadable")


def _whole(found: Any) -> Any:
    """The same values; a whole number is one however JSON writes it, 7 or 7.0."""
    if isinstance(found, float) and found.is_integer():
        return int(found)
    if isinstance(found, dict):
        return {key: _whole(value) for key, value in found.items()}
    return [_whole(value) for value in found] if isinstance(found, list) else found


def entry_document(entry: Entry) -> dict[str, Any]:
    """An entry as JSON values, its kind included."""
    found: dict[str, Any] = msgspec.to_builtins(entry)
    return found


def digest_of(entry: Entry) -> str:
    """What tells two versions of one entry apart: a digest of everything it says."""
    return hashlib.sha256(msgspec.json.encode(entry, order="deterministic")).hexdigest()[:32]


def diary_schema() -> dict[str, Any]:
    """The JSON Schema of one entry as it is sent: with the episode it was written in."""
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "weaklink diary entry"}
    schema = {**head, **msgspec.json.schema(AnyEntry)}
    for kind in KINDS:
        schema["$defs"][kind.__name__]["properties"]["episode"] = {"type": "string", "maxLength": 64}
    return schema
