"""Languages: one template environment for each, compiled once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, Template

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
