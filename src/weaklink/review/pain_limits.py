"""Pain limits: whether a programme allows no more pain than its condition's pain profile does."""

from __future__ import annotations

from collections.abc import Iterator

from weaklink.library.milestones import milestones_of
from weaklink.library.programme_records import Programme
from weaklink.library.programmes import conditions_of
from weaklink.library.reading import Library
from weaklink.training.dose.pain_profile import PROFILES, PainProfile

Found = Iterator[tuple[str, str, str, str]]  # kind, id, field, message


def looser_than_their_profile(library: Library) -> Found:
    """Programmes that allow in a move, a run or a milestone what the profile of their condition calls red."""
    for programme in library.programmes.values():
        if programme.status != "retired":
            for one in conditions_of(programme, library):
                for field, text in _looser(programme, PROFILES[one.pain_profile]):
                    yield "programmes", programme.id, field, f'{text} of the profile of "{one.id}"'


def _looser(programme: Programme, profile: PainProfile) -> Iterator[tuple[str, str]]:
    limits = [("pain_most", "a move", programme.pain_most)]
    limits += [("running_pain_most", "a run", programme.running_pain_most or 0)]
    for phase in programme.phases:
        limits += [("phases.moves.pain_most", f'"{m.exercise}"', m.pain_most or 0) for m in phase.moves]
        limits += [
            (f"phases.{field}", f'"{one.says}"', one.pain_most or 0) for field, one in milestones_of(phase)
        ]
    for field, what, most in limits:
        if most > profile.amber_to:
            yield field, f"allows pain of {most} in {what}; above {profile.amber_to} is red by the limit"
