"""Templates: they compile, keep to the strict content policy, and every form carries its token."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

import weaklink.web
from weaklink.web.visit.static_files import static_content, static_url
from weaklink.web.visit.templating import environment

WEB = Path(weaklink.web.__file__).parent
TEMPLATES = sorted(str(path.relative_to(WEB / "templates")) for path in (WEB / "templates").rglob("*.html"))


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_compiles(name):
    assert environment().get_template(name).render


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_has_nothing_inline(name):
    text = (WEB / "templates" / name).read_text(encoding="utf-8")

    assert not re.search(r"\sstyle\s*=", text)
    assert not re.search(r"\son[a-z]+\s*=", text)
    assert "<style" not in text
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_posted_form_carries_the_token(name):
    text = (WEB / "templates" / name).read_text(encoding="utf-8")

    assert text.count('method="post"') == text.count("csrf_field() }}")


def test_every_page_is_held_back_by_unsent_danger_but_those_that_name_no_move():
    """The session says whom to see, the diary hides its moves itself, an error must lead nowhere."""
    texts = {name: (WEB / "templates" / name).read_text(encoding="utf-8") for name in TEMPLATES}
    free = {name for name, text in texts.items() if "block hold_back" in text and name != "visit/base.html"}

    assert "{% block hold_back %}{% include" in texts["visit/base.html"]
    assert free == {
        "asking/referral.html", "asking/letter.html", "home/pair.html", "home/devices.html",
        "settings/settings.html", "visit/error.html", "weeks/diary.html", "weeks/session.html",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["asking/referral.html", "asking/letter.html"])
def test_a_referral_shows_no_move_and_no_colour_of_training(name):
    text = (WEB / "templates" / name).read_text(encoding="utf-8")

    for word in ("move_figure", "area_figure", "chain_figure", "tag-weak", "tag-strong", "exercise."):
        assert word not in text


def test_the_first_page_is_light():
    sent = ["visit/tokens.css", "visit/site.css", "fonts/commissioner.woff2", "marks/mark.svg"]

    assert sum(len(static_content(name)) for name in sent) < 200_000


def test_a_static_address_changes_with_its_content():
    assert re.fullmatch(r"/static/visit/site\.css\?v=[0-9a-f]{10}", static_url("visit/site.css"))


def test_vendored_files_are_the_published_ones():
    table = (WEB / "static" / "vendor" / "versions.txt").read_text(encoding="utf-8")
    digest = hashlib.sha256((WEB / "static" / "vendor" / "htmx.min.js").read_bytes()).hexdigest()

    assert digest in table
    assert (WEB / "static" / "vendor" / "htmx.LICENSE.txt").exists()
    assert (WEB / "static" / "fonts" / "OFL-commissioner.txt").exists()
