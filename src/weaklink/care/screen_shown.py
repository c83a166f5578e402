"""Screen shown: one screen of the interview with every word on it, for page, terminal and transcript."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Literal

import msgspec

from weaklink.case.given import Given
from weaklink.library.reading import Library
from weaklink.library.records import Question, Screen
from weaklink.library.wording import Wording, spoken_name
from weaklink.reasoning.hanging import PAIN, SINCE
from weaklink.reasoning.interview import PAINS, Kind, Step
from weaklink.reasoning.suspicion import is_change

How = Literal["number", "one", "any", "tick", "scale", "map"]
MOST_PLACES = 3
MOST_TOGETHER = 8  # a list of more lines is read in parts
LETTER = re.compile(r"[^\W\d_]")


class OptionShown(msgspec.Struct, frozen=True):
    """One answer and its words."""

    id: str
    text: str


class FieldShown(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is asked: its words, the answers beside it, and what opens on a tap."""

    id: str
    how: How
    label: str
    options: tuple[OptionShown, ...] = ()
    unit: str = ""
    note: str = ""  # always visible
    help: str = ""  # opens on a tap


class ScreenShown(msgspec.Struct, frozen=True, kw_only=True):
    """What one screen says. `small` stands around the fields: buttons, switches, what opens more."""

    id: str
    kind: Kind | Literal["start", "test"]
    title: str
    lede: str = ""
    place: str = ""
    fields: tuple[FieldShown, ...] = ()
    small: tuple[str, ...] = ()
    buttons: tuple[str, ...] = ()

    @property
    def words(self) -> int:
        """How many words are visible before anything is opened; a number alone is no word."""
        return sum(len([one for one in text.split() if LETTER.search(one)]) for text in self.texts())

    def field(self, name: str) -> FieldShown:
        """The field of a name."""
        return next(one for one in self.fields if one.id == name)

    def texts(self) -> Iterator[str]:
        """Every text that is visible before anything is opened."""
        yield from (self.title, self.lede, self.place, *self.small, *self.buttons)
        for field in self.fields:
            yield from (field.label, field.unit, field.note)
            yield from (option.text for option in field.options)


def start_shown(wording: Wording) -> ScreenShown:
    """The first page: where every interview begins."""
    word = wording.word
    return ScreenShown(
        id="start",
        kind="start",
        title=word("ask.start.title"),
        lede=word("ask.start.lede"),
        small=tuple(word(f"ask.start.{name}") for name in ("weak", "takes", "hurts", "note", "limits")),
        buttons=(word("ask.start.pain"), word("ask.start.prevent")),
    )


def screen_shown(step: Step, given: Given | None, library: Library, wording: Wording) -> ScreenShown:
    """The screen of a step in words."""
    made = {
        "who": _who, "where": _where, "flags": _flags, "details": _gathered, "signs": _gathered,
        "story": _story, "pain": _pain,
    }[step.kind]  # fmt: skip
    shown = made(step, library, wording)
    place = place_words(given, library, wording) if names_place(step.screen, library) else ""
    return msgspec.structs.replace(shown, place=place)


def names_place(screen: str, library: Library) -> bool:
    """Whether the painful place stands above a screen: of the numbers, and of a list that says so."""
    record = library.screens.get(screen)
    return screen == PAINS or (record is not None and record.names_place)


def place_words(given: Given | None, library: Library, wording: Wording) -> str:
    """The painful places in words, e.g. "Front of the knee, right"; at most three."""
    named = []
    for place in given.pain_at[:MOST_PLACES] if given is not None else ():
        name, side = spoken_name(library.regions[place.site]), wording.word(f"word.{place.side}")
        named.append(f"{name}, {side}" if side else name)
    text = "; ".join(named)
    return text[:1].upper() + text[1:]


def _who(step: Step, _library: Library, wording: Wording) -> ScreenShown:
    word = wording.word
    choices = {
        "sex": ("female", "male", "not-said"),
        "level": ("planning", "novice", "regular", "seasoned"),
    }
    units = {"age": word("ask.who.age.unit"), "km_per_week": wording.unit("km")}
    return ScreenShown(
        id=step.screen,
        kind=step.kind,
        title=word("ask.who.title"),
        fields=tuple(
            FieldShown(
                id=name,
                how="one" if name in choices else "number",
                label=word(f"ask.who.{name}"),
                options=_options(choices.get(name, ()), partial(_word_of, word, name)),
                unit=units.get(name, ""),
            )
            for name in step.questions
        ),
        buttons=(word("ask.continue"),),
    )


def _word_of(word: Callable[[str], str], name: str, option: str) -> str:
    return word(f"ask.who.{name}.{option}")


def _where(step: Step, _library: Library, wording: Wording) -> ScreenShown:
    word = wording.word
    views = _options(("front", "back"), lambda one: word(f"ask.where.{one}"))
    return ScreenShown(
        id=step.screen,
        kind=step.kind,
        title=word("ask.where.title"),
        lede=word("ask.where.lede"),
        fields=(FieldShown(id="pain_at", how="map", label="", options=views),),
        small=(
            word("ask.right"),  # beside the body
            word("ask.left"),
            *(word(f"ask.where.{name}") for name in ("nothing-yet", "list", "own-words")),
        ),
        buttons=(word("ask.continue"),),
    )


