"""A state that is put there for a test is the state that the forms lead to."""

from __future__ import annotations

from pathlib import Path

from tests.web.states import form_by_form, kept_by, planned
from tests.web.visitor import at_home


def test_a_plan_put_there_is_the_plan_that_the_forms_lead_to(tmp_path: Path) -> None:
    with at_home(tmp_path / "by-hand") as visitor:
        form_by_form(visitor)
        assert visitor.house is not None
        said = kept_by(visitor.house)
    with at_home(tmp_path / "first") as visitor:
        planned(visitor)
    with at_home(tmp_path / "put") as visitor:
        planned(visitor)
        assert visitor.house is not None
        put = kept_by(visitor.house)
        assert visitor.get("/plan").status_code == 200

    assert put[0].settings == said[0].settings
    assert (put[1].given, put[1].steps) == (said[1].given, said[1].steps)
    assert [(one.made, one.because) for one in put[2]] == [(one.made, one.because) for one in said[2]]
