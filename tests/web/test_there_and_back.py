"""There and back: everything of a whole life, exported, imported on a fresh machine, and exported again, is the same."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.visitor import Visitor, at_home
from tests.web.whole_life import ACTIVITIES, NOTE, lived
from weaklink.care.filing import put_together
from weaklink.care.folding import Diary
from weaklink.cli.keeping import import_data
from weaklink.store.opening import open_store, sqlite_url

pytestmark = pytest.mark.load  # the whole way through the pages


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[bytes]:
    with at_home(tmp_path_factory.mktemp("here")) as here:
        lived(here)
        yield exported(here)


def exported(home: Visitor) -> bytes:
    answer = home.post("/settings/my-data")
    assert answer.status_code == 200
    return answer.content


def files_of(packed: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def bring_in(packed: bytes, folder: Path) -> None:
    source = folder.parent / "exported.zip"
    source.write_bytes(packed)
    import_data(source, data=folder)


def test_a_life_is_the_same_on_another_machine(packed: bytes, tmp_path: Path) -> None:
    there = tmp_path / "there"
    bring_in(packed, there)
    with at_home(there) as again:
        files, as_before = files_of(exported(again)), files_of(packed)

    assert set(files) == set(as_before)
    # Nothing is made anew, ids and secrets included: every file is the same to the byte.
    assert [name for name in files if files[name] != as_before[name]] == []
    rows = {name: len(found) for name, found in json.loads(files["data.json"])["tables"].items()}
    assert min(rows.values()) >= 1, rows  # a table without a row would show nothing
    assert rows["diary"] > 100


def test_what_came_back_is_read_like_what_was_told(packed: bytes, tmp_path: Path) -> None:
    there = tmp_path / "there"
    bring_in(packed, there)
    store = open_store(sqlite_url(there))
    try:
        found = store.present()
        assert found is not None
        _, episode = found
        assert episode is not None
        diary = Diary(days=put_together(store.diary(episode.id)))
    finally:
        store.close()

    assert set(diary.past.reports[-1].activities) == set(ACTIVITIES)
    assert NOTE in [getattr(entry, "text", "") for day in diary.days for entry in day.entries]


def test_settings_come_along(packed: bytes, tmp_path: Path) -> None:
    there = tmp_path / "there"
    bring_in(packed, there)
    with at_home(there) as again:
        page = again.get("/settings").text

    assert 'data-theme="dark"' in page
    assert 'value="DE" selected' in page
    assert 'name="equipment" value="ball" checked' in page
