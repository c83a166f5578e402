"""The paths from weak area to painful place, and the facts shown with a source, as the articles demand them."""

from __future__ import annotations

from typing import get_args

import pytest

from weaklink.library.reading import KINDS, Library
from weaklink.library.records import PreventionGroup, WeakLink


def paths(library: Library, *areas: str) -> list[WeakLink]:
    return [one for one in library.weak_links.values() if one.area in areas]


def conditions_reached(library: Library, *areas: str) -> set[str]:
    return {condition for one in paths(library, *areas) for condition in one.conditions}


@pytest.mark.statement("S7")
def test_the_article_s_253_runners_are_told_as_the_article_s_with_the_closest_real_study(
    library: Library,
) -> None:
    told = library.facts["article-253-runners"]
    real = library.facts["annual-injury"]

    assert "did not find that exact study" in told.says
    assert {cited.cite: cited.mark for cited in told.sources} == {"article-b": "read", "burke-2023": "read"}
    assert "258" in real.says
    assert "51 of 100" in real.says


@pytest.mark.statement("S10")
def test_stiffness_balance_control_and_load_are_asked_and_can_be_the_answer(library: Library) -> None:
    kinds = {question.kind_of_link for question in library.questions.values()}

    assert kinds >= {"mobility", "stability", "control", "load"}


@pytest.mark.statement("S13")
def test_gluteus_maximus_and_medius_are_two_areas_with_tests_of_their_own(library: Library) -> None:
    def home_tests(area: str) -> set[str]:
        tests = library.clinical_tests.values()
        return {one.id for one in tests if one.areas[:1] == [area] and one.performed_by == "self"}

    assert library.areas["glute-max"].muscles == ["gluteus-maximus"]
    assert "gluteus-maximus" not in library.areas["glute-med"].muscles
    assert home_tests("glute-med")
    assert home_tests("glute-max")


@pytest.mark.statement("S14")
def test_the_outer_knee_is_reached_over_the_small_front_muscle_and_the_band(library: Library) -> None:
    path = library.weak_links["glute-med--knee-lateral"]

    assert path.takes_over[0] == "tensor-fasciae-latae"
    assert "band" in " ".join([*path.chain, *path.takes_over])


@pytest.mark.statement("S15")
def test_the_buttock_is_reached_over_the_piriformis_and_the_back_is_thought_of(library: Library) -> None:
    path = library.weak_links["glute-med--buttock"]
    look_alikes = library.conditions["deep-gluteal-syndrome"].differentials

    assert path.takes_over == ["piriformis"]
    assert "lumbar-radiculopathy" in look_alikes
    assert "buttock" in library.questions["leg-tingling"].sites or not library.questions["leg-tingling"].sites


@pytest.mark.statement("S16")
def test_the_problems_named_for_weak_glutes_are_all_reached(library: Library) -> None:
    assert conditions_reached(library, "glute-med", "glute-max") >= {
        "patellofemoral-pain", "itbs", "plantar-heel-pain", "achilles-mid", "achilles-insertional",
    }  # fmt: skip


@pytest.mark.statement("S19", "S21")
def test_the_back_is_reached_by_lost_control_and_by_the_thigh_turning_in(library: Library) -> None:
    to_back = {one.id: one for one in paths(library, "glute-med") if one.site == "back-lower"}
    carried = {statement for one in to_back.values() for statement in one.statements}

    assert carried >= {"S18", "S19", "S20", "S21"}
    assert all("sadler-2019" in cited_in(one) for one in to_back.values())


def cited_in(path: WeakLink) -> set[str]:
    claims = (path.predicts, path.present, path.helps)
    return {cited.cite for cited in path.sources} | {name for claim in claims for name in claim.sources}


@pytest.mark.statement("S39")
def test_the_tibialis_posterior_is_known_for_both_of_its_jobs(library: Library) -> None:
    muscle = library.muscles["tibialis-posterior"]
    said = f"{muscle.action} {muscle.in_running}"

    assert all(word in said for word in ("heel", "gastrocnemius", "soleus", "ankle", "arch"))
    assert (muscle.uberon, muscle.fma) == ("UBERON:0001667", "FMA:51099")


