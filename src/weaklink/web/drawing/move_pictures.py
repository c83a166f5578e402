"""Pictures of moves in pages: references to drawn files, so that a page stays small and its colours apply."""

from __future__ import annotations

from typing import Protocol

from markupsafe import Markup, escape

from weaklink.figure.still import SIZE

SYMBOL = "move"


class Pictures(Protocol):
    """What there are pictures of."""

    def has(self, record_id: str, /) -> bool:
        """Whether there is a picture of an exercise, stretch or test."""

    def key(self, record_id: str, mirrored: bool = False, /) -> str:
        """The digest of all that the picture is drawn from."""


def move_url(pictures: Pictures, move_id: str, side: str = "") -> str:
    """The address of a picture; it changes when the picture does, so that it may be kept for ever."""
    left = side == "left"
    return (
        f"/static/figures/moves/{move_id}.svg?v={pictures.key(move_id, left)}{'&side=left' if left else ''}"
    )


def move_figure(pictures: Pictures, move_id: str, title: str, side: str = "") -> Markup:
    """The picture of an exercise, stretch or test; an empty title makes it decoration.

    Nothing where there is no movement to draw.
    """
    if not pictures.has(move_id):
        return Markup()
    name = f'role="img" aria-label="{escape(title)}"' if title else 'aria-hidden="true"'
    use = f'<use href="{escape(move_url(pictures, move_id, side))}#{SYMBOL}"/>'
    width, height = SIZE
    return Markup(f'<svg viewBox="0 0 {width} {height}" class="move" {name}>{use}</svg>')  # noqa: S704
