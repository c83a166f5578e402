"""One's own exercises: checked like the shipped ones before anything is planned or shown with them."""

from __future__ import annotations

import functools
from collections.abc import Iterable

import msgspec

from weaklink.library.checking import check_library
from weaklink.library.fault import Fault
from weaklink.library.ladders import LEADS_BACK
from weaklink.library.reading import KnowledgeError, Library, own_folder, shipped_library


@functools.cache
def sound_library(language: str = "en") -> Library:
    """The library with one's own exercises, if the environment names a folder of them; read and checked once.

    What is checked is English, as it was written: a translated text never refuses anything.

    Raises: KnowledgeError naming the first problem, its file and field.
    """
    library = shipped_library(language)
    if own_folder() is None:
        return library
    problems = in_own_folder(check_library(shipped_library()))
    if problems:
        further = f" ({len(problems) - 1} more: weaklink check)" if len(problems) > 1 else ""
        raise KnowledgeError(f"{problems[0]}{further}")
    return library


def in_own_folder(problems: Iterable[Fault]) -> list[Fault]:
    """The same problems, those in files of one's own with the path they really have.

    A move of one's own may lead up to one of ours, although no file of ours can name it as an easier way.
    """
    own, found = own_folder(), list[Fault]()
    for problem in problems:
        path = own / problem.file.removeprefix("knowledge/") if own else None
        if path is None or not path.is_file():
            found.append(problem)
        elif not problem.message.endswith(LEADS_BACK):
            found.append(msgspec.structs.replace(problem, file=str(path)))
    return found
