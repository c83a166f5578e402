"""Flags, guards and conditions as rules, said value by value on a small knowledge made for it."""

from __future__ import annotations

import datetime
from typing import Any

import msgspec
import pytest
from tests.reasoning.safety_strategies import LIBRARY

from weaklink.case.disposition import Disposition, FiredRule
from weaklink.case.given import Given, PainPlace, Result
from weaklink.case.hypothesis import Differential, RankedCondition
from weaklink.library.reading import Library
from weaklink.library.records import Cited, Guard, Lesser, Question, RedFlag, Trigger, Upgrade
from weaklink.quantities import Allows, Message, Tier
from weaklink.reasoning.flags import fired_flag, is_relevant, what_to_tell, whom_to_see
from weaklink.reasoning.suspicion import Suspicions
from weaklink.reasoning.triage import detail_is_open, raised, triage, unasked
from weaklink.reasoning.triggers import holds

RECORD: dict[str, Any] = {"status": "draft", "last_checked": datetime.date(2026, 11, 20)}
CITED = [
    Cited(cite="piva-2009", supports=".", mark="read"),
    Cited(cite="neal-2019", supports=".", mark="read"),
]
CITES = ("piva-2009", "neal-2019")
NONE: frozenset[str] = frozenset()
GUARDED = frozenset({"pregnant"})
ONLY_GUARDED = [Trigger(guards=["pregnant"])]


def flag(name: str = "swollen-calf", **parts: Any) -> RedFlag:
    whole = {"tier": Tier.WITHIN_WEEK, "allows": Allows.NOTHING, "asked": "always", "because": ".", "see": "A doctor.",
             "tell": ["What swelled."], "sources": CITED}  # fmt: skip
    return RedFlag(id=name, **{**RECORD, **whole, **parts})


def guard(name: str = "pregnant", **parts: Any) -> Guard:
    whole = {
        "name": name,
        "true_when": [Trigger(answers={name: ["yes"]})],
        "because": ".",
        "effect": ["."],
        "sources": CITED,
    }
    return Guard(id=name, **{**RECORD, **whole, **parts})


def question(name: str, **parts: Any) -> Question:
    return Question(id=name, **{**RECORD, "kind": "yes-no", "text": "?", "decides": "detail", **parts})


def knowledge(*records: RedFlag | Guard | Question) -> Library:
    def of(kind: type) -> dict[str, Any]:
        return {one.id: one for one in records if isinstance(one, kind)}

    return msgspec.structs.replace(LIBRARY, red_flags=of(RedFlag), guards=of(Guard), questions=of(Question))


def runner(**answers: str) -> Given:
    named = {name.replace("_", "-"): said for name, said in answers.items()}
    return Given(age=30, pain_at=(PainPlace("calf", "right"),), answers=named)


# --- relevant ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parts", "guards", "expected"),
    [
        ({}, NONE, True),
        ({"status": "retired"}, NONE, False),
        ({"asked": "never"}, NONE, False),
        ({"asked": "never", "sites": ["calf"]}, NONE, False),
        ({"asked": "sites", "sites": ["calf"]}, NONE, True),
        ({"asked": "sites", "sites": ["ischial"]}, NONE, False),
        ({"when": [Trigger(age_min=31)]}, NONE, False),
        ({"when": ONLY_GUARDED}, NONE, False),
        ({"when": ONLY_GUARDED}, GUARDED, True),
    ],
)
def test_which_flags_are_asked(parts: dict[str, Any], guards: frozenset[str], expected: bool) -> None:
    assert is_relevant(flag(**parts), runner(), guards) == expected


# --- fired -------------------------------------------------------------------------------------------------


def fired(said: str | None, guards: frozenset[str] = NONE, **parts: Any) -> FiredRule | None:
    return fired_flag(flag(**parts), runner(**({"swollen_calf": said} if said else {})), guards)


