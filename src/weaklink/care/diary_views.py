"""What a diary shows: the trend, the reasons, the outcome, and the running, as JSON values."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any, Literal

import msgspec

from weaklink.care.finish import last_outcome, tests_told
from weaklink.care.follow_up import Following
from weaklink.care.keeping_diary import KeptCourse, where_it_leads
from weaklink.care.ports import KeptReason, KeptStanding
from weaklink.care.running_checks import running_checks
from weaklink.case.diary import AnyEntry, Morning, RunDone, Walked
from weaklink.library.reading import Library
from weaklink.library.wording import Wording
from weaklink.quantities import Message
from weaklink.running.longest_run import Planned, Run, planned_run
from weaklink.running.return_to_running import PAUSE_DAYS, Recovery, Return, RunWalkTurn, Walk, way_back
from weaklink.training.course.adherence import adherence
from weaklink.training.course.course import week_of
from weaklink.training.course.pain_trend import after_a_red_run, pains
from weaklink.training.course.session_record import session_records
from weaklink.training.course.weeks import Weeks
from weaklink.training.plan.running_advice import no_running_because

Tissue = Literal["bone", "tendon", "other"]


def trend_document(weeks: Weeks) -> dict[str, Any]:
    """Pain by day, sessions and stretches counted apart, kilometres by week."""
    entries, began, today = weeks.entries, weeks.began, weeks.today
    done = adherence(entries, session_records(entries), began, today, weeks.days)
    by_day: dict[str, int] = {}
    for one in pains(entries):
        by_day[one.date.isoformat()] = max(one.pain, by_day.get(one.date.isoformat(), 0))
    mornings = {e.date.isoformat(): e for e in entries if isinstance(e, Morning)}
    return {
        "began": began.isoformat(),
        "week": week_of(today, began),
        "pain": [{"date": day, "pain": pain} for day, pain in sorted(by_day.items())],
        "mornings": [
            {"date": day, "pain": e.pain, "stiff_min": e.stiff_min} for day, e in sorted(mornings.items())
        ],
        "sessions": {"done": done.sessions_done, "planned": done.sessions_planned, "share": done.share},
        "stretches": {
            "runs": done.runs,
            "before_runs": done.stretched_before_runs,
            "after_runs": done.stretched_after_runs,
            "after_moves": done.stretches_after_moves,
        },
        "running": weekly_running(entries, weeks.given.km_per_week),
    }


def weekly_running(entries: Sequence[AnyEntry], said_km: float | None) -> list[dict[str, Any]]:
    """Kilometres, runs and the longest run of each week that has a run, by its Monday."""
    weeks: dict[datetime.date, list[RunDone]] = {}
    for entry in entries:
        if isinstance(entry, RunDone):
            weeks.setdefault(entry.date - datetime.timedelta(days=entry.date.weekday()), []).append(entry)
    return [
        {
            "monday": monday.isoformat(),
            "km": round(sum(run.km for run in runs), 2),
            "runs": len(runs),
            "longest_km": max(run.km for run in runs),
            "said_km": said_km,
        }
        for monday, runs in sorted(weeks.items())
    ]


def reasons_document(standing: KeptStanding | None, wording: Wording) -> dict[str, Any]:
    """Every change of dose in words. Once the plan is closed none is shown: they name exercises."""
    if standing is None or not standing.doses:
        return {"reasons": []}
    return {
        "reasons": [
            {
                "id": reason.id,
                "date": reason.date,
                "slot": reason.slot,
                "exercise": reason.exercise,
                "action": reason.action,
                "rule": reason.rule,
                "says": _said(reason, wording),
            }
            for reason in standing.reasons
        ]
    }


def _said(reason: KeptReason, wording: Wording) -> str:
    """Why, in words; empty where it was kept in a way that cannot be read any more."""
    try:
        return wording.say(msgspec.convert(reason.because, Message))
    except msgspec.ValidationError:
        return ""


def outcome_document(weeks: Weeks, wording: Wording) -> dict[str, Any]:
    """The newest report's outcome in words; `says` is None before any."""
    began, found = weeks.began, last_outcome(weeks)
    if found is None:
        return {"says": None, "week": week_of(weeks.today, began)}
    report, result = found
    return {
        "says": result.says,
        "sentence": wording.say(Message(f"outcome.{result.says}")),
        "next": result.next,
        "next_says": wording.say(Message(f"outcome.next-{result.next}")),
        "because": [wording.say(message) for message in result.because],
        "date": report.day.isoformat(),
        "week": week_of(report.day, began),
        "tests": [
            {
                "test": change.test,
                "side": change.side,
                "before": change.before,
                "after": change.after,
                "says": change.says,
                "because": wording.say(change.because),
            }
            for change in result.tests
        ],
        "scores": [
            {
                "questionnaire": change.questionnaire,
                "before": change.before,
                "after": change.after,
                "says": change.says,
                "because": wording.say(change.because),
            }
            for change in result.scores
        ],
    }


