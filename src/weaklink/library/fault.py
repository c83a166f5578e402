"""A problem in the knowledge: which file, which field, and what would be right."""

from __future__ import annotations

import msgspec


class Fault(msgspec.Struct, frozen=True, order=True):
    """One thing to mend. Reads as one line: "knowledge/exercises/clamshell.toml: dose: no dose "x" ...".

    `stays`: why it may stay for now; it is a warning then, not an error.
    """

    file: str
    field: str
    message: str
    stays: str = ""

    def __str__(self) -> str:
        line = f"{self.file}: {self.field}: {self.message}"
        return f"warning: {line} ({self.stays})" if self.stays else line

    @property
    def is_error(self) -> bool:
        """Whether it has to be mended now."""
        return not self.stays


def file_of(kind: str, record_id: str) -> str:
    """The path of a record's file as it is shown, e.g. "knowledge/areas/quads.toml"."""
    return f"knowledge/{kind}/{record_id}.toml"
