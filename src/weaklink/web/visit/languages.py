"""Languages: one template environment for each, compiled once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from babel.core import negotiate_locale
from jinja2 import Environment, Template

from weaklink.library.language.language_folders import languages
from weaklink.web.visit.templating import environment

STATIC_FOLDER = Path(__file__).resolve().parents[1] / "static"


@cache
def environment_in(language: str) -> Environment:
    """The environment of a language; English where a translation is missing or cannot be used."""
    made = environment(language)
    made.auto_reload = False  # templates never change while the server runs
    return made


@cache
def template(name: str, language: str) -> Template:
    """A compiled template in a language."""
    return environment_in(language).get_template(name)


def spoken(accepted: str, otherwise: str) -> str:
    """The language of ours that a browser likes best, by its Accept-Language; else another one."""
    parts = [part.partition(";") for part in accepted.split(",")]
    liked = sorted(parts, key=lambda part: -_weight(part[2]))
    return negotiate_locale([name.strip() for name, _, _ in liked], languages(), sep="-") or otherwise


def _weight(said: str) -> float:
    try:
        return float(said.strip().removeprefix("q=") or 1)
    except ValueError:
        return 0.0
