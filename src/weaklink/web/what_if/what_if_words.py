"""What-if in words and ranges: the model's answer as a page says it.

The browser says the same with the same messages: `static/what_if/what_if_words.js`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from weaklink.body.muscles import UNITS
from weaklink.body.names import Leg
from weaklink.library.language.sentences import Sentence
from weaklink.library.reading import Library
from weaklink.library.wording import Wording, spoken_name
from weaklink.mechanics.article_claims import CLAIMS, Claim, ClaimVerdict
from weaklink.mechanics.contact import STRUCTURES
from weaklink.mechanics.redistribution import Change, Redistribution
from weaklink.web.words.load_ranges import (
    BAR_HIGH,
    BAR_LOW,
    BAR_MARGIN,
    BAR_WIDTH,
    DOUBLE,
    NOTABLE,
    bar,
    lit,
    percent,
    rises,
    times,
)
from weaklink.web.words.muscle_groups import FULL, MuscleGroup, strengths

MOST_ROWS = 6
# Every message the browser needs to say the same.
SPOKEN = tuple(
    f"what-if.{key}" for key in (
        "title.one", "title.more", "title.full", "part", "join", "sentence", "sentence.none",
        "sentence.short", "sentence.full", "strength", "strength.full", "short", "joint.join", "models",
        "unsure",
        *(f"{kind}.{form}" for kind in ("muscle", "structure") for form in (
            "times", "times.one", "more", "more.one", "less", "less.one", "mixed", "same", "unknown")),
        *(f"joint.{name}" for name in (
            "hip_flexion", "hip_adduction", "hip_rotation", "knee_angle", "ankle_angle", "subtalar_angle")),
        *(f"verdict.{name}" for name in ("yes", "depends-on-model", "hardly", "less", "unsure", "partly")),
        *(f"claim.{claim.id}" for claim in CLAIMS),
    )
)  # fmt: skip


class ChangeRow(msgspec.Struct, frozen=True, kw_only=True):
    """One muscle or structure of the list."""

    id: str
    name: str
    note: str  # its anatomical name
    says: str
    low: float | None
    high: float | None
    bar: str  # path data of the span
    unsure: bool
    shown: bool  # among the few that are seen at once


class ModelVerdict(msgspec.Struct, frozen=True, kw_only=True):
    """One claim of an article, and what the model says to it."""

    id: str
    claim: str
    says: str


class WhatIfAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """All that the page says about one state of the sliders."""

    title: str
    sentence: str
    short: str
    models: str
    takes_over: tuple[ChangeRow, ...]  # every muscle; those shown first are the few that take over
    structures: tuple[ChangeRow, ...]
    claims: tuple[ModelVerdict, ...]
    lit: dict[str, float]  # muscle or structure → how clearly it is drawn, 0 to 1


class Speaker:
    """Says the model's answers in one language."""

    def __init__(self, wording: Wording, library: Library, groups: tuple[MuscleGroup, ...]) -> None:
        self._wording = wording
        self._library = library
        self._groups = groups

    def word(self, key: str, **values: object) -> str:
        """A message with its values."""
        return self._wording.word(f"what-if.{key}", **values)

    def answer(self, side: Leg, percents: Mapping[str, int], found: Redistribution | None) -> WhatIfAnswer:
        """Everything the page says; `found` is None when nothing is weak."""
        weak = set(strengths(self._groups, percents))
        muscles = found.muscles if found else _nothing(UNITS)
        structures = found.structures if found else _nothing(STRUCTURES)
        others = [change for change in muscles if change.id not in weak]
        rising = [change.id for change in others if rises(change)][:MOST_ROWS]
        return WhatIfAnswer(
            title=self.title(percents),
            sentence=self.sentence(side, percents, found),
            short=self.short(found),
            models=self.word("models", count=len(found.variants), all=len(found.variants)) if found else "",
            takes_over=tuple(self._row(change, "muscle", change.id in rising) for change in muscles),
            structures=tuple(self._row(change, "structure", True) for change in structures),
            claims=tuple(self.claims(percents, found)) if found else (),
            lit=lit([*others, *structures]),
        )

    def title(self, percents: Mapping[str, int]) -> str:
        """The question of the page."""
        weak = [group for group in self._groups if percents.get(group.id, FULL) < FULL]
        if len(weak) == 1:
            return self.word("title.one", area=weak[0].name)
        return self.word("title.more", count=len(weak)) if weak else self.word("title.full")

    def sentence(self, side: Leg, percents: Mapping[str, int], found: Redistribution | None) -> str:
        """What would happen, with its range; the muscle of an article's claim first."""
        if found is None:
            return self.word("sentence.full")
        parts = self.word("join").join(
            self.word("part", area=group.name, percent=percents[group.id])
            for group in self._groups
            if percents.get(group.id, FULL) < FULL
        )
        where = self._wording.word(f"word.{side}")
        if found.shortfalls:
            return self.word("sentence.short", side=where, parts=parts, joints=self._joints(found))
        leads = leading(found, set(strengths(self._groups, percents)))
        if leads is None or leads.low is None or leads.high is None:
            return self.word("sentence.none", side=where, parts=parts)
        muscle = self._library.muscles[leads.id]
        return self.word(
            "sentence", side=where, parts=parts, muscle=spoken_name(muscle), name=muscle.name.lower(),
            change=self.change("muscle", leads.low, leads.high),
        )  # fmt: skip

    def strength(self, percent: int) -> str:
        """What a slider says."""
        return self.word("strength", percent=percent) if percent < FULL else self.word("strength.full")

    def short(self, found: Redistribution | None) -> str:
        """How to read the rows when a joint can no longer be carried; empty when all can."""
        if found is None or not found.shortfalls:
            return ""
        return self.word("short")

    def _joints(self, found: Redistribution) -> str:
        named = [self.word(f"joint.{one.coordinate}") for one in found.shortfalls]
        return self.word("joint.join").join(named)

    def change(self, kind: str, low: float | None, high: float | None) -> str:
        """A range in words, never a point."""
        if low is None or high is None:
            return self.word(f"{kind}.unknown")
        least, most = percent(low), percent(high)
        if max(abs(least), abs(most)) < NOTABLE:
            return self.word(f"{kind}.same")
        if least < 0 < most:
            return self.word(f"{kind}.mixed", low=-least, high=most)
        if most >= DOUBLE:
            return self._range(f"{kind}.times", self._times(low), self._times(high))
        if most > 0:
            return self._range(f"{kind}.more", str(least), str(most))
        return self._range(f"{kind}.less", str(-most), str(-least))

    def _times(self, change: float) -> str:
        return times(change).replace(".", self._wording.measures.decimal)

    def _range(self, key: str, low: str, high: str) -> str:
        return self.word(f"{key}.one" if low == high else key, low=low, high=high)

    def _row(self, change: Change, kind: str, shown: bool) -> ChangeRow:
        if kind == "muscle":
            muscle = self._library.muscles[change.id]
            name, note = spoken_name(muscle), muscle.name
        else:
            name, note = self.word(f"name.{change.id}"), ""
        return ChangeRow(
            id=change.id, name=name[:1].upper() + name[1:], note=note,
            says=self.change(kind, change.low, change.high), low=change.low, high=change.high,
            bar=bar(change.low, change.high), unsure=change.unsure, shown=shown,
        )  # fmt: skip

    def claims(self, percents: Mapping[str, int], found: Redistribution) -> list[ModelVerdict]:
        """What the articles say about these weaknesses, and the verdict of the model."""
        weak = set(strengths(self._groups, percents))
        verdicts = {verdict.claim: verdict for verdict in found.claims}
        said = []
        for claim in CLAIMS:
            if claim.id in verdicts:
                said.append(self._said(claim, self._verdict(claim, verdicts[claim.id])))
            elif missing := self._missing(claim, weak):
                said.append(self._said(claim, self.word("verdict.partly", area=missing)))
        return said

    def _said(self, claim: Claim, says: str) -> ModelVerdict:
        return ModelVerdict(id=claim.id, claim=self.word(f"claim.{claim.id}"), says=says)

    def _verdict(self, claim: Claim, verdict: ClaimVerdict) -> str:
        change = self.change("structure" if claim.structure else "muscle", verdict.low, verdict.high)
        less = verdict.holds == "hardly" and percent(verdict.high) < 0
        says = self.word(f"verdict.{'less' if less else verdict.holds}", change=change)
        return f"{says} {self.word('verdict.unsure')}" if verdict.unsure else says

    def _missing(self, claim: Claim, weak: set[str]) -> str:
        """The group that must be weaker too before a claim speaks of these; empty if there is none."""
        wanted = set(claim.weak)
        begun = any(set(group.muscles) <= wanted & weak for group in self._groups)
        if not begun or weak & set(claim.takes_over):
            return ""
        left = (group.name for group in self._groups if (wanted - weak) & set(group.muscles))
        return next(left, "")


