"""glTF 2.0: arrays written as one binary file (GLB) that any scene viewer reads.

Source: the glTF 2.0 specification (Khronos Group, ISO/IEC 12113) and KHR_mesh_quantization.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
AnyArray = npt.NDArray[Any]

COMPONENTS = {"b": 5120, "B": 5121, "h": 5122, "H": 5123, "I": 5125, "f": 5126}
SHAPES = {1: "SCALAR", 2: "VEC2", 3: "VEC3", 4: "VEC4", 16: "MAT4"}
STRIP = 5  # mode of a primitive
VERTICES, INDICES = 34962, 34963  # what a buffer view is for
MAGIC, JSON_CHUNK, BINARY_CHUNK = 0x46546C67, 0x4E4F534A, 0x004E4942
GENERATOR = "weaklink"


class Accessor(NamedTuple):
    """One attribute of vertices."""

    name: str
    values: AnyArray  # (n, k) or (n,), in the type it is written in
    normalized: bool = False
    bounds: bool = False  # positions must say theirs


class Gltf:
    """A file in the making: a growing buffer and the document that describes it."""

    def __init__(self, extras: Mapping[str, Any] | None = None) -> None:
        self.document: dict[str, Any] = {"asset": {"version": "2.0", "generator": GENERATOR}}
        if extras:
            self.document["asset"]["extras"] = dict(extras)
        self._bytes = bytearray()
        self._known: dict[bytes, int] = {}  # the same values are written once

    def add(self, kind: str, value: dict[str, Any]) -> int:
        """Append to a top-level list such as "nodes"; returns its index."""
        rows: list[dict[str, Any]] = self.document.setdefault(kind, [])
        rows.append(value)
        return len(rows) - 1

    def use(self, extension: str) -> None:
        """Declare an extension without which the file cannot be read."""
        for key in ("extensionsUsed", "extensionsRequired"):
            names: list[str] = self.document.setdefault(key, [])
            if extension not in names:
                names.append(extension)

    def array(
        self, values: AnyArray, target: int = 0, *, normalized: bool = False, bounds: bool = False
    ) -> int:
        """A tightly packed accessor; rows are the first axis. Returns its index."""
        packed = np.ascontiguousarray(values)
        view: dict[str, Any] = self._view(packed.tobytes())
        if target:
            view["target"] = target
        accessor = _accessor(packed, self.add("bufferViews", view), 0, normalized, bounds)
        return self.add("accessors", accessor)

    def vertices(self, fields: Sequence[Accessor]) -> dict[str, int]:
        """Attributes of vertices, each in its own view and every element on four bytes; name → accessor.

        One after the other rather than woven: like next to like compresses by a quarter more.
        """
        count = len(fields[0].values)
        return self.parts(fields, [count])[0]

    def parts(self, fields: Sequence[Accessor], counts: Sequence[int]) -> list[dict[str, int]]:
        """The same for several surfaces whose vertices follow each other: one set of accessors for each."""
        ends = np.cumsum(counts)
        views = [self._attribute(field) for field in fields]
        return [
            {
                field.name: self._part(field, view, int(end - count), int(end))
                for field, view in zip(fields, views, strict=True)
            }
            for end, count in zip(ends, counts, strict=True)
        ]

    def _part(self, field: Accessor, view: tuple[int, int], first: int, end: int) -> int:
        rows = np.asarray(field.values).reshape(len(field.values), -1)[first:end]
        return self.add(
            "accessors", _accessor(rows, view[0], first * view[1], field.normalized, field.bounds)
        )

    def _attribute(self, field: Accessor) -> tuple[int, int]:
        """A view of all values of an attribute: its index and how many bytes each element takes."""
        rows = np.ascontiguousarray(field.values).reshape(len(field.values), -1)
        raw = rows.view(np.uint8).reshape(len(rows), -1)
        block = np.zeros((len(rows), _padded(raw.shape[1])), dtype=np.uint8)
        block[:, : raw.shape[1]] = raw
        view = self._view(block.tobytes())
        view.update(byteStride=block.shape[1], target=VERTICES)
        return self.add("bufferViews", view), block.shape[1]

    def strips(self, strip: AnyArray) -> tuple[int, int]:
        """Two accessors of a triangle strip: as it is, and with its triangles the other way round.

        The second begins one number earlier, with the first corner twice.
        """
        numbers = np.concatenate([strip[:1], strip]).astype(np.uint16)
        view = self._view(numbers.tobytes())
        view["target"] = INDICES
        place = self.add("bufferViews", view)
        ways = ((numbers[1:], numbers.itemsize), (numbers, 0))
        same, other = (self.add("accessors", _accessor(part, place, start)) for part, start in ways)
        return same, other

    def glb(self) -> bytes:
        """The finished file."""
        document = {**self.document, "buffers": [{"byteLength": len(self._bytes)}]}
        head = json.dumps(document, separators=(",", ":"), ensure_ascii=True).encode("ascii")
        head += b" " * (_padded(len(head)) - len(head))
        body = bytes(self._bytes) + b"\0" * (_padded(len(self._bytes)) - len(self._bytes))
        total = 12 + 8 + len(head) + 8 + len(body)
        return b"".join(
            (
                struct.pack("<III", MAGIC, 2, total),
                struct.pack("<II", len(head), JSON_CHUNK),
                head,
                struct.pack("<II", len(body), BINARY_CHUNK),
                body,
            )
        )

    def _view(self, raw: bytes) -> dict[str, Any]:
        start = self._known.get(raw, -1)
        if start < 0:
            self._bytes += b"\0" * (_padded(len(self._bytes)) - len(self._bytes))
            start = self._known[raw] = len(self._bytes)
            self._bytes += raw
        return {"buffer": 0, "byteOffset": start, "byteLength": len(raw)}


def _accessor(
    values: AnyArray, view: int, start: int, normalized: bool = False, bounds: bool = False
) -> dict[str, Any]:
    rows = values.reshape(len(values), -1)
    accessor: dict[str, Any] = {
        "bufferView": view,
        "componentType": COMPONENTS[values.dtype.char],
        "count": len(rows),
        "type": SHAPES[rows.shape[1]],
    }
    if start:
        accessor["byteOffset"] = start
    if normalized:
        accessor["normalized"] = True
    if bounds:
        accessor["min"], accessor["max"] = rows.min(0).tolist(), rows.max(0).tolist()
    return accessor


def _padded(length: int) -> int:
    return (length + 3) // 4 * 4


class Grid(NamedTuple):
    """Whole numbers for places in a room: place = corner + step x number."""

    corner: FloatArray  # [m], (3,)
    step: float  # [m]

    def numbers(self, places: FloatArray) -> npt.NDArray[np.int16]:
        """Places [m] as numbers of 16 bits, (n, 3)."""
        return np.round((places - self.corner) / self.step).astype(np.int16)

    def matrix(self, mirror: bool = False) -> FloatArray:
        """From numbers to places, left and right exchanged if wanted, (4, 4)."""
        found = np.diag([self.step, self.step, self.step, 1.0])
        found[:3, 3] = self.corner
        return np.diag([1.0, 1.0, -1.0, 1.0]) @ found if mirror else found


def grid_over(places: FloatArray) -> Grid:
    """The finest grid that holds these places, at least a quarter of a millimetre wide."""
    low, high = places.min(0), places.max(0)
    step = max(float((high - low).max()) / 65000.0, 0.00025)
    return Grid((low + high) / 2, step)


def small_normals(normals: FloatArray, step: int = 1) -> npt.NDArray[np.int8]:
    """Unit vectors as three signed bytes, (n, 3), in steps of so many 127ths."""
    return (np.round(normals * 127 / step) * step).astype(np.int8)


def small_weights(weights: FloatArray, midline: int = 0) -> npt.NDArray[np.uint8]:
    """Shares that sum to one as bytes that sum to 255, (n, 4), in thirty-seconds.

    The largest takes the rest; of the first `midline` vertices the first does, so that pairs stay alike.
    """
    whole = np.round(np.round(weights * 32) * 255 / 32).astype(np.int64)
    takes = np.where(np.arange(len(whole)) < midline, 0, whole.argmax(axis=1))
    whole[np.arange(len(whole)), takes] += 255 - whole.sum(axis=1)
    return whole.astype(np.uint8)
