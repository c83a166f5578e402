"""What stands in every result file: the study, its sources, what a column means, and what it is not."""

from __future__ import annotations

from typing import Any

import msgspec

from weaklink import __version__
from weaklink.body.muscles import UNSURE
from weaklink.library.packs import load_pack
from weaklink.study.solving import CARRIERS
from weaklink.study.study_plan import FORMAT, StudyPlan

SHOWS = (
    "A mechanism: who would take over if a muscle had less strength and the motion stayed exactly the same.",
    "Virtual runners are numbers drawn from the stated distributions; nobody was measured.",
)
SHOWS_NOT = (
    "No injury risk, no forecast, no diagnosis, and no runner's weak link.",
    "Real runners also change how they move; here nobody does.",
    "The spread over a cohort is the spread of the assumptions, not that of a population.",
    "Loads in newtons read high in models of this kind; read changes, and read them over all variants.",
)
COLUMNS = {
    "people": {
        "person": "number of the virtual runner, from 0",
        "height_m": "height; null: as in the load pack of the motion",
        "mass_kg": "body mass; null: as in the load pack of the motion",
        "speed_m_s": "running speed; null: like the template's, for this height",
        "cadence_spm": "steps per minute, both feet; null: the usual ones at the speed",
        "<muscle> <side>": "strength factor of this muscle before any weakness; 1 is the model's own",
    },
    "scenarios": {
        "scenario": "number of the scenario, from 0",
        "person": "number of the virtual runner",
        "motion": "load pack",
        "side": "the leg that is solved and weakened",
        "variant": "variant of the muscle model",
        "weak": "what is weakened",
        "strength": "share of its own strength that is left to it",
        "residual": "largest violation of the optimality conditions, relative; above 1e-6 do not use the row",
        "reserve_before_nm": "largest moment no muscle could carry before the weakness",
        "reserve_after_nm": "largest moment no muscle could carry with the weakness",
        "short": "joint coordinate that falls short most with the weakness and did not before; null: none",
        "short_share": "part of that joint's greatest moment that no muscle can carry",
    },
    "loads": {
        "scenario": "number of the scenario",
        "carrier": "muscle or structure",
        "kind": "muscle (mean force over the window) or structure (peak load over the window)",
        "before_n": "before the weakness [N]",
        "after_n": "with the weakness [N]",
        "change": "after / before - 1: 0.3 is 30 % more; null where it hardly works before",
        "unsure": "the model is known to miss this muscle",
    },
}


def described(plan: StudyPlan) -> dict[str, Any]:
    """The metadata of a study as plain values; nothing in it depends on when, where or how it was run."""
    study = plan.study
    return {
        "format": FORMAT,
        "digest": plan.digest,
        "title": study.title,
        "question": study.question,
        "shows": list(SHOWS),
        "shows_not": list(SHOWS_NOT),
        "seed": study.seed,
        "people": plan.people,
        "scenarios": plan.scenarios,
        "chunks": plan.chunks,
        "study": msgspec.to_builtins(study),
        "weakenings": [msgspec.to_builtins(one) for one in plan.weakenings],
        "variants": [msgspec.to_builtins(one) for one in plan.variants],
        "distributions": _distributions(plan),
        "load_packs": [_pack(motion) for motion in study.sweep.motions],
        "packs": plan.packs,
        "unsure_muscles": sorted(UNSURE),
        "carriers": list(CARRIERS),
        "columns": COLUMNS,
        "edition": plan.edition,
        "engine": plan.engine,
        "weaklink": __version__,
    }


def _distributions(plan: StudyPlan) -> list[dict[str, Any]]:
    if plan.study.cohort is None:
        return []
    return [
        {"quantity": name, **msgspec.to_builtins(stated), "expected_mean": stated.expected()}
        for name, stated in plan.study.cohort.stated()
    ]


def _pack(motion: str) -> dict[str, Any]:
    pack = load_pack(motion)
    return {
        "id": pack.id,
        "name": pack.name,
        "mass_kg": pack.body.mass_kg,
        "height_m": pack.body.height_m,
        "sources": list(pack.sources),
        "licence": pack.licence,
        "limits": pack.limits,
    }
