"""Random diaries: weeks of a runner who tells much, late, twice, and takes things back."""

from __future__ import annotations

import datetime
import random
from typing import Any

from tests.training.virtual_runners import START
from weaklink.training.plan.plan_document import ItemDocument, PlanDocument

MOVES = ("exercise", "drill")
OFFSETS = (0, 0, 0, 2, -8)  # hours from UTC


class RandomDiary:
    """Entries as JSON values, in the order they were told."""

    def __init__(self, dice: random.Random, plan: PlanDocument, flags: list[str], days: int) -> None:
        self.dice, self.flags = dice, flags
        self.items = [i for w in plan.weeks for s in w.sessions for i in s.items if i.kind in MOVES][:6]
        self.entries: list[dict[str, Any]] = []
        self.level = dice.randint(0, 6)
        day = dice.randint(-3, 2)
        while day < days:
            self._day(day)
            day += dice.choice((1, 1, 1, 2, 3)) if dice.random() < 0.97 else dice.randint(10, 40)

    def _tell(self, kind: str, day: int, hour: int, **parts: Any) -> dict[str, Any]:
        number = len(self.entries)
        zone = datetime.timezone(datetime.timedelta(hours=self.dice.choice(OFFSETS)))
        at = datetime.datetime.combine(on(day), datetime.time(hour, number % 60), zone)
        told = {key: value for key, value in parts.items() if value is not None}
        self.entries.append({"kind": kind, "id": f"{kind}-{number:05}", "at": at.isoformat(), **told})
        return self.entries[-1]

    def _day(self, day: int) -> None:
        dice = self.dice
        pain = max(0, min(10, self.level + dice.randint(-2, 2)))
        if dice.random() < 0.1:
            self.level = max(0, min(8, self.level + dice.choice((-2, -1, 1))))
        self._alone(day, pain)
        if dice.random() < 0.45:
            self._session(day, pain)
        if dice.random() < 0.06 and self.entries:
            self._tell("undone", day, 21, undoes=dice.choice(self.entries)["id"])
        if dice.random() < 0.05 and self.entries:
            self._once_more(pain)
        self._correct(day, pain)
        later = random.Random(f"{day} {pain}")
        if later.random() < 0.04:
            why = later.choice(("fever", "illness", "travel", "race", "life", "back", "back", "back"))
            self._tell("away", day, 6, why=why, until=later.choice((None, str(on(day + 5)))))

    def _alone(self, day: int, pain: int) -> None:
        dice = self.dice
        earlier = str(on(day - dice.choice((0, 0, 0, 1, 3))))
        stretch = {
            "exercise": "calf-stretch",
            "when": dice.choice(("before-run", "after-run", "after-exercise")),
        }
        tests = {"sl-heel-raise-reps": {"right": dice.randint(5, 30), "left": dice.randint(5, 30)}}
        asked = {flag: dice.choice(["no"] * 20 + ["unsure"]) for flag in dice.sample(self.flags, 3)}
        places = dice.choice([[]] * 12 + [[["calf", "left"]]])
        for kind, share, parts in (
            ("morning", 0.5, {"date": earlier, "pain": pain, "stiff_min": dice.choice((0, 5, 20, 40)),
                              "night": dice.choice([None] * 19 + [3])}),
            ("run-done", 0.35, {"date": earlier, "km": float(dice.randint(1, 12)), "step": dice.choice((0, 0, 1, 2)),
                                "pain": dice.choice((None, pain)), "limped": dice.random() < 0.02}),
            ("walked", 0.2, {"date": str(on(day)), "minutes": dice.choice((10, 30, 40)),
                             "pain": dice.choice((0, 0, 1, pain))}),
            ("stretched", 0.15, stretch),
            ("reported", 0.12, {"pain_worst": dice.choice((None, pain)), "activities": {"stairs": dice.randint(0, 10)},
                                "change": dice.choice((None, -3, -1, 0, 1, 3))}),
            ("tested", 0.06, {"tests": tests}),
            ("rescreened", 0.05, {"answers": asked, "new_places": places}),
            ("note", 0.05, {"text": "words"}),
        ):  # fmt: skip
            if dice.random() < share:
                self._tell(kind, day, dice.randint(5, 22), **parts)

    def _session(self, day: int, pain: int) -> None:
        dice, name = self.dice, f"session-{day:04}"
        if dice.random() < 0.95:
            self._tell(
                "session-begun", day, 17, session=name, moves=[_asked(item) for item in self.items],
                kind_of_day=dice.choice(("full", "full", "full", "short")), pain_before=dice.choice((None, pain)),
                around=dice.choice([""] * 9 + ["before-run"]),
            )  # fmt: skip
        for item in dice.sample(self.items, dice.randint(0, min(4, len(self.items)))):
            self._move(day, pain, item, {"session": name, "slot": item.id, "exercise": item.id})
        how = dice.choice(["finished"] * 8 + ["not-today", "stopped"])
        self._tell("session-ended", day, 19, session=name, how=how, minutes=20)

    def _move(self, day: int, pain: int, item: ItemDocument, named: dict[str, str]) -> None:
        dice = self.dice
        for number in range(1, (item.sets or 1) + 1):
            self._tell(
                "set-done", day, 18, **named, set=number, reps=(item.reps or 8) - dice.choice((0, 0, 0, 3)),
                pain=dice.choice((None, pain)), rir=dice.choice((None, 1, 3, 4)),
                to_the_limit=dice.random() < 0.05,
            )  # fmt: skip
        if dice.random() < 0.06:
            self._tell("this-hurts", day, 18, **named, pain=dice.choice((None, 7)))
        self._tell(
            "felt", day, 18, **named, set=1, rir=dice.choice((None, 0, 2)), pain=dice.choice((None, pain))
        )

    def _once_more(self, pain: int) -> None:
        """Something told before, told differently under the same id."""
        old = self.dice.choice(self.entries)
        if "pain" in old:
            self.entries.append({**old, "pain": min(10, pain + 3)})

    def _correct(self, day: int, pain: int) -> None:
        """A set told before, told otherwise afterwards."""
        dice = random.Random(f"{day} {pain} {len(self.entries)}")  # the other entries stay as they were
        sets = [one for one in self.entries if one["kind"] == "set-done"]
        if sets and dice.random() < 0.15:
            about = dice.choice(sets[-8:])
            named = {key: about[key] for key in ("session", "slot", "exercise", "set")}
            self._tell(
                "corrected", day, 22, **named, done=dice.random() < 0.8, reps=dice.randint(0, 15),
                pain=dice.choice((None, pain)), rir=dice.choice((None, 0, 4)),
            )  # fmt: skip


def _asked(item: ItemDocument) -> dict[str, Any]:
    numbers = {"reps": item.reps, "hold_s": item.hold_s}
    told = {key: value for key, value in numbers.items() if value}
    return {"slot": item.id, "exercise": item.id, "sets": item.sets or 1, **told}


def on(day: int) -> datetime.date:
    """A day of the course, from 0."""
    return START + datetime.timedelta(days=day)
