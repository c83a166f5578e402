"""Demand: what an average body can do in an exercise. Written without a look at what the planner gives.

Masses are shares of body mass. A maximum is of all that is moved: a share of the body and what is held. Where
a test has published marks the maximum is the middle of them by Epley; the rest is our own choice (design).
"""

from __future__ import annotations

from typing import NamedTuple

from weaklink.library.records import Exercise

EPLEY = 30.0  # repetitions to failure at which a weight counts twice; about 10 % either way
MOST_REPS = 60
HOLD_S = 20.0  # seconds at the whole of one's strength, were the curve true there (memory: Frey Law 2010)


class Demand(NamedTuple):
    """One repetition maximum of an average man of about forty, and the share of the body that moves."""

    share: float
    maximum: float


# heel raise: 24 on one leg (hebert-2017); over a step 8 with 25 % (standards, design); squat: 8 with 70 %
# (design); hinge: 8 with 90 % (design); one-leg press: 8 with 115 % (malliaras-2015: 150 % is the goal).
KNOWN: dict[str, Demand] = {
    "single-leg-calf-raise": Demand(1.0, 1.80),
    "single-leg-calf-raise-weighted": Demand(1.0, 1.75),
    "single-leg-calf-raise-step": Demand(1.0, 1.60),
    "single-leg-calf-raise-bent": Demand(1.0, 1.65),
    "heel-raise-step-deficit": Demand(1.0, 1.65),
    "single-leg-heel-raise-ball": Demand(1.0, 1.50),
    "double-heel-raise": Demand(0.5, 1.75),
    "double-heel-raise-bent": Demand(0.5, 1.65),
    "heel-raise-toes-in": Demand(0.5, 1.40),
    "tennis-ball-heel-raise": Demand(0.5, 1.40),
    "towel-heel-raise": Demand(1.0, 1.50),
    "standing-calf-machine": Demand(0.0, 1.60),
    "seated-heel-raise": Demand(0.05, 0.80),
    "seated-heel-raise-weight": Demand(0.05, 0.80),
    "seated-heel-raise-heavy": Demand(0.0, 1.60),
    "sit-to-stand": Demand(0.85, 1.95),
    "goblet-squat": Demand(0.85, 1.90),
    "back-squat": Demand(0.85, 1.95),
    "hack-squat": Demand(0.85, 2.20),
    "wall-squat": Demand(0.85, 1.80),
    "offset-squat": Demand(0.85, 1.60),
    "split-squat": Demand(0.80, 1.35),
    "bulgarian-split-squat": Demand(0.80, 1.25),
    "reverse-lunge": Demand(0.80, 1.30),
    "step-up": Demand(0.85, 1.35),
    "high-step-up": Demand(0.85, 1.20),
    "step-down": Demand(0.85, 1.25),
    "lateral-step-down": Demand(0.85, 1.25),
    "single-leg-squat": Demand(0.85, 1.15),
    "leg-press-double": Demand(0.0, 2.60),
    "leg-press-single": Demand(0.0, 1.45),
    "leg-extension-90-45": Demand(0.0, 0.80),
    "romanian-deadlift": Demand(0.60, 1.90),
    "kettlebell-deadlift": Demand(0.60, 1.90),
    "trap-bar-deadlift": Demand(0.70, 2.20),
    "single-leg-romanian-deadlift": Demand(0.60, 1.15),
    "hip-thrust": Demand(0.50, 1.75),
    "single-leg-hip-thrust": Demand(0.50, 0.95),
    "bridge-double": Demand(0.50, 1.40),
    "offset-bridge": Demand(0.50, 1.10),
    "single-leg-glute-bridge": Demand(0.50, 0.85),
    "single-leg-long-lever-bridge": Demand(0.50, 0.78),
    "bridge-long-lever": Demand(0.50, 1.00),
    "leg-curl": Demand(0.0, 0.45),
    "sliding-leg-curl-eccentric": Demand(0.45, 0.62),
    "nordic-hamstring": Demand(0.80, 1.00),
    "sidelying-hip-abduction": Demand(0.16, 0.265),
    "hip-hitch": Demand(0.85, 1.40),
    "dumbbell-row": Demand(0.0, 0.27),
    "bent-over-row": Demand(0.0, 0.55),
    "inverted-row": Demand(0.55, 0.75),
    "push-up": Demand(0.65, 1.05),
    "overhead-press": Demand(0.0, 0.50),
}
# Repetitions at body weight of everything else, and the share of one's strength a hold takes, by level.
USUAL_REPS = (45, 34, 26, 18, 13, 10, 30)
USUAL_HOLD = (0.35, 0.43, 0.52, 0.60, 0.68, 0.78, 0.80)
MACHINE = (0.2, 0.25, 0.35, 0.5, 0.7, 0.9, 0.9)  # where nothing of the body moves


def demand_of(exercise: Exercise) -> Demand:
    """What an exercise asks of a body."""
    if exercise.id in KNOWN:
        return KNOWN[exercise.id]
    level = min(exercise.level, len(USUAL_REPS) - 1)
    share = exercise.weighted.body_share if exercise.weighted is not None else 0.5
    if share <= 0:
        return Demand(0.0, MACHINE[level])
    return Demand(share, share * (1 + USUAL_REPS[level] / EPLEY))


def hold_share(exercise: Exercise) -> float:
    """The share of an average body's strength that a hold of it takes, without a weight."""
    return USUAL_HOLD[min(exercise.level, len(USUAL_HOLD) - 1)]
