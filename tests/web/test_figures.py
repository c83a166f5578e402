"""The drawn body: every weak link has a picture of its chain, left mirrors right, nothing inline."""

from __future__ import annotations

import re

import pytest

from weaklink.library.reading import shipped_library
from weaklink.store.figure_store import Figures
from weaklink.web.drawing.body_figures import area_figure, chain_figure, pain_figure
from weaklink.web.drawing.body_map import MIDLINE, body_map, regions_of
from weaklink.web.drawing.body_map import VIEWS as SIDES
from weaklink.web.drawing.plates import VIEWS, best_view, plate

LIBRARY = shipped_library()
FIGURES = Figures(LIBRARY)
WORDS = {"title": "a chain", "weak": "weak link", "takes": "takes over", "hurts": "hurts"}


def test_every_weak_link_lights_its_area_and_marks_its_site():
    for link in LIBRARY.weak_links.values():
        seen = plate(best_view(link.area, link.site))

        assert link.area in seen.areas, link.id
        assert not link.site or link.site in seen.spots, link.id


@pytest.mark.parametrize("area", sorted(LIBRARY.areas))
def test_every_area_can_be_shown_on_both_sides(area):
    left, right = area_figure(area, "left", "x"), area_figure(area, "right", "x")

    assert 'class="weak"' in left
    assert left != right


@pytest.mark.parametrize("site", sorted(LIBRARY.regions))
def test_every_site_can_be_marked(site):
    assert "pain-core" in pain_figure([(site, "right")], "x")


def test_left_mirrors_right():
    def spots(side):
        drawn = chain_figure("glute-med", "knee-lateral", side, ["tensor-fasciae-latae"], WORDS)
        return [float(x) for x in re.findall(r'pain-core" cx="([-\d.]+)"', drawn)]

    assert spots("left") == [-x for x in spots("right")]


def test_a_both_sided_pain_is_marked_twice():
    assert pain_figure([("knee-anterior", "both")], "x").count("pain-core") == 2


def test_words_are_escaped():
    drawn = chain_figure("quads", "knee-anterior", "left", (), {**WORDS, "weak": "<b>&", "title": '"x"'})

    assert "&lt;b&gt;&amp;" in drawn
    assert 'aria-label="&#34;x&#34;"' in drawn


def test_every_region_of_the_library_can_be_tapped():
    drawn_keys = {
        region if region in MIDLINE else f"{region}-{side}"
        for view in VIEWS
        for region in plate(view).regions
        for side in ("right", "left")
    }
    for region in LIBRARY.regions.values():
        key = region.figure_region
        wanted = key if key in MIDLINE else f"{key}-right"

        assert wanted in drawn_keys, region.id


def test_a_tap_region_is_a_link_to_its_places():
    drawn = body_map(FIGURES, "front", {"knee-front-left": "Left knee"}, ("Right", "Left"), "Front")

    assert 'href="#at-knee-front-left"' in drawn
    assert drawn.count("<a ") == 1


@pytest.mark.parametrize("view", SIDES)
def test_every_region_lies_on_the_drawn_body_and_can_be_hit(view):
    regions = regions_of(view)
    found = FIGURES.body_map(view, regions)

    assert len(found.drawing.encode()) < 20_000
    assert not re.search(r"#[0-9a-f]{3}|style=|url\(", found.drawing)
    for key, outline in regions:
        numbers = [int(word) for word in re.findall(r"-?\d+", found.areas[key])]
        assert len(numbers) > 16, key
        # 390 px wide, the plate's 320 units are at least 390 px: 44 px are less than 37 units.
        for axis in (0, 1):
            assert max(p[axis] for p in outline) - min(p[axis] for p in outline) >= 37, key


def test_left_and_right_of_the_body_are_mirrored():
    areas = FIGURES.body_map("front", regions_of("front")).areas
    start = {side: re.match(r"M(-?\d+)", areas[f"knee-front-{side}"]) for side in ("right", "left")}

    assert int(start["right"][1]) < 0 < int(start["left"][1])


def test_no_figure_carries_inline_style_or_script():
    drawn = chain_figure("tib-post", "ankle-medial", "left", ["soleus"], WORDS) + area_figure(
        "quads", "left", "x"
    )

    assert "style" not in drawn
    assert "<script" not in drawn
