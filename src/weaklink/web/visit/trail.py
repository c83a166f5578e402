"""Trail: the screens answered so far, in order; what "back" means, and how far one is."""

from __future__ import annotations

from collections.abc import Iterable

from weaklink.web.visit.changing import REACHED
from weaklink.web.visit.flow import LEFT
from weaklink.web.visit.visit import Visit


def trail(seen: Visit) -> list[str]:
    """The addresses answered, oldest first."""
    kept = seen.episode.steps.get("trail") if seen.episode else None
    return [page for page in kept if isinstance(page, str)] if isinstance(kept, list) else []


def trail_with(
    seen: Visit, page: str, left: Iterable[str] = (), said: Iterable[str] = ()
) -> dict[str, list[str]]:
    """The steps to keep when a page was answered; one answered again keeps its place.

    Args:
        left: what it asked and was left without an answer; `said`: what was answered after all.
    """
    before = trail(seen)
    return {
        "trail": before if page in before else [*before, page],
        LEFT: sorted((seen.left | {*left}) - {*said}),
    }


def page_before(seen: Visit, page: str) -> str:
    """The page one came from: the screen before, or all the answers once a result was shown."""
    if _has_result(seen):
        return "/answers"
    before = trail(seen)
    earlier = before[: before.index(page)] if page in before else before
    return earlier[-1] if earlier else "/who"


def place_in_trail(seen: Visit, page: str) -> int:
    """Which screen of the intake this is, from 1 on; 0 once a result was shown."""
    if _has_result(seen):
        return 0
    before = trail(seen)
    return (before.index(page) if page in before else len(before)) + 1


def _has_result(seen: Visit) -> bool:
    """Whether the answers ever led to a result."""
    return seen.episode is not None and bool(seen.episode.steps.get(REACHED) or seen.episode.earlier)
