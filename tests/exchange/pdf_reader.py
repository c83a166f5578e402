"""A reader of PDF for tests: pages counted in the page tree, words read through each font's own table."""

from __future__ import annotations

import re
import zlib


class Pdf:
    """A PDF file as its objects. Reads what typst writes: objects in the open or in object streams."""

    def __init__(self, content: bytes) -> None:
        assert content.startswith(b"%PDF-")
        self.objects: dict[int, bytes] = {}
        for number, body in re.findall(rb"(?m)^(\d+) 0 obj\b(.*?)\bendobj", content, re.DOTALL):
            self.objects[int(number)] = body
        for body in list(self.objects.values()):
            if b"/ObjStm" in body:
                self._open(body)

    def _open(self, body: bytes) -> None:
        first = int(_one(rb"/First (\d+)", body))
        data = _stream(body)
        numbers = [int(n) for n in data[:first].split()]
        places = [*zip(numbers[::2], numbers[1::2], strict=True)]
        ends = [place for _, place in places[1:]] + [len(data) - first]
        for (number, start), end in zip(places, ends, strict=True):
            self.objects[number] = data[first + start : first + end]

    @property
    def pages(self) -> list[bytes]:
        """The leaves of the page tree."""
        return [body for body in self.objects.values() if re.search(rb"/Type\s*/Page\b", body)]

    @property
    def counted(self) -> int:
        """What the root of the page tree says."""
        roots = [body for body in self.objects.values() if re.search(rb"/Type\s*/Pages\b", body)]
        return max(int(_one(rb"/Count (\d+)", body)) for body in roots)

    @property
    def size_pt(self) -> tuple[float, float]:
        """Width and height of the first page."""
        box = _one(rb"/MediaBox\s*\[([^\]]*)\]", self.pages[0]).split()
        return float(box[2]), float(box[3])

    @property
    def text(self) -> str:
        """The words of the first page, in the order they are drawn, one space between any two."""
        page = self.pages[0]
        fonts = {
            name: self._letters(int(number))
            for name, number in re.findall(rb"/(f\d+) (\d+) 0 R", self._fonts_of(page))
        }
        drawn = _stream(self.objects[int(_one(rb"/Contents (\d+) 0 R", page))])
        return " ".join(_words(drawn, fonts).split())

    def _fonts_of(self, page: bytes) -> bytes:
        found = re.search(rb"/Resources (\d+) 0 R", page)
        resources = self.objects[int(found[1])] if found else page
        found = re.search(rb"/Font (\d+) 0 R", resources)
        return self.objects[int(found[1])] if found else resources

    def _letters(self, font: int) -> dict[int, str]:
        table = _stream(self.objects[int(_one(rb"/ToUnicode (\d+) 0 R", self.objects[font]))])
        letters: dict[int, str] = {}
        for block in re.findall(rb"beginbfchar(.*?)endbfchar", table, re.DOTALL):
            for code, said in re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
                letters[int(code, 16)] = bytes.fromhex(said.decode()).decode("utf-16-be")
        for block in re.findall(rb"beginbfrange(.*?)endbfrange", table, re.DOTALL):
            found = re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block)
            for low, high, said in found:
                for more, code in enumerate(range(int(low, 16), int(high, 16) + 1)):
                    letters[code] = chr(int(said, 16) + more)
        return letters


def _one(pattern: bytes, body: bytes) -> bytes:
    found = re.search(pattern, body)
    assert found, (pattern, body[:200])
    return found[1]


def _stream(body: bytes) -> bytes:
    start = body.index(b"stream") + len(b"stream")
    data = body[start : body.rindex(b"endstream")].lstrip(b"\r\n")
    return zlib.decompressobj().decompress(data) if b"/FlateDecode" in body[:start] else data


ESCAPES = {b"n": 10, b"r": 13, b"t": 9, b"b": 8, b"f": 12}
PLAIN = rb"\\.|[^\\()]"
STRING = rb"\(((?:" + PLAIN + rb"|\((?:" + PLAIN + rb")*\))*)\)"  # brackets in pairs need no backslash
# What is said of a picture or in place of a ligature is no piece of the drawn text.
PIECE = re.compile(
    rb"/(?:Alt|ActualText|Lang|E)\s*" + STRING + rb"|/(f\d+) [\d.]+ Tf|(\bET\b)|" + STRING, re.DOTALL
)
ESCAPED = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)


def _words(drawn: bytes, fonts: dict[bytes, dict[int, str]]) -> str:
    """The letters of a page: two bytes each, by the font named last; a new piece of text is a new word."""
    said, letters = [], dict[int, str]()
    for _, font, ends, written in PIECE.findall(drawn):
        if font:
            letters = fonts[font]
        elif ends:
            said.append(" ")
        else:
            codes = ESCAPED.sub(_byte, written)
            said += [letters[int.from_bytes(codes[at : at + 2], "big")] for at in range(0, len(codes), 2)]
    return "".join(said)


def _byte(found: re.Match[bytes]) -> bytes:
    said = found[1]
    if said in ESCAPES:
        return bytes([ESCAPES[said]])
    return bytes([int(said, 8)]) if said[:1].isdigit() else said
