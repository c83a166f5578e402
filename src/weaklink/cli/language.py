"""`weaklink language`: what a translator needs: files brought up to date, one more text, compiled words."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from weaklink.quantities import WeaklinkError

app = typer.Typer(
    help="Translate: `weaklink new language xx` begins one, these keep it up to date.", no_args_is_help=True
)
Code = Annotated[str, typer.Argument(help='The code of the language, e.g. "fr" or "pt-BR".')]


class LanguageFileError(WeaklinkError):
    """A file of a language that is there already, or is missing."""


@app.command()
def extract(code: Code) -> None:
    """Bring a language up to date: what is new in English is added, what was translated stays."""
    from weaklink.library.language.language_folders import messages_folder, page_file
    from weaklink.library.language_drafts import checked_code, grown_messages, page_words_of

    if not messages_folder(checked_code(code)).is_dir():
        raise LanguageFileError(f'no language "{code}" yet; begin it with: weaklink new language {code}')
    files = grown_messages(code) | {page_file(code): page_words_of(code, templates())}
    _write(files)


@app.command(name="compile")
def compile_(code: Code) -> None:
    """Say how far a language is and what is wrong in it, and compile the words of its pages.

    The pages read the .po file just as well: compiling only makes the first page of a language quicker.
    """
    from weaklink.library.language.language_folders import page_file
    from weaklink.library.language.pages import compiled_words, read_catalogue
    from weaklink.library.language.sentences import sentences_of
    from weaklink.library.language_faults import language_faults

    source = page_file(code)
    if not source.is_file():
        raise LanguageFileError(f"{source}: is not there; weaklink new language {code} writes it")
    for fault in language_faults(code):
        print(fault)
    sentences = sentences_of(code)
    print(f"{len(sentences.own)} of {len(sentences.found)} sentences are translated.")
    try:
        words = read_catalogue(source, code)
    except (ValueError, OSError, LookupError) as error:
        raise LanguageFileError(f"{source}: cannot be read: {error}") from error
    said = sum(bool(message.id and message.string and not message.fuzzy) for message in words)
    print(f"{said} of {len(words)} words of the pages are translated.")
    page_file(code, "mo").write_bytes(compiled_words(words, code)[0])


@app.command()
def text(
    code: Code,
    kind: Annotated[str, typer.Argument(help='A folder of the knowledge, e.g. "exercises".')],
    record_id: Annotated[str, typer.Argument(help='A record, e.g. "clamshell".')],
) -> None:
    """Write the text of one record, to be translated."""
    from weaklink.library.language_drafts import text_draft

    begin(dict([text_draft(code, kind, record_id)]))


def begin(files: Mapping[Path, str]) -> None:
    """Write files that are new.

    Raises: LanguageFileError when one of them is there already.
    """
    for path in files:
        if path.exists():
            raise LanguageFileError(
                f"{path}: is there already; bring it up to date with: weaklink language extract"
            )
    _write(files)


def _write(files: Mapping[Path, str]) -> None:
    for path, content in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
        print(path)


def templates() -> Path:
    """The folder of the templates."""
    import weaklink.web

    return Path(weaklink.web.__file__).parent / "templates"
