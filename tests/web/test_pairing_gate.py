"""The gate: what a device that was not paired finds, tries and changes. Each route: `test_route_matrix.py`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from tests.web.route_lines import address, served
from tests.web.states import STATES
from tests.web.visitor import Visitor, form_token
from weaklink.bootstrap import House, Settings, build
from weaklink.store.opening import sqlite_url
from weaklink.web.app import LOCAL_HOSTS, make_pages
from weaklink.web.home.devices import Served
from weaklink.web.home.gate import COOKIE, OPEN, Door, Gate, behind_proxy, from_network
from weaklink.web.home.pairing import Pairing
from weaklink.web.visit.security import Security

HOST = "192.168.1.20"
PHONE = ("192.168.1.30", 50000)


class AtHome:
    """One house behind three doors: this machine, the home network, a proxy."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.pages = make_pages(house)
        self.pairing: Pairing = self.pages.state.pairing
        self.local = TestClient(
            Security(self.pages, LOCAL_HOSTS), base_url="http://127.0.0.1:8000", follow_redirects=False
        )

    def opens(self, secret: str) -> bool:
        return self.house.records.address(secret) is not None

    def phone(self, token: str = "", client: tuple[str, int] = PHONE) -> httpx.Client:
        gate = Gate(self.pages, self.pairing, Door(from_network, self.opens))
        return self._client(
            Security(gate, frozenset({HOST}), proxied=True), f"https://{HOST}:8443", token, client
        )

    def by_proxy(self, token: str = "", name: str = "runs.example") -> httpx.Client:
        gate = Gate(self.pages, self.pairing, Door(behind_proxy(LOCAL_HOSTS), self.opens))
        app = Security(gate, LOCAL_HOSTS | {"runs.example"}, proxied=True)
        return self._client(app, f"http://{name}", token, ("127.0.0.1", 50000))

    def _client(self, app: Any, base: str, token: str, client: tuple[str, int]) -> httpx.Client:
        made = TestClient(app, base_url=base, follow_redirects=False, client=client)
        if token:
            made.headers["cookie"] = f"{COOKIE}={token}"
        return made

    def token(self) -> str:
        return self.pairing.pair(self.pairing.new_code().digits, "A phone").token


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AtHome]:
    folder = tmp_path_factory.mktemp("data")
    house = build(Settings(folder=folder, database=sqlite_url(folder)))
    found = AtHome(house)
    STATES["planned"](Visitor(found.local))
    yield found
    house.records.close()


def test_a_stranger_changes_nothing(home: AtHome) -> None:
    before = home.local.get("/answers").text, home.local.get("/settings").text
    stranger = home.phone()

    for method, path in served(home.pages.routes):
        if method not in ("GET", "HEAD"):
            form = {"csrf": form_token(home.local), "confirm": "1", "does": "revoke", "device": "all"}
            assert stranger.request(method, address(path), data=form).status_code in (401, 403)

    assert (home.local.get("/answers").text, home.local.get("/settings").text) == before


def test_a_paired_device_sees_what_this_machine_sees(home: AtHome) -> None:
    paired = home.phone(home.token())

    for path in ("/plan", "/today", "/session", "/settings", "/api/v1/openapi.json"):
        assert paired.get(path).status_code == home.local.get(path).status_code == 200, path


@pytest.mark.parametrize("token", ["", "x", "0" * 43, "A" * 5000, "é", "../../x"])
def test_no_other_session_opens(home: AtHome, token: str) -> None:
    headers = {"cookie": f"{COOKIE}={token}".encode()}

    assert home.phone().get("/plan", headers=headers).status_code == 303


def test_a_session_in_another_place_than_its_cookie_opens_nothing(home: AtHome) -> None:
    token, stranger = home.token(), home.phone()

    assert stranger.get(f"/plan?{COOKIE}={token}").status_code == 303
    assert stranger.get("/plan", headers={"authorization": f"Bearer {token}"}).status_code == 303
    assert stranger.get("/plan", headers={"cookie": f"weaklink-device={token}"}).status_code == 303