@pytest.mark.parametrize(
    ("said", "triggers", "guards", "name"),
    [
        ("yes", [], NONE, "flag"),
        ("unsure", [], NONE, "unsure"),
        ("no", [], NONE, None),
        (None, [], NONE, None),
        (None, [Trigger()], NONE, "noticed"),
        ("no", [Trigger()], NONE, "contradiction"),
        ("unsure", [Trigger()], NONE, "noticed"),
        ("yes", [Trigger()], NONE, "flag"),
        (None, ONLY_GUARDED, NONE, None),
        (None, ONLY_GUARDED, GUARDED, "noticed"),
    ],
)
def test_why_a_flag_fired(
    said: str | None, triggers: list[Trigger], guards: frozenset[str], name: str | None
) -> None:
    found = fired(said, guards, triggers=triggers)

    if name is None:
        assert found is None
        return
    assert found is not None
    assert (found.id, found.because) == (
        "swollen-calf",
        Message(f"triage.{name}", {"flag": "swollen-calf"}, CITES),
    )
    assert found.contradicts == (("swollen-calf",) if said == "no" else ())


def test_the_most_urgent_upgrade_that_holds_counts_with_the_guards() -> None:
    sooner = [
        Upgrade(tier=Tier.SAME_DAY, allows=None, see="Today.", when=ONLY_GUARDED),
        Upgrade(tier=Tier.SEE_PROFESSIONAL, allows=Allows.ALL, see="Some day.", when=[Trigger()]),
    ]
    plain, guarded = fired("yes", upgrades=sooner), fired("yes", GUARDED, upgrades=sooner)

    assert plain is not None
    assert guarded is not None
    assert (plain.tier, plain.allows) == (Tier.WITHIN_WEEK, Allows.NOTHING)
    assert (guarded.tier, guarded.allows) == (Tier.SAME_DAY, Allows.NOTHING)


@pytest.mark.parametrize(
    ("tier", "allows", "found"),
    [
        (Tier.EMERGENCY, Allows.NOTHING, (Tier.EMERGENCY, Allows.NOTHING)),
        (Tier.SAME_DAY, Allows.NOTHING, (Tier.SAME_DAY, Allows.NOTHING)),
        (Tier.WITHIN_WEEK, Allows.NOTHING, (Tier.SEE_PROFESSIONAL, Allows.NO_IMPACT)),
        (Tier.SEE_PROFESSIONAL, Allows.ALL, (Tier.SEE_PROFESSIONAL, Allows.RESTRICTED)),
        (Tier.SEE_PROFESSIONAL, Allows.NOTHING, (Tier.SEE_PROFESSIONAL, Allows.NOTHING)),
    ],
)
def test_not_being_sure(tier: Tier, allows: Allows, found: tuple[Tier, Allows]) -> None:
    rule = fired("unsure", tier=tier, allows=allows)

    assert rule is not None
    assert (rule.tier, rule.allows) == found


def test_an_answer_that_speaks_against_it_is_named_whatever_signs_it_holds() -> None:
    one = flag(contradicted_by=["walks=yes=often", "sleeps=no"])
    given = runner(swollen_calf="yes", walks="yes=often", sleeps="yes")
    rule = fired_flag(one, given, NONE)

    assert rule is not None
    assert rule.contradicts == ("walks",)


def test_what_to_tell_is_the_flags_own() -> None:
    rule = FiredRule(id="swollen-calf", tier=Tier.WITHIN_WEEK, allows=Allows.NOTHING, because=Message("x"))

    assert what_to_tell(rule, knowledge(flag())) == ("What swelled.",)


# --- triage ------------------------------------------------------------------------------------------------


def test_guards_reach_the_flags_and_their_rules_say_why() -> None:
    urgent = guard(tier=Tier.SEE_PROFESSIONAL, allows=Allows.NO_IMPACT, see="A midwife.", tell=["."])
    found = triage(runner(pregnant="yes"), knowledge(urgent, flag(triggers=ONLY_GUARDED, asked="never")))

    assert [rule.id for rule in found.rules] == ["swollen-calf", "pregnant"]
    assert found.rules[1] == FiredRule(
        id="pregnant", tier=Tier.SEE_PROFESSIONAL, allows=Allows.NO_IMPACT,
        because=Message("triage.guard", {"guard": "pregnant"}, CITES),
    )  # fmt: skip
    assert (found.tier, found.allows, found.guards) == (Tier.WITHIN_WEEK, Allows.NOTHING, ("pregnant",))


