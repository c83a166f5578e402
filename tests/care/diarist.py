"""A diarist: somebody who trains, runs and writes down what happened, day by day, through the real rules."""

from __future__ import annotations

import datetime
from typing import Any

import msgspec

from tests.api.runner_in_training import all_no
from tests.training.session_rules import happen
from tests.training.session_state import begin, step_of
from tests.training.virtual_runners import KNEE, START, World
from tests.written_diaries import diary_of
from weaklink.care.diary_views import return_of
from weaklink.care.folding import Diary
from weaklink.care.train import SessionRequest, Today, Trainee, today
from weaklink.case.diary import AnyEntry, read_entry
from weaklink.running.return_to_running import Return
from weaklink.training.dose.training_state import SlotState
from weaklink.training.session.session_pack import SessionPack

DATED = ("morning", "run-done", "walked")


def on(day: int) -> datetime.date:
    """A day of the course, from 0."""
    return START + datetime.timedelta(days=day)


class Diarist:
    """One runner: every safety question answered no at the start, unless the story says otherwise."""

    def __init__(self, world: World, story: dict[str, Any] = KNEE, **given: Any) -> None:
        answers = {**all_no(world.library), **story.get("answers", {})}
        said, self.plan = world.beginning({**story, "answers": answers})
        self.given = msgspec.structs.replace(said, assume_unanswered_no=False, **given)
        self.world = world
        self.entries: list[AnyEntry] = []

    def tells(self, kind: str, day: int, hour: int = 7, **parts: Any) -> AnyEntry:
        """One entry of a day."""
        number = len(self.entries)
        at = datetime.datetime.combine(on(day), datetime.time(hour, number % 60), datetime.UTC)
        dated = {"date": str(on(day))} if kind in DATED else {}
        named = {"kind": kind, "id": f"{kind}-{day}-{number:04}", "at": at.isoformat()}
        entry = read_entry({**named, **dated, **parts})
        self.entries.append(entry)
        return entry

    def mornings(self, pains: dict[int, int]) -> None:
        """The pain of some mornings, by day."""
        for day, pain in pains.items():
            self.tells("morning", day, pain=pain)

    def trains(self, *days: int, pain: int = 1, rir: int = 4, **more: Any) -> None:
        """Whole sessions: see `session`."""
        for day in days:
            pack = self.day(day).pack
            assert pack is not None, day
            self.session(pack, day, pain=pain, rir=rir, **more)

    def session(
        self,
        pack: SessionPack,
        day: int,
        *,
        pain: int,
        rir: int,
        hurts: tuple[str, ...] = (),
        painful: dict[str, int] | None = None,
        said: dict[str, str] | None = None,
    ) -> None:
        """One session by the interpreter. `hurts`: where the button is tapped; `painful`: pain by exercise."""
        state, written, left = begin(pack, f"session-{day:03}", "a"), list[dict[str, Any]](), [*hurts]

        def event(**what: Any) -> None:
            nonlocal state
            outcome = happen(pack, state, what)
            state = outcome.state
            written.extend(e["entry"] for e in outcome.effects if e["do"] == "keep")

        for question in pack.questions:
            event(type="answer", question=question.id, answer=(said or {}).get(question.id, "no"))
        event(type="start", pain=0)
        while state.phase == "work" and (step := step_of(pack, state)) is not None:
            if step.exercise in left:
                left.remove(step.exercise)
                event(type="hurts", rep=2)
                continue
            event(type="set-done", reps=step.reps, hold_s=step.hold_s)
            event(type="effort", rir=rir)
            event(type="pain", pain=(painful or {}).get(step.exercise, pain))
        if state.phase == "ending":
            event(type="finish", minutes=12)
        for entry in written:
            self.tells(entry.pop("kind"), day, 18, **entry)

    @property
    def diary(self) -> Diary:
        """What was written down, put together."""
        return diary_of(self.entries)

    def day(self, day: int, asked: SessionRequest | None = None) -> Today:
        """What a day holds, on a rest day too."""
        diary = self.diary
        trainee = Trainee(
            given=self.given, plan=self.plan, told=diary, library=self.world.library,
            wording=self.world.wording, began=diary.past.first_session or START, judge=self.world.judge, screen=self.world.screen,
        )  # fmt: skip
        return today(trainee, on(day), asked or SessionRequest(anyway=True))

    def doses(self, day: int) -> dict[str, SlotState]:
        """Where every slot stands on a day."""
        return self.day(day).following.course.doses

    def moves(self, day: int) -> dict[str, str]:
        """The exercise of each slot of a day's session."""
        pack = self.day(day).pack
        return {} if pack is None else {i.slot: i.rungs[0].exercise for i in pack.items}

    def rules(self, day: int) -> set[str]:
        """The rules behind the last session's changes."""
        course = self.day(day).following.course
        return {r.rule for r in course.reasons if course.last and r.session == course.last.session}

    def tier(self, day: int) -> tuple[str, str]:
        """How urgent it is on a day, and what is allowed."""
        found = self.day(day).following.disposition
        return found.tier, found.allows

    def way_back(self, day: int) -> Return:
        """Where they are on the way back to running."""
        return return_of(self.day(day).following, self.world.library, on(day))
