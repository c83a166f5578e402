"""What matters clinically in the conditions and the weak links: safety, grades, pathways, plain words."""

import re

import pytest

from weaklink.library.reading import KNOWLEDGE, read_record
from weaklink.library.records import Condition, GradedClaim, WeakLink

CONDITIONS: dict[str, Condition] = {
    path.stem: read_record(path, Condition) for path in sorted((KNOWLEDGE / "conditions").glob("*.toml"))
}
LINKS: dict[str, WeakLink] = {
    path.stem: read_record(path, WeakLink) for path in sorted((KNOWLEDGE / "weak-links").glob("*.toml"))
}


def ids(kind: str) -> set[str]:
    return {path.stem for path in (KNOWLEDGE / kind).glob("*.toml")}


def grades(link: WeakLink) -> str:
    return " ".join(claim.grade for claim in claims(link))


def claims(link: WeakLink) -> tuple[GradedClaim, GradedClaim, GradedClaim]:
    return link.predicts, link.present, link.helps


def carrying(statement: str) -> dict[str, WeakLink]:
    return {key: link for key, link in LINKS.items() if statement in link.statements}


def reached_from(*areas: str) -> set[str]:
    return {condition for link in LINKS.values() if link.area in areas for condition in link.conditions}


def sentences(record: Condition | WeakLink) -> list[str]:
    """Every text of a record, sources included."""
    texts = [source.supports for source in record.sources]
    if isinstance(record, WeakLink):
        return [
            *texts,
            *record.chain,
            *record.takes_over,
            record.against,
            *(one.says for one in claims(record)),
        ]
    told = [record.location, record.behaviour, record.often_called, record.outlook, record.running]
    return [*texts, *told, record.safety_net, *record.treatment, record.name, *record.common_names]


# --- conditions ---------------------------------------------------------------------------------------


def test_there_are_45_conditions() -> None:
    assert len(CONDITIONS) == 45


@pytest.mark.parametrize("key", CONDITIONS)
def test_a_condition_says_what_a_runner_and_a_professional_need(key: str) -> None:
    found = CONDITIONS[key]

    assert found.location
    assert found.behaviour
    assert found.often_called
    assert found.outlook
    assert found.treatment
    assert found.running
    assert found.safety_net
    assert found.sources


@pytest.mark.parametrize("key", CONDITIONS)
def test_a_condition_names_only_conditions_to_tell_it_from_that_exist(key: str) -> None:
    found = set(CONDITIONS[key].differentials)

    assert found <= CONDITIONS.keys() - {key}
    assert found or key == "pain-free-prevention"


@pytest.mark.parametrize("key", sorted(CONDITIONS.keys() - {"pain-free-prevention"}))
def test_a_condition_has_signs_for_and_against(key: str) -> None:
    found = CONDITIONS[key]

    assert found.signs
    assert found.against
    assert not {sign.finding for sign in found.signs} & {sign.finding for sign in found.against}


def test_what_cannot_wait_never_appears_without_its_flag() -> None:
    found = {key for key, one in CONDITIONS.items() if one.tier in ("emergency", "same-day")}

    assert found == {
        "acute-compartment-rhabdo", "achilles-rupture", "cauda-equina", "dvt", "femoral-neck-bsi",
        "knee-acute-structural", "septic-arthritis", "spinal-serious", "sufe-perthes",
    }  # fmt: skip
    assert {CONDITIONS[key].share for key in found} == {"only-with-flag"}


@pytest.mark.parametrize("key", [key for key, one in CONDITIONS.items() if one.share == "only-with-flag"])
def test_a_condition_that_needs_its_flag_has_it_as_a_hallmark(key: str) -> None:
    hallmarks = {sign.finding for sign in CONDITIONS[key].signs if sign.link == "hallmark"}

    assert hallmarks & ids("red-flags")


def test_bone_stress_injuries_allow_no_pain_and_no_running() -> None:
    found = {key for key, one in CONDITIONS.items() if one.pain_profile == "bone"}

    assert found == {"femoral-neck-bsi", "navicular-bsi", "sacral-bsi", "tibial-bsi"}
    assert all(CONDITIONS[key].running.startswith("No running") for key in found)


WAITS = re.compile(r"^(No (?!fast)running|Leave running|Walk rather than run)")


