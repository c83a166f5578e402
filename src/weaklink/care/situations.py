"""Situations: in which moments it is worth asking for a pain number, by where it hurts."""

from __future__ import annotations

from weaklink.library.records import PainSituation

ALWAYS: tuple[PainSituation, ...] = ("run", "walk", "night", "rest")
BY_SITE: dict[PainSituation, frozenset[str]] = {
    "stairs": frozenset(
        {
            "knee-anterior",
            "knee-lateral",
            "knee-medial",
            "knee-posterior",
            "hip-lateral",
            "groin",
            "thigh-anterior",
        }
    ),
    "sit": frozenset({"knee-anterior", "buttock", "ischial", "back-lower", "sacrum", "back-upper", "neck"}),
    "morning": frozenset(
        {
            "achilles-mid",
            "achilles-insertion",
            "heel-plantar",
            "arch",
            "back-lower",
            "sacrum",
            "calf",
            "ankle-medial",
        }
    ),
    "jump": frozenset(
        {"knee-anterior", "achilles-mid", "achilles-insertion", "shin-medial", "shin-anterior"}
    ),
}
ORDER: tuple[PainSituation, ...] = ("run", "walk", "stairs", "sit", "morning", "rest", "night", "jump")


def situations(sites: frozenset[str]) -> tuple[PainSituation, ...]:
    """The moments to ask about. Jumping is asked about as remembered, never to be tried."""
    wanted = set(ALWAYS) | {situation for situation, places in BY_SITE.items() if places & sites}
    return tuple(situation for situation in ORDER if situation in wanted)
