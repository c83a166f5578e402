"""The load of an exercise: what each muscle of both legs does in every phase, with its range.

Joint moments come from `support`, the share of every muscle from the same least effort as in running, in the
same six variants. Trunk and arms have no units in the leg model: for the back only a net moment is given.
"""

from __future__ import annotations

import functools
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from weaklink.body.muscles import UNITS, unit_indices
from weaklink.body.names import LEG_COORDINATES, LEGS, Leg, on_side
from weaklink.body.scaling import BodySize
from weaklink.body.segments import REFERENCE_HEIGHT_M
from weaklink.body.skeleton import Skeleton, skeleton_of
from weaklink.mechanics.leg_geometry import leverage, shortest_and_longest
from weaklink.mechanics.load_pack import Leverage
from weaklink.mechanics.muscle_forces import LoadSharing, share_load
from weaklink.mechanics.support import Carried, carried
from weaklink.mechanics.variants import VARIANTS, Variant, moment_arms, optimal_force
from weaklink.movement.baked import Solution
from weaklink.movement.format import Movement

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]
MUSCLES = tuple(UNITS)  # the order of every array of muscles
BODY = BodySize(mass_kg=75.0, height_m=REFERENCE_HEIGHT_M)  # whom the loads are for
# A phase counts when what nothing carries stays below these parts of weight, and of weight times height.
UNCARRIED_FORCE, UNCARRIED_MOMENT = 0.02, 0.005


class LegEffort(NamedTuple):
    """One leg over a movement's phases; muscles in the order of MUSCLES."""

    activations: FloatArray  # share of each muscle's capacity in the first variant, (n_phases, n_muscles)
    low: FloatArray  # least over the variants
    high: FloatArray  # most over the variants
    lengths: FloatArray  # 0 at its shortest, 1 at its longest within the joints' ranges
    moments: FloatArray  # [N·m] what the joints ask for, (n_phases, 6)
    reserves: FloatArray  # [N·m] what no muscle could give in the first variant, (n_phases, 6)


class ExerciseLoad(NamedTuple):
    """What one movement asks of a body of 75 kg and 1.75 m."""

    times_s: FloatArray  # (n_phases,)
    carried: BoolArray  # phases in which floor and things carry the body; the others do not count
    right: LegEffort
    left: LegEffort
    lumbar: FloatArray  # [N·m] net at the lowest lumbar joint: back, to the right, turned, (n_phases, 3)
    standing: FloatArray  # lengths as above of a body that stands upright, (n_muscles,)
    residual: float  # largest violation of the optimality conditions in any variant, relative

    def leg(self, side: Leg) -> LegEffort:
        """One leg."""
        return self.right if side == "right" else self.left


def exercise_load(movement: Movement, solution: Solution) -> ExerciseLoad:
    """The load of a solved movement, which takes about a fifth of a second.

    Raises: MissingExtraError.
    """
    skeleton = skeleton_of(BODY.height_m)
    held = carried(movement, solution, skeleton, BODY.mass_kg)
    rates = _rates(movement, solution)
    found = [_leg(side, solution, rates, held, skeleton) for side in LEGS]
    counts = (held.root_force <= UNCARRIED_FORCE) & (held.root_moment <= UNCARRIED_MOMENT)
    residual = max(one for _, one in found)
    right, left = (effort for effort, _ in found)
    standing = standing_lengths()
    return ExerciseLoad(solution.times_s, counts, right, left, held.lumbar, standing, residual)


@functools.cache
def standing_lengths() -> FloatArray:
    """How long each muscle is in upright standing: 0 at its shortest, 1 at its longest, (n_muscles,)."""
    upright = np.zeros((1, len(LEG_COORDINATES)))
    found: FloatArray = relative_lengths(leverage(upright, upright, BODY))[0]
    return found


def relative_lengths(has: Leverage) -> FloatArray:
    """Lengths of the muscles within what the joints' ranges allow, (n_phases, n_muscles)."""
    shortest, longest = shortest_and_longest(BODY)
    return by_muscle((has.lengths - shortest) / (longest - shortest), has.most_force)


def _rates(movement: Movement, solution: Solution) -> FloatArray:
    """How fast every coordinate changes [rad/s, m/s], (n_phases, n_coordinates); zero at held poses."""
    values, times = solution.coordinates, solution.times_s
    if len(times) < 2:
        return np.zeros_like(values)
    if not movement.travels:
        values = np.vstack([values[-1:], values, values[:1]])
        times = np.r_[times[-1] - solution.duration_s, times, times[0] + solution.duration_s]
    steps = np.maximum(np.diff(times), 1e-6)
    times = times[0] + np.r_[0.0, np.cumsum(steps)]
    found: FloatArray = np.gradient(values, times, axis=0)
    return found if movement.travels else found[1:-1]


def _leg(
    side: Leg, solution: Solution, rates: FloatArray, held: Carried, skeleton: Skeleton
) -> tuple[LegEffort, float]:
    places = [skeleton.coordinate(on_side(stem, side)) for stem in LEG_COORDINATES]
    has = leverage(solution.coordinates[:, places], rates[:, places], BODY)
    moments = held.moments[:, places]
    shared = [share(has, moments, variant) for variant in VARIANTS]
    parts = np.array([by_muscle(one.activations, has.most_force) for one in shared])
    lengths = relative_lengths(has)
    effort = LegEffort(parts[0], parts.min(axis=0), parts.max(axis=0), lengths, moments, shared[0].reserves)
    return effort, max(float(one.residual.max()) for one in shared)


def share(has: Leverage, moments: FloatArray, variant: Variant) -> LoadSharing:
    """The load sharing of one leg in one variant."""
    strength = moment_arms(has, variant) * optimal_force(has, variant)[:, None]
    return share_load(strength, moments, variant.effort)


def by_muscle(of_units: FloatArray, most_force: FloatArray) -> FloatArray:
    """Means over the units of each muscle, weighted by their strength, (n_phases, n_muscles)."""
    columns = []
    for muscle in MUSCLES:
        units = unit_indices(muscle)
        columns.append(of_units[:, units] @ most_force[units] / most_force[units].sum())
    return np.stack(columns, axis=1)
