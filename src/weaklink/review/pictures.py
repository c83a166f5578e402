"""Pictures of the book: every movement from two cameras, with what is lit, as a sheet to look at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from markupsafe import Markup

from weaklink.figure.shown import Lit
from weaklink.figure.still import SIZE
from weaklink.library.reading import Library
from weaklink.library.wording import spoken_name

LIT_WORDS = {"works": "works", "helps": "helps", "stretched": "is stretched"}


class BookPictures(Protocol):
    """Where pictures of movements come from."""

    def still(self, record_id: str, mirrored: bool = False, second: bool = False, /) -> str:
        """The drawing of a record as SVG; `second` is its other view."""

    def lit(self, record_id: str, mirrored: bool = False, /) -> Lit:
        """Which muscles light up in it."""


def movement_pictures(library: Library, pictures: BookPictures) -> Mapping[str, Markup]:
    """Two drawings and the lit muscles of every movement that is not the same as another, by id."""
    return {
        name: _sheet(name, library, pictures)
        for name, record in library.movements.items()
        if not record.same_as and record.keyframes
    }


def _sheet(name: str, library: Library, pictures: BookPictures) -> Markup:
    width, height = SIZE
    drawn = Markup("").join(
        Markup('<svg class="still" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>').format(
            width,
            height,
            f"{name.replace('-', ' ')}, {says}",
            Markup(pictures.still(name, False, second)),  # noqa: S704
        )
        for second, says in ((False, "first view"), (True, "second view"))
    )
    return drawn + Markup('<p class="quiet">{}</p>').format(lit_words(pictures.lit(name), library))


def lit_words(lit: Lit, library: Library) -> str:
    """Which muscles are lit, as one line: "Works: gluteus medius. Helps: soleus."."""
    said = []
    for tone, words in LIT_WORDS.items():
        names = sorted({_name(muscle, library) for (muscle, _), how in lit.items() if how == tone})
        said += [f"{words.capitalize()}: {', '.join(names)}."] if names else []
    return " ".join(said) or "No muscle is lit."


def _name(muscle: str, library: Library) -> str:
    record = library.muscles.get(muscle)
    return spoken_name(record).lower() if record else muscle.replace("-", " ")
