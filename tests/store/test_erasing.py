"""Erased: after a whole life with a real server nothing of it is left in any file, however it is written."""

from __future__ import annotations

import base64
import io
import json
import re
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.server import serving
from tests.store.test_records import runner
from tests.store.traces import forms, traces
from tests.web.visitor import Visitor
from tests.web.whole_life import HOUR, NUMBERS, WORDS, lived
from weaklink.store.database import NotErasedError
from weaklink.store.opening import open_store, sqlite_url

pytestmark = pytest.mark.load  # a real server, and the whole way
ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+.*")


def told_by(packed: bytes) -> set[str]:
    """Everything of an export that can only be this runner's: ids, secrets, digests and exact times."""
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        tables = json.loads(archive.read("data.json"))["tables"]
    found = set()
    for rows in tables.values():
        for row in rows:
            named = {
                key for key in row if key in ("id", "digest", "secret", "session") or key.endswith("_id")
            }
            found |= {row[key] for key in named - {"record_id"} if ID.fullmatch(str(row[key]))}
            found |= {text for text in strings(row) if TIME.fullmatch(text)}
    return found


def strings(value: Any) -> Iterator[str]:
    """Every text inside a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from strings(part)


def weaklink(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "weaklink", *words], capture_output=True, text=True, check=False
    )


def whole_life(address: str) -> tuple[set[str], bytes]:
    """Live through it; the markers and the export from the page."""
    with httpx.Client(base_url=address, timeout=120) as client:
        person = Visitor(client)
        secrets = lived(person)
        packed = person.post("/settings/my-data").content
    return {*WORDS, *NUMBERS.values(), HOUR, *secrets, *told_by(packed)}, packed


def test_nothing_of_a_life_is_left_anywhere(tmp_path: Path) -> None:
    data, temporary, home = (tmp_path / name for name in ("data", "temporary", "home"))
    for folder in (data, temporary, home):
        folder.mkdir()
    places = {"TMPDIR": str(temporary), "SQLITE_TMPDIR": str(temporary), "HOME": str(home),
              "XDG_CACHE_HOME": str(home / "cache")}  # fmt: skip
    searched, exported = [data, temporary, home], tmp_path / "exported.zip"

    with serving(data, **places) as address:
        markers, packed = whole_life(address)
        before = traces(searched, markers)
        assert {marker for _, marker, _ in before} == markers, (
            "a marker was never kept: it would show nothing"
        )
        assert weaklink("export", str(exported), "--data", str(data)).returncode == 0
        assert told_by(exported.read_bytes()) == told_by(packed)

        with httpx.Client(base_url=address, timeout=60) as client:
            answer = Visitor(client).post("/settings/erase", confirm="1")
            assert (answer.status_code, answer.headers["location"]) == (303, "/")
        assert traces(searched, markers) == [], "erased at the page, while the server runs"
    assert traces(searched, markers) == [], "erased at the page, after the server ended"
    assert "weaklink is ready" in (data / "server.log").read_text()

    assert weaklink("import", str(exported), "--data", str(data)).returncode == 0
    again = {marker for _, marker, _ in traces(searched, markers)}
    assert len(again) > 0.9 * len(markers)  # an export has no log, so what stood there alone is not back
    erased = weaklink("erase", "--yes", "--data", str(data))
    assert erased.stdout.startswith("Erased "), erased.stderr
    assert traces(searched, markers) == [], "erased at the terminal"
    print(f"\n{len(markers)} markers, {len(before)} traces before, 0 after page and terminal")


def test_a_reader_that_holds_the_log_is_told_of_and_erasing_again_finishes_it(tmp_path: Path) -> None:
    store = open_store(sqlite_url(tmp_path))
    store.keep_runner(runner(1, name="Zwetschgenwieser")).result(5)
    with sqlite3.connect(tmp_path / "weaklink.sqlite", isolation_level=None) as reader:
        reader.execute("BEGIN")
        assert reader.execute("SELECT count(*) FROM runners").fetchone() == (1,)

        with pytest.raises(NotErasedError, match="erase once more"):
            store.erase_runner("runner-1").result(60)
        assert store.runners() == ()
        assert traces([tmp_path], ["Zwetschgenwieser"])
        reader.execute("COMMIT")

        assert store.erase_everybody().result(60) == 0
        assert traces([tmp_path], ["Zwetschgenwieser"]) == []
    store.close()


def test_erasing_everybody_leaves_nobody(tmp_path: Path) -> None:
    store = open_store(sqlite_url(tmp_path))
    for number in range(5):
        store.keep_runner(runner(number, name=f"Zwetschgenwieser {number}")).result(5)

    assert store.erase_everybody().result(60) == 5

    assert store.runners() == ()
    assert traces([tmp_path], ["Zwetschgenwieser"]) == []
    store.close()


def test_the_search_sees_a_word_however_it_is_written(tmp_path: Path) -> None:
    word = "Zwetschgenknödel 7"
    ways = {
        "raw": word.encode(),
        "utf-16-le": word.encode("utf-16-le"),
        "utf-16-be": word.encode("utf-16-be"),
        "json": json.dumps({"a": word}).encode(),
        **{f"base64-{n}": base64.b64encode(b"x" * n + word.encode() + b"yz") for n in range(6)},
    }
    for name, content in ways.items():
        (tmp_path / "file").write_bytes(b"\x01before " + content + b" after")
        assert {marker for _, marker, _ in traces([tmp_path], [word])} == {word}, name
    with zipfile.ZipFile(tmp_path / "file", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("inside", word)
    assert traces([tmp_path], [word])
    (tmp_path / "file").write_bytes(b"nothing here")
    assert traces([tmp_path], [word]) == []
    assert all(len(form) >= 5 for _, form in forms("19:47"))
