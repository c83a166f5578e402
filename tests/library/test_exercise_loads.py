"""The files of loads, their summary, and what is held against the records."""

from __future__ import annotations

from pathlib import Path

import msgspec
import numpy as np
import pytest

from weaklink.library.baked_movements import baked_movement
from weaklink.library.exercise_loads import (
    cannot_be_loaded,
    find_load,
    load_digest,
    loads_of,
    read_load,
    write_load,
)
from weaklink.library.load_claims import disagreements, emg_orders, emg_percent, idle_explanations
from weaklink.library.load_summary import (
    LoadSummary,
    MuscleLoad,
    amount_of,
    shipped_summaries,
    summary_of,
)
from weaklink.library.reading import KnowledgeError, shipped_library
from weaklink.mechanics.exercise_load import MUSCLES, ExerciseLoad
from weaklink.movement.baked import Baked
from weaklink.movement.format import Held

LIBRARY = shipped_library()


def known(name: str) -> tuple[Baked, ExerciseLoad]:
    baked = baked_movement(name, LIBRARY)
    assert baked is not None
    load = find_load(baked)
    assert load is not None
    return baked, load


def test_a_file_reads_back_what_was_written(tmp_path: Path) -> None:
    _, load = known("clamshell")
    write_load(tmp_path / "one.pack", "a", load)
    digest, found = read_load(tmp_path / "one.pack") or pytest.fail("nothing was written")

    assert digest == "a"
    assert found.right.activations == pytest.approx(load.right.activations)
    assert found.left.moments == pytest.approx(load.left.moments, rel=1e-3)
    assert (found.carried == load.carried).all()


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "one.pack").write_bytes(b"no load")

    with pytest.raises(KnowledgeError, match=r"one\.pack"):
        read_load(tmp_path / "one.pack")
    assert read_load(tmp_path / "none.pack") is None


def test_a_heavier_weight_is_another_load_of_the_same_poses() -> None:
    baked, _ = known("clamshell-banded")
    heavier = msgspec.structs.replace(
        baked,
        movement=msgspec.structs.replace(baked.movement, held=(Held(kind="weight", at=("knee_r",), kg=5),)),
    )

    assert load_digest(heavier) != load_digest(baked)


def test_activations_of_every_muscle_phase_by_phase() -> None:
    baked, load = known("sidelying-hip-abduction")
    found = loads_of(baked, load)

    assert set(found) == set(MUSCLES)
    assert len(found["gluteus-medius"]["right"]) == len(baked.times_s)
    assert max(found["gluteus-medius"]["right"]) > max(found["gluteus-medius"]["left"])


def test_phases_in_which_nothing_carries_the_body_take_what_is_around_them() -> None:
    baked, load = known("clamshell")
    counts = load.carried.copy()
    counts[3] = False
    medius = MUSCLES.index("gluteus-medius")
    found = loads_of(baked, load._replace(carried=counts))["gluteus-medius"]["right"]
    around = load.right.activations[[2, 4], medius]

    assert around.min() - 1e-3 <= found[3] <= around.max() + 1e-3
    assert loads_of(baked, load._replace(carried=np.zeros_like(counts))) == {}


@pytest.mark.parametrize(
    ("name", "why"), [("pogo-hop", "quick"), ("farmers-carry", "travels"), ("leg-press-single", "machine")]
)
def test_what_cannot_be_loaded_says_why(name: str, why: str) -> None:
    baked = baked_movement(name, LIBRARY)
    assert baked is not None

    assert cannot_be_loaded(baked.movement) == why
    assert summary_of(baked, None).why == why


def test_a_new_movement_without_its_load_says_so() -> None:
    baked, _ = known("clamshell")

    assert summary_of(baked, None).why == "not-computed"


def test_a_pose_that_nothing_carries_gives_no_number() -> None:
    baked, load = known("clamshell")
    found = summary_of(baked, load._replace(carried=np.zeros_like(load.carried)))

    assert (found.why, found.muscles) == ("not-carried", ())


def test_a_muscle_at_its_end_takes_the_numbers_away() -> None:
    baked, load = known("clamshell")
    spent = load.right._replace(activations=np.ones_like(load.right.activations))

    assert summary_of(baked, load._replace(right=spent)).why == "at-its-limit"
    assert summary_of(baked, load).why == ""


def test_ranges_hold_the_number() -> None:
    muscles = [one for load in shipped_summaries(LIBRARY).values() for one in load.muscles]

    assert len(muscles) > 500
    assert all(one.low <= one.peak <= one.high for one in muscles)
    assert all(0 <= one.mean <= one.peak + 1e-9 for one in muscles)


def test_words_of_amounts() -> None:
    assert [amount_of(share) for share in (0.3, 0.29, 0.12, 0.11, 0.04, 0.03)] == [
        "much", "some", "some", "little", "little", "hardly",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "percent"),
    [("81 +/- 42 % MVIC", 81), ("43 ± 21 % of maximal contraction", 43), ("highest of three", None)],
)
def test_percent_of_an_emg_value(value: str, percent: float | None) -> None:
    assert emg_percent(value) == percent


def test_every_disagreement_is_explained_and_no_explanation_is_idle() -> None:
    loads = shipped_summaries(LIBRARY)
    found = disagreements(LIBRARY, loads)

    assert not [f"{one.exercise}: {one.about} ({one.kind})" for one in found if not one.explained]
    assert not idle_explanations(LIBRARY, found, loads)


def made_up(**peaks: float) -> LoadSummary:
    """A load in which some muscles work."""
    muscles = [
        MuscleLoad(
            muscle=name.replace("_", "-"), leg="working", amount=amount_of(peak), peak=peak, low=peak, high=peak,
            mean=peak, unsure=False,
        )
        for name, peak in peaks.items()
    ]  # fmt: skip
    return LoadSummary(movement="", why="", muscles=tuple(muscles))


def test_what_is_said_and_not_loaded_is_found_and_the_other_way_round() -> None:
    found = disagreements(LIBRARY, {"clamshell": made_up(soleus=0.6, gluteus_medius=0.05, piriformis=0.5)})

    assert [(one.kind, one.about, one.muscle) for one in found] == [
        ("said-not-loaded", "glute-med", "gluteus-medius"),
        ("loaded-not-said", "calf-soleus", "soleus"),
    ]
    assert not disagreements(
        LIBRARY, {"clamshell": made_up(gluteus_medius=0.2, gluteus_minimus=0.2, piriformis=0.3)}
    )


def test_the_order_within_a_study_counts_pairs() -> None:
    loads = {
        "sidelying-hip-abduction": made_up(gluteus_medius=0.3),
        "clamshell": made_up(gluteus_medius=0.1),
        "split-squat": made_up(gluteus_medius=0.05),
    }
    order = next(one for one in emg_orders(LIBRARY, loads) if one.source == "distefano-2009")

    assert [row.exercise for row in order.rows] == ["sidelying-hip-abduction", "split-squat", "clamshell"]
    assert (order.same, order.pairs) == (2, 3)
