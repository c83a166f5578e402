"""The first ten minutes counted: few screens, taps and words, and the story always asked."""

from __future__ import annotations

from tests.cases.transcripts import BEGIN, END, PAGE, TYPICAL, counted, table, typical
from tests.reasoning.truths import LIBRARY
from weaklink.care.screen_shown import screen_shown
from weaklink.case.given import Given, PainPlace
from weaklink.library.wording import shipped_wording
from weaklink.reasoning.interview import Told, next_step
from weaklink.reasoning.urgency import urgency

MOST_SAFETY_WORDS = 300


def test_an_ordinary_kneecap_takes_nine_screens_twenty_four_taps_and_six_hundred_words() -> None:
    kneecap = next(case for case in typical(LIBRARY) if case.name == "v01-kneecap-novice")

    found = counted(kneecap.made)
    print(f"the kneecap: {found}")

    assert found.screens <= 9
    assert found.taps <= 24
    assert found.words <= 600
    assert found.safety_screens <= 3
    assert found.safety_words <= MOST_SAFETY_WORDS


def test_every_typical_case_is_asked_for_its_story_and_ends_as_its_case_file_does() -> None:
    cases = list(typical(LIBRARY))

    assert len(cases) == len(TYPICAL) == 10
    assert {case.name: counted(case.made).story for case in cases} == dict.fromkeys(TYPICAL, 3)
    for case in cases:
        assert counted(case.made).screens <= 9, case.name
        assert urgency(case.made.told, LIBRARY).tier == urgency(case.truth, LIBRARY).tier


def test_the_safety_part_of_any_one_place_is_three_screens_and_three_hundred_words() -> None:
    long = {}
    for site, region in LIBRARY.regions.items():
        place = PainPlace(site, "right" if region.sided else "none")
        told = Told(given=Given(age=35, sex="female", since_days=100, pain_at=(place,)))
        screens, words = safety_of(told)
        assert screens <= 3
        if words > MOST_SAFETY_WORDS:
            long[site] = words

    assert long == {}


def safety_of(told: Told) -> tuple[int, int]:
    """Screens and words of the safety part of somebody for whom nothing is true."""
    screens = words = 0
    answers: dict[str, str] = {}
    assert told.given is not None
    while (step := next_step(told, LIBRARY)) is not None and step.kind == "flags":
        screens, words = screens + 1, words + screen_shown(step, told.given, LIBRARY, shipped_wording()).words
        answers |= dict.fromkeys(step.questions, "no")
        given = Given(age=35, sex="female", since_days=100, pain_at=told.given.pain_at, answers={**answers})
        told = Told(given=given)
    return screens, words


def test_the_table_of_the_ten_cases_is_that_of_today() -> None:
    """`python -m tests.cases.transcripts` writes it anew."""
    assert BEGIN + table(LIBRARY) + END in PAGE.read_text(encoding="utf-8")
