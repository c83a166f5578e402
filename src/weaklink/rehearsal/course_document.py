"""The course as one JSON document: weeks with sessions, volume, pain and events, and what refused a plan."""

from __future__ import annotations

from collections import Counter
from typing import Any

from weaklink.library.reading import Library
from weaklink.rehearsal.living import LivedCourse, LivedWeek
from weaklink.rehearsal.trained_session import TrainedSession, volume_of

FORMAT = "weaklink-course/1"


def course_document(course: LivedCourse, library: Library) -> dict[str, Any]:
    """A course as JSON values."""
    story = course.runner.story
    return {
        "format": FORMAT,
        "edition": library.edition,
        "responder": story.responder,
        "weeks": [_week(week, library) for week in course.weeks],
        "refused": list(course.refused),
        "notes": _told_first(course),
    }


def _week(week: LivedWeek, library: Library) -> dict[str, Any]:
    return {
        "week": week.number,
        "phase": phase_of(week),
        "sessions": [_session(session) for session in week.sessions],
        "volume": volume_of(week.sessions, library),
        "pain": week.pain,
        "stiff_min": week.stiff_min,
        "km": week.km,
        "upkeep": week.upkeep,
        "events": week.events,
    }


def _told_first(course: LivedCourse) -> list[str]:
    """What the first page of the plan says besides its moves."""
    if course.first is None:
        return []
    advice = [item for item in course.first.weeks[0].sessions[0].items if item.kind == "load-advice"]
    return [*course.first.notes, *(line for item in advice for line in item.because)]


def phase_of(week: LivedWeek) -> str:
    """The phase most items of a week belong to; empty where none says one."""
    named = Counter(item["phase"] for session in week.sessions for item in session.items if item["phase"])
    return named.most_common(1)[0][0] if named else ""


def _session(session: TrainedSession) -> dict[str, Any]:
    parts = {name: getattr(session, name) for name in TrainedSession.__struct_fields__}
    return parts | {"date": session.date.isoformat(), "items": list(session.items)}
