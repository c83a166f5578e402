"""Evidence lines: a source as a short name and a link."""

from __future__ import annotations

from weaklink.library.reading import Library
from weaklink.library.records import Source


def source_link(library: Library, source_id: str) -> dict[str, str]:
    """The short name of a source and where it stands on the page of sources."""
    source = library.sources.get(source_id)
    if source is None:
        return {"source": "", "url": ""}
    return {"source": short_name(source), "url": f"/sources#{source.id}"}


def short_name(source: Source) -> str:
    """The citation up to its first full stop, at most 60 characters."""
    head = source.citation.partition(". ")[0]
    return head if len(head) <= 60 else head[:57].rstrip(" ,") + "..."


def outside_link(source: Source) -> str:
    """The address of a source on the web, for a reader who wants to follow it; empty when not known."""
    if source.doi:
        return f"https://doi.org/{source.doi.split()[0]}"
    if source.url and "." in source.url.split("/")[0] and " " not in source.url:
        return source.url if source.url.startswith("http") else f"https://{source.url}"
    return ""
