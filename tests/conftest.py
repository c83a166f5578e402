"""Settings and fixtures every test shares."""

from __future__ import annotations

import gc

import pytest
from hypothesis import settings

from tests.day import keep_one_day
from tests.searches import REACH
from weaklink.library.reading import Library, shipped_library

settings.load_profile(REACH)
keep_one_day()


def pytest_collection_finish() -> None:
    """Let the collector of garbage pass by what stays for good: modules, records and thousands of tests."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def library() -> Library:
    """The library that comes with weaklink."""
    return shipped_library()
