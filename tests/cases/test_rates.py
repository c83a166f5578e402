"""The two sets of stories by which triage is measured, with their rates printed: benign, and understated danger."""

from __future__ import annotations

from pathlib import Path

from tests.cases.running import FOLDER, read
from tests.reasoning.truths import interviewed
from weaklink.case.given import Given
from weaklink.library.reading import Library
from weaklink.quantities import TIERS, Tier
from weaklink.reasoning.urgency import urgency

MOST_STOPPED = 0.03  # of benign stories, at within-week or stricter


def stories(folder: str, library: Library) -> dict[str, tuple[Given, str]]:
    """By name what is given, and the tier that is right."""
    found = {path.stem: read(path, library) for path in sorted((FOLDER / folder).glob("*.toml"))}
    return {name: (case.given, str(case.expect["tier"])) for name, case in found.items()}


def test_no_understated_danger_is_missed(library: Library) -> None:
    told = stories("understated", library)

    missed = {
        name: found
        for name, (given, tier) in told.items()
        if TIERS.index(found := urgency(given, library).tier) > TIERS.index(tier)  # type: ignore[arg-type]
    }
    print(f"under-triage: {len(missed)} of {len(told)} understated stories")

    assert len(told) >= 40
    assert missed == {}


def test_hardly_any_benign_story_is_stopped(library: Library) -> None:
    told = stories("benign", library)

    stopped = {
        name: found
        for name, (given, _) in told.items()
        if (found := urgency(given, library).tier) <= Tier.WITHIN_WEEK
    }
    print(f"over-triage: {len(stopped)} of {len(told)} benign stories at within-week or stricter")

    assert len(told) >= 80
    assert len(stopped) <= MOST_STOPPED * len(told)


def test_benign_stories_are_told_of_every_place(library: Library) -> None:
    sites = {place.site for given, _ in stories("benign", library).values() for place in given.pain_at}

    assert set(library.regions) - sites <= {"ankle-anterior", "belly"}
    assert {path.parent.name for path in Path(FOLDER).rglob("*.toml")} >= {"benign", "understated"}


def test_the_interview_ends_as_well_as_the_case_file(library: Library) -> None:
    missed, stopped, count = [], [], 0
    for folder in ("understated", "benign"):
        for name, (given, tier) in stories(folder, library).items():
            count += 1
            found = urgency(interviewed(given), library).tier
            if TIERS.index(found) > TIERS.index(tier):  # type: ignore[arg-type]
                missed.append((name, found))
            if folder == "benign" and found <= Tier.WITHIN_WEEK:
                stopped.append((name, found))
    print(f"in the interview: {len(missed)} of {count} missed, {len(stopped)} benign ones stopped")

    assert missed == []
    assert len(stopped) <= MOST_STOPPED * count
