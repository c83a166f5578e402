"""A visitor: walks through the pages as a browser without JavaScript does."""

from __future__ import annotations

import re
import urllib.parse
import urllib.request
from http.client import HTTPConnection
from typing import NamedTuple

WHO = {"age": "24", "sex": "female", "level": "novice"}
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
STORY = {"since": "8", "since_unit": "weeks", "none": "1"}


class Form(NamedTuple):
    """A form as it would be posted: where to, its body, and the cookie of whoever posts it."""

    path: str
    body: bytes
    cookie: str = ""


class Visitor:
    """One browser at one server."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.token, self.cookie = self._token("/")

    def form(self, path: str, **fields: str) -> Form:
        """A filled form with its hidden token."""
        return Form(path, urllib.parse.urlencode({"csrf": self.token, **fields}).encode(), self.cookie)

    def answered(self, path: str, **fields: str) -> Form:
        """The form of a page as a browser posts it: what stands hidden in it, and these fields."""
        request = urllib.request.Request(self.address + path, headers={"cookie": self.cookie})
        with urllib.request.urlopen(request, timeout=30) as answer:
            stands = HIDDEN.findall(answer.read().decode())
        return Form(path, urllib.parse.urlencode([*stands, *fields.items()]).encode(), self.cookie)

    def post(self, path: str, **fields: str) -> str:
        """Post a form; the address it leads to.

        Raises: RuntimeError when the page did not take it.
        """
        form = self.form(path, **fields)
        connection = HTTPConnection(urllib.parse.urlsplit(self.address).netloc, timeout=30)
        kind = {"content-type": "application/x-www-form-urlencoded"}
        headers = {**kind, "origin": self.address, "cookie": self.cookie}
        connection.request("POST", form.path, form.body, headers)
        answer = connection.getresponse()
        if answer.status != 303:
            raise RuntimeError(f"{path}: answered {answer.status}: {answer.read()[:300]!r}")
        return str(answer.headers["location"])

    def to_safety_questions(self) -> str:
        """Begin, say who and where it hurts; the address of the first safety screen."""
        self.post("/start", aim="pain", new="1")
        self.post("/who", **WHO)
        return self.post("/where", place="knee-anterior:right")

    def _token(self, path: str) -> tuple[str, str]:
        with urllib.request.urlopen(self.address + path, timeout=30) as answer:
            cookie = str(answer.headers["set-cookie"] or "").partition(";")[0]
            found = re.search(r'name="csrf" value="([^"]+)"', answer.read().decode())
        if found is None:
            raise RuntimeError(f"{path}: no form with a token")
        return found[1], cookie
