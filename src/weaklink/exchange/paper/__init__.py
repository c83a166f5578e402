"""Paper: values set on exactly one page of PDF with typst (extra `pdf`)."""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path
from typing import Any, Literal

import msgspec

from weaklink.quantities import WeaklinkError

Size = Literal["a4", "us-letter"]
# Commissioner is bundled as woff2, which typst cannot read; this one comes inside typst itself.
FONT = "Libertinus Serif"
FOLDER = Path(__file__).resolve().parent


class NoPaperError(WeaklinkError):
    """No PDF can be made here."""


def is_available() -> bool:
    """Whether the extra `pdf` is installed."""
    return importlib.util.find_spec("typst") is not None


def printed(template: str, values: dict[str, Any], size: Size = "a4") -> bytes:
    """One page of PDF; the same values give the same bytes.

    Args:
        template: "plan" or "letter".
        values: JSON-ready values; they reach typst as data, never as its source.

    Raises: NoPaperError if the extra is not installed.
    """
    data = {**values, "paper": size, "font": FONT}
    try:
        # The compiler keeps its last document, so that two pages at once need two compilers.
        compiler = _compiler()
    except ModuleNotFoundError as error:
        raise NoPaperError("a PDF needs the extra pdf: pip install 'weaklink[pdf]'") from error
    made: bytes = compiler.compile(
        _source(template).encode(),
        format="pdf",
        sys_inputs={"sheet": msgspec.json.encode(data).decode()},
        timestamp=0,
    )
    return made


def _compiler() -> Any:
    import typst

    # Fonts of the system stand in where a name has letters that the bundled font lacks.
    return typst.Compiler(root=str(FOLDER), font_paths=_fonts())


@cache
def _fonts() -> Any:
    import typst

    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=True)


@cache
def _source(template: str) -> str:
    return "\n".join((FOLDER / f"{name}.typ").read_text(encoding="utf-8") for name in ("paper", template))