@pytest.mark.parametrize("key", sorted(CONDITIONS))
def test_what_an_advice_on_running_comes_to_is_what_it_says(key: str) -> None:
    record = CONDITIONS[key]

    assert bool(WAITS.match(record.running)) == (record.runs in ("not", "turns")), record.running
    assert record.running.startswith("No increase") == (record.runs == "kept")
    # Turns of walking and running have to be named by what comes before them.
    assert record.runs != "turns" or re.search(r"\b(walk|until)", record.running, re.I)


def test_shin_splints_warn_of_a_bone_stress_injury() -> None:
    found = CONDITIONS["mtss"]

    assert "bone stress injury" in found.safety_net
    assert "tibial-bsi" in found.differentials
    assert found.pain_profile == "shin"


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        (
            "tendon",
            "achilles-insertional achilles-mid patellar-tendinopathy pht plantar-heel-pain tib-post-tendinopathy",
        ),
        ("tendon-compressed", "adductor-related-groin-pain deep-gluteal-syndrome gtps"),
        ("muscle", "calf-strain hamstring-strain inguinal-groin-pain"),
        ("spine", "low-back-pain lumbar-radiculopathy upper-back-neck-pain"),
    ],
)
def test_pain_rules_follow_the_tissue(profile: str, expected: str) -> None:
    found = sorted(key for key, one in CONDITIONS.items() if one.pain_profile == profile)

    assert expected.split() == found


def test_growth_plate_problems_belong_to_their_ages() -> None:
    found = {key: one.needs_age for key, one in CONDITIONS.items() if one.needs_age}

    assert found == {"osgood-schlatter": (10, 17), "sufe-perthes": (8, 16)}


def test_painful_knees_of_children_are_told_from_the_hip() -> None:
    assert "sufe-perthes" in CONDITIONS["patellofemoral-pain"].differentials
    assert "sufe-perthes" in CONDITIONS["osgood-schlatter"].differentials


def test_positional_night_pain_speaks_for_the_outer_hip_tendon() -> None:
    found = {sign.finding for sign in CONDITIONS["gtps"].signs}

    assert {"night-pain-positional", "lying-on-side-hurts"} <= found


@pytest.mark.parametrize(
    ("key", "figure"),
    [
        ("patellofemoral-pain", "LR+ 4.0 (1.8 to 10.3)"),
        ("gtps", "51/66"),
        ("pht", "89 % and 91 %"),
        ("tibial-bsi", "98.2 %"),
        ("mtss", "2.35 (1.58 to 3.50)"),
        ("dvt", "5.6"),
    ],
)
def test_a_published_figure_stands_with_its_source(key: str, figure: str) -> None:
    assert any(figure in source.supports for source in CONDITIONS[key].sources)


def test_every_diagnostic_code_is_well_formed() -> None:
    found = [code for one in CONDITIONS.values() for code in (*one.icd10cm, *one.icd10cm_other)]

    assert all(re.fullmatch(r"[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?", code) for code in found)


def test_signs_use_findings_that_exist() -> None:
    facts = {
        "novice", "age-45-plus", "age-under-18", "female", "male", "long-standing", "recent", "load-spike",
    }  # fmt: skip
    pains = {f"pain-{when}" for when in ("run", "walk", "stairs", "sit", "night", "rest", "morning", "jump")}
    places = {f"site={place}" for place in ids("regions")}
    known = facts | pains | places | ids("questions") | ids("clinical-tests") | ids("red-flags")
    found = {sign.finding for one in CONDITIONS.values() for sign in (*one.signs, *one.against)}

    assert {
        finding for finding in found if finding not in known and finding.split("=")[0] not in known
    } == set()


# --- weak links ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", LINKS)
def test_a_weak_link_points_at_things_that_exist(key: str) -> None:
    found = LINKS[key]
    cited = {source.cite for source in found.sources}

    assert found.area in ids("areas")
    assert found.site in ids("regions") or found.conditions == ["pain-free-prevention"]
    assert set(found.conditions) <= CONDITIONS.keys()
    assert cited <= ids("sources")
    assert {source for claim in claims(found) for source in claim.sources} <= cited
    assert key.startswith(f"{found.area}--")


@pytest.mark.parametrize("key", LINKS)
def test_a_weak_link_says_what_speaks_against_it_and_how_it_works(key: str) -> None:
    assert LINKS[key].against
    assert LINKS[key].chain


