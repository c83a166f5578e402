"""The template environment: Jinja with autoescape, translation and the figures as functions."""

from __future__ import annotations

import re
from functools import partial

from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.ext import Extension

from weaklink.library.language.language_folders import ENGLISH
from weaklink.library.language.pages import page_words, plural_forms
from weaklink.web.drawing import body_figures
from weaklink.web.visit.static_files import static_url

INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)


class Unindented(Extension):
    """Templates without their indentation: it is for readers of the source, and a fifth of a page."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002
        """The source with one space before a line, for it may part two words; lines keep their numbers."""
        return INDENTATION.sub(" ", source)


def environment(language: str = ENGLISH) -> Environment:
    """An environment for one language; templates are cached inside it."""
    translations = page_words(language).translations
    made = Environment(
        loader=PackageLoader("weaklink.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", Unindented],
    )
    made.install_gettext_translations(translations, newstyle=True)  # type: ignore[attr-defined]
    made.globals.update(
        static=static_url,
        plural_forms=partial(plural_forms, language),
        chain_figure=body_figures.chain_figure,
        whole_chain_figure=body_figures.whole_chain_figure,
        pain_figure=body_figures.pain_figure,
        area_figure=body_figures.area_figure,
    )
    return made
