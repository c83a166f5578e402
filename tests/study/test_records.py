"""Study files: the shipped ones can be run, wrong ones say which field is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.study.conftest import SMALL
from weaklink.library.reading import Library
from weaklink.study.meaning import described
from weaklink.study.study_file import StudyError, read_study, study_from
from weaklink.study.study_plan import StudyPlan, planned

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = sorted((ROOT / "docs" / "examples" / "studies").glob("*.toml"))
STUB = ROOT / "src" / "weaklink" / "study" / "stub.toml"


@pytest.mark.parametrize("path", [STUB, *EXAMPLES], ids=lambda path: path.stem)
def test_every_shipped_study_can_be_run(path: Path, library: Library) -> None:
    plan = planned(read_study(path), library)

    assert plan.scenarios > 1
    assert all(stated["mark"] == "design" or stated["source"] for stated in described(plan)["distributions"])


def test_the_size_an_example_names_is_its_size(library: Library) -> None:
    for path in EXAMPLES:
        assert f"{planned(read_study(path), library).scenarios:,} scenarios" in path.read_text(
            encoding="utf-8"
        )


@pytest.mark.parametrize(
    ("written", "instead", "said"),
    [
        ('title = "small"', "", "missing required field `title`"),
        ('title = "small"', 'title = ""', "title"),
        ("seed = 7", "seed = -1", r">= 0.*\$\.seed"),
        ("seed = 7", 'seed = "seven"', r"Expected `int`.*\$\.seed"),
        ("chunk = 9", "chunk = 0", r"\$\.chunk"),
        ("chunk = 9", "chunks = 9", "unknown field `chunks`"),
        ("seed = 7", 'seed = 7\nwindow = "swing"', r"'swing'.*\$\.window"),
        ("strengths = [0.5, 0.8]", "strengths = []", r"`strengths` is empty.*\$\.sweep"),
        ("strengths = [0.5, 0.8]", "strengths = [0.5, 0.5]", "`strengths` names something twice"),
        ("strengths = [0.5, 0.8]", "strengths = [0.0]", r"> 0.*\$\.sweep\.strengths"),
        ("strengths = [0.5, 0.8]", "strengths = [2.5]", r"<= 2.*\$\.sweep\.strengths"),
        ("strengths = [0.5, 0.8]", "strengths = [nan]", r"\$\.sweep\.strengths"),
        ('sides = ["right", "left"]', 'sides = ["up"]', r"'up'.*\$\.sweep\.sides"),
        ("people = 3", "people = 0", r"\$\.cohort\.people"),
        ("people = 3", "people = 2000000", r"\$\.cohort\.people"),
        ("sd = 0.08", "sd = -1.0", r"`sd` is -1.*\$\.cohort\.height_m"),
        ("sd = 0.08", "", "missing required field `sd`"),
        ("high = 2.0", "high = 3.0", "`height_m` goes from 1.5 to 3; expected 1 to 2.5"),
        ("value = 1.1", "value = 0.0", "`strength` goes from 0 to 0"),
        ('shape = "uniform"', 'shape = "flat"', "flat"),
        ('[cohort.height_m]\nshape = "normal"', '[cohort.height_cm]\nshape = "normal"', "unknown field `height_cm`"),
        ("low = 19.0\nhigh = 26.0", "low = 19.0\nhigh = 79.0", "gives 43 to 316 kg"),
        ('mark = "design"\nbecause = "a test"', 'because = "a test"', "missing required field `mark`"),
        ('mark = "design"', 'mark = "read"', "`source` is missing"),
        ("low = 3.0\nhigh = 4.5", "low = 3.0\nhigh = 9.0", "`speed_m_s` goes from 3 to 9; expected 2 to 5.5"),
        ("[cohort]", "[cohort", "study: "),
    ],
)  # fmt: skip
def test_a_wrong_study_names_the_field(written: str, instead: str, said: str) -> None:
    assert written in SMALL
    with pytest.raises(StudyError, match=said):
        study_from(SMALL.replace(written, instead))


@pytest.mark.parametrize(
    ("written", "instead", "said"),
    [
        ('motions = ["running", "single-leg-stance"]', 'motions = ["runing"]', 'sweep.motions: no "runing"; nearest: running'),
        ('"gluteus-medius", ', '"gluteus-medus", ', "sweep.weaken: .*Did you mean gluteus-medius"),
        ('"gluteus-medius", ', '"core-anterior", ', "no muscle of the area core-anterior"),
        ('"gluteus-medius", ', "[], ", "an empty list weakens nothing"),
        ('"exponent-3"', '"exponent-4"', 'sweep.variants: no "exponent-4"'),
        ('"exponent-3"', '"all"', '"all" stands alone'),
        ("[cohort.strength]", "[cohort.muscles.solus]", "cohort.muscles: .*Did you mean soleus"),
        ('mark = "design"', 'source = "nobody-1900"\nmark = "read"', 'cohort.height_m.source: no "nobody-1900"'),
        ("low = 3.0\nhigh = 4.5", "low = 2.0\nhigh = 4.5", "cohort, at the ends of what may be drawn, height 1.5 m: .*no flight is left"),
        ("people = 3", "people = 1000000", "24,000,000|48,000,000 scenarios; at most 10,000,000"),
    ],
)  # fmt: skip
def test_an_unknown_name_is_answered_with_the_nearest(
    written: str, instead: str, said: str, library: Library
) -> None:
    assert written in SMALL
    with pytest.raises(StudyError, match=said):
        planned(study_from(SMALL.replace(written, instead, 1)), library)


def test_a_pose_alone_has_no_speed(library: Library) -> None:
    text = SMALL.replace('"running", ', "")
    with pytest.raises(StudyError, match="no motion of the sweep is a stride"):
        planned(study_from(text), library)


def test_mass_is_stated_once() -> None:
    both = SMALL.replace("[cohort.strength]", '[cohort.mass_kg]\nshape = "fixed"\nvalue = 70.0\nmark = "design"\n'
                         'because = "x"\n[cohort.strength]')  # fmt: skip
    with pytest.raises(StudyError, match="not both"):
        study_from(both)


@pytest.mark.parametrize(
    ("content", "said"), [(None, "No such file"), (b"\xff\xfe", "not UTF-8"), (b"#" * 1_100_000, "larger")]
)
def test_a_file_that_cannot_be_read_says_so(content: bytes | None, said: str, tmp_path: Path) -> None:
    path = tmp_path / "study.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(StudyError, match=said):
        read_study(path)


def test_every_result_says_what_it_is_not(plan: StudyPlan) -> None:
    told = described(plan)

    assert any("No injury risk" in line for line in told["shows_not"])
    assert [pack["licence"] for pack in told["load_packs"] if pack["sources"] and pack["limits"]]
    assert {stated["quantity"] for stated in told["distributions"]} == {
        "height_m", "body_mass_index_kg_m2", "speed_m_s", "strength", "muscle_strength",
    }  # fmt: skip