def test_the_pairing_page_says_nothing_about_the_runner(home: AtHome) -> None:
    page = home.phone().get("/pair").text

    assert home.house.form_key not in page
    for word in ("/plan", "/diary", "/progress", str(home.house.settings.folder)):
        assert word not in page
    assert home.local.get("/plan").status_code == 200  # there is something to say


def test_no_error_page_says_anything_about_the_runner(home: AtHome) -> None:
    stranger = home.phone()
    errors = [
        stranger.post("/pair", data={"code": "1"}),
        stranger.post("/pair", data={str(number): "" for number in range(50)}),
        stranger.post("/pair", content=b"x" * 600_000),
        stranger.put("/pair"),
        stranger.get("/static/visit/nothing.css"),
        stranger.get("/static/visit/nothing.js"),
    ]

    assert [error.status_code for error in errors] == [403, 400, 413, 405, 404, 404]
    for error in errors:
        assert home.house.form_key not in error.text
        assert not re.search(r'href="/(plan|diary|progress|today)"', error.text)


def test_a_page_leads_to_pairing_and_a_program_gets_401(home: AtHome) -> None:
    stranger = home.phone()

    assert stranger.get("/plan", headers={"sec-fetch-mode": "navigate"}).status_code == 303
    assert stranger.get("/session/figures", headers={"sec-fetch-mode": "cors"}).status_code == 401
    assert stranger.get("/api/v1/openapi.json").json()["status"] == 401


@pytest.mark.parametrize(
    "path", ["/pair", "/static/visit/tokens.css", "/static/home/pairing.js", "/static/marks/mark.svg"]
)
def test_what_the_pairing_page_needs_is_open(home: AtHome, path: str) -> None:
    assert home.phone().get(path).status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/static/figures/body.glb?v=1", "/static/figures/movements/clamshell.glb",
     "/static/visit/../../plan", "/static/%2e%2e/plan", "//plan", "/pair/", "/pair/../plan", "/static/", "/PAIR", "/plan;/pair"],
)  # fmt: skip
def test_nothing_is_reached_by_a_crooked_path(home: AtHome, path: str) -> None:
    found = home.phone().request("GET", f"https://{HOST}:8443{path}")

    assert found.status_code in (303, 401, 404)
    assert "straight" not in found.text


def test_open_files_hold_nothing_of_anybody() -> None:
    for path in (
        "/static/figures/movements/clamshell.glb",
        "/static/figures/body.glb",
        "/static/x/../y.css",
        "/api/v1/x.css",
    ):
        assert OPEN.fullmatch(path) is None


def test_an_address_that_was_handed_on_opens_with_its_secret_until_it_is_revoked(home: AtHome) -> None:
    visitor, stranger = Visitor(home.local), home.phone()
    for purpose in ("calendar", "plan"):
        visitor.post("/hand-on", does="make", purpose=purpose)
    paths = re.findall(r'value="https?://[^/"]+(/(?:calendar|shared)/[^"]+)"', visitor.get("/hand-on").text)
    assert len(paths) == 2

    assert [stranger.get(path).status_code for path in paths] == [200, 200]
    assert [stranger.post(path).status_code for path in paths] == [401, 401]
    assert [
        stranger.get(re.sub(r"[\w-]{16}(?=(\.ics)?$)", "A" * 16, path)).status_code for path in paths
    ] == [303, 303]
    for purpose in ("calendar", "plan"):
        visitor.post("/hand-on", does="revoke", purpose=purpose)
    assert [stranger.get(path).status_code for path in paths] == [303, 303]


def test_a_plan_that_was_handed_on_is_whole_and_says_nothing_else(home: AtHome) -> None:
    visitor, stranger = Visitor(home.local), home.phone()
    visitor.post("/hand-on", does="make", purpose="plan")
    path = re.search(r'value="https?://[^/"]+(/shared/[^"]+)"', visitor.get("/hand-on").text)
    assert path
    page = stranger.get(path[1]).text
    files = re.findall(r'(?:src|href)="(/static/[^"]+|/manifest[^"]+)"', page)

    assert len(files) > 5
    assert [file for file in files if stranger.get(file).status_code != 200] == []
    assert home.house.form_key not in page


