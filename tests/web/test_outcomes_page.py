"""Looking back after some weeks, through the pages: better, the same, worse, or it cannot be told; and what follows."""

from __future__ import annotations

import html
import re
import uuid

from tests.web.visitor import Visitor, tight
from tests.web.weeks import entry, some_weeks, tell


def report(runner: Visitor, **said: str) -> str:
    """Look back; the words of the page afterwards."""
    answer = runner.send("/progress", {"does": "report", "id": str(uuid.uuid4()), **said})
    assert answer.status_code == 303, answer.text[-2000:]
    return words(runner, "/progress")


def words(runner: Visitor, path: str) -> str:
    page = runner.get(path)
    assert page.status_code == 200, path
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.text)).split())


def test_better_after_nine_weeks_goes_on_in_a_programme_and_is_upkeep_without(runner: Visitor) -> None:
    some_weeks(runner, 9)
    assert "Time to look back" in words(runner, "/progress")
    page = report(runner, pain_worst="1", change="3")
    assert "It is clearly better. Go on with the plan. Look again in two weeks." in page
    assert "Now upkeep" not in page
    assert "upkeep" not in words(runner, "/today").lower()
    assert runner.send("/programme", {"does": "leave"}).status_code == 303

    page = report(runner, pain_worst="1", change="3")

    assert "It is clearly better. Now upkeep: two sessions a week" in page
    assert "upkeep" in words(runner, "/today").lower()


def test_better_too_early_goes_on(runner: Visitor) -> None:
    some_weeks(runner, 2)

    page = report(runner, pain_worst="1", change="3")

    assert "It is clearly better. Go on with the plan." in page


def test_the_same_after_nine_weeks_of_training_is_for_a_professional(runner: Visitor) -> None:
    some_weeks(runner, 9)

    page = report(runner, pain_worst="4", change="0")

    assert "It is about the same. Now a physiotherapist or a sports doctor should look at it." in page
    assert "went from 4 to" not in page
    assert runner.get("/referral").status_code == 200


def test_without_a_word_on_the_pain_nothing_can_be_told(runner: Visitor) -> None:
    some_weeks(runner, 5)

    page = report(runner, weekly="14")

    assert "It cannot be told yet. Say how it is now, and do the tests again." in page


def test_three_activities_are_compared_with_those_of_the_first_week(runner: Visitor) -> None:
    some_weeks(runner, 5)
    tell(runner, [entry("reported", 34, activities={"stairs": 4, "kneeling": 3, "hill": 5})])
    page = tight(runner.get("/progress").text)
    assert re.findall(r'name="activity_\d" maxlength="120" value="([^"]+)" readonly', page) == [
        "stairs", "kneeling", "hill",
    ]  # fmt: skip

    page = report(
        runner, pain_worst="3", change="1", activity_1="stairs", activity_1_now="8", activity_2="kneeling",
        activity_2_now="7", activity_3="hill", activity_3_now="9",
    )  # fmt: skip

    assert "Your own activities got easier, by 4 points on average." in page
    assert "It is clearly better." in page


def test_a_test_within_its_own_error_cannot_be_told(runner: Visitor) -> None:
    some_weeks(runner, 5)
    fields = {
        "does": "tests",
        "id": str(uuid.uuid4()),
        "sl-heel-raise-reps.right": "13",
        "sl-heel-raise-reps.left": "26",
    }
    assert runner.send("/progress", fields).status_code == 303

    page = report(runner, pain_worst="1", change="3")

    # The test's own error is 6: 11 to 13 is within it, 18 to 26 is not.
    assert "from 11 to 13. That is within the test's own error, so it cannot be told." in page
    assert "from 18 to 26. That is more than the test's own error." in page