def running_document(course: KeptCourse, wording: Wording, planned_km: float | None) -> dict[str, Any]:
    """The way back, and a planned run held against the last 30 days; neither behind a closed plan."""
    library, today = course.library, course.today
    says, following = where_it_leads(course)
    if following.refused:
        # While a safety question is open nothing is said for a run either.
        return {"closed": following.closed, "return": None, "planned": None}
    found = return_of(following, says.entries, library, today)
    held = None if planned_km is None else _planned(planned_km, following, says.entries, today)
    if after_a_red_run(says.entries, following.setting.limits.profile, today):
        red = Message("weeks.run-after-red")
        found = _shut(found, red) if found.open else found
        held = _not_now(red) if held is not None else None
    if following.setting.limits.running == "none":
        # What the plan forbids outranks the ladder and what the last 30 days would allow.
        because = no_running_because(following.setting)
        found = _shut(found, found.because if found.stop else because)
        held = _not_now(because) if held is not None else None
    planned = None if held is None else _planned_document(held, wording)
    return {"closed": False, "return": _return_document(found, wording), "planned": planned}


def _planned(km: float, following: Following, entries: Sequence[AnyEntry], today: datetime.date) -> Planned:
    runs = [Run(date=e.date, km=e.km) for e in entries if isinstance(e, RunDone)]
    load = following.given.load
    first = min((entry.day for entry in entries), default=today)
    return planned_run(km, runs, today, load.longest_run_30d_km if load is not None else None, first)


def _shut(found: Return, because: Message) -> Return:
    return msgspec.structs.replace(found, open=False, step=None, not_before=None, because=because)


def _not_now(because: Message) -> Planned:
    return Planned(says="no-running", most_km=0.0, longest_km=None, percent=None, because=because)


def _planned_document(held: Planned, wording: Wording) -> dict[str, Any]:
    return {
        "says": held.says,
        "most_km": held.most_km,
        "percent": held.percent,
        "because": wording.say(held.because),
    }


def return_of(
    following: Following, entries: Sequence[AnyEntry], library: Library, today: datetime.date
) -> Return:
    """Where a runner is on the way back to running on a day."""
    given, limits = following.given, following.setting.limits
    mornings = {e.date: e.pain for e in entries if isinstance(e, Morning)}
    free = (e.date for e in entries if isinstance(e, RunDone) and not e.step)
    runs = any((today - date).days <= PAUSE_DAYS for date in free)  # then it is no pause
    done = {**given.tests, **tests_told(entries, library)}
    told = Recovery(
        tissue=_tissue(following),
        walks=[
            Walk(date=e.date, minutes=e.minutes, pain=e.pain, limped=e.limped)
            for e in entries
            if isinstance(e, Walked)
        ],
        tests={check: done[test.id] for check, test in running_checks(library).items() if test.id in done},
        turns=[_turn(e, mornings) for e in entries if isinstance(e, RunDone) and e.step],
        calm=not (given.pain.get("night") or given.pain.get("rest")),
        green_to=limits.profile.green_to,
        amber_to=limits.profile.amber_to,
        today=None if runs else today,
    )
    return way_back(told)


def _tissue(following: Following) -> Tissue:
    """The tissue the way back is about; a shin whose running was never stopped needs nobody's clearance."""
    limits = following.setting.limits
    runs = limits.profile.id == "shin" and limits.running != "none"
    return "other" if runs else tissue_of(limits.profile.id)


def tissue_of(profile: str) -> Tissue:
    """The kind of tissue a pain profile is about, as the way back needs it."""
    if profile in ("bone", "shin"):
        return "bone"
    return "tendon" if profile.startswith("tendon") else "other"


def _turn(run: RunDone, mornings: dict[datetime.date, int]) -> RunWalkTurn:
    return RunWalkTurn(
        date=run.date,
        step=run.step,
        pain=run.pain or 0,
        pain_said=run.pain is not None,
        morning_before=mornings.get(run.date, 0),
        morning_after=mornings.get(run.date + datetime.timedelta(days=1)),
        limped=run.limped,
    )


def _return_document(found: Return, wording: Wording) -> dict[str, Any]:
    return {
        "open": found.open,
        "stop": found.stop,
        "because": wording.say(found.because),
        "criteria": [
            {"id": one.id, "met": one.met, "says": wording.say(one.because)} for one in found.criteria
        ],
        "step": msgspec.to_builtins(found.step) if found.step is not None else None,
        "not_before": found.not_before.isoformat() if found.not_before is not None else None,
    }