@pytest.mark.statement("S41")
def test_sprain_hip_weakness_and_weight_are_asked_for_and_speak_for_the_arch_muscle(
    library: Library,
) -> None:
    signs = {sign.finding for sign in library.conditions["tib-post-tendinopathy"].signs}
    sprain = {option.id for option in library.questions["ankle-sprain"].options}

    assert {"under-2-weeks", "recent", "repeated"} <= sprain
    assert "weight-gain" in signs
    assert any(finding.startswith("ankle-sprain=") for finding in signs)
    assert "ankle-medial" in {one.site for one in paths(library, "glute-med")}


@pytest.mark.statement("S48", "S49")
def test_weak_hamstrings_reach_hip_flexors_shins_and_the_glute_tendon(library: Library) -> None:
    assert conditions_reached(library, "hamstrings") >= {"hip-flexor-tendinopathy", "mtss", "gtps"}


@pytest.mark.statement("S51", "S52")
def test_weak_calves_reach_shins_kneecap_and_heel(library: Library) -> None:
    assert conditions_reached(library, "calf-gastroc", "calf-soleus") >= {
        "mtss", "patellofemoral-pain", "plantar-heel-pain",
    }  # fmt: skip


@pytest.mark.statement("S55")
def test_short_breath_is_asked_after_heart_and_lungs(library: Library) -> None:
    question = library.questions["breathing-short"]
    heart = [library.red_flags[name] for name in ("pe", "chest-exertional", "heart-lung")]

    assert question.decides == "finding"
    assert "core-anterior" in question.areas
    assert {flag.asked for flag in heart} == {"always"}


@pytest.mark.statement("S63", "S64", "S66")
def test_the_circuit_covers_seven_groups_two_to_three_times(library: Library) -> None:
    circuit = library.circuits["prevention-circuit"]

    assert set(circuit.groups) == set(get_args(PreventionGroup))
    assert (circuit.rounds, circuit.per_week, circuit.rir) == ((2, 3), (2, 3), 2)
    assert any("sets" in line and "minutes" in line for line in circuit.says)


@pytest.mark.statement("S64")
def test_each_of_the_seven_groups_has_at_least_three_moves(library: Library) -> None:
    for group in get_args(PreventionGroup):
        areas = {area.id for area in library.areas.values() if area.prevention_group == group}
        moves = [one for one in library.exercises.values() if areas.intersection(one.areas[:1])]

        assert len(moves) >= 3, group


@pytest.mark.statement("S68")
def test_every_claim_names_who_says_it_and_how_sure_it_is(library: Library) -> None:
    for path in library.weak_links.values():
        assert cited_in(path), path.id
        assert path.against.strip(), path.id
    for kind in set(KINDS) - {"sources", "screens", "questions", "weak-links", "movements", "postures"}:
        assert [record.id for record in library.of_kind(kind).values() if not record.sources] == []


@pytest.mark.statement("S68")
def test_a_path_that_rests_on_the_articles_alone_claims_nothing_as_read(library: Library) -> None:
    resting = [
        path
        for path in library.weak_links.values()
        if cited_in(path) <= {"article-a", "article-b", "design-decisions", "textbook-memory"}
    ]

    assert resting
    for path in resting:
        assert "read" not in {path.predicts.mark, path.present.mark, path.helps.mark}, path.id


def test_no_muscle_carries_an_invented_identifier(library: Library) -> None:
    blank = {name for name, muscle in library.muscles.items() if not muscle.uberon}

    assert blank == {
        "vastus-intermedius", "multifidus", "obturator-internus", "flexor-digitorum-brevis",
        "extensor-hallucis-longus", "extensor-digitorum-longus",
    }  # fmt: skip
    assert len({muscle.uberon for muscle in library.muscles.values() if muscle.uberon}) == len(
        library.muscles
    ) - len(blank)


def test_areas_without_units_in_the_leg_model_say_so(library: Library) -> None:
    not_simulated = {area.id for area in library.areas.values() if not area.simulated}

    assert not_simulated == {
        "core-anterior", "core-lateral", "core-posterior", "upper-back", "foot-intrinsics",
    }  # fmt: skip
