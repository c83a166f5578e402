"""Who the tests of the pages share: a visitor, and a runner with a plan."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.web.states import fresh, planned
from tests.web.visitor import Visitor, at_home


@pytest.fixture(scope="module")
def visitor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    """One visitor for a module, since making an application takes seconds; each test brings the state it needs."""
    with at_home(tmp_path_factory.mktemp("data")) as made:
        yield made


@pytest.fixture
def runner(visitor: Visitor) -> Visitor:
    """Somebody with a sore kneecap, three tests and a plan; a diary of their own."""
    fresh(visitor)
    planned(visitor)
    assert visitor.get("/plan").status_code == 200
    return visitor