def test_what_still_has_to_be_asked_hangs_on_the_guards() -> None:
    here = knowledge(
        guard(needs_answers=["weeks"]), flag(when=ONLY_GUARDED), flag("fever"),
        question("worse-lying", detail_of="fever", when=ONLY_GUARDED),
        question("of-nothing", detail_of="gone"), question("weeks", decides="guard", detail_of="fever"),
    )  # fmt: skip

    assert triage(runner(), here).unasked == ("fever",)
    assert triage(runner(pregnant="yes"), here).unasked == ("fever", "swollen-calf", "weeks", "worse-lying")
    assert unasked(runner(), here, GUARDED) == ("fever", "swollen-calf", "weeks", "worse-lying")
    assert unasked(msgspec.structs.replace(runner(), assume_unanswered_no=True), here, GUARDED) == ()


def test_when_a_detail_is_open() -> None:
    detail = question("worse-lying", detail_of="fever", when=ONLY_GUARDED)

    assert detail_is_open(detail, runner(), GUARDED)
    assert not detail_is_open(detail, runner(), NONE)
    assert not detail_is_open(detail, runner(worse_lying="no"), GUARDED)
    assert not detail_is_open(msgspec.structs.replace(detail, status="retired"), runner(), GUARDED)
    assert not detail_is_open(msgspec.structs.replace(detail, decides="finding"), runner(), GUARDED)


# --- conditions --------------------------------------------------------------------------------------------


def ranked(*rows: tuple[str, Any, float]) -> Suspicions:
    found = tuple(
        RankedCondition(id=name, side="right", verdict=verdict, belief=belief)
        for name, verdict, belief in rows
    )
    same = Differential(hypotheses=(), conditions=found)
    return Suspicions(same, same, frozenset(LIBRARY.conditions))


BEFORE = Disposition(
    tier=Tier.SELF_MANAGE, allows=Allows.ALL, unasked=("fever",), guards=("minor", "pregnant"),
    rules=(FiredRule(id="swollen-calf", tier=Tier.SELF_MANAGE, allows=Allows.ALL, because=Message("x")),),
)  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "said", "tier", "allows"),
    [
        ([("tibial-bsi", "likely", 0.8)], "triage.condition", Tier.WITHIN_WEEK, Allows.NOTHING),
        (
            [("tibial-bsi", "possible", 0.4)],
            "triage.condition-suspected",
            Tier.SEE_PROFESSIONAL,
            Allows.NO_IMPACT,
        ),
    ],
)
def test_a_condition_raises_with_its_reason_and_keeps_the_rest(
    rows: Any, said: str, tier: Tier, allows: Allows
) -> None:
    found = raised(BEFORE, ranked(*rows), LIBRARY)
    cites = tuple(one.cite for one in LIBRARY.conditions["tibial-bsi"].sources)
    rule = FiredRule(
        id="tibial-bsi", tier=tier, allows=allows, because=Message(said, {"condition": "tibial-bsi"}, cites)
    )

    assert cites
    assert found == Disposition(
        tier=tier,
        allows=allows,
        rules=(rule, *BEFORE.rules),
        unasked=("fever",),
        guards=("minor", "pregnant"),
    )


def test_a_condition_that_only_allows_less_raises_too() -> None:
    before = msgspec.structs.replace(BEFORE, tier=Tier.SEE_PROFESSIONAL, allows=Allows.RESTRICTED)
    suspected = raised(before, ranked(("tibial-bsi", "possible", 0.4)), LIBRARY)

    assert (suspected.tier, suspected.allows) == (Tier.SEE_PROFESSIONAL, Allows.NO_IMPACT)


def test_a_condition_no_stricter_than_what_is_decided_adds_no_rule() -> None:
    before = msgspec.structs.replace(BEFORE, tier=Tier.WITHIN_WEEK, allows=Allows.NOTHING)

    assert raised(before, ranked(("tibial-bsi", "likely", 0.8)), LIBRARY) == before


