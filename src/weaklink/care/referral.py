"""The referral: whom to see, how soon, what to tell them, what is safe until then. Never an exercise."""

from __future__ import annotations

from typing import Any

import msgspec

from weaklink.care.follow_up import Following
from weaklink.case.disposition import Disposition, FiredRule
from weaklink.case.given import Given, Result
from weaklink.library.reading import Library
from weaklink.library.records import ClinicalTest, RedFlag
from weaklink.library.wording import Wording, spoken_name
from weaklink.quantities import Tier
from weaklink.reasoning.emergency import emergency_number, named
from weaklink.reasoning.flags import how_soon, what_to_tell, whom_to_see

CAN_WAIT = (Tier.WITHIN_WEEK, Tier.SEE_PROFESSIONAL)


class Said(msgspec.Struct, frozen=True):
    """One line of what to tell: a term and its words."""

    term: str
    says: str


class RuleSaid(msgspec.Struct, frozen=True):
    """What one rule says, and which answers it contradicts, in words; its id is for machines."""

    id: str
    says: str
    contradicts: str


class Referral(msgspec.Struct, frozen=True, kw_only=True):
    """Everything the referral page and the letter need, in words.

    `today_if` are clauses: what cannot wait, where the visit can.
    `until_then` is `meanwhile`, then these as one sentence.
    """

    tier: Tier
    number: str
    leading: str
    see: str
    soon: str
    meanwhile: tuple[str, ...]
    today_if: tuple[str, ...]
    until_then: tuple[str, ...]
    tell: tuple[str, ...]
    history: tuple[Said, ...]
    rules: tuple[RuleSaid, ...]


def referral(given: Given, disposition: Disposition, library: Library, wording: Wording) -> Referral:
    """The referral of a disposition. The most urgent rule leads: whom to see and how soon are its words."""
    number = emergency_number(given.country)
    rules = sorted(disposition.rules, key=lambda rule: rule.tier)
    urgent = [rule for rule in rules if rule.tier == disposition.tier]
    flags = [library.red_flags[rule.id] for rule in urgent if rule.id in library.red_flags]
    meanwhile = tuple(dict.fromkeys(named(line, given.country) for flag in flags for line in flag.meanwhile))
    today_if = _today_if(disposition.tier, flags, wording)
    return Referral(
        tier=disposition.tier,
        number=number,
        leading=wording.say(rules[0].because) if rules else "",
        see=named(_see(rules[0], library, wording), given.country) if rules else "",
        soon=_soon(disposition, rules[:1], library, wording),
        meanwhile=meanwhile,
        today_if=today_if,
        until_then=(*meanwhile, *_today_sentence(today_if, wording)),
        tell=tuple(dict.fromkeys(line for rule in rules for line in what_to_tell(rule, library))),
        history=history(given, library, wording),
        rules=tuple(_rule(rule, library, wording) for rule in rules),
    )


def closing_document(found: Following, library: Library, wording: Wording) -> dict[str, Any]:
    """Whom to see, how soon, and what to tell them, as JSON values, where a plan was closed."""
    made = referral(found.given, found.disposition, library, wording)
    return {
        "tier": made.tier,
        "leading": made.leading,
        "see": [made.see],
        "soon": made.soon,
        "meanwhile": list(made.until_then),
        "tell": list(made.tell),
        "emergency": made.number,
        "rules": [rule.id for rule in made.rules],
    }


def _see(rule: FiredRule, library: Library, wording: Wording) -> str:
    # A condition that raised the tier has no line of its own.
    return whom_to_see(rule, library) or wording.word(f"triage.see-{rule.tier}")


def _soon(disposition: Disposition, leading: list[FiredRule], library: Library, wording: Wording) -> str:
    own = (how_soon(rule, library) for rule in leading)
    return next(own, "") or wording.word(f"referral.soon.{disposition.tier}")


def _today_if(tier: Tier, flags: list[RedFlag], wording: Wording) -> tuple[str, ...]:
    # Where somebody goes today or calls now, it is said already.
    if tier not in CAN_WAIT:
        return ()
    every = (wording.word(f"referral.today.{sign}") for sign in ("fever", "nerve", "weight"))
    return tuple(dict.fromkeys((*(sign for flag in flags for sign in flag.today_if), *every)))


