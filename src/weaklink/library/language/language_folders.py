"""Where the words of the languages are kept, and which languages there are."""

from __future__ import annotations

import functools
import re
from pathlib import Path

ENGLISH = "en"
LOCALE = Path(__file__).resolve().parent.parent.parent / "locale"
# As in the `lang` of a page: "fr", "pt-BR", "zh-Hant".
CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?")


def messages_folder(language: str) -> Path:
    """The folder of the sentences of a language, one TOML file for each chapter."""
    return LOCALE / language / "messages"


def page_file(language: str, ending: str = "po") -> Path:
    """The file of the words of the pages: "po" as a translator writes it, "mo" as it was compiled."""
    return LOCALE / language / "LC_MESSAGES" / f"weaklink.{ending}"


@functools.cache
def languages() -> tuple[str, ...]:
    """The codes of the languages there are sentences in."""
    found = (path.name for path in LOCALE.iterdir() if (path / "messages").is_dir())
    return tuple(sorted(name for name in found if CODE.fullmatch(name)))
