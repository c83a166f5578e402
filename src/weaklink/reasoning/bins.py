"""Bins: the coarse likelihoods of the model, all our own choice; see docs/science/reasoning.md.

The literature is too thin for exact numbers, so a finding is a hallmark, typical or seen sometimes, and a
test is published or provisional. Published ratios of single signs lie between 2 and 5 (cook-2010,
lesho-1997); the bins stay inside that.
"""

from __future__ import annotations

from weaklink.quantities import Grade, Verdict

# Conditions ---------------------------------------------------------------------------------------------
SHARE_PRIOR = {"common": 0.15, "uncommon": 0.05, "rare": 0.01, "only-with-flag": 0.05}
SIGN_LINK = {"hallmark": 0.85, "typical": 0.6, "sometimes": 0.3}
SIGN_LEAK = 0.2  # present 4.4, 3.4, 2.2 times as often with the condition; absent 0.15, 0.4, 0.7
SITE_LINK = {"main": 0.9, "also": 0.7, "other": 0.3}
SITE_LEAK = 0.05  # pain there without any listed condition
FLAG_LINK = 0.85
FLAG_LEAK = 0.05  # a fired red flag weighs more than an ordinary sign

# Weak areas ---------------------------------------------------------------------------------------------
WEAK_PRIOR = 0.2  # the same for every area: that a muscle is linked to a pain does not make it weak
# Even sides without any norm ("even") say little: both may be weak.
TEST_LINK = {"published": 0.85, "provisional": 0.6, "even": 0.3}
TEST_LEAK = {"published": 0.1, "provisional": 0.15, "even": 0.15}
FURTHER_AREA = 0.75  # a test's second and later areas carry this part of its link
SEEN_LINK = 0.4  # a visible sign, self-judged
SEEN_LEAK = 0.2

# Not strength -------------------------------------------------------------------------------------------
FACTOR_PRIOR = 0.2
SAID_LINK = 0.6  # answered yes to the question that asks for it
SAID_LEAK = 0.25
SPIKE_LINK = 0.6
SPIKE_LEAK = 0.3  # frandsen-2025: hazard 1.64 times after a run of 110 to 130 %, so a modest bin
NOVICE_LINK = 0.2
NOVICE_LEAK = 0.25

# Words --------------------------------------------------------------------------------------------------
CONDITION_LIKELY, CONDITION_POSSIBLE = 0.5, 0.08
LIKELY, POSSIBLE, UNLIKELY = 0.55, 0.22, 0.1

# Claims: what a grade is worth in the ranking. Helps counts most because it is what training can change.
GRADE_WORTH: dict[Grade, float] = {
    "strong": 1.0,
    "moderate": 0.8,
    "limited": 0.5,
    "conflicting": 0.3,
    "very-low": 0.2,
    "none-known": 0.1,
    "against": 0.0,
}
CLAIM_SHARES = (3.0, 2.0, 1.0)  # helps, present, predicts
IDEA_ONLY: frozenset[Grade] = frozenset({"none-known", "very-low", "against"})


def word_for_area(belief: float) -> Verdict:
    """The verdict of a weak area or another factor before any cap."""
    if belief >= LIKELY:
        return "likely"
    if belief >= POSSIBLE:
        return "possible"
    return "unlikely" if belief <= UNLIKELY else "cannot-tell"


def word_for_condition(belief: float) -> Verdict:
    """The verdict of a condition before any cap."""
    if belief >= CONDITION_LIKELY:
        return "likely"
    return "possible" if belief >= CONDITION_POSSIBLE else "unlikely"