def parts_shown(screen: Screen, names: Sequence[str]) -> list[tuple[str, list[str]]]:
    """The questions of a list in its parts, each with its heading; one that is short stands without any.

    Whatever no part holds comes first: a heading never decides what is asked.
    """
    parts = [(part.heading, [name for name in names if name in part.questions]) for part in screen.parts]
    found = [(heading, held) for heading, held in parts if held]
    if len(names) <= MOST_TOGETHER or len(found) < 2:
        return [("", list(names))]
    held = {name for _, part in found for name in part}
    loose = [name for name in names if name not in held]
    return [("", loose), *found] if loose else found


def _flags(step: Step, library: Library, wording: Wording) -> ScreenShown:
    asked, screen = [library.questions[name] for name in step.questions], library.screens[step.screen]
    if len(screen.questions) == 1:
        return _alone(step, asked[0], wording)
    return ScreenShown(
        id=step.screen,
        kind=step.kind,
        title=screen.title,
        fields=tuple(FieldShown(id=one.id, how="tick", label=one.text, help=one.help) for one in asked),
        small=tuple(heading for heading, _ in parts_shown(screen, step.questions) if heading),
        buttons=(wording.word("ask.none-of-these"),),
    )


def _alone(step: Step, question: Question, wording: Wording) -> ScreenShown:
    """A danger by itself, answered by one tap: "none of these" must never be its answer."""
    field = question_shown(question, wording)
    unsure = OptionShown("unsure", wording.word("ask.unsure"))
    options = msgspec.structs.replace(field, label="", options=(*field.options, unsure))
    return ScreenShown(id=step.screen, kind=step.kind, title=question.text, fields=(options,))


def _gathered(step: Step, library: Library, wording: Wording) -> ScreenShown:
    word = wording.word
    fields = tuple(question_shown(library.questions[name], wording) for name in step.questions)
    alone = len(fields) == 1  # then the question is the heading, and said once
    return ScreenShown(
        id=step.screen,
        kind=step.kind,
        title=fields[0].label if alone else word(f"ask.{step.kind}.title"),
        lede=word("ask.signs.lede") if step.kind == "signs" else "",
        fields=tuple(msgspec.structs.replace(one, label="") for one in fields) if alone else fields,
        buttons=(word("ask.continue"),),
    )


def question_shown(question: Question, wording: Wording) -> FieldShown:
    """One question with its answers. To leave it open says what "not sure" would: that is no answer here."""
    word = wording.word
    plain = ("right", "left", "both", "no") if question.sided else ("no", "yes")
    options = tuple(OptionShown(one.id, one.text) for one in question.options if not question.sided)
    return FieldShown(
        id=question.id,
        how="number" if question.kind == "number" else "one",
        label=question.text,
        options=()
        if question.kind == "number"
        else options or _options(plain, lambda one: word(f"ask.{one}")),
        unit=wording.unit(question.unit),
        help=question.help,
    )


def _story(step: Step, library: Library, wording: Wording) -> ScreenShown:
    word = wording.word
    asked = [library.questions[name] for name in step.questions if name != SINCE]
    changes = [question for question in asked if is_change(question)]
    units = _options(("days", "weeks", "months"), lambda one: word(f"ask.story.{one}"))
    since = FieldShown(id=SINCE, how="number", label=word("ask.story.since"), options=units)
    ticks = (
        *(OptionShown(one.id, change_words(one)) for one in changes),
        OptionShown("none", word("ask.story.nothing")),
    )
    changed = FieldShown(id="changes", how="any", label=word("ask.story.changes"), options=ticks)
    singles = [question_shown(one, wording) for one in asked if not is_change(one)]
    return ScreenShown(
        id=step.screen,
        kind=step.kind,
        title=library.screens[step.screen].title,
        fields=(since, *([changed] if changes else []), *singles),
        buttons=(word("ask.continue"),),
    )


def change_words(question: Question) -> str:
    """What a yes says, as a line to tick."""
    return question.tick or question.text


def _pain(step: Step, _library: Library, wording: Wording) -> ScreenShown:
    word = wording.word
    return ScreenShown(
        id=step.screen,
        kind=step.kind,
        title=word("ask.pain.title"),
        lede=word("ask.pain.lede"),
        fields=tuple(_moment(name.removeprefix(PAIN), wording) for name in step.questions),
        buttons=(word("ask.pain.all-others"), word("ask.continue")),
    )


def _moment(moment: str, wording: Wording) -> FieldShown:
    word, key = wording.word, f"pain.{moment}.help"
    note = word(key)
    return FieldShown(id=moment, how="scale", label=word(f"pain.{moment}"), note=note if note != key else "")


def _options(ids: Iterable[str], text: Callable[[str], str]) -> tuple[OptionShown, ...]:
    return tuple(OptionShown(one, text(one)) for one in ids)
