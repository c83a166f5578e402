"""The textbook story of a place leads with the right condition; the knowledge and the reasoning together."""

from typing import Any

import pytest

from weaklink.case.disposition import Disposition
from weaklink.case.given import Given, PainPlace
from weaklink.library.reading import shipped_library
from weaklink.reasoning.differential import differential

NOTHING_FIRED = Disposition(tier="self-manage", allows="all")


def ranking(sites: str, pain: dict[str, int] | None = None, answers: str = "", **runner: Any) -> list[str]:
    """Condition ids, most likely first. `answers`: question ids answered yes, or "question=option"."""
    said = {key: value or "yes" for key, _, value in (one.partition("=") for one in answers.split())}
    given = Given(
        age=runner.pop("age", 35),
        pain_at=tuple(PainPlace(site=site, side="right") for site in sites.split()),
        pain=pain or {},  # type: ignore[arg-type]
        answers=dict(said),
        assume_unanswered_no=True,
        **runner,
    )
    return [row.id for row in differential(given, shipped_library(), NOTHING_FIRED).conditions]


@pytest.mark.parametrize(
    ("expected", "sites", "pain", "answers"),
    [
        ("patellofemoral-pain", "knee-anterior", {"stairs": 4, "sit": 3}, "pain-spread=palm"),
        ("patellar-tendinopathy", "knee-anterior", {"jump": 6}, "kneecap-point-pain"),
        ("itbs", "knee-lateral", {"run": 6}, "pain-pattern=same-distance downhill-worse"),
        ("medial-meniscus-tear", "knee-medial", {}, "knee-catching knee-swelling pain-onset=sudden"),
        ("medial-meniscus-tear", "knee-lateral", {}, "knee-catching knee-swelling pain-onset=sudden"),
        ("medial-knee-pain-nonspecific", "knee-medial", {"stairs": 4}, "pain-onset=gradual uphill-worse"),
        ("posterior-knee-pain", "knee-posterior", {"run": 4}, "pain-onset=gradual squatting-hurts"),
        ("gtps", "hip-lateral", {"stairs": 4}, "lying-on-side-hurts"),
        ("fai-hip-oa", "groin", {"sit": 4}, "groin-pinch stiff-hip"),
        ("hip-flexor-tendinopathy", "groin", {"walk": 0}, "lifting-knee-hurts uphill-worse"),
        ("pht", "ischial", {"sit": 5}, "hard-seat-hurts hamstring-stretch-hurts"),
        ("deep-gluteal-syndrome", "buttock", {"sit": 5}, "long-sitting-work crossing-legs-hurts"),
        ("lumbar-radiculopathy", "buttock", {"sit": 5}, "leg-tingling back-bending-hurts"),
        ("lumbar-radiculopathy", "calf", {"sit": 3}, "leg-tingling"),
        ("hamstring-strain", "thigh-posterior", {"walk": 3}, "sprint-onset pain-onset=sudden"),
        ("mtss", "shin-medial", {"walk": 0, "night": 0}, "pain-spread=strip pain-pattern=warms-up"),
        ("tibial-bsi", "shin-medial", {"walk": 3}, "pain-spread=one-finger"),
        ("cecs", "shin-anterior", {"run": 5}, "tight-forces-stop pain-pattern=same-distance"),
        ("calf-strain", "calf", {"walk": 3}, "calf-pop pain-onset=sudden"),
        ("achilles-mid", "achilles-mid", {"morning": 5}, "pain-pattern=warms-up"),
        ("achilles-insertional", "achilles-insertion", {"morning": 4}, "heel-counter-hurts"),
        ("tib-post-tendinopathy", "ankle-medial", {"walk": 4}, "arch-dropping=right"),
        ("plantar-heel-pain", "heel-plantar", {"morning": 6}, "first-steps-worst"),
        ("plantar-heel-pain", "arch", {"morning": 6}, "first-steps-worst"),
        ("low-back-pain", "back-lower", {"sit": 4, "night": 0}, "long-sitting-work leg-tingling=no"),
        ("upper-back-neck-pain", "back-upper", {"run": 3}, "hunched-back long-sitting-work"),
    ],
)
def test_the_textbook_story_leads(expected: str, sites: str, pain: dict[str, int], answers: str) -> None:
    assert ranking(sites, pain, answers)[0] == expected


@pytest.mark.parametrize(
    ("expected", "sites", "answers"),
    [
        ("tibial-bsi", "shin-medial", "bone-focal pain-spread=one-finger"),
        ("femoral-neck-bsi", "groin", "femoral-neck"),
        ("sufe-perthes", "knee-anterior", "child-hip"),
        ("cauda-equina", "back-lower leg-whole", "cauda-equina leg-tingling"),
        ("spinal-serious", "back-lower", "night-rest-pain cancer-history"),
        ("dvt", "calf", "dvt"),
        ("dvt", "knee-posterior", "dvt"),
        ("arterial", "calf", "claudication pain-pattern=same-distance"),
        ("achilles-rupture", "achilles-mid", "tendon-rupture calf-pop pain-onset=sudden"),
        ("septic-arthritis", "knee-anterior", "septic-joint knee-swelling"),
        ("knee-acute-structural", "knee-medial", "locked-knee"),
        ("acute-compartment-rhabdo", "shin-anterior", "acute-compartment"),
        ("navicular-bsi", "midfoot-dorsal", "high-risk-bone pain-spread=one-finger"),
        ("sacral-bsi", "sacrum", "high-risk-bone"),
    ],
)
def test_a_flag_brings_its_condition_to_the_top(expected: str, sites: str, answers: str) -> None:
    age = 12 if expected == "sufe-perthes" else 35

    assert ranking(sites, {"walk": 4}, answers, age=age)[0] == expected


def test_a_growing_runner_with_a_bump_is_not_a_jumpers_knee() -> None:
    found = ranking("knee-anterior", {"jump": 6}, "bend-over-lump kneecap-point-pain", age=13)

    assert found[0] == "osgood-schlatter"


def test_an_adult_is_never_told_of_a_growth_plate() -> None:
    found = ranking("knee-anterior", {"jump": 6}, "bend-over-lump kneecap-point-pain", age=30)

    assert "osgood-schlatter" not in found
    assert "sufe-perthes" not in found


def test_swelling_and_stiffness_at_sixty_speak_for_a_worn_knee() -> None:
    assert (
        ranking("knee-medial", {"stairs": 4, "walk": 3, "morning": 3}, "knee-swelling", age=60)[0]
        == "knee-oa"
    )


@pytest.mark.parametrize("flagged", ["femoral-neck-bsi", "dvt", "cauda-equina", "septic-arthritis"])
def test_without_a_flag_nobody_is_frightened(flagged: str) -> None:
    for sites in ("groin", "calf", "back-lower leg-whole", "knee-anterior"):
        assert flagged not in ranking(sites, {"run": 4})


def test_no_pain_leads_to_prevention() -> None:
    assert ranking("") == ["pain-free-prevention"]
