"""A walk from the start to a plan in the language named: run by test_new_language in a weaklink of its own."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tests.web.states import planned
from tests.web.visitor import Visitor, at_home

PATHS = (
    "/",
    "/result",
    "/plan",
    "/exercises/clamshell",
    "/today",
    "/diary",
    "/settings",
    "/what-if",
    "/nowhere",
)


def walk(visitor: Visitor, language: str) -> dict[str, list[object]]:
    """Status, language and text of every page; the language is chosen in the settings, as a runner does."""
    said = {"country": "", "units": "mi", "theme": "", "language": language}
    assert visitor.send("/settings", said).status_code == 303
    planned(visitor)
    found = {path: visitor.get(path) for path in PATHS}
    return {
        path: [page.status_code, f'<html lang="{language}"' in page.text, page.text]
        for path, page in found.items()
    }


if __name__ == "__main__":
    data, code = Path(sys.argv[1]), sys.argv[2]
    data.mkdir()
    with at_home(data, "en") as runner:
        print(json.dumps(walk(runner, code)))
