"""A visitor: the real application in this process, driven through its forms as a browser without JavaScript would."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import httpx
from starlette.testclient import TestClient

from tests.application import application, house_at
from weaklink.bootstrap import House

ADDRESS = "http://127.0.0.1:8000"
MOST_SCREENS = 30


class Fields(HTMLParser):
    """Every form of a page: its fields with what they would send now, untouched."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.names: list[tuple[str, str, str]] = []  # type, name, value
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag in ("input", "button", "textarea", "select") and found.get("name"):
            kind = "number" if found.get("inputmode") in ("numeric", "decimal") else found.get("type") or tag
            self.names.append((kind, str(found["name"]), found.get("value") or ""))


def tight(html: str) -> str:
    """A page without the white space of its layout, which is nothing that a test should depend on."""
    return re.sub(r" ?(</?\w[^<>]*?) ?(/?>) ?", r"\1\2", re.sub(r"\s+", " ", html))


@contextmanager
def at_home(folder: Path, language: str = "en") -> Iterator[Visitor]:
    """A visitor of the application in this process, on a folder of its own."""
    house = house_at(folder, language)
    served = TestClient(
        application(house), base_url=ADDRESS, follow_redirects=False, raise_server_exceptions=False
    )
    try:
        with served as client:  # one event loop for all requests; else each makes its own
            yield Visitor(client, house)
    finally:
        house.records.close()


def form_token(client: httpx.Client, path: str = "/settings") -> str:
    """The token in the forms of a page, as this client gets it."""
    found = re.search(r'name="csrf" value="([^"]+)"', client.get(path).text)
    assert found, f"{path} has no form"
    return found[1]


class Visitor:
    """One person at the pages. Posts carry the form's token; redirects are not followed.

    `house` is there when the application runs in this process.
    """

    def __init__(self, client: httpx.Client, house: House | None = None) -> None:
        self.client, self.house = client, house
        self.token = form_token(client, "/")
        self.since: dict[str, str] = {}  # how long it has hurt, said with the story

    def get(self, path: str) -> httpx.Response:
        """A page."""
        return self.client.get(path)

    def post(self, path: str, **fields: Any) -> httpx.Response:
        """A form sent from our own page; a list sends a field several times."""
        said = {name.replace("__", "."): value for name, value in fields.items()}
        return self.send(path, said)

    def send(self, path: str, fields: Mapping[str, Any]) -> httpx.Response:
        """A form whose field names are no Python names."""
        return self.client.post(path, data={"csrf": self.token, **fields})

    # The intake, step by step.

    def begin(self, aim: str = "pain", **who: Any) -> httpx.Response:
        """Begin, and say who one is; how long it has hurt is kept for the story."""
        assert self.post("/start", aim=aim, new="1").status_code == 303
        said = {"age": "33", "level": "novice", "since": "3", "since_unit": "weeks"} | who
        self.since = {name: said.pop(name) for name in ("since", "since_unit")}
        return self.post("/who", **said)

    def hurts(self, *places: str, story: str = "", **pain: str) -> httpx.Response:
        """Say where and how much; screens of safety questions between are left alone."""
        response = self.post("/where", place=list(places), story=story)
        return self.post("/pain", **pain) if pain else response

    def answer(
        self, answers: Mapping[str, str], pain: Mapping[str, str] | None = None, until: str = ""
    ) -> list[str]:
        """Answer every screen that comes, "no" or "none of these" where nothing else is wanted; the addresses seen.

        A screen `until` which is asked is left open.
        """
        seen = []
        where = self._next()
        while where.startswith(("/q/", "/pain", "/story")) and where != until and len(seen) < MOST_SCREENS:
            seen.append(where)
            fields = Fields(self.get(where).text).names
            if where == "/pain":
                said = dict(pain or {"run": "4"})
            elif where == "/story":
                said = self.since | _story(fields, answers)
            else:
                said = _said(fields, answers)
            response = self.send(where, said)
            assert response.status_code == 303, (where, said, response.status_code)
            where = response.headers["location"]
        return [*seen, where]

    def _next(self) -> str:
        # The start page knows where one left off.
        found = re.search(r'class="strip resume"><a class="link" href="([^"]+)"', self.get("/").text)
        assert found, "nothing was begun"
        return found.group(1)


def _story(fields: list[tuple[str, str, str]], answers: Mapping[str, str]) -> dict[str, Any]:
    """What changed, and of every other question what is wanted; the rest is left open."""
    changed = [value for _, name, value in fields if name == "yes" and answers.get(value) == "yes"]
    names = {name for kind, name, _ in fields if kind == "radio"}
    said: dict[str, Any] = {name: answers[name] for name in sorted(names) if name in answers}
    return said | ({"yes": changed} if changed else {"none": "1"})


def _said(fields: list[tuple[str, str, str]], answers: Mapping[str, str]) -> dict[str, Any]:
    yes = [value for _, name, value in fields if name == "yes" and answers.get(value) == "yes"]
    unsure = [value for _, name, value in fields if name == "unsure" and answers.get(value) == "unsure"]
    if any(name == "none" for _, name, _ in fields):
        return {"yes": yes, "unsure": unsure} if yes or unsure else {"none": "1"}
    asked = [value for _, name, value in fields if name == "asked"]
    wanted: dict[str, Any] = {"asked": asked} if asked else {}
    for kind, name, value in fields:
        if name in ("csrf", "asked"):
            continue
        if kind == "number":
            wanted[name] = answers.get(name, "0")
        elif name in answers:
            wanted[name] = answers[name]
        elif name not in wanted or value == "no":
            wanted[name] = "no" if value == "no" else "unsure"
    return wanted