def _nothing(names: Iterable[str]) -> list[Change]:
    """Rows of a leg at full strength: nothing changes, and every name has its place."""
    return [Change(id=name, change=0.0, low=0.0, high=0.0, before_n=0.0, after_n=0.0) for name in names]


def leading(found: Redistribution, weak: set[str]) -> Change | None:
    """The muscle the sentence names: sure, rising in every variant; one of a claim that holds first."""
    claimed = {
        muscle
        for claim in CLAIMS
        if any(verdict.claim == claim.id and verdict.holds == "yes" for verdict in found.claims)
        for muscle in claim.takes_over
    }
    rising = [
        change for change in found.muscles
        if change.id not in weak and not change.unsure and change.low is not None
        and percent(change.low) >= NOTABLE
    ]  # fmt: skip
    return next((change for change in rising if change.id in claimed), rising[0] if rising else None)


def _for_browser(sentence: Sentence) -> str | dict[str, str]:
    """A sentence as the browser fills it: a text, or its plural forms with the place they are chosen by."""
    return sentence if isinstance(sentence, str) else {**sentence.forms, "by": sentence.by}


def vocabulary(wording: Wording, library: Library, groups: tuple[MuscleGroup, ...]) -> dict[str, object]:
    """All that the browser needs to say the same, as JSON values: messages, names, limits."""
    return {
        "messages": {key.removeprefix("what-if."): _for_browser(wording.template(key)) for key in SPOKEN},
        "sides": {side: wording.word(f"word.{side}") for side in ("right", "left")},
        "groups": [
            {"id": group.id, "name": group.name, "muscles": group.muscles, "members": group.members}
            for group in groups
        ],
        "muscles": {
            record.id: [spoken_name(record), record.name.lower()] for record in library.muscles.values()
        },
        "language": wording.measures.language,
        "decimal": wording.measures.decimal,
        "mostRows": MOST_ROWS,
        "notable": NOTABLE,
        "double": DOUBLE,
        "bar": {"low": BAR_LOW, "high": BAR_HIGH, "width": BAR_WIDTH, "margin": BAR_MARGIN},
    }
