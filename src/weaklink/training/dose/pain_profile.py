"""How much pain is all right, by tissue: green, amber and red, and which profile wins."""

from __future__ import annotations

from typing import Literal

import msgspec

from weaklink.case.disposition import Disposition
from weaklink.case.given import Given
from weaklink.case.hypothesis import Differential
from weaklink.library.reading import Library

Colour = Literal["green", "amber", "red"]


class PainProfile(msgspec.Struct, frozen=True, kw_only=True):
    """Pain 0..10 up to `green_to` is green, up to `amber_to` amber, above it red."""

    id: str
    green_to: int
    amber_to: int
    settles: Literal["next-morning", "within-the-hour", "no-pain"]

    def colour(self, pain: int, spreads: bool = False) -> Colour:
        """The colour of a pain score; pain that spreads further down the leg is always red."""
        if spreads or pain > self.amber_to:
            return "red"
        return "green" if pain <= self.green_to else "amber"


# Strictest first. Tendon and spine numbers follow silbernagel-2007 and thomee-1997; the others are design.
PROFILES: dict[str, PainProfile] = {
    profile.id: profile
    for profile in (
        PainProfile(id="bone", green_to=0, amber_to=0, settles="no-pain"),
        PainProfile(id="shin", green_to=2, amber_to=3, settles="next-morning"),
        PainProfile(id="tendon-compressed", green_to=2, amber_to=3, settles="next-morning"),
        PainProfile(id="muscle", green_to=2, amber_to=3, settles="next-morning"),
        PainProfile(id="joint", green_to=2, amber_to=3, settles="within-the-hour"),
        PainProfile(id="spine", green_to=3, amber_to=5, settles="next-morning"),
        PainProfile(id="tendon", green_to=3, amber_to=5, settles="next-morning"),
    )
}
STRICTNESS = tuple(PROFILES)
JOINT = PROFILES["joint"]


def stricter_profile(first: PainProfile, second: PainProfile) -> PainProfile:
    """The stricter of two profiles; among equals the one that has to settle by the next morning."""
    return min(first, second, key=lambda profile: STRICTNESS.index(profile.id))


def possible_conditions(differential: Differential) -> tuple[str, ...]:
    """Ids of every likely or possible condition, most likely first, each once."""
    found = (c.id for c in differential.conditions if c.verdict in ("likely", "possible"))
    return tuple(dict.fromkeys(found))


def leading_conditions(differential: Differential) -> tuple[str, ...]:
    """Ids of the conditions that share the word of the first one, likely or possible, most likely first."""
    found = [c for c in differential.conditions if c.verdict in ("likely", "possible")]
    return tuple(dict.fromkeys(c.id for c in found if c.verdict == found[0].verdict))


def leading_tissues(library: Library, differential: Differential) -> tuple[str, ...]:
    """The pain profiles of the leading conditions, each once: what the training has to give its time to."""
    known = (library.conditions.get(name) for name in leading_conditions(differential))
    return tuple(dict.fromkeys(one.pain_profile for one in known if one is not None))


def bone_in_question(library: Library, differential: Differential) -> bool:
    """Whether a bone under stress is possible behind a likely condition of something else.

    Then nothing grows in running, but the likely one decides how much pain is all right.
    """
    found = possible_conditions(differential)
    leads = next((c for c in differential.conditions if c.id in found[:1]), None)
    if leads is None or leads.verdict != "likely" or is_bone(library, leads.id):
        return False
    likely = {c.id for c in differential.conditions if c.verdict == "likely"}
    bones = {i for i in found if is_bone(library, i)}
    return bool(bones) and not bones & likely


def bone_flagged(given: Given, library: Library, disposition: Disposition) -> bool:
    """Whether a danger sign that may hold points to a bone under stress where it hurts.

    Then no pain is all right, whatever is likely.
    """
    flags = (library.red_flags[rule.id] for rule in disposition.rules if rule.id in library.red_flags)
    pointed = {name for flag in flags for name in flag.suggests if is_bone(library, name)}
    known = (library.conditions[name] for name in pointed)
    return any(given.sites.intersection((*one.sites, *one.other_sites)) for one in known)


def is_bone(library: Library, condition: str) -> bool:
    """Whether a condition is a bone under stress."""
    return condition in library.conditions and library.conditions[condition].pain_profile == "bone"


def strictest_profile(library: Library, differential: Differential, restricted: bool = False) -> PainProfile:
    """The strictest profile of all likely and possible conditions; see `bone_in_question` for the exception.

    Without any, and always as the upper bound of a restricted plan, it is the joint profile.
    """
    in_question = bone_in_question(library, differential)
    ids = [
        library.conditions[i].pain_profile
        for i in possible_conditions(differential)
        if i in library.conditions and not (in_question and is_bone(library, i))
    ]
    strictest = min((PROFILES[i] for i in ids), key=lambda p: STRICTNESS.index(p.id), default=JOINT)
    return stricter_profile(strictest, JOINT) if restricted else strictest
