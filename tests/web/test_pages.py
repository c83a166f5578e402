"""Every page in every state: it answers, keeps what was said, names what is wrong, and holds no foreign markup."""

from __future__ import annotations

import functools
import io
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from tests.searches import some
from tests.web.states import PAGES, STATES
from tests.web.visitor import Fields, Visitor, at_home
from weaklink.library.reading import Library
from weaklink.library.wording import catalogue
from weaklink.store.my_data import read_archive
from weaklink.web.routes import ROUTES

ATTACKS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'-alert(1)-'",
    "javascript:alert(1)",
    "</textarea><svg onload=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "{story} {0.__class__} {km:distance} %(story)s %s %n",
    "<!-- --><b>bold</b>&lt;i&gt;",
    "\u202egnihtyreve\u202c \x00 \ud7ff 🏃",
)


class Page(HTMLParser):
    """What a browser sees of a page: its elements with their attributes, and its visible text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def addresses(library: Library) -> list[str]:
    """Every page that can be asked for, with one real id for each kind."""
    real = {
        "screen": "first-checks",
        "test": "sl-heel-raise-reps",
        "exercise": "clamshell",
        "link": "quads--knee-anterior",
    }
    paths = [route.path for route in ROUTES if "GET" in (route.methods or ())]
    # Pictures may be kept and secrets open nothing by guessing: both have tests of their own.
    return [
        path.format(**real) for path in paths if not path.startswith("/static/") and "{secret}" not in path
    ]


@functools.cache
def keys_of_the_catalogue() -> re.Pattern[str]:
    """What looks like a key: a word that begins some key, and what stands after its dot."""
    starts = "|".join(sorted({re.escape(key.split(".")[0]) for key in catalogue()}))
    return re.compile(rf"\b(?:{starts})\.[a-z0-9-]+(?:\.[a-z0-9-]+)*\b")


def check_markup(html: str, where: str) -> None:
    """Nothing inline, nothing from elsewhere, no key of the catalogue instead of its words."""
    page = Page(html)
    for tag, attributes in page.elements:
        assert "style" not in attributes, (where, tag)
        assert not [name for name in attributes if name.startswith("on")], (where, tag)
        assert tag not in ("style", "iframe", "object", "embed", "base"), where
        if tag == "script":
            assert str(attributes.get("src")).startswith("/static/"), where
        for name in ("src", "action", "formaction"):
            assert str(attributes.get(name, "/")).startswith("/"), (where, tag, attributes)
        assert not str(attributes.get("href", "")).startswith("javascript:"), where
    raw = keys_of_the_catalogue().findall(page.text)
    assert [key for key in raw if not re.search(r"\.(com|org|net|gov|edu|int|io|uk|au|de)$", key)] == [], (
        where
    )


@pytest.mark.search
@pytest.mark.parametrize("state", STATES)
def test_every_page_answers_in_every_state(visitor: Visitor, library: Library, state: str) -> None:
    STATES[state](visitor)
    begins = list(STATES).index(state)  # each state begins elsewhere: together they visit every page
    for address in some(addresses(library), one_in=3, first=begins):
        response = visitor.get(address)

        assert response.status_code in (200, 303), (address, response.status_code)
        policy = response.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert response.headers["cache-control"] == "no-store"
        seen = [address]
        while response.status_code == 303:
            seen.append(response.headers["location"])
            assert len(seen) < 5, seen  # it goes round in circles
            response = visitor.get(seen[-1])
        if response.headers["content-type"] == "application/pdf":
            assert response.content.startswith(b"%PDF-")
        else:
            check_markup(response.text, seen[-1])


@pytest.mark.parametrize("state", STATES)
def test_a_page_shows_itself_in_its_state(visitor: Visitor, state: str) -> None:
    STATES[state](visitor)
    for path in (path for wanted, path, _ in PAGES if wanted == state):
        response = visitor.get(path)

        assert response.status_code == 200, path
        check_markup(response.text, path)


@pytest.mark.search
def test_every_record_has_a_page_that_can_be_read(visitor: Visitor, library: Library) -> None:
    STATES["planned"](visitor)
    paths = [
        *(f"/exercises/{name}" for name, record in library.exercises.items() if record.status != "retired"),
        *(f"/evidence/{name}" for name in library.weak_links),
        *(f"/tests/{name}" for name, test in library.clinical_tests.items() if test.performed_by == "self"),
        *(f"/q/{name}" for name in library.questions),
    ]
    for path in some(paths, one_in=4):
        response = visitor.get(path)

        assert response.status_code == 200, path
        check_markup(response.text, path)


@pytest.mark.parametrize(
    "path", ["/q/nothing", "/tests/nothing", "/exercises/nothing", "/evidence/nothing", "/nowhere"]
)
def test_what_is_not_there_is_not_found(visitor: Visitor, path: str) -> None:
    STATES["planned"](visitor)

    response = visitor.get(path)

    assert response.status_code == 404
    assert "not here" in response.text
    check_markup(response.text, path)


POSTS = [
    ("/start", {"aim": "pain"}),
    ("/who", {"age": "60"}),
    ("/where", {"place": ["calf:left"]}),
    ("/story", {"since": "9"}),
    ("/pain", {"run": "9"}),
    ("/q/first-checks", {"yes": ["dvt"]}),
    ("/tests/sl-heel-raise-reps", {"value.right": "1"}),
    ("/week", {"minutes": "45"}),
    ("/plan", {}),
    ("/today", {"minutes": "5"}),
    ("/today/away", {"why": "life", "id": "a-forged-week"}),
    ("/today/smaller", {"wanted": "1"}),
    ("/session/end", {"session": "a-session"}),
    ("/diary/session", {"session": "a-session", "id": "a-forged-change"}),
    ("/episodes", {"episode": "another"}),
    ("/before", {"same": "yes"}),
    ("/routine", {"does": "add", "name": "forged squats", "sets": "3", "reps": "9", "days": ["mon"]}),
    (
        "/prescribed",
        {"does": "keep", "move": "clamshell", "side": "both", "sets": "3", "reps": "9", "days": ["mon"]},
    ),
    ("/remarks", {"about": "exercise", "id": "clamshell", "agrees": "no", "text": "x"}),
    ("/what-if", {"side": "left"}),
    ("/what-if/step", {"height": "180"}),
    ("/diary", {"does": "note", "id": "a-note-of-mine", "text": "forged"}),
    ("/progress", {"does": "report", "id": "a-report-of-mine", "pain_worst": "9"}),
    ("/programme", {"does": "follow"}),
    ("/visited", {"id": "a-visit-of-mine", "by": "doctor", "allowed": "as-planned"}),
    ("/running", {"distance": "5"}),
    ("/session/check", {"none": "1", "id": "a-forged-screening"}),
    ("/settings", {"country": "DE"}),
    ("/settings/my-data", {}),
    ("/hand-on", {"does": "make", "purpose": "plan"}),
    ("/settings/erase", {"confirm": "1"}),
    ("/pair", {"code": "00000000"}),
    ("/devices", {"does": "code"}),
]


def test_every_form_is_among_those_that_are_forged() -> None:
    posted = {route.path for route in ROUTES if "POST" in (route.methods or ())}

    found = {
        re.sub(r"^/(q|tests)/.*", lambda m: f"/{m[1]}/" + ("{screen}" if m[1] == "q" else "{test}"), path)
        for path, _ in POSTS
    }
    assert found == posted


@pytest.mark.parametrize(("path", "fields"), POSTS)
def test_a_form_without_our_token_changes_nothing(
    visitor: Visitor, path: str, fields: dict[str, Any]
) -> None:
    before = visitor.get("/answers").text, visitor.get("/settings").text

    for token in ({}, {"csrf": ""}, {"csrf": "0" * 43}):
        assert visitor.client.post(path, data={**fields, **token}).status_code == 403

    assert (visitor.get("/answers").text, visitor.get("/settings").text) == before


BAD = [
    ("begun", "/who", {"age": "", "level": "novice"}, "age"),
    ("begun", "/who", {"age": "9", "level": "novice"}, "age"),
    ("begun", "/who", {"age": "thirty", "level": "novice"}, "age"),
    ("begun", "/who", {"age": "33", "level": "novice", "km_per_week": "-1"}, "km_per_week"),
    ("pointed", "/story", {"since": "-2"}, "since"),
    ("pointed", "/pain", {"run": "11"}, "run"),
    ("pointed", "/pain", {}, "run"),
    ("pointed", "/q/first-checks", {}, "screen"),
    ("ranked", "/week", {"minutes": "3"}, "minutes"),
    ("ranked", "/week", {"minutes": "15", "areas": "99"}, "areas"),
    ("ranked", "/week", {"minutes": "15"}, "days"),
    ("ranked", "/what-if/step", {"height": "9"}, "height"),
    ("ranked", "/tests/sl-heel-raise-reps", {"value.right": "-1"}, "right"),
    ("ranked", "/tests/sl-heel-raise-reps", {}, "screen"),
]


@pytest.mark.parametrize(("state", "path", "fields", "field"), BAD)
def test_a_wrong_answer_is_named_beside_its_field_and_loses_nothing(
    visitor: Visitor, state: str, path: str, fields: dict[str, str], field: str
) -> None:
    STATES[state](visitor)
    before = visitor.get("/answers").text

    response = visitor.send(path, fields)

    assert response.status_code == 422
    assert f'id="problem-{field}"' in response.text
    check_markup(response.text, path)
    shown = {name: value for _, name, value in Fields(response.text).names}
    for name, value in fields.items():
        if name in ("age", "km_per_week", "since", "areas"):
            assert shown[name] == value
    assert visitor.get("/answers").text == before


def test_nothing_ticked_on_the_body_is_said_and_keeps_the_story(visitor: Visitor) -> None:
    STATES["pointed"](visitor)

    response = visitor.post("/where", story="It began on the stairs.")

    assert response.status_code == 422
    assert 'role="alert"' in response.text
    assert "It began on the stairs." in response.text


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_a_runner_writes_stays_text(visitor: Visitor, attack: str) -> None:
    STATES["referred"](visitor)
    visitor.hurts("shin-medial:right", story=attack)
    for path in ("/where", "/answers", "/referral", "/referral/letter"):
        response = visitor.get(path)

        assert response.status_code == 200
        check_markup(response.text, path)
        assert "<script>alert" not in response.text
        assert (
            "onerror=alert" not in re.sub(r"&[a-z#0-9]+;", "", response.text) or "<img" not in response.text
        )
        visible = attack.replace("\x00", "")
        assert " ".join(visible.split()) in Page(response.text).text, path


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_wrong_answer_comes_back_as_text(visitor: Visitor, attack: str) -> None:
    STATES["begun"](visitor)

    response = visitor.post("/who", age=attack, level=attack, km_per_week=attack)

    assert response.status_code == 422
    check_markup(response.text, "/who")


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_remark_is_kept_as_it_was_written(visitor: Visitor, attack: str) -> None:
    STATES["planned"](visitor)

    response = visitor.post("/remarks", about="exercise", id="clamshell", agrees="no", text=attack)

    assert response.status_code == 303
    assert response.headers["location"] == "/exercises/clamshell#remark"
    check_markup(visitor.get("/exercises/clamshell").text, "/exercises/clamshell")


@pytest.mark.parametrize(
    "fields",
    [
        {"about": "exercise", "id": "nothing", "agrees": "yes"},
        {"about": "../etc", "id": "passwd", "agrees": "yes"},
        {"about": "exercise", "id": "clamshell", "agrees": "perhaps"},
        {"about": "exercise", "id": "clamshell", "agrees": "yes", "text": "x" * 2001},
    ],
)
def test_a_remark_on_nothing_is_refused(visitor: Visitor, fields: dict[str, str]) -> None:
    STATES["planned"](visitor)

    assert visitor.send("/remarks", fields).status_code == 422


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/start", {"aim": "\x00"}),
        ("/who", {"age": "1" + "0" * 400}),
        ("/who", {"age": "NaN"}),
        ("/who", {"age": "33", "since": "9" * 30, "since_unit": "months"}),
        ("/where", {"place": ["nowhere:right", "knee-anterior:up"]}),
        ("/where", {"place": ["knee-anterior"]}),
        ("/pain", {"run": "1e400"}),
        ("/q/knee-cave-in", {"knee-cave-in": "perhaps"}),
        ("/week", {"minutes": "15", "days": ["someday"]}),
        ("/week", {"minutes": "15", "equipment": ["trampoline"]}),
        ("/tests/sl-heel-raise-reps", {"value.right": "1" + "0" * 400}),
        ("/tests/sl-heel-raise-reps", {"value.right": "11", "pain.right": "99"}),
        ("/what-if", {"side": "up"}),
        ("/what-if", {"side": "left", "strength.quads": "1e400"}),
        ("/what-if", {"side": "left", "strength.glute-med": "0"}),
        ("/what-if/step", {"height": "NaN", "mass": "1" + "0" * 400}),
        ("/settings", {"country": "XX", "units": "furlong"}),
        ("/settings/erase", {"confirm": "2"}),
    ],
)
def test_odd_input_is_refused_calmly(visitor: Visitor, path: str, fields: dict[str, Any]) -> None:
    STATES["planned"](visitor)
    before = visitor.get("/answers").text

    response = visitor.send(path, fields)

    assert response.status_code in (303, 422), response.status_code
    if response.status_code == 422:
        check_markup(response.text, path)
        assert visitor.get("/answers").text == before


def test_queries_that_are_no_numbers_are_read_as_the_first(visitor: Visitor) -> None:
    STATES["planned"](visitor)
    for query in ("week=99&session=-1", "week=x", "week=²", "session=1e9", "week=%00"):
        assert visitor.get(f"/plan?{query}").status_code == 200


def test_all_my_data_come_as_a_zip(tmp_path: Path) -> None:
    with at_home(tmp_path) as runner:
        runner.begin()
        runner.hurts("knee-anterior:right", story="since the hill runs")
        answer = runner.post("/settings/my-data")
        stranger = runner.client.post("/settings/my-data")

    assert (answer.status_code, stranger.status_code) == (200, 403)
    assert "attachment" in answer.headers["content-disposition"]
    episode = read_archive(io.BytesIO(answer.content), "2026.11").data.tables["episodes"][0]
    assert episode["given"]["story"] == "since the hill runs"
