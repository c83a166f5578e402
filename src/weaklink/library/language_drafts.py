"""Drafts: the files a translator fills, and the same brought up to date when the English ones have grown.

What is not translated stands there as a comment, so that nothing is said twice and English stays until then.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tomli as tomllib

from weaklink.library.language.language_folders import CODE, ENGLISH, messages_folder, page_file
from weaklink.library.language.measures import is_known, locale_of
from weaklink.library.language.pages import read_catalogue
from weaklink.library.language.sentences import CATEGORIES
from weaklink.library.language.texts import texts_of
from weaklink.library.reading import KINDS, KNOWLEDGE, UnknownIdError, nearest
from weaklink.quantities import WeaklinkError

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

# The functions that mark a sentence in a template; the numbers say where a plural form stands.
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "plural_forms": (1, 2)}
PAGES_HEAD = "# Words of the pages of weaklink. A place such as %(name)s or {n} is filled in; keep it."
EXAMPLE = ("exercises", "clamshell")
MESSAGES_HEAD = """\
# {english}: translate what stands on the right, then take the "# " in front away.
# A place such as {{minutes:minutes}} is filled in; keep it. What is still a comment stays English.
# Plural forms: {{ by = "count", {forms} }}
"""
TEXT_HEAD = """\
# The text of {kind}/{record_id}. Translate, then take the "# " away; a comment stays English.
# With a name of your own and no common_names, the name is what a runner reads.
"""


class LanguageError(WeaklinkError):
    """A language that cannot be begun or compiled; the message says why and what would be right."""


def checked_code(code: str) -> str:
    """The code of a language that is not English.

    Raises: LanguageError.
    """
    if not CODE.fullmatch(code) or code == ENGLISH:
        raise LanguageError(f'language "{code}"; expected a code such as "fr" or "pt-BR", and not English')
    return code


def new_language(code: str, templates: Path) -> dict[Path, str]:
    """Every file a new language begins with: its sentences, the words of the pages, one example of a text.

    Args:
        templates: the folder of the templates.
    Raises: LanguageError for what is no code of a language.
    """
    checked_code(code)
    files = {
        messages_folder(code) / path.name: "".join(_messages(path, code, {}))
        for path in sorted(messages_folder(ENGLISH).glob("*.toml"))
    }
    files[page_file(code)] = page_words_of(code, templates)
    return files | dict([text_draft(code, *EXAMPLE)])


def text_draft(code: str, kind: str, record_id: str) -> tuple[Path, str]:
    """The file of one record's text, to be filled.

    Raises: UnknownIdError, LanguageError.
    """
    checked_code(code)
    source = KNOWLEDGE / kind / f"{record_id}.toml"
    if kind not in KINDS:
        raise UnknownIdError(f'no kind "{kind}"; nearest: {nearest(kind, sorted(KINDS))}')
    if not source.is_file():
        known = [path.stem for path in source.parent.glob("*.toml")]
        raise UnknownIdError(f'no {kind} "{record_id}"; nearest: {nearest(record_id, known)}')
    texts = texts_of(tomllib.loads(source.read_text(encoding="utf-8")))
    lines = [f"# {key} = {_toml(value)}\n" for key, value in texts.items()]
    head = TEXT_HEAD.format(kind=kind, record_id=record_id)
    return KNOWLEDGE / "text" / code / kind / source.name, head + "".join(lines)


def grown_messages(code: str) -> dict[Path, str]:
    """The files of sentences of a language with every English sentence it does not have yet, as a comment."""
    files = {}
    for path in sorted(messages_folder(ENGLISH).glob("*.toml")):
        target = messages_folder(code) / path.name
        old = target.read_text(encoding="utf-8") if target.is_file() else ""
        named = set(re.findall(r'^#? ?"([^"]+)" = ', old, flags=re.MULTILINE))
        added = list(_messages(path, code, dict.fromkeys(named)))
        if not old:
            files[target] = "".join(added)
        elif len(added) > 1:
            files[target] = old.rstrip("\n") + "\n" + "".join(added[1:])
    return files


def _messages(path: Path, code: str, known: Mapping[str, None]) -> Iterator[str]:
    """A head, then every English sentence of a file that is not known, as a comment."""
    forms = ", ".join(f'{category} = "…"' for category in _categories(code))
    yield MESSAGES_HEAD.format(english=path.stem, forms=forms)
    for key, value in tomllib.loads(path.read_text(encoding="utf-8")).items():
        if key not in known:
            yield f"# {json.dumps(key)} = {_toml(value)}\n"
        if key == f"language.{ENGLISH}" and f"language.{code}" not in known:
            yield f"{json.dumps(f'language.{code}')} = {_toml(_own_name(code))}\n"


def _categories(code: str) -> list[str]:
    found = {*locale_of(code).plural_form.tags, "other"}
    return [category for category in CATEGORIES if category in found]


def _own_name(code: str) -> str:
    name = locale_of(code).get_display_name() if is_known(code) else None
    return name or code


def _toml(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(key)} = {_toml(part)}" for key, part in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(_toml(part) for part in value) + "]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else json.dumps(key)


def page_words_of(code: str, templates: Path) -> str:
    """The .po file of a language, up to date with the templates; what was translated stays.

    Raises: LanguageError when the file that is there cannot be read.
    """
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import PoFileError, write_po

    source = page_file(code)
    locale = code.replace("-", "_") if is_known(code) else None
    made = Catalog(locale=locale, project="weaklink", charset="utf-8", fuzzy=False, header_comment=PAGES_HEAD)
    if source.is_file():
        try:
            made = read_catalogue(source, code)
        except (PoFileError, OSError, ValueError) as error:
            raise LanguageError(f"{source}: cannot be read: {error}") from error
    made.update(extracted(templates), no_fuzzy_matching=False, update_header_comment=False)
    file = BytesIO()
    write_po(file, made, width=0, sort_output=False, omit_header=False, ignore_obsolete=False)
    return file.getvalue().decode("utf-8")


def extracted(templates: Path) -> Catalog:
    """Every sentence of the templates, with where it stands."""
    from babel.messages.catalog import Catalog
    from babel.messages.extract import extract_from_dir

    made = Catalog(project="weaklink", charset="utf-8")
    options = {"**.html": {"trimmed": "true", "silent": "false"}}
    found = extract_from_dir(templates, [("**.html", "jinja2")], options, keywords=KEYWORDS)
    for name, line, message, comments, context in found:
        made.add(message, None, [(name, line)], auto_comments=comments, context=context)
    return made
