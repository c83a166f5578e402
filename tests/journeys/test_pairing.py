"""A phone comes in over the home network in Chromium: pairs, installs the session, and trains without a connection.

Chromium trusts the certificate by the digest of its key, as a phone does after the authority was installed; that
it is refused otherwise, and that clients with the authority believe it, is shown in `tests/cli/test_up_home.py`.
"""

from __future__ import annotations

import base64
import datetime
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

pytest.importorskip("cryptography", reason="NOT TESTED HERE: the extra `lan` is not installed")

from cryptography import x509
from cryptography.hazmat.primitives import serialization

from tests.browser import FLAGS, chromium_path
from tests.home_network import HomeServer, serving_home
from tests.journeys.conftest import PHONE
from tests.journeys.session_page import INSTALLED, wait
from tests.journeys.test_accessibility import problems
from tests.web.states import STATES
from tests.web.test_tls import leaf_of
from tests.web.visitor import Visitor
from weaklink.web.home.gate import COOKIE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Playwright

EVERY_DAY = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, playwright: Playwright) -> Iterator[HomeServer]:
    with serving_home(tmp_path_factory.mktemp("home")) as running:
        with httpx.Client(base_url=running.local, timeout=60) as client:
            visitor = Visitor(client)
            STATES["planned"](visitor)
            today = datetime.datetime.now().astimezone().date()
            days = {EVERY_DAY[(today.weekday() + later) % 7] for later in (0, 2, 4)}
            visitor.post("/week", minutes="15", days=sorted(days, key=EVERY_DAY.index))
            visitor.get("/plan")
        yield running


@pytest.fixture(scope="module")
def trusting(playwright: Playwright, server: HomeServer) -> Iterator[Browser]:
    """A Chromium that believes exactly this server's key."""
    key = leaf_of(server.folder).public_key()
    spki = key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    digest = base64.b64encode(hashlib.sha256(spki).digest()).decode()
    flags = [*FLAGS, f"--ignore-certificate-errors-spki-list={digest}"]
    started = playwright.chromium.launch(executable_path=chromium_path(), args=flags)
    yield started
    started.close()


@pytest.fixture
def phone(trusting: Browser) -> Iterator[BrowserContext]:
    context = trusting.new_context(**PHONE, reduced_motion="reduce")
    context.set_default_timeout(20000)
    yield context
    context.close()


def pair(page: Page, server: HomeServer) -> None:
    page.goto(f"{server.home}/pair#{server.code()}")
    page.get_by_role("button", name="Pair this device").click()
    page.wait_for_url(f"{server.home}/today")


def test_a_browser_that_does_not_trust_the_authority_does_not_open_it(
    browser: Browser, server: HomeServer
) -> None:
    from playwright.sync_api import Error

    page = browser.new_page()
    with pytest.raises(Error, match="ERR_CERT_AUTHORITY_INVALID"):
        page.goto(f"{server.home}/pair")
    page.close()


def test_a_scanned_code_fills_itself_in_and_is_gone_from_the_address(
    phone: BrowserContext, server: HomeServer
) -> None:
    asked: list[str] = []
    page = phone.new_page()
    page.on("request", lambda request: asked.append(request.url))
    code = server.code()

    page.goto(f"{server.home}/pair#{code}")

    assert page.locator("#code").input_value().replace(" ", "") == code
    assert page.url == f"{server.home}/pair"
    assert [url for url in asked if code in url.partition("#")[0]] == []
    page.get_by_role("button", name="Pair this device").click()
    page.wait_for_url(f"{server.home}/today")
    cookie = next(one for one in phone.cookies() if one["name"] == COOKIE)
    assert (cookie["httpOnly"], cookie["secure"], cookie["sameSite"]) == (True, True, "Strict")
    assert page.evaluate("document.cookie") == ""


def test_without_scripts_the_code_is_typed(trusting: Browser, server: HomeServer) -> None:
    context = trusting.new_context(**PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server.home}/plan")
    assert page.url == f"{server.home}/pair"
    page.locator("#code").fill(server.code())
    page.get_by_label("Name of this device").fill("Old phone")

    page.get_by_role("button", name="Pair this device").click()

    page.wait_for_url(f"{server.home}/today")
    page.goto(f"{server.home}/devices")
    assert page.get_by_text("Old phone").first.is_visible()
    context.close()


def test_a_paired_phone_installs_the_session_and_opens_it_without_a_connection(
    phone: BrowserContext, server: HomeServer
) -> None:
    page = phone.new_page()
    pair(page, server)
    assert page.evaluate("isSecureContext")
    page.goto(f"{server.home}/session?anyway=1", wait_until="domcontentloaded")
    wait(page, INSTALLED)
    wait(page, "['questions', 'start', 'work'].includes(globalThis.weaklinkSession?.screens.shown)")
    page.close()

    phone.set_offline(True)
    page = phone.new_page()
    page.goto(f"{server.home}/session?anyway=1", wait_until="domcontentloaded")

    wait(page, "['questions', 'start', 'work'].includes(globalThis.weaklinkSession?.screens.shown)")
    asked = page.evaluate("fetch('/plan').then(() => 'answered', () => 'no connection')")
    assert asked == "no connection"
    phone.set_offline(False)


def test_a_revoked_phone_forgets_what_it_kept(phone: BrowserContext, server: HomeServer) -> None:
    page = phone.new_page()
    pair(page, server)
    page.goto(f"{server.home}/session?anyway=1", wait_until="domcontentloaded")
    wait(page, INSTALLED)
    wait(page, "caches.keys().then((names) => names.length > 0)")
    with httpx.Client(base_url=server.local, timeout=60) as client:
        Visitor(client).post("/devices", does="revoke", device="all")

    page.goto(f"{server.home}/plan")

    assert page.url == f"{server.home}/pair"
    # The pairing page has a form again, so the browser has what that is bound to; of the device nothing.
    assert [one["name"] for one in phone.cookies()] == ["__Host-weaklink-visitor"]
    wait(page, "caches.keys().then((names) => names.length === 0)")
    wait(page, "navigator.serviceWorker.getRegistrations().then((found) => found.length === 0)")


@pytest.mark.parametrize("shown", ["pair", "wrong", "devices", "code", "settings", "certificate"])
def test_the_pages_of_pairing_are_usable_by_everyone(
    phone: BrowserContext, server: HomeServer, shown: str
) -> None:
    page = phone.new_page()
    if shown in ("devices", "settings"):
        pair(page, server)
    addresses = {"code": f"{server.local}/devices", "certificate": f"{server.plain}/"}
    if shown == "code":
        server.code()
    path = {"wrong": "/pair"}.get(shown, f"/{shown}")
    page.goto(addresses.get(shown, f"{server.home}{path}"))
    if shown == "wrong":
        right = server.code()
        page.locator("#code").fill(f"{(int(right) + 1) % 10**8:08d}")
        with page.expect_navigation():
            page.get_by_role("button", name="Pair this device").click()
        assert page.locator("#problem-code").is_visible()
    if shown == "certificate":
        for fold in page.locator("summary").all():
            fold.click()
    if shown == "code":
        assert page.locator(".qr").count() == 2

    assert problems(page) == []


def test_the_certificate_can_be_fetched_by_the_page(phone: BrowserContext, server: HomeServer) -> None:
    page = phone.new_page()
    page.goto(f"{server.plain}/")
    with page.expect_download() as found:
        page.get_by_role("link", name="Get the certificate").click()

    kept = Path(found.value.path()).read_bytes()
    assert kept == server.authority.read_bytes()
    assert x509.load_pem_x509_certificate(kept).subject
