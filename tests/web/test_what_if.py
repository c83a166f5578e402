"""What if: the browser's solver and words against Python's, the page without scripts, where it begins, what it keeps."""

from __future__ import annotations

import gzip
import json
import random
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.web.states import STATES
from tests.web.visitor import Visitor, at_home
from weaklink.body.muscles import UNITS
from weaklink.body.names import LEGS, Leg
from weaklink.library.reading import Library, shipped_library
from weaklink.library.wording import shipped_wording
from weaklink.mechanics.redistribution import Redistribution, redistribution
from weaklink.web.figures.browser_pack import browser_pack
from weaklink.web.figures.runner_pack import TEMPLATE, OwnStep, packed, runner_pack
from weaklink.web.what_if.what_if_words import Speaker, vocabulary
from weaklink.web.words.muscle_groups import (
    FULL,
    LEAST,
    areas_without_muscles,
    muscle_groups,
    strengths,
    weaknesses,
)

NODE = shutil.which("node")
SCRIPTS = Path(__file__).resolve().parents[2] / "src" / "weaklink" / "web" / "static" / "what_if"
RUNNER = Path(__file__).parent / "what_if_runner.mjs"
STEPS = {
    "template": TEMPLATE,
    "own": OwnStep(mass_kg=58.3, height_m=1.633, speed_m_s=2.9, cadence_spm=171),
}
SAME = 1e-6


@pytest.fixture(scope="module")
def library() -> Library:
    return shipped_library()


@pytest.fixture(scope="module")
def speaker(library: Library) -> Speaker:
    return Speaker(shipped_wording("en"), library, muscle_groups(library))


@pytest.fixture
def visitor(tmp_path: Path) -> Iterator[Visitor]:
    with at_home(tmp_path) as made:
        yield made


def sliders(seed: int, library: Library, count: int = 8) -> list[tuple[Leg, dict[str, int]]]:
    """Random settings of the sliders, the one group of the article and all groups at the least among them."""
    chance = random.Random(seed)
    groups = [group.id for group in muscle_groups(library)]
    found: list[tuple[Leg, dict[str, int]]] = [
        ("right", {"glute-med": 60}),
        ("left", dict.fromkeys(groups, 50)),
    ]
    for _ in range(count):
        some = chance.sample(groups, chance.randint(1, 4))
        found.append((chance.choice(LEGS), {name: chance.randrange(LEAST, FULL, 5) for name in some}))
    return found


def in_python(step: OwnStep, side: Leg, percents: dict[str, int], library: Library) -> Redistribution:
    shares = strengths(muscle_groups(library), percents)
    (leg,) = redistribution(runner_pack(step), weaknesses(shares, side))
    return leg


