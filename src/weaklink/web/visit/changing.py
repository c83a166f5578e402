"""Changing: what was said becomes different, and the plan follows from it in the same transaction."""

from __future__ import annotations

import uuid
from asyncio import wrap_future
from collections.abc import Callable, Mapping

import msgspec
from starlette.exceptions import HTTPException

from weaklink.care.as_read import runner_as_read
from weaklink.care.kept_plan import Because, made_anew, planned
from weaklink.care.ports import GONE_ON_WITH, Episode, KeptPlan, Runner
from weaklink.case.values import Table
from weaklink.quantities import WeaklinkError
from weaklink.web.visit.assessments import assessment_of
from weaklink.web.visit.visit import Visit, house_for, visit_again, visiting

Change = Callable[[Table], Table]
OF_ANSWERS: tuple[Because, ...] = ("answers", "tests")
REACHED = "reached"  # the step that says whether the answers led to a result
STAYS = ("mass_kg", "owns", "lifts")  # of [given]
MOST_TRIES = 3


class OvertakenError(WeaklinkError):
    """Something else changed what was said in the meantime."""


async def begin(seen: Visit, aim: str) -> Visit:
    """The visit with a new episode; earlier ones are kept."""
    now = seen.house.clock.now()
    episode = Episode(
        id=str(uuid.uuid4()),
        runner_id=seen.runner.id,
        given=_stays(seen),
        steps={"aim": aim},
        edition=seen.house.library.edition,
        created_at=now,
        updated_at=now,
    )
    await settle(seen)
    await wrap_future(seen.house.records.keep_episode(episode))
    if seen.runner.settings.get(GONE_ON_WITH):
        seen = await change_settings(seen, lambda old: {**old, GONE_ON_WITH: ""})
    return visiting(seen.request, seen.house, seen.runner, episode)


def _stays(seen: Visit) -> Table:
    """What is true of a runner whatever hurts, and asked once: their weights, what they weigh and lift."""
    return {key: value for key, value in seen.table.items() if key in STAYS}


async def settle(seen: Visit) -> None:
    """Keep who is here, where nothing of them was kept yet; who has begun something is kept already."""
    if seen.episode is None:
        await wrap_future(seen.house.records.keep_new_runner(seen.runner))


async def change_settings(seen: Visit, change: Change) -> Visit:
    """The visit after a change of the newest settings, durable. What others keep meanwhile is not lost."""

    def changed(old: Runner) -> Runner:
        return msgspec.structs.replace(old, settings=change(runner_as_read(old).settings))

    await settle(seen)
    runner = await wrap_future(seen.house.records.change_runner(seen.runner.id, changed))
    return visiting(seen.request, house_for(seen.request.app.state.house, runner), runner, seen.episode)


async def note(seen: Visit, steps: Mapping[str, object]) -> Visit:
    """The visit after the pages noted how far they have come; nothing that was said changes."""
    now = seen.house.clock.now()

    def noted(kept: Episode) -> Episode:
        old = seen.house.episode_as_read(kept)
        return msgspec.structs.replace(old, steps={**old.steps, **steps}, updated_at=now)

    episode = await wrap_future(seen.house.records.change_episode(_begun(seen).id, noted))
    return visiting(seen.request, seen.house, seen.runner, episode)


async def change(
    seen: Visit, given: Change, steps: Mapping[str, object] | None = None, because: Because = "answers"
) -> Visit:
    """The visit after a change of what was said; checked before it is kept, durable afterwards.

    A plan that follows from it is kept with it, or neither is.

    Raises: CaseError naming the key when the change cannot be read.
    """
    for _ in range(MOST_TRIES):
        try:
            return await _changed(seen, given, steps or {}, because)
        except OvertakenError:
            seen = visit_again(seen)
    raise HTTPException(409, "The answers are being changed elsewhere as well. Send it once more.")


async def _changed(seen: Visit, given: Change, steps: Mapping[str, object], because: Because) -> Visit:
    before, now = _begun(seen), seen.house.clock.now()
    table = given(before.given)
    after = msgspec.structs.replace(
        before,
        given=table,
        earlier=_earlier(before, table, because),
        steps={**before.steps, **steps},
        updated_at=now,
    )
    then = Visit(seen.request, seen.house, seen.runner, after)
    after.steps[REACHED] = then.leads_to == "/result"
    plan = await plan_after(then, seen, because)

    def changed(kept: Episode) -> Episode:
        newest = seen.house.episode_as_read(kept)
        if newest.given != before.given:
            raise OvertakenError("the answers were changed elsewhere")
        return msgspec.structs.replace(after, steps={**newest.steps, **after.steps})

    episode = await wrap_future(seen.house.records.change_episode(before.id, changed, plan))
    kept = visiting(seen.request, seen.house, seen.runner, episode)
    # Worked out already for the very same table.
    kept.__dict__.update({name: then.__dict__[name] for name in ("given", "leads_to")})
    if plan is not None:
        kept.__dict__["kept_plan"] = plan
    return kept


def _earlier(before: Episode, table: Table, because: Because) -> Table:
    """What the result before this one rested on, for saying what changed.

    Another week or routine is no other answer: whoever goes on to the plan has read what changed.
    """
    if because not in OF_ANSWERS:
        return {}
    return before.given if before.steps.get(REACHED) is True and table != before.given else before.earlier


async def plan_after(then: Visit, seen: Visit, because: Because) -> KeptPlan | None:
    """The plan to keep with what is said now; None where none is wished for, allowed, or different.

    While questions are open, answers make no plan yet. Another week or routine is followed all the same by
    whoever has a plan: its answers may wait for a question that came with a newer edition.
    """
    if then.episode is None or "days" not in then.table:
        return None
    if then.leads_to != "/result" and (because in OF_ANSWERS or seen.kept_plan is None):
        return None
    found = await assessment_of(then, best_plan=True)
    if found is None or found.plan is None:
        return None
    made = planned(found.plan, because, then.episode.id, then.wording, then.house.clock.now())
    return made_anew(seen.kept_plan, made)


def _begun(seen: Visit) -> Episode:
    if seen.episode is None:
        raise HTTPException(409, "Nothing was begun yet.")
    return seen.episode