def test_what_is_handed_on_at_the_computer_opens_at_home_once_home_is_served(home: AtHome) -> None:
    visitor = Visitor(home.local)
    visitor.post("/hand-on", does="make", purpose="plan")
    assert 'value="http://127.0.0.1:8000/shared/' in visitor.get("/hand-on").text
    home.pairing.serve(Served(pages=(f"https://{HOST}:8443/",), certificate=f"http://{HOST}:8000/"))

    page = visitor.get("/hand-on").text

    assert f'value="https://{HOST}:8443/shared/' in page
    assert "this machine only" not in page
    home.pairing.serve(None)


def test_a_revoked_device_is_told_to_forget(home: AtHome) -> None:
    token = home.token()
    phone = home.phone(token)
    assert phone.get("/plan").status_code == 200
    device = home.pairing.device(token)
    assert device is not None

    home.pairing.revoke(device.id)
    refused = phone.get("/plan")

    assert refused.status_code == 303
    assert refused.headers["clear-site-data"] == '"cache", "storage"'
    assert "Max-Age=0" in refused.headers["set-cookie"]
    assert "clear-site-data" not in home.phone().get("/plan").headers  # a stranger's storage is not ours


@pytest.mark.parametrize("address", ["8.8.8.8", "2001:4860::1", "192.0.2.7", "testclient"])
def test_a_port_opened_in_the_router_opens_nothing(home: AtHome, address: str) -> None:
    token = home.token()

    for path in ("/pair", "/plan", "/static/visit/tokens.css"):
        assert home.phone(token, (address, 50000)).get(path).status_code == 403


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "192.168.1.21", f"{HOST}.evil.example", ""])
def test_a_foreign_host_name_is_refused_even_to_a_paired_device(home: AtHome, host: str) -> None:
    assert home.phone(home.token()).get("/plan", headers={"host": host}).status_code == 400


def test_a_forged_form_is_refused_even_from_a_paired_device(home: AtHome) -> None:
    paired = home.phone(home.token())
    form = {"csrf": form_token(paired), "does": "revoke", "device": "all"}

    for headers in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}):
        assert paired.post("/devices", data=form, headers=headers).status_code == 403


def test_a_code_is_made_and_shown_at_the_computer_only(home: AtHome) -> None:
    code = home.pairing.new_code().digits
    paired = home.phone(home.token())
    code = home.pairing.new_code().digits
    form = {"csrf": form_token(paired), "does": "code"}

    assert paired.post("/devices", data=form).status_code == 403
    page = paired.get("/devices").text
    assert code not in page
    assert f"{code[:4]} {code[4:]}" not in page
    assert home.pairing.code() is not None


# Behind a proxy, on the local door.


def test_behind_a_proxy_only_this_machine_itself_needs_no_pairing(home: AtHome) -> None:
    assert home.by_proxy(name="127.0.0.1").get("/plan").status_code == 200
    assert home.by_proxy().get("/plan").status_code == 303
    assert home.by_proxy(home.token()).get("/plan").status_code == 200


@pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Forwarded-Proto", "Forwarded", "Via", "X-Real-IP"])
def test_a_proxy_that_hides_the_name_opens_nothing(home: AtHome, header: str) -> None:
    said = {header: "192.168.1.30"}

    assert home.by_proxy(name="127.0.0.1").get("/plan", headers=said).status_code == 303
    assert home.local.get("/plan", headers=said).status_code == 400


def test_behind_a_proxy_addresses_that_are_handed_on_are_encrypted(home: AtHome) -> None:
    paired = home.by_proxy(home.token())
    paired.post("/hand-on", data={"csrf": form_token(paired), "does": "make", "purpose": "plan"})

    assert 'value="https://runs.example/shared/' in paired.get("/hand-on").text


def test_a_web_socket_is_closed(home: AtHome) -> None:
    gate = Gate(home.pages, home.pairing, Door(from_network, home.opens))
    with pytest.raises(WebSocketDisconnect) as found, TestClient(gate).websocket_connect("/plan"):
        pass  # the pages have none

    assert found.value.code == 1008
