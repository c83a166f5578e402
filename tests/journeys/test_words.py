"""The words of the interview: what a transcript counts is what a runner sees before anything is opened."""

from __future__ import annotations

from collections import Counter

import msgspec
import pytest

from tests.cases.running import FOLDER, read
from tests.journeys.person import Person
from weaklink.care.screen_shown import screen_shown, start_shown
from weaklink.care.transcript import aim_of, answered
from weaklink.case.given import Given, PainPlace
from weaklink.library.reading import shipped_library
from weaklink.library.wording import shipped_wording
from weaklink.reasoning.interview import Step, Told, next_step
from weaklink.reasoning.observed import BOTH

LIBRARY, WORDING = shipped_library(), shipped_wording()
# Every visible piece of text in the main part: not what is closed, nor what only a screen reader says.
VISIBLE = """() => {
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const { parentElement } = walker.currentNode;
    const hidden = parentElement.closest(".visually-hidden, .resume, [aria-hidden=true], script, style, option, title");
    if (!hidden && parentElement.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }))
      found.push(walker.currentNode.textContent);
  }
  const chosen = [...document.querySelectorAll("main select")].flatMap((one) => [...one.options].map((o) => o.text));
  return [...found, ...chosen].join(" ");
}"""
PAGES = {"who": "/who", "where": "/where", "story": "/story", "pain": "/pain"}
STORIES = (
    "v01-kneecap-novice",
    "v06-heel-first-steps",
    "v02-outer-knee-marathon",
    "v14-inner-ankle-flattening",
)
MOST_RESULT_WORDS = 350


def one_sided(truth: Given) -> Given:
    """The same where both sides hurt, as it is tapped: each side a place."""
    places = (
        PainPlace(place.site, side)
        for place in truth.pain_at
        for side in (BOTH if place.side == "both" else (place.side,))
    )
    return msgspec.structs.replace(truth, pain_at=tuple(sorted(places)))


def words_of(text: str) -> list[str]:
    return sorted(word for word in text.split() if any(letter.isalpha() for letter in word))


def seen_words(person: Person) -> list[str]:
    return words_of(str(person.page.evaluate(VISIBLE)))


def differs(seen: list[str], told: list[str], path: str = "/") -> str:
    """What stands on a page and is not counted, and what is counted and does not stand there."""
    more, less = Counter(seen) - Counter(told), Counter(told) - Counter(seen)
    return (
        f"{path}: seen only {sorted(more.elements())}, told only {sorted(less.elements())}"
        if more or less
        else ""
    )


def told_words(step: Step, given: Given | None) -> list[str]:
    return words_of(" ".join(screen_shown(step, given, LIBRARY, WORDING).texts()))


@pytest.mark.parametrize("story", STORIES)
def test_what_a_transcript_counts_is_what_stands_on_the_page(person: Person, story: str) -> None:
    truth = one_sided(read(FOLDER / "vignettes" / f"{story}.toml", LIBRARY).given)
    person.open("/")
    earlier = person.page.locator('a[href="/episodes"]')  # of a pain before this one, told at the same house
    known = words_of(earlier.inner_text()) if earlier.count() else []
    told_first = words_of(" ".join(start_shown(WORDING).texts()))
    differing = [differs(seen_words(person), [*told_first, *known])]
    person.begin()
    told = Told(aim=aim_of(truth))
    while (step := next_step(told, LIBRARY)) is not None:
        path = PAGES.get(step.kind, f"/q/{step.screen}")
        assert person.at == path
        differing.append(differs(seen_words(person), told_words(step, told.given), path))
        told, _ = answered(step, told, truth, LIBRARY, "no")
        _answer(person, step, truth)
    assert person.at in ("/result", "/referral")
    assert [found for found in differing if found] == []
    assert person.at == "/referral" or len(seen_words(person)) <= MOST_RESULT_WORDS


def _answer(person: Person, step: Step, truth: Given) -> None:
    said = {name: str(value) for name, value in truth.answers.items()}
    if step.kind == "who":
        if truth.km_per_week is not None:
            person.page.locator("#km_per_week").fill(f"{truth.km_per_week:g}")
        weeks = None if truth.since_days is None else truth.since_days // 7
        person.about(truth.age, truth.level, truth.sex, weeks)
    elif step.kind == "where":
        person.page.locator("label:has(#whole-list)").click()
        for place in truth.pain_at:
            for side in ("right", "left") if place.side == "both" else (place.side,):
                person.tick("place", f"{place.site}:{side}")
        person.press("Continue")
    elif step.kind == "pain":
        person.pains(dict[str, int](truth.pain))
    elif step.kind == "story":
        person.tell(said)
    else:
        person.answer_screen(said)
