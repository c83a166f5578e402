"""Settings and fixtures every test shares."""

from __future__ import annotations

import pytest
from hypothesis import settings

from tests.searches import REACH
from weaklink.library.reading import Library, shipped_library

settings.load_profile(REACH)


@pytest.fixture(scope="session")
def library() -> Library:
    """The library that comes with weaklink."""
    return shipped_library()