@pytest.mark.parametrize(
    "key",
    [key for key, link in LINKS.items() if {one.grade for one in claims(link)} == {"none-known"}],
)
def test_what_nobody_tested_is_called_an_idea(key: str) -> None:
    assert "idea from clinicians, not tested" in LINKS[key].against


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("quads--knee-anterior", "moderate moderate strong"),
        ("glute-med--knee-anterior", "against moderate strong"),
        ("glute-med--knee-lateral", "none-known limited limited"),
        ("glute-med--hip-lateral", "none-known moderate strong"),
        ("calf-soleus--achilles-mid", "limited strong strong"),
        ("calf-gastroc--achilles-mid", "limited strong strong"),
        ("calf-soleus--shin-medial", "none-known limited limited"),
        ("calf-gastroc--shin-medial", "none-known limited limited"),
        ("tib-post--shin-medial", "conflicting conflicting very-low"),
        ("glute-med--shin-medial", "against conflicting none-known"),
        ("tib-post--ankle-medial", "none-known strong moderate"),
        ("glute-med--back-lower", "conflicting limited conflicting"),
        ("tib-post--knee-medial", "none-known none-known none-known"),
        ("tib-post--knee-posterior", "none-known none-known none-known"),
        ("hamstrings--shin-medial", "none-known none-known none-known"),
        ("hamstrings--groin", "none-known none-known none-known"),
        ("hamstrings--hip-lateral", "none-known none-known none-known"),
        ("core-anterior--back-upper", "none-known none-known none-known"),
        ("upper-back--back-upper", "none-known limited moderate"),
        ("upper-back--neck", "none-known limited moderate"),
        ("quads--patellar-tendinopathy", "conflicting moderate moderate"),
        ("hamstrings--thigh-posterior", "conflicting strong strong"),
        ("hamstrings--ischial", "none-known limited limited"),
        ("calf-gastroc--heel-plantar", "none-known limited moderate"),
        ("core-posterior--back-lower", "limited moderate moderate"),
        ("quads--knee-oa", "moderate strong strong"),
        ("glute-med--pain-free-prevention", "very-low none-known limited"),
    ],
)
def test_the_three_grades_of_a_claim_are_kept_apart(key: str, expected: str) -> None:
    assert expected == grades(LINKS[key])


@pytest.mark.parametrize(
    ("key", "claim", "figure"),
    [
        ("quads--knee-anterior", "predicts", "0.69 standard deviations (0.35 to 1.02)"),
        ("quads--knee-anterior", "predicts", "military"),
        ("glute-med--knee-anterior", "predicts", "0.09 to 0.20"),
        ("glute-med--knee-anterior", "predicts", "0.71 standard deviations (0.39 to 1.04)"),
        ("glute-med--knee-lateral", "present", "7.82 against 10.19"),
        ("glute-med--hip-lateral", "helps", "51 of 66"),
        ("glute-med--hip-lateral", "helps", "38 of 65 and waiting 20 of 68 (NNT 2.0)"),
        ("calf-soleus--achilles-mid", "present", "17.3 to 52.3 Nm"),
        ("calf-soleus--achilles-mid", "present", "44 %"),
        ("glute-med--back-lower", "present", "24 studies"),
        ("glute-med--pain-free-prevention", "helps", "0.66, 0.45 to 0.97"),
    ],
)
def test_a_claim_states_its_figure(key: str, claim: str, figure: str) -> None:
    """Beside the sentence, or with the source it comes from where it would only puzzle a runner."""
    found: GradedClaim = getattr(LINKS[key], claim)
    cited = [source.supports for source in LINKS[key].sources if source.cite in found.sources]

    assert any(figure in text for text in (found.says, *cited))
    assert found.mark == "read"


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("S12", "glute-med--knee-lateral"),
        ("S13", "glute-max--knee-anterior"),
        ("S14", "glute-med--knee-lateral glute-med--hip-lateral"),
        ("S15", "glute-med--buttock"),
        ("S17", "glute-med--knee-anterior-knee-cave-in"),
        ("S18", "glute-med--back-lower"),
        ("S19", "glute-med--low-back-pain"),
        ("S20", "glute-med--back-lower-pelvic-drop"),
        ("S21", "glute-med--back-lower-knee-cave-in"),
        ("S30", "quads--knee-anterior"),
        ("S31", "quads--knee-anterior"),
        ("S41", "tib-post--ankle-medial tib-post--ankle-medial-stability glute-med--ankle-medial"),
        ("S42", "tib-post--ankle-medial"),
        ("S43", "tib-post--knee-medial tib-post--knee-posterior"),
        ("S47", "hamstrings--groin"),
        ("S48", "hamstrings--groin hamstrings--shin-medial"),
        ("S49", "hamstrings--hip-lateral"),
        ("S51", "calf-gastroc--shin-medial calf-gastroc--knee-anterior"),
        ("S52", "calf-gastroc--heel-plantar calf-gastroc--arch"),
        ("S55", "core-anterior--back-upper"),
        ("S56", "core-anterior--back-lower"),
        ("S58", "upper-back--back-upper"),
        ("S59", "upper-back--back-upper upper-back--neck"),
    ],
)
def test_a_pathway_of_the_articles_has_its_link(statement: str, expected: str) -> None:
    found = carrying(statement)

    assert set(expected.split()) <= found.keys()
    assert all(link.article for link in found.values())


