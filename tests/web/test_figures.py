"""The drawn body: every weak link has a picture of its chain, left mirrors right, nothing inline."""

from __future__ import annotations

import re

import pytest

from weaklink.library.reading import shipped_library
from weaklink.web.body_map import MIDLINE, body_map
from weaklink.web.figures import area_figure, chain_figure, pain_figure
from weaklink.web.plates import VIEWS, best_view, plate

LIBRARY = shipped_library()
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
    drawn = body_map("front", {"knee-front-left": "Left knee"}, ("Right", "Left"), "Front")

    assert 'href="#at-knee-front-left"' in drawn
    assert drawn.count("<a ") == 1


def test_no_figure_carries_inline_style_or_script():
    drawn = chain_figure("tib-post", "ankle-medial", "left", ["soleus"], WORDS) + area_figure(
        "quads", "left", "x"
    )

    assert "style" not in drawn
    assert "<script" not in drawn
