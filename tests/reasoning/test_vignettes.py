"""Fifteen textbook patterns: the expected condition within the first three, the expected areas flagged."""

from __future__ import annotations

import pytest
from tests.reasoning.runners import LIBRARY, hurting, ranked, sides

from weaklink.case.given import Given, Result
from weaklink.reasoning.triage import triage

EASY = {"night": 0, "rest": 0}
STORIES: dict[str, tuple[Given, str, set[str]]] = {
    "kneecaps after starting to run": (
        hurting(
            ("knee-anterior", "both"),
            age=24,
            sex="female",
            level="novice",
            since_days=56,
            pain={"run": 4, "stairs": 4, "sit": 3, **EASY},
            tests={
                "one-leg-sts-5": sides(15.5, 12.0),
                "step-down-quality": {"none": Result(value=4)},
                "sidelying-hip-abduction-hold-or-reps": sides(14, 22),
                "wall-squat-pain": {"both": Result(pain_at={"deg-45": 3, "deg-60": 5})},
            },
        ),
        "patellofemoral-pain",
        {"quads", "glute-med"},
    ),
    "outer knee at six kilometres": (
        hurting(
            ("knee-lateral", "right"),
            age=33,
            sex="male",
            level="seasoned",
            pain={"run": 6, "walk": 1, "night": 0},
            answers={"downhill-worse": "yes", "pain-pattern": "same-distance"},
            tests={
                "sidelying-hip-abduction-hold-or-reps": sides(12, 20),
                "step-down-quality": {"right": Result(value=3)},
            },
        ),
        "itbs",
        {"glute-med"},
    ),
    "outer hip, cannot lie on it": (
        hurting(
            ("hip-lateral", "left"),
            age=52,
            sex="female",
            since_days=150,
            pain={"run": 4, "stairs": 4},
            answers={"lying-on-side-hurts": "yes", "crossing-legs-hurts": "yes"},
            tests={
                "sl-stance-30s": {"left": Result(value=15, pain=6)},
                "sidelying-hip-abduction-hold-or-reps": {"left": Result(value=8, pain=5)},
            },
        ),
        "gtps",
        {"glute-med"},
    ),
    "four centimetres above the heel": (
        hurting(
            ("achilles-mid", "right"),
            age=45,
            sex="male",
            pain={"run": 3, "morning": 5},
            answers={"pain-pattern": "warms-up"},
            tests={"sl-heel-raise-reps": sides(12, 26), "sl-heel-raise-bent-knee": sides(10, 22)},
        ),
        "achilles-mid",
        {"calf-soleus", "calf-gastroc"},
    ),
    "both inner shins along a strip": (
        hurting(
            ("shin-medial", "both"),
            age=19,
            sex="female",
            level="novice",
            pain={"run": 4, "walk": 0, "night": 0},
            answers={"pain-spread": "strip", "pain-pattern": "warms-up"},
            tests={
                "bone-tap-self-check": {"both": Result(option="strip")},
                "sl-heel-raise-reps": sides(15, 16),
            },
        ),
        "mtss",
        {"calf-soleus", "calf-gastroc"},
    ),
    "heel at the first steps": (
        hurting(
            ("heel-plantar", "right"),
            age=48,
            sex="male",
            since_days=90,
            pain={"run": 3, "morning": 6},
            answers={"first-steps-worst": "yes"},
            tests={"sl-heel-raise-reps": sides(14, 21)},
        ),
        "plantar-heel-pain",
        {"calf-gastroc"},
    ),
    "one sore spot on the shin, missed periods": (
        hurting(
            ("shin-medial", "left"),
            age=21,
            sex="female",
            pain={"run": 7, "walk": 3, "night": 3},
            answers={"bone-focal": "yes", "reds": "yes"},
            tests={"bone-tap-self-check": {"left": Result(option="focal")}},
        ),
        "tibial-bsi",
        set(),
    ),
    "front of the hip, limping at night": (
        hurting(
            ("groin", "right"),
            ("thigh-anterior", "right"),
            age=40,
            sex="female",
            pain={"run": 8, "walk": 4, "night": 4},
            answers={"femoral-neck": "yes"},
        ),
        "femoral-neck-bsi",
        set(),
    ),
    "back, both legs tingling, numb when wiping": (
        hurting(
            ("back-lower", "none"),
            ("leg-whole", "both"),
            age=38,
            sex="male",
            pain={"rest": 6, "night": 6},
            answers={"cauda-equina": "yes"},
        ),
        "cauda-equina",
        set(),
    ),
    "warm swollen calf after a flight": (
        hurting(("calf", "left"), age=36, pain={"walk": 4, "rest": 3}, answers={"dvt": "yes"}),
        "dvt",
        set(),
    ),
    "low back after long sitting": (
        hurting(
            ("back-lower", "none"),
            age=30,
            sex="male",
            since_days=42,
            pain={"run": 3, "sit": 4, "night": 0},
            answers={"long-sitting-work": "yes", "leg-tingling": "no"},
            tests={
                "prone-plank-hold": {"none": Result(value=35)},
                "side-plank-hold": sides(22, 40),
                "bird-dog-quality": {"none": Result(option="fail")},
                "sl-bridge-hold": sides(25, 48),
            },
        ),
        "low-back-pain",
        {"core-anterior", "core-lateral", "core-posterior", "glute-max"},
    ),
    "sit bone in tempo runs": (
        hurting(
            ("ischial", "right"),
            age=44,
            sex="female",
            pain={"run": 4, "sit": 5, "night": 0},
            answers={"hamstring-stretch-hurts": "yes", "hard-seat-hurts": "yes"},
            tests={"sl-hamstring-bridge-reps": sides(11, 24)},
        ),
        "pht",
        {"hamstrings"},
    ),
    "starts running next month": (
        Given(
            age=29,
            sex="female",
            level="planning",
            tests={
                "sl-heel-raise-reps": sides(22, 23),
                "side-plank-hold": sides(40, 42),
                "sidelying-hip-abduction-hold-or-reps": sides(20, 21),
            },
        ),
        "pain-free-prevention",
        set(),
    ),
    "inner ankle, arch flatter, cannot rise": (
        hurting(
            ("ankle-medial", "right"),
            ("arch", "right"),
            age=55,
            sex="female",
            since_days=240,
            pain={"walk": 4, "run": 6},
            answers={"arch-dropping": "right"},
            tests={"heel-raise-inversion-check": {"right": Result(option="unable")}},
        ),
        "tib-post-tendinopathy",
        {"tib-post", "calf-gastroc"},
    ),
    "between the shoulder blades": (
        hurting(
            ("back-upper", "none"),
            ("neck", "none"),
            age=41,
            sex="female",
            pain={"run": 3, "night": 0},
            answers={"hunched-back": "yes", "long-sitting-work": "yes"},
            tests={
                "band-row-reps": {"none": Result(value=9)},
                "prone-y-hold": {"none": Result(value=12)},
            },
        ),
        "upper-back-neck-pain",
        {"upper-back"},
    ),
}


@pytest.mark.parametrize("story", STORIES)
def test_the_expected_condition_is_within_the_first_three(story: str) -> None:
    given, expected, _ = STORIES[story]
    found = ranked(given, triage(given, LIBRARY))

    assert expected in [row.id for row in found.conditions[:3]]


@pytest.mark.parametrize("story", STORIES)
def test_the_expected_areas_are_flagged_and_no_deficit_is_said_where_there_is_none(story: str) -> None:
    given, _, expected = STORIES[story]
    found = ranked(given, triage(given, LIBRARY))
    flagged = {row.area for row in found.hypotheses if row.verdict in ("likely", "possible")}

    assert expected <= flagged
    assert found.no_deficit == (story == "starts running next month")
