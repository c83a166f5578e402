"""Settings from several devices at once: each change is made to the newest ones, so none is lost."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from tests.web.states import fresh
from tests.web.visitor import Visitor
from weaklink.bootstrap import House
from weaklink.care.ports import Runner

SETTINGS = {"country": "", "units": "mi", "theme": "dark", "language": "en"}
OWN_STEP = {"height": "70", "mass": "", "speed": "", "cadence": ""}
FORMS: list[tuple[str, dict[str, str], str]] = [
    ("/settings", SETTINGS, "theme"),
    ("/hand-on", {"does": "hour", "hour": "18:30"}, "session_hour"),
    ("/what-if/step", OWN_STEP, "height_cm"),
]


def house_of(visitor: Visitor) -> House:
    application: Any = visitor.client.app  # type: ignore[attr-defined]
    house: House = application.app.state.house
    return house


@pytest.mark.parametrize(("path", "said", "key"), FORMS)
def test_a_form_keeps_what_another_device_chose_while_it_was_on_its_way(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch, path: str, said: dict[str, str], key: str
) -> None:
    fresh(visitor)
    visitor.send("/settings", SETTINGS)
    records = house_of(visitor).records
    read = records.present

    def elsewhere(old: Runner) -> Runner:
        return msgspec.structs.replace(old, settings={**old.settings, "elsewhere": path})

    def read_and_overtaken() -> Any:
        found = read()
        assert found is not None
        monkeypatch.setattr(records, "present", read)
        records.change_runner(found[0].id, elsewhere).result(5)
        return found

    monkeypatch.setattr(records, "present", read_and_overtaken)
    assert visitor.send(path, said).status_code == 303

    kept = records.runners()[0].settings
    assert kept["elsewhere"] == path
    assert kept["units"] == "mi"
    assert key in kept


@pytest.mark.parametrize("token", ["", "ü", "a" * 43])
def test_a_form_with_another_token_changes_nothing(visitor: Visitor, token: str) -> None:
    answer = visitor.client.post("/settings", data={"csrf": token, **SETTINGS, "theme": "light"})

    assert answer.status_code == 403
    # Alone in its process it meets a house in which nobody is kept yet.
    assert all(one.settings.get("theme") != "light" for one in house_of(visitor).records.runners())