def test_only_the_first_two_are_looked_at_for_what_is_suspected() -> None:
    third = ranked(
        ("mtss", "likely", 0.8), ("patellofemoral-pain", "likely", 0.7), ("tibial-bsi", "likely", 0.6)
    )

    assert raised(BEFORE, third, LIBRARY) == BEFORE


# --- triggers at their limits ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("trigger", "expected"),
    [
        (Trigger(side_differences={"side-plank-hold": 25}), True),
        (Trigger(side_differences={"side-plank-hold": 26}), False),
        (Trigger(age_max=30), True),
        (Trigger(age_max=29), False),
        (Trigger(since_days_max=0), True),
        (Trigger(since_days_min=1), False),
    ],
)
def test_limits_that_are_met_exactly(trigger: Trigger, expected: bool) -> None:
    sides = {"right": Result(value=1), "left": Result(value=0.75)}
    given = Given(age=30, since_days=0, tests={"side-plank-hold": sides})  # type: ignore[dict-item]

    assert holds(trigger, given) == expected


# --- less urgent -------------------------------------------------------------------------------------------

SOFT = Lesser(
    tier=Tier.SEE_PROFESSIONAL,
    allows=Allows.RESTRICTED,
    see="A physiotherapist.",
    when=[Trigger(answers={"spot": ["tendon"]})],
    unless=[Trigger(pain={"walk": 2}), Trigger(answers={"thin-bones": ["yes", "unsure"]})],
)


def softened(said: str, *, walk: int = 0, **parts: Any) -> tuple[Tier, Allows] | None:
    answers = {"swollen-calf": said, "spot": "tendon", **parts.pop("answers", {})}
    given = Given(age=30, pain_at=(PainPlace("calf", "right"),), answers=answers, pain={"walk": walk})
    found = fired_flag(flag(lesser=[SOFT], **parts), given, NONE)
    return None if found is None else (found.tier, found.allows)


SOFTER = (Tier.SEE_PROFESSIONAL, Allows.RESTRICTED)
AS_EVER = (Tier.WITHIN_WEEK, Allows.NOTHING)


@pytest.mark.parametrize("said", ["yes", "unsure"])
def test_a_reassuring_detail_makes_a_flag_less_urgent(said: str) -> None:
    assert softened(said) == SOFTER


@pytest.mark.parametrize(
    "parts",
    [
        {"walk": 2},
        {"answers": {"thin-bones": "yes"}},
        {"answers": {"thin-bones": "unsure"}},
        {"answers": {"spot": "unsure"}},
        {"triggers": [Trigger()]},
        {"upgrades": [Upgrade(tier=Tier.WITHIN_WEEK, when=[Trigger()])]},
    ],
)
def test_nothing_softens_a_flag_against_a_pain_a_danger_a_trigger_or_an_upgrade(
    parts: dict[str, Any],
) -> None:
    assert softened("yes", **parts) == AS_EVER


def test_the_strictest_upgrade_wins_over_what_softens() -> None:
    sooner = [Upgrade(tier=Tier.SAME_DAY, see="Today.", when=[Trigger()])]

    assert softened("yes", upgrades=sooner) == (Tier.SAME_DAY, Allows.NOTHING)


def test_who_is_to_be_seen_follows_what_softens() -> None:
    softer = flag(lesser=[SOFT])
    library = knowledge(softer)
    rules = {
        tier: FiredRule(id=softer.id, tier=tier, allows=Allows.NOTHING, because=Message("x")) for tier in Tier
    }

    assert whom_to_see(rules[Tier.SEE_PROFESSIONAL], library) == "A physiotherapist."
    assert whom_to_see(rules[Tier.WITHIN_WEEK], library) == "A doctor."
    assert whom_to_see(rules[Tier.SAME_DAY], library) == ""  # its own line would name another time


def test_a_detail_that_only_softens_need_not_be_answered() -> None:
    softer = flag(lesser=[SOFT])
    details = [question(name, detail_of=softer.id, when=[Trigger()]) for name in ("spot", "other")]

    assert unasked(runner(swollen_calf="yes"), knowledge(softer, *details), NONE) == ("other",)