def in_node(
    folder: Path, step: OwnStep, settings: list[tuple[Leg, dict[str, int]]], library: Library
) -> list[dict[str, Any]]:
    """What the browser's modules answer and say."""
    (folder / "pack.bin").write_bytes(gzip.decompress(packed(step)))
    asked = {
        "cases": [{"side": side, "percents": percents} for side, percents in settings],
        "vocabulary": vocabulary(shipped_wording("en"), library, muscle_groups(library)),
    }
    (folder / "asked.json").write_text(json.dumps(asked), encoding="utf-8")
    command = [str(NODE), str(RUNNER), str(SCRIPTS), str(folder / "pack.bin"), str(folder / "asked.json")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    answers: list[dict[str, Any]] = json.loads(done.stdout)
    return answers


@pytest.mark.slow
@pytest.mark.parametrize("step", STEPS)
def test_the_browser_gives_the_numbers_and_words_of_python(
    tmp_path: Path, library: Library, speaker: Speaker, step: str
) -> None:
    if NODE is None:
        pytest.skip("node is not installed: the browser's solver is NOT TESTED here")
    settings = sliders(3, library)
    found = in_node(tmp_path, STEPS[step], settings, library)
    for (side, percents), (answer, words) in zip(settings, found, strict=True):
        expected = in_python(STEPS[step], side, percents, library)
        said = speaker.answer(side, percents, expected)

        assert worst(expected, answer) <= SAME, percents
        assert [(one.claim, one.holds, one.unsure) for one in expected.claims] == [
            (one["id"], one["holds"], one["unsure"]) for one in answer["claims"]
        ]
        assert [one.coordinate for one in expected.shortfalls] == [
            one["coordinate"] for one in answer["shortfalls"]
        ]
        assert answer["residual"] <= SAME
        assert (said.title, said.sentence, said.short) == (words["title"], words["sentence"], words["short"])
        assert msgspec.to_builtins(list(said.claims)) == words["claims"]
        assert said.lit == pytest.approx(words["lit"], abs=0.002)
        for rows, shown in ((said.takes_over, "takesOver"), (said.structures, "structures")):
            theirs = {row["id"]: (row["says"], row["shown"], row["bar"]) for row in words[shown]}
            assert {row.id: (row.says, row.shown, row.bar) for row in rows} == theirs


def worst(expected: Redistribution, answer: dict[str, Any]) -> float:
    """The largest difference of any number with its range, relative above one."""
    theirs = {one["id"]: one for one in answer["muscles"] + answer["structures"]}
    differences = [0.0]
    for ours in expected.muscles + expected.structures:
        for name in ("change", "low", "high"):
            mine, other = getattr(ours, name), theirs[ours.id][name]
            assert (mine is None) == (other is None), (ours.id, name)
            if mine is not None:
                differences.append(abs(mine - other) / (1 + abs(mine)))
    return max(differences)


def test_nothing_weak_is_said_as_such(speaker: Speaker) -> None:
    expected = speaker.answer("left", {}, None)

    assert expected.sentence == "Every muscle has its full strength, so nothing changes."
    assert not any(row.shown for row in expected.takes_over)
    assert {row.says for row in expected.structures} == {"about as much as before"}
    assert not expected.lit


def test_the_pack_is_small_and_holds_one_leg_when_both_are_equal() -> None:
    sent = packed(TEMPLATE)
    pack = runner_pack(TEMPLATE)

    assert len(sent) <= 150_000
    header = json.loads(gzip.decompress(sent)[4:].split(b'"arrays"')[0].rstrip(b",") + b"}")
    assert header["legs"] == {"right": 0, "left": 0}
    assert len(gzip.decompress(sent)) == len(browser_pack(pack))


def test_legs_that_differ_are_both_sent() -> None:
    import msgspec

    pack = runner_pack(TEMPLATE)
    stronger = msgspec.structs.replace(pack.left, most_force=pack.left.most_force * 1.1)
    both = msgspec.structs.replace(pack, left=stronger)

    assert len(browser_pack(both)) > 1.8 * len(browser_pack(pack))


def test_every_group_of_the_leg_model_has_a_slider_and_the_others_are_named(library: Library) -> None:
    groups = {group.id: group.muscles for group in muscle_groups(library)}
    simulated = {area.id for area in library.areas.values() if area.simulated}

    assert set(groups) == simulated
    assert all(muscle in UNITS for muscles in groups.values() for muscle in muscles)
    assert len(areas_without_muscles(library)) == len(library.areas) - len(simulated)
    # The helper inside the side of the hip keeps its strength, so that it can be seen to take over.
    assert groups["glute-med"] == ("gluteus-medius",)
    assert groups["tib-post"] == ("tibialis-posterior",)
    assert len(groups["quads"]) == 4


def test_a_muscle_of_two_groups_keeps_the_weaker_of_both(library: Library) -> None:
    shares = strengths(muscle_groups(library), {"quads": 60, "hip-flexors": 80})

    assert shares["rectus-femoris"] == 0.6
    assert shares["psoas-major"] == 0.8


# Words.


def test_a_range_is_never_said_as_a_point(speaker: Speaker) -> None:
    assert speaker.change("muscle", 0.4, 1.3) == "about 1.4 to 2.3 times as hard"
    assert speaker.change("muscle", 0.08, 0.13) == "8 to 13 % harder"
    assert speaker.change("structure", -0.12, -0.05) == "5 to 12 % less"
    assert speaker.change("muscle", -0.02, 0.3) == "2 % less to 30 % harder"
    assert speaker.change("structure", -0.04, 0.04) == "about as much as before"
    assert speaker.change("muscle", None, None) == "hardly works here"


def test_the_sentence_carries_side_share_range_and_model(library: Library, speaker: Speaker) -> None:
    percents = {"glute-med": 60}
    said = speaker.answer("left", percents, in_python(TEMPLATE, "left", percents, library))

    assert said.title == "What if the side of the hip were weaker?"
    assert "on your left the side of the hip had 60 % of its strength" in said.sentence
    assert "kept running in exactly the same way" in said.sentence
    assert "a standard muscle model says" in said.sentence
    assert re.search(r"tensor fasciae latae\) would work (about )?[\d.]+ to [\d.]+", said.sentence)
    assert said.models == "Range over 6 of 6 versions of the model."


@pytest.mark.statement("S51")
def test_the_calf_and_the_shin_are_told_apart_from_the_article(library: Library, speaker: Speaker) -> None:
    percents = {"calf-gastroc": 70, "calf-soleus": 70}
    said = speaker.answer("right", percents, in_python(TEMPLATE, "right", percents, library))
    lines = {line.id: line.says for line in said.claims}

    assert lines["calf-to-shin"].startswith("Rather the opposite, in this model:")
    assert "Sharing the load does not explain it." in lines["calf-to-shin"]


@pytest.mark.statement("S30")
def test_the_front_of_the_thigh_and_the_kneecap_are_told_apart_too(
    library: Library, speaker: Speaker
) -> None:
    percents = {"quads": 50}
    said = speaker.answer("right", percents, in_python(TEMPLATE, "right", percents, library))
    (line,) = (line.says for line in said.claims if line.id == "quadriceps-to-kneecap")

    assert re.match(r"(Hardly|Rather the opposite), in this model:", line)


def test_a_claim_about_more_than_what_is_weak_says_what_is_missing(
    library: Library, speaker: Speaker
) -> None:
    percents = {"calf-gastroc": 60}
    said = speaker.answer("right", percents, in_python(TEMPLATE, "right", percents, library))

    assert {line.says for line in said.claims} == {
        "To see what this model says, lower the deep calf as well."
    }


def test_a_joint_that_cannot_be_carried_is_said_first(library: Library, speaker: Speaker) -> None:
    percents = {"glute-med": 20}
    said = speaker.answer("right", percents, in_python(TEMPLATE, "right", percents, library))

    assert "the muscles could no longer carry this step" in said.sentence
    assert "turning the hip" in said.sentence
    assert "A real runner would move in another way." in said.short


# The page.


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_an_open_page_begins_with_the_gluteus_medius(visitor: Visitor) -> None:
    html = visitor.get("/what-if").text

    assert re.search(r'id="strength-glute-med"[^>]*value="60"', html)
    assert "What if the side of the hip were weaker?" in html
    for line in ("Real runners also change how they move.", "not a diagnosis", "Nobody knows which version"):
        assert line in text_of(html)


def test_a_result_brings_its_own_weak_link_and_side_without_saying_so_in_the_address(
    visitor: Visitor,
) -> None:
    STATES["planned"](visitor)
    assert 'href="/what-if"' in visitor.get("/result").text

    html = visitor.get("/what-if").text

    assert re.search(r'id="strength-quads"[^>]*value="60"', html)
    assert re.search(r'value="right" checked', html)
    assert "because your result names it" in html


def test_who_is_referred_sees_no_what_if(visitor: Visitor) -> None:
    STATES["referred"](visitor)

    for response in (visitor.get("/what-if"), visitor.post("/what-if", side="left")):
        assert response.status_code == 303
        assert response.headers["location"] == "/referral"


def test_the_form_answers_without_scripts(visitor: Visitor, library: Library) -> None:
    percents = {"glute-med": 60, "calf-soleus": 80}
    fields = {"side": "left", **{f"strength.{name}": value for name, value in percents.items()}}
    html = visitor.send("/what-if", fields).text
    expected = in_python(TEMPLATE, "left", percents, library)

    shown = dict(re.findall(r'data-row="([^"]+)"[^>]*data-low="([^"]*)"', html))
    for change in expected.muscles + expected.structures:
        assert shown[change.id] == ("" if change.low is None else str(change.low))
    assert re.search(r'id="strength-calf-soleus"[^>]*value="80"', html)
    assert 'class="part is-weak" data-of="gluteus-medius gluteus-minimus"' in html


@pytest.mark.parametrize(
    "fields",
    [{"side": "both"}, {"strength.quads": "0"}, {"strength.quads": "101"}, {"strength.quads": "half"}],
)
def test_a_slider_that_is_none_is_refused(visitor: Visitor, fields: dict[str, str]) -> None:
    assert visitor.send("/what-if", fields).status_code == 422


def test_size_and_pace_are_kept_shown_and_forgotten(visitor: Visitor) -> None:
    shipped = re.search(r'data-pack="([^"]+)"', visitor.get("/what-if").text)
    assert shipped
    assert shipped[1].startswith("/static/packs/running?v=")

    said = {"height": "168", "mass": "61,5", "speed": "10", "cadence": ""}
    assert visitor.send("/what-if/step", said).status_code == 303
    html = visitor.get("/what-if").text
    assert 'value="61.5"' in html
    assert 'data-pack="/api/v1/load-packs/running"' in html
    own = visitor.get("/api/v1/load-packs/running")
    assert own.headers["cache-control"] == "no-store"
    expected = OwnStep(mass_kg=61.5, height_m=1.68, speed_m_s=10 / 3.6)
    assert own.content == gzip.decompress(packed(expected))

    visitor.send("/what-if/step", {"height": "", "mass": "", "speed": "", "cadence": ""})
    assert shipped[1] in visitor.get("/what-if").text


def test_a_size_no_runner_has_is_named_beside_its_field(visitor: Visitor) -> None:
    response = visitor.send("/what-if/step", {"height": "9", "mass": "70"})

    assert response.status_code == 422
    assert 'id="problem-height"' in response.text
    assert "from 100 to 250" in response.text
    assert 'data-pack="/static/' in visitor.get("/what-if").text


def test_the_shipped_pack_may_be_kept_for_ever(visitor: Visitor) -> None:
    address = re.search(r'data-pack="([^"]+)"', visitor.get("/what-if").text)
    assert address
    response = visitor.get(address[1])

    assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert response.headers["content-encoding"] == "gzip"
    assert response.content == gzip.decompress(packed(TEMPLATE))
    assert visitor.get("/static/packs/swimming").status_code == 404
    assert visitor.get("/api/v1/load-packs/swimming").status_code == 404
