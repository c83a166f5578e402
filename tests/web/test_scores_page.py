"""A score from elsewhere: told at the progress page, drawn with its own error, taken back, exported."""

from __future__ import annotations

import csv
import datetime
import io
import re
import uuid
import zipfile
from typing import Any

import pytest

from tests.web.visitor import Visitor, tight
from tests.web.weeks import entry, session, tell

TODAY = datetime.datetime.now().astimezone().date()
AGO = (TODAY - datetime.timedelta(days=30)).isoformat()


@pytest.fixture
def runner(runner: Visitor) -> Visitor:
    """Somebody whose kneecap is sore, five weeks after their first session."""
    tell(runner, session(35))
    return runner


def score(visitor: Visitor, **said: str) -> Any:
    return visitor.send(
        "/progress", {"does": "score", "id": str(uuid.uuid4()), "scored_on": TODAY.isoformat(), **said}
    )


def kept(visitor: Visitor) -> list[dict[str, Any]]:
    found = visitor.client.get("/api/v1/diary").json()["entries"]
    return [one for one in found if one["kind"] == "scored"]


def test_two_totals_are_drawn_with_the_error_between_them(runner: Visitor) -> None:
    for total, date in (("61", AGO), ("84", TODAY.isoformat())):
        assert score(runner, questionnaire="akps", total=total, scored_on=date).status_code == 303

    page = tight(runner.get("/progress").text)
    figure = page[page.index("Anterior Knee Pain Scale (Kujala)</h2>") :]
    figure = figure[: figure.index("</figure>")]
    assert "own error of 13 points" in figure
    assert re.findall(r'<th scope="row">([^<]+)</th><td>([^<]+)</td>', figure) == [
        (AGO, "61"),
        (TODAY.isoformat(), "84"),
    ]
    bars = re.findall(r'class="err l-err" d="M[\d.]+ ([\d.]+)V([\d.]+)', figure)
    assert len(bars) == 2
    # 13 of 100 points are drawn as 13 of 100 of the height, on either bar; the two do not touch.
    heights = [abs(float(low) - float(high)) for high, low in bars]
    assert heights == [pytest.approx(0.13 * 144, abs=0.2)] * 2
    assert min(float(bars[0][0]), float(bars[0][1])) > max(float(bars[1][0]), float(bars[1][1]))


def test_the_outcome_says_what_the_totals_do(runner: Visitor) -> None:
    score(runner, questionnaire="uwri", total="30", scored_on=AGO)
    score(runner, questionnaire="uwri", total="12")
    tell(runner, [entry("reported", 0.0, pain_worst=4, change=0)])

    outcome = runner.client.get("/api/v1/diary/outcome").json()

    assert (outcome["says"], outcome["next"]) == ("worse", "professional")
    (found,) = outcome["scores"]
    assert (found["questionnaire"], found["before"], found["after"], found["says"]) == (
        "uwri",
        30,
        12,
        "worse",
    )
    assert "from 30 to 12" in found["because"]


@pytest.mark.parametrize(
    ("said", "field", "words"),
    [
        ({"questionnaire": "", "total": "3"}, "questionnaire", "choose a questionnaire"),
        ({"questionnaire": "spells", "total": "3"}, "questionnaire", "choose a questionnaire"),
        ({"questionnaire": "uwri", "total": ""}, "total", "from 0 to 36"),
        ({"questionnaire": "uwri", "total": "37"}, "total", "from 0 to 36"),
        ({"questionnaire": "uwri", "total": "3.5"}, "total", "from 0 to 36"),
        ({"questionnaire": "uwri", "total": "3", "scored_on": "2999-01-01"}, "scored_on", "day"),
    ],
)
def test_what_is_wrong_is_named_beside_its_field(
    runner: Visitor, said: dict[str, str], field: str, words: str
) -> None:
    answer = score(runner, **said)

    assert answer.status_code == 422
    found = re.search(rf'id="problem-{field}">([^<]+)<', answer.text)
    assert found
    assert words in found.group(1)
    assert f'value="{said["questionnaire"]}" selected' in answer.text or said["questionnaire"] in (
        "",
        "spells",
    )
    assert kept(runner) == []


def test_it_stands_in_the_diary_can_be_taken_back_and_is_exported(runner: Visitor) -> None:
    score(runner, questionnaire="lefs", total="61")
    (one,) = kept(runner)

    assert "Lower Extremity Functional Scale (LEFS): 61" in runner.get("/diary").text
    with zipfile.ZipFile(io.BytesIO(runner.post("/settings/my-data").content)) as packed:
        rows = list(csv.DictReader(io.StringIO(packed.read("diary.csv").decode())))
    assert '"total":61' in next(row["body"] for row in rows if row["kind"] == "scored")

    runner.send("/diary", {"does": "undo", "undoes": one["id"]})
    assert kept(runner) == []


def test_the_place_that_hurts_comes_first_and_no_question_is_shown(runner: Visitor) -> None:
    page = tight(runner.get("/progress").text)
    form = page[page.index('id="score"') : page.index("Keep the score")]

    names = re.findall(r'<option value="([a-z0-9-]+)">', form)
    assert set(names[:2]) == {"akps", "koos-pf"}
    assert "?" not in re.sub(r"<[^>]+>", "", form)


def test_the_api_names_what_is_wrong(runner: Visitor) -> None:
    wrong = entry("scored", 0.0, questionnaire="uwri", date=TODAY.isoformat(), total=40)

    answer = runner.client.post("/api/v1/diary", json={"entries": [wrong]})

    assert answer.status_code == 422
    assert answer.json()["detail"] == "entries[0].total: 40 is not a whole number from 0 to 36"
