"""Limits: what keeps a verdict on strength lower than the numbers alone, each with its reason."""

from __future__ import annotations

from typing import NamedTuple

from weaklink.library.reading import Library
from weaklink.library.records import WeakLink
from weaklink.quantities import VERDICTS, Message, Verdict
from weaklink.reasoning.claims import only_ideas


class Limit(NamedTuple):
    """The best verdict that is left, and why."""

    most: Verdict
    because: Message


def limited(word: Verdict, limits: tuple[Limit, ...]) -> Verdict:
    """A verdict under its limits; a limit lowers and never raises."""
    return max((word, *(limit.most for limit in limits)), key=VERDICTS.index)


def guard_limits(guards: tuple[str, ...], library: Library) -> tuple[Limit, ...]:
    """The guards that stop any claim about strength until someone has looked, the strictest first."""
    stopping = [guard for name in guards if (guard := library.guards[name]).strength_untold]
    stopping.sort(key=lambda guard: (guard.allows, guard.id))
    return tuple(
        Limit("cannot-tell", Message("differential.guard", {"guard": guard.id})) for guard in stopping
    )


def evidence_limits(published: bool, tested: bool) -> tuple[Limit, ...]:
    """Only what exceeds a published error may be likely."""
    if published:
        return ()
    name = "differential.provisional-only" if tested else "differential.seen-only"
    return (Limit("possible", Message(name)),)


def claim_limits(links: tuple[WeakLink, ...], no_pain: bool) -> tuple[Limit, ...]:
    """At most possible as the link behind a pain that no study ties to the area."""
    if no_pain:
        return ()
    if not links:
        return (Limit("possible", Message("differential.not-linked")),)
    return (Limit("possible", Message("differential.ideas-cap")),) if only_ideas(links) else ()
