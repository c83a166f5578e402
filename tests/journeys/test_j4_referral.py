"""J4: night pain must be referred; so must a fall, pain at rest, a numb saddle, a hot swollen calf."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import httpx
import msgspec
import pytest

from tests.journeys.person import Person
from weaklink.library.reading import Library


class Story(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who must be seen by a professional before any training."""

    name: str
    region: str
    spot: str
    back: bool = False
    answers: dict[str, str] = {}
    pain: dict[str, int] = msgspec.field(default_factory=lambda: {"run": 4, "night": 0, "rest": 0})
    rule: str
    tiers: tuple[str, ...]
    last: str = ""  # a question that is answered later, after the first result

    @property
    def case(self) -> dict[str, Any]:
        """The same as the API takes it."""
        site, _, side = self.spot.partition(":")
        place = {"site": site} if side == "none" else {"site": site, "side": side}
        answers = {**self.answers, **({self.last: "yes"} if self.last else {})}
        return {"given": {"age": 33, "pain_at": [place], "pain": self.pain, "answers": answers}}


STORIES = (
    Story(
        name="wakes at night",
        region="shin-front-right",
        spot="shin-medial:right",
        answers={"night-pain-positional": "no"},
        pain={"run": 5, "night": 3, "rest": 0},
        rule="night-rest-pain",
        tiers=("within-week", "same-day"),
    ),
    Story(
        name="fell",
        region="knee-front-left",
        spot="knee-anterior:left",
        answers={"acute-injury": "yes"},
        rule="acute-injury",
        tiers=("see-professional", "within-week", "same-day"),
    ),
    Story(
        name="pain at rest",
        region="knee-front-right",
        spot="knee-anterior:right",
        answers={"rest-pain-mechanical": "no"},
        pain={"run": 4, "night": 0, "rest": 5},
        rule="night-rest-pain",
        tiers=("within-week", "same-day"),
    ),
    Story(
        name="numb saddle",
        region="back-lower",
        spot="back-lower:none",
        back=True,
        answers={"cauda-equina": "yes"},
        rule="cauda-equina",
        tiers=("emergency",),
    ),
    Story(
        name="hot swollen calf",
        region="calf-left",
        spot="calf:left",
        back=True,
        answers={"dvt": "yes"},
        rule="dvt",
        tiers=("same-day", "emergency"),
    ),
    Story(
        name="hurts on the easiest twice",
        region="knee-front-right",
        spot="knee-anterior:right",
        rule="easiest-painful-twice",
        tiers=("see-professional",),
        last="easiest-painful-twice",
    ),
)


@pytest.fixture(scope="module", params=STORIES, ids=[story.name.replace(" ", "-") for story in STORIES])
def story(request: pytest.FixtureRequest) -> Story:
    """One after the other."""
    found: Story = request.param
    return found


@pytest.fixture(scope="module")
def referred(person: Person, story: Story) -> Person:
    """The runner who told the story by tapping."""
    person.begin()
    person.about(33, "regular", weeks=3)
    person.point(story.region, story.spot, back=story.back)
    person.press("Continue")
    person.answer(story.answers, story.pain)
    if story.last:
        assert person.at == "/result"
        person.open(f"/q/{story.last}")
        person.answer({story.last: "yes"})
    assert person.at == "/referral"
    return person


@pytest.fixture(scope="module")
def names(library: Library) -> list[re.Pattern[str]]:
    """Every way an exercise could show up: its id, its name, its other names."""
    words: set[str] = set()
    for exercise in library.exercises.values():
        words |= {exercise.id, exercise.name, *exercise.common_names}
    return [re.compile(rf"\b{re.escape(word)}\b", re.IGNORECASE) for word in sorted(words)]


def exercises_in(text: str, names: list[re.Pattern[str]]) -> list[str]:
    return [found.group(0) for pattern in names if (found := pattern.search(text))]


@pytest.mark.statement("S69", "S70", "S71", "S72", "S73")
def test_the_flow_ends_at_whom_to_see_and_how_soon(referred: Person, story: Story, library: Library) -> None:
    referred.open("/referral")

    assert referred.page.locator("dl.when dt").all_inner_texts()[:2] == ["What to do", "How soon"]
    assert all(text.strip() for text in referred.page.locator("dl.when dd").all_inner_texts())
    assert library.red_flags[story.rule].because in referred.reads
    assert story.rule not in referred.reads  # an id is no word for a runner
    assert "What to tell them" in referred.reads
    assert referred.page.get_by_role("link", name="Print the letter").is_visible()


def test_the_letter_fits_one_page_and_tells_the_story(
    referred: Person, story: Story, library: Library
) -> None:
    referred.open("/referral/letter")

    assert library.red_flags[story.rule].because in referred.reads
    assert story.rule not in referred.reads
    assert "33" in referred.reads
    pdf = referred.page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1


def test_no_exercise_stands_on_any_page(referred: Person, names: list[re.Pattern[str]]) -> None:
    for path in ("/referral", "/referral/letter", "/answers", "/"):
        assert referred.open(path).status == 200
        assert exercises_in(referred.page.content(), names) == [], path


def test_every_way_to_a_plan_leads_back_to_the_referral(
    referred: Person, names: list[re.Pattern[str]]
) -> None:
    for path in ("/plan", "/plan/print", "/week", "/result", "/tests", "/tests/sl-heel-raise-reps"):
        referred.open(path)
        assert referred.at in ("/referral", "/q/how-it-is-now"), path
    for exercise in ("clamshell", "straight-leg-raise", "wall-squat"):
        referred.open(f"/exercises/{exercise}")
        assert referred.at == "/referral"
        assert exercises_in(referred.page.content(), names) == []


@pytest.fixture(scope="module")
def api(address: str) -> Iterator[httpx.Client]:
    """The API of the same server."""
    with httpx.Client(base_url=f"{address}/api/v1", timeout=20) as client:
        yield client


def test_the_api_names_the_rule_and_refuses_a_plan(
    api: httpx.Client, names: list[re.Pattern[str]], story: Story, scripts: bool
) -> None:
    assessed = api.post("/assessments", json=story.case)
    refused = api.post("/plans", json=story.case)

    document = assessed.json()
    assert document["disposition"]["tier"] in story.tiers
    assert document["disposition"]["allows"] == "nothing"
    assert story.rule in [rule["id"] for rule in document["disposition"]["rules"]]
    assert document["plan"] is None
    assert refused.status_code == 409
    assert story.rule in refused.json()["rules"]
    for answer in (document, refused.json()):
        assert exercises_in(json.dumps(answer), names) == []