def _today_sentence(signs: tuple[str, ...], wording: Wording) -> tuple[str, ...]:
    return (wording.word("referral.today-if", signs="; ".join(signs)),) if signs else ()


def _rule(rule: FiredRule, library: Library, wording: Wording) -> RuleSaid:
    questions = [library.questions[name].text for name in rule.contradicts if name in library.questions]
    also = f"{wording.word('letter.contradicts')} {'; '.join(questions)}" if questions else ""
    return RuleSaid(rule.id, wording.say(rule.because), also)


def history(given: Given, library: Library, wording: Wording) -> tuple[Said, ...]:
    """What a professional wants to know first, from what was said; no interpretation."""
    word = wording.word
    lines = [
        (word("letter.age"), _person(given, wording)),
        (word("letter.where"), _places(given, library, wording)),
        (
            word("letter.since"),
            _since(given.since_days, wording),
        ),
        (word("letter.changed"), _changed(given, library)),
        (word("letter.pain"), _pain(given, wording)),
        (word("letter.yes"), _answered(given, library, "yes")),
        (word("letter.unsure"), _answered(given, library, "unsure")),
        (word("letter.tests"), _tests(given, library, wording)),
        (word("letter.story"), given.story),
    ]
    return tuple(Said(term, says) for term, says in lines if says)


def _person(given: Given, wording: Wording) -> str:
    sex = "" if given.sex == "not-said" else f", {wording.word(f'word.{given.sex}')}"
    running = (
        "" if given.km_per_week is None else f", {wording.word('letter.km-a-week', km=given.km_per_week)}"
    )
    return f"{wording.word('letter.years', age=given.age)}{sex}{running}"


def _since(days: int | None, wording: Wording) -> str:
    if days is None:
        return ""
    said_as, length = ("weeks", 7) if days >= 14 and days % 7 == 0 else ("days", 1)
    return wording.amount(days // length, said_as)


def _places(given: Given, library: Library, wording: Wording) -> str:
    named = [
        f"{spoken_name(library.regions[place.site])}, {wording.word(f'word.{place.side}')}".rstrip(", ")
        for place in given.pain_at
    ]
    return "; ".join(named)


def _pain(given: Given, wording: Wording) -> str:
    return "; ".join(
        f"{wording.word(f'pain.{name}').lower()} {number}/10" for name, number in given.pain.items()
    )


def _changed(given: Given, library: Library) -> str:
    # The runner saw and ticked the short line only, and it says less than the question does.
    return "; ".join(library.questions[name].tick for name in _said(given, "yes") if _ticked(library, name))


def _answered(given: Given, library: Library, answer: str) -> str:
    ids = [name for name in _said(given, answer) if answer != "yes" or not _ticked(library, name)]
    return " ".join(f"“{library.questions[name].text}”" for name in ids)


def _said(given: Given, answer: str) -> list[str]:
    return [name for name, value in sorted(given.answers.items()) if value == answer]


def _ticked(library: Library, name: str) -> bool:
    return bool(library.questions[name].tick)


def _tests(given: Given, library: Library, wording: Wording) -> str:
    lines = []
    for test_id, results in sorted(given.tests.items()):
        test = library.clinical_tests[test_id]
        for side, result in results.items():
            parts = (test.name, wording.word(f"word.{side}"), result_words(test, result, wording))
            lines.append(" ".join(part for part in parts if part))
    return "; ".join(lines)


def result_words(test: ClinicalTest, result: Result, wording: Wording) -> str:
    """One result in words: the number with its unit or the option, then the pain."""
    word = wording.word
    number = (
        ""
        if result.value is None
        else f"{wording.number(result.value)} {wording.unit(test.unit, result.value)}"
    )
    levels = ", ".join(f"{word(f'level.{level}')} {pain}/10" for level, pain in result.pain_at.items())
    pain = "" if result.pain is None else f"{word('letter.with-pain')} {result.pain}/10"
    said = option_words(test, result, wording) or number
    return " ".join(part for part in (said, levels, pain) if part)


def option_words(test: ClinicalTest, result: Result, wording: Wording) -> str:
    """The option a result chose, in words; empty for a number."""
    texts = {option.id: option.text for option in test.options}
    unable = wording.word("word.unable") if result.option == "unable" else ""
    return texts.get(result.option or "", unable)