def test_s16_five_problems_are_reached_from_the_glutes() -> None:
    expected = {
        "patellofemoral-pain", "itbs", "plantar-heel-pain", "achilles-mid", "achilles-insertional",
    }  # fmt: skip
    found = {condition for link in carrying("S16").values() for condition in link.conditions}

    assert expected == found
    assert expected <= reached_from("glute-med")
    assert expected <= reached_from("glute-max")


def test_s14_the_outer_knee_is_reached_through_hip_muscle_and_band() -> None:
    found = LINKS["glute-med--knee-lateral"]

    assert found.chain == [
        "the front hip muscle (TFL) works harder to hold the pelvis",
        "it pulls on the outer band (IT band)",
    ]
    assert "tensor-fasciae-latae" in found.takes_over


def test_s15_the_piriformis_takes_over_from_a_weak_outer_hip() -> None:
    assert LINKS["glute-med--buttock"].takes_over == ["piriformis"]


def test_s18_the_over_statement_about_the_back_is_named() -> None:
    for key in carrying("S20") | carrying("S19") | {"glute-med--back-lower": LINKS["glute-med--back-lower"]}:
        assert "more than the review shows" in LINKS[key].against


def test_s31_the_whole_thigh_is_trained_and_never_the_inner_part_alone() -> None:
    recommending = [
        key
        for key, record in {**CONDITIONS, **LINKS}.items()
        if any("VMO" in text and "not better" not in text for text in sentences(record))
    ]

    assert recommending == []
    assert "not better than training the whole thigh" in LINKS["quads--knee-anterior"].against
    assert not any("vastus-medialis" in link.takes_over for link in LINKS.values())


def test_s31_the_quoted_review_is_not_over_read() -> None:
    assert "did not compare the two" in LINKS["quads--knee-anterior"].against


def test_s55_short_breath_is_tied_to_the_trunk_and_asks_for_the_heart_first() -> None:
    found = LINKS["core-anterior--back-upper"]

    assert found.takes_over == ["diaphragm"]
    assert "asked about first" in found.against


def test_back_of_the_knee_thinks_of_a_clot_before_a_weak_muscle() -> None:
    found = [link for link in LINKS.values() if link.site == "knee-posterior"]

    assert found
    assert all("lots" in link.against for link in found)


def test_not_only_strength_is_claimed() -> None:
    found = {link.kind for link in LINKS.values()}

    assert found == {"strength", "mobility", "stability", "control"}


# --- words --------------------------------------------------------------------------------------------

FORBIDDEN = ("you have", "your diagnosis", "causes", "is causing", "will prevent", "we fix", "!", "oops")


@pytest.mark.parametrize("key", [*CONDITIONS, *LINKS])
def test_no_record_threatens_or_promises(key: str) -> None:
    record = CONDITIONS.get(key) or LINKS[key]
    found = [(word, text) for text in sentences(record) for word in FORBIDDEN if word in text.lower()]

    assert found == []


@pytest.mark.parametrize("key", [*CONDITIONS, *LINKS])
def test_nothing_claims_to_be_reviewed(key: str) -> None:
    record = CONDITIONS.get(key) or LINKS[key]

    assert record.status == "draft"
    assert record.reviewed_by == ""
