"""Places: where it hurts, in words and for the figures."""

from __future__ import annotations

from weaklink.library.wording import spoken_name
from weaklink.web.visit.visit import Visit


def place_words(seen: Visit) -> str:
    """The painful places in words, e.g. "Front of the knee, right"; at most three."""
    given = seen.given
    if given is None:
        return ""
    named = []
    for place in given.pain_at[:3]:
        region = seen.house.library.regions[place.site]
        side = seen.wording.word(f"word.{place.side}")
        named.append(f"{spoken_name(region)}, {side}" if side else spoken_name(region))
    text = "; ".join(named)
    return text[:1].upper() + text[1:]


def place_pairs(seen: Visit) -> list[tuple[str, str]]:
    """(site, side) of every painful place, for the figures; both sides count as two."""
    given = seen.given
    pairs = []
    for place in given.pain_at if given else ():
        sides = ("right", "left") if place.side == "both" else (place.side,)
        pairs += [(place.site, side) for side in sides]
    return pairs
