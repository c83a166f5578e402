"""Settings and fixtures every test shares."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

from weaklink.library.reading import Library, shipped_library

# Fixed seeds: a failing example is the same on every machine; `make soak` explores further.
settings.register_profile(
    "house", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("soak", max_examples=2000, deadline=None)
settings.load_profile(os.environ.get("WEAKLINK_HYPOTHESIS", "house"))


@pytest.fixture(scope="session")
def library() -> Library:
    """The library that comes with weaklink."""
    return shipped_library()
