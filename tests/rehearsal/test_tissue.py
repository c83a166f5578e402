"""The sore place of a made-up runner: how it responds, and what too much does."""

from __future__ import annotations

import pytest

from weaklink.case.given import Given, PainPlace
from weaklink.library.reading import Library
from weaklink.rehearsal.events import Event
from weaklink.rehearsal.story import Responder
from weaklink.rehearsal.tissue import Tissue, sore_areas, tissue_of

GIVEN = Given(age=40, pain_at=(PainPlace("achilles-mid", "left"),), pain={"run": 4, "morning": 2, "night": 6})


def after(days: int, responder: Responder, *events: Event, trained: bool = True) -> Tissue:
    found = tissue_of(GIVEN, responder, 10)
    for day in range(days):
        if trained and day % 2 == 0:
            found.trained.append(day)
        found.wake(day, events)
    return found


def test_a_good_responder_halves_pain_in_four_weeks_of_training() -> None:
    assert after(28, "good").now == pytest.approx(2.0, abs=0.05)
    assert after(28, "good", trained=False).now > 2.4


def test_the_others_are_slower_the_same_or_worse() -> None:
    slow, none, worse = (after(42, kind).now for kind in ("slow", "none", "worse"))  # type: ignore[arg-type]

    assert after(42, "good").now < slow < none == 4.0 < worse


def test_moments_show_their_share_and_only_those_that_were_told_of() -> None:
    found = after(1, "none")

    assert (found.in_moment("run"), found.in_moment("morning"), found.in_moment("stairs")) == (4, 2, 0)


def test_a_flare_lasts_its_days() -> None:
    flare = Event(kind="flare", week=2, days=3, by=3)

    assert [after(days, "none", flare).today for days in (7, 8, 10, 11)] == [4.0, 7.0, 7.0, 4.0]


def test_stiff_mornings_come_on_top() -> None:
    stiff = Event(kind="stiff", week=2, days=2, minutes=15)

    assert [after(8, "none").stiff(day, (stiff,)) for day in (6, 7, 8, 9)] == [10, 25, 25, 10]


def test_far_more_work_than_usual_is_felt_the_next_morning(library: Library) -> None:
    found = after(7, "none")
    raises = library.exercises["single-leg-calf-raise"]
    for _ in range(30):
        found.worked(6, raises, 0.9)
    found.wake(7, ())

    assert found.extra > 0
    assert found.today > 4.0


def test_work_elsewhere_is_not(library: Library) -> None:
    found = after(7, "none")
    for _ in range(30):
        found.worked(6, library.exercises["push-up"], 0.9)
    found.wake(7, ())

    assert found.extra == 0


def test_every_sore_site_that_is_trained_has_areas(library: Library) -> None:
    named = {
        site for one in library.conditions.values() for site in one.sites if one.id in library.programmes
    }

    none = [site for site in sorted(named) if not sore_areas(Given(age=40, pain_at=(PainPlace(site),)))]
    assert none == []
    assert {a for s in named for a in sore_areas(Given(age=40, pain_at=(PainPlace(s),)))} <= set(
        library.areas
    )
