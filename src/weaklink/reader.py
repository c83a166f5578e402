"""Reader: values from outside or from a store, read as one kind that is looked at while a module is imported.

msgspec looks at a type the first time something is read as it, and notes what it found on the type before it
is complete. Several threads that read the first of a kind at once would end the whole process; an import is
one thread's.
"""

from __future__ import annotations

from typing import Any, Generic, TypeVar

import msgspec

T = TypeVar("T")


class Reader(Generic[T]):
    """Reads one kind of value from plain values or JSON text. Made at the top of a module, never later."""

    def __init__(self, kind: type[T]) -> None:
        self._kind = kind
        self._decoder = msgspec.json.Decoder(kind)

    def of(self, values: Any) -> T:
        """The value that plain values (from JSON or TOML) say.

        Raises: msgspec.ValidationError naming the key and what would be right.
        """
        return msgspec.convert(values, self._kind)

    def read(self, text: bytes | str) -> T:
        """The value that a JSON text says.

        Raises: msgspec.DecodeError where it is no JSON; msgspec.ValidationError as `of`.
        """
        return self._decoder.decode(text)
