"""What a diary shows: the trend, the reasons, the outcome, and the running, as JSON values."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any, Literal

import msgspec

from weaklink.care.finish import outcome_of, tests_told, weeks_done
from weaklink.care.follow_up import Following
from weaklink.care.keeping_diary import KeptCourse, where_it_leads
from weaklink.care.ports import KeptReason, KeptStanding
from weaklink.care.running_checks import running_checks
from weaklink.case.diary import AnyEntry, Morning, Reported, RunDone
from weaklink.library.reading import Library
from weaklink.library.wording import Wording
from weaklink.quantities import MESSAGES, Message
from weaklink.running.longest_run import Planned, Run, planned_run
from weaklink.running.return_to_running import PAUSE_DAYS, STEPS, Recovery, Return, way_back
from weaklink.training.course.course import week_of
from weaklink.training.course.outcome import DECISION_WEEK, Outcome
from weaklink.training.course.pain_trend import after_a_red_run
from weaklink.training.course.past import felt_in
from weaklink.training.course.weeks import Weeks
from weaklink.training.plan.running_advice import no_running_because, waits_for_signs

Tissue = Literal["bone", "tendon", "other"]


def trend_document(course: KeptCourse) -> dict[str, Any]:
    """Pain by day, sessions and stretches counted apart, kilometres by week."""
    began, today, days = course.began, course.today, course.told.days_from()
    done = course.told.counted(today).counted.so_far(began, today, course.weeks().days)
    entries = [entry for day in days for entry in day.entries]
    mornings = {e.date.isoformat(): e for e in entries if isinstance(e, Morning)}
    return {
        "began": began.isoformat(),
        "week": week_of(today, began),
        "pain": [{"date": day.isoformat(), "pain": n} for day, n in sorted(felt_in(days).worst.items())],
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
        "running": weekly_running(entries, course.given.km_per_week),
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
        return wording.say(MESSAGES.of(reason.because))
    except msgspec.ValidationError:
        return ""


def outcome_document(course: KeptCourse, wording: Wording) -> dict[str, Any]:
    """The newest report's outcome in words; `says` is None before any."""
    began, found = course.began, last_outcome(course.weeks(), where_it_leads(course))
    if found is None:
        return {"says": None, "week": week_of(course.today, began)}
    report, result = found
    return {
        "says": result.says,
        "sentence": wording.say(Message(f"outcome.{result.says}")),
        "next": result.next,
        "next_says": wording.say(next_words(course.weeks(), report, result)),
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


def last_outcome(weeks: Weeks, found: Following) -> tuple[Reported, Outcome] | None:
    """The newest report up to today with its outcome; None before any.

    Upkeep is said only where it has begun: a programme may not be gone through, or the pain be back.
    """
    told = [one for one in found.past.outcomes if weeks.began <= one.day <= weeks.today]
    newest = [one for one in found.past.reports if weeks.began <= one.day <= weeks.today][-1:]
    if not newest:
        return None
    result = outcome_of(weeks, told, newest[0], found.share)
    if result.next == "maintenance" and found.stage.phase != "upkeep":
        result = msgspec.structs.replace(result, next="go-on")
    return newest[0], result


def next_words(weeks: Weeks, report: Reported, result: Outcome) -> Message:
    """What comes next, in words; early on it names the week to look again."""
    early = weeks_done(weeks.began, report.day) < DECISION_WEEK
    return Message(f"outcome.next-{result.next}{'-early' if result.next == 'go-on' and early else ''}")


def running_document(course: KeptCourse, wording: Wording, planned_km: float | None) -> dict[str, Any]:
    """The way back, and a planned run held against the last 30 days; neither behind a closed plan."""
    library, today = course.library, course.today
    following = where_it_leads(course)
    if following.refused:
        # While a safety question is open nothing is said for a run either.
        return {"closed": following.closed, "return": None, "planned": None}
    found = return_of(following, library, today)
    held = None if planned_km is None else planned_of(planned_km, following, today)
    if after_a_red_run(following.past.recent, following.setting.limits.profile, today):
        red = Message("weeks.run-after-red")
        found = _shut(found, red) if found.open else found
        held = _not_now(red) if held is not None else None
    elif held is not None and turns_come_first(following, library, today):
        held = _not_now(Message("weeks.run-turns-first"))
    if following.setting.limits.running == "none":
        # What the plan forbids outranks the ladder and what the last 30 days would allow.
        because = no_running_because(following.setting)
        found = _shut(found, found.because if found.stop else because)
        held = _not_now(because) if held is not None else None
    planned = None if held is None else _planned_document(held, wording)
    return {"closed": False, "return": _return_document(found, wording), "planned": planned}


def planned_of(km: float, following: Following, today: datetime.date) -> Planned:
    """A planned run held against the last 30 days."""
    past, load = following.past, following.given.load
    runs = [Run(date=e.date, km=e.km) for e in past.recent if isinstance(e, RunDone)]
    known = load.longest_run_30d_km if load is not None else None
    return planned_run(km, runs, today, known, past.first or today)


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


def return_of(following: Following, library: Library, today: datetime.date) -> Return:
    """Where a runner is on the way back to running on a day."""
    given, limits, past = following.given, following.setting.limits, following.past
    free = (e.date for e in past.recent if isinstance(e, RunDone) and not e.step)
    runs = any((today - date).days <= PAUSE_DAYS for date in free)  # then it is no pause
    done = {**given.tests, **tests_told(past.outcomes, library)}
    told = Recovery(
        tissue=_tissue(following),
        walks=past.walks,
        tests={check: done[test.id] for check, test in running_checks(library).items() if test.id in done},
        turns=past.all_turns,
        calm=not (given.pain.get("night") or given.pain.get("rest")),
        green_to=limits.profile.green_to,
        amber_to=limits.profile.amber_to,
        today=None if runs else today,
    )
    return way_back(told)


def turns_come_first(following: Following, library: Library, today: datetime.date) -> bool:
    """Whether a run of some distance waits: turns of walking and running come first, and they go on."""
    step = return_of(following, library, today).step
    return waits_for_signs(following.setting) and step != STEPS[-1]


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
