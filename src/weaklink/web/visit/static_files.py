"""Static files as they are sent: a style sheet that imports its parts is sent with them, as one file."""

from __future__ import annotations

import hashlib
import posixpath
import re
from functools import cache
from importlib.resources import files

STATIC = "/static/"
PART = re.compile(r'^@import "([^"]+)";\n', re.MULTILINE)


@cache
def static_content(name: str) -> bytes:
    """The bytes of a static file. A browser that asks for a sheet asks once, however many parts it has."""
    content = files("weaklink.web").joinpath("static", *name.split("/")).read_bytes()
    return _joined(name, content.decode()).encode() if name.endswith(".css") else content


@cache
def static_url(name: str) -> str:
    """The address of a static file, with a short digest of its content so that it may be cached for ever."""
    return f"{STATIC}{name}?v={hashlib.sha256(static_content(name)).hexdigest()[:10]}"


def _joined(name: str, sheet: str) -> str:
    room = posixpath.dirname(name)
    return PART.sub(lambda part: static_content(posixpath.normpath(f"{room}/{part[1]}")).decode(), sheet)
