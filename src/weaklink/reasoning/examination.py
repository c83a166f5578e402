"""Examination: the home test that would change the ranking most, or none when enough is known."""

from __future__ import annotations

from weaklink.case.given import Given
from weaklink.case.hypothesis import Differential, NextTest
from weaklink.library.reading import Library
from weaklink.library.records import ALWAYS_THERE, ClinicalTest
from weaklink.quantities import Message
from weaklink.reasoning.gains import expected_gains, outlook
from weaklink.reasoning.guards import true_guards
from weaklink.reasoning.triggers import any_holds

# Bits below which a first test is not worth its minutes; each test done asks for as much again, so that two
# or three tests are the rule. Design.
ENOUGH = 0.02
# A test that may hurt has to settle this many times more than one that does not; twice over for one that is
# meant to find pain. Design.
HURTING = 3.0


def next_test(given: Given, library: Library, differential: Differential) -> NextTest | None:
    """The next home test with its reason; None when no test left is worth doing.

    Of tests that settle about as much, those likely to hurt come last. Knee and foot pain ask for a strength
    test in any case.
    """
    gains = expected_gains(outlook(given, library))
    open_tests = offered(given, library)
    least = ENOUGH * (1 + len(given.tests))
    wanted = [test for test in open_tests if gains.get(test.id, 0.0) >= least]
    first = strength_first(given, library)
    if first:
        wanted = [test for test in open_tests if _tests_strength(test) and gains.get(test.id, 0.0) > 0.0]
    if not wanted:
        return None
    best = min(wanted, key=lambda test: (-_worth(test, gains[test.id], differential), test.id))
    return NextTest(id=best.id, why=_why(best, differential, first), gain=gains[best.id])


def _worth(test: ClinicalTest, gain: float, differential: Differential) -> float:
    return round(gain / HURTING ** discomfort(test, differential), 9)


def offered(given: Given, library: Library) -> tuple[ClinicalTest, ...]:
    """Home tests not done yet that are safe for this runner and need nothing that is not there."""
    guards = true_guards(given, library)
    at_hand = ALWAYS_THERE | given.things
    return tuple(
        test
        for _, test in sorted(library.clinical_tests.items())
        if test.status != "retired"
        and test.performed_by == "self"
        and test.id not in given.tests
        and at_hand.issuperset(test.needs)
        and not any_holds(test.not_when, given, guards)
    )


def strength_first(given: Given, library: Library) -> bool:
    """Whether knee or foot hurts and no strength test has been done yet (S8)."""
    at_knee_or_foot = any(library.regions[site].strength_first for site in given.sites)
    return at_knee_or_foot and not strength_tested(given, library)


def strength_tested(given: Given, library: Library) -> bool:
    """Whether at least one test of strength has been done."""
    done = [library.clinical_tests[key] for key in given.tests if key in library.clinical_tests]
    return any(_tests_strength(test) for test in done)


def _tests_strength(test: ClinicalTest) -> bool:
    return test.kind_of_link == "strength" and bool(test.areas) and test.value != "pain-at-levels"


def discomfort(test: ClinicalTest, differential: Differential) -> int:
    """How much pain is to be expected: 0 none, 1 known to bring out what is near, 2 meant to find pain."""
    near = {row.id for row in differential.conditions if row.verdict in ("likely", "possible")}
    if test.value == "pain-at-levels":
        return 2
    return 1 if any(sign.finding in near for sign in test.finds_pain_of) else 0


def _why(test: ClinicalTest, differential: Differential, first: bool) -> Message:
    if first:
        return Message("examination.next-strength-first", {"test": test.id})
    ranked = [row.area for row in differential.hypotheses if row.kind == "strength"]
    areas = [area for area in ranked if area in test.areas] or test.areas
    if not areas:
        return Message("examination.next-condition", {"test": test.id})
    strongest = bool(ranked) and areas[0] == ranked[0]
    name = "next-area" if strongest else "next-area-also"
    return Message(f"examination.{name}", {"test": test.id, "area": areas[0]})
