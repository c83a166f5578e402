"""Solving a chunk of scenarios: all frames of many scenarios in one batch, each warm-started from its person.

Frames never meet in the solver, so a scenario's numbers do not depend on what else is in the batch.
"""

from __future__ import annotations

import functools
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from weaklink.body.muscles import UNITS, unit_indices
from weaklink.body.names import LEG_COORDINATES, LEG_UNITS, Leg
from weaklink.library.packs import load_pack
from weaklink.mechanics.contact import STRUCTURES, structure_loads
from weaklink.mechanics.load_pack import LegLoad, LoadPack, Window
from weaklink.mechanics.muscle_forces import LoadSharing, share_load
from weaklink.mechanics.redistribution import SHORT, SMALLEST_PEAK_NM, WORKING
from weaklink.mechanics.variants import Variant, moment_arms, optimal_force
from weaklink.quantities import WeaklinkError
from weaklink.study.cohort import People, draw
from weaklink.study.similarity import PeopleScale, scale_of
from weaklink.study.study_plan import Scenarios, StudyPlan, engine, pack_digest

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
CARRIERS: tuple[str, ...] = (*UNITS, *STRUCTURES)
BATCH = 64  # scenarios solved at once: enough to keep NumPy busy, few enough for the processor's cache
WORKING_STRUCTURE_N = 1.0
ALLOWED_RISE = 0.01  # of a joint's peak, as in a single redistribution


class OtherEngineError(WeaklinkError):
    """A worker whose code, numerical library or load packs are not those of the study."""


class ChunkOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """What some scenarios gave, in their order."""

    before_n: FloatArray  # (n_scenarios, n_carriers): muscles mean, structures peak over the window [N]
    after_n: FloatArray  # (n_scenarios, n_carriers)
    change: FloatArray  # (n_scenarios, n_carriers): after / before - 1; NaN where it hardly works before
    residual: FloatArray  # (n_scenarios,): largest violation of the optimality conditions, relative
    reserve_before_nm: FloatArray  # (n_scenarios,): largest reserve before the weakness
    reserve_after_nm: FloatArray  # (n_scenarios,)
    short: FloatArray  # (n_scenarios, n_coordinates): part of the joint's peak no muscle can carry; else 0


class _Leg(NamedTuple):
    """One leg of one motion in one variant, as it stands in the load pack, with its own solution."""

    load: LegLoad
    frames: IntArray
    force: FloatArray  # (n_frames, n_units) [N]
    strength: FloatArray  # (n_frames, n_coordinates, n_units) [N·m]
    moments: FloatArray  # (n_frames, n_coordinates) [N·m]
    start: FloatArray  # (n_frames, n_coordinates)
    enough: FloatArray  # (n_carriers,) [N] below which something hardly works
    pack: LoadPack


class _Carried(NamedTuple):
    """A solved batch: what everything carries, and what is left over."""

    loads_n: FloatArray  # (n, n_carriers)
    residual: FloatArray  # (n,)
    reserves_nm: FloatArray  # (n, n_coordinates), largest over the window
    multipliers: FloatArray  # (n, n_frames, n_coordinates)

    def of(self, rows: IntArray) -> _Carried:
        """The same for some of its rows, or for one several times; the multipliers stay as they are."""
        return _Carried(self.loads_n[rows], self.residual[rows], self.reserves_nm[rows], self.multipliers)


def solve_chunk(plan: StudyPlan, chunk: int) -> ChunkOutcome:
    """The outcome of one chunk; this is what runs in a worker, on this machine or another.

    Raises: OtherEngineError when the worker would not give the numbers of the study.
    """
    if plan.engine != engine() or any(pack_digest(motion) != own for motion, own in plan.packs.items()):
        raise OtherEngineError(
            f"a worker computes with {engine()}, the study with {plan.engine}; "
            "install the same weaklink and NumPy everywhere"
        )
    return solve(plan, *plan.span(chunk))


def solve(plan: StudyPlan, first: int, last: int) -> ChunkOutcome:
    """The outcome of the scenarios from `first` to before `last`."""
    places = plan.places(first, last)
    first_person = int(places.person[0])
    count = int(places.person[-1]) - first_person + 1
    people = draw(plan.study.cohort, plan.study.seed, plan.study.sweep.sides, first_person, count)
    outcome = _empty(last - first)
    keys = np.stack([places.motion, places.side, places.variant], axis=1)
    for key in np.unique(keys, axis=0):
        alike = np.flatnonzero((keys == key).all(axis=1))
        for at in range(0, len(alike), BATCH):
            _solve_batch(plan, places, people, alike[at : at + BATCH], outcome)
    return outcome


def _empty(count: int) -> ChunkOutcome:
    return ChunkOutcome(
        before_n=np.empty((count, len(CARRIERS))),
        after_n=np.empty((count, len(CARRIERS))),
        change=np.empty((count, len(CARRIERS))),
        residual=np.empty(count),
        reserve_before_nm=np.empty(count),
        reserve_after_nm=np.empty(count),
        short=np.empty((count, len(LEG_COORDINATES))),
    )


def _solve_batch(
    plan: StudyPlan, places: Scenarios, people: People, rows: IntArray, outcome: ChunkOutcome
) -> None:
    """Fill the rows of one motion, side and variant."""
    sweep = plan.study.sweep
    side = sweep.sides[places.side[rows[0]]]
    variant = plan.variants[places.variant[rows[0]]]
    leg = _leg(sweep.motions[places.motion[rows[0]]], side, variant, plan.study.window)
    persons, own = np.unique(places.person[rows], return_inverse=True)
    chosen = persons - people.first
    scale = scale_of(leg.pack, people, chosen)
    factors = people.unit_factors(side)[chosen]
    start = leg.start / scale.size[:, None, None]
    before = _carried(leg, variant, scale, factors, start)
    weaker = factors[own] * _weakened(plan, places, rows)
    after = _carried(leg, variant, scale.of(own), weaker, before.multipliers[own])
    _fill(outcome, rows, (leg, scale.of(own)), before.of(own), after)


def _weakened(plan: StudyPlan, places: Scenarios, rows: IntArray) -> FloatArray:
    """What the weakness leaves of each unit, shape (n_rows, n_units)."""
    factors = np.ones((len(rows), len(LEG_UNITS)))
    strengths = plan.study.sweep.strengths
    for row, scenario in enumerate(rows):
        for muscle in plan.weakenings[places.weakening[scenario]].muscles:
            factors[row, unit_indices(muscle)] = strengths[places.strength[scenario]]
    return factors


@functools.cache
def _leg(motion: str, side: Leg, variant: Variant, window: Window) -> _Leg:
    pack = load_pack(motion)
    load, frames = pack.leg(side), pack.frames(side, window)
    force, arms = optimal_force(load, variant)[frames], moment_arms(load, variant)[frames]
    strength, moments = arms * force[:, None], load.moments[frames]
    muscles = [WORKING * float(load.most_force[unit_indices(muscle)].sum()) for muscle in UNITS]
    return _Leg(
        load=load, frames=frames, force=force, strength=strength, moments=moments,
        start=share_load(strength, moments, variant.effort).multipliers,
        enough=np.array([*muscles, *[WORKING_STRUCTURE_N] * len(STRUCTURES)]), pack=pack,
    )  # fmt: skip


def _carried(
    leg: _Leg, variant: Variant, scale: PeopleScale, factors: FloatArray, start: FloatArray
) -> _Carried:
    """The load sharing of n people of one leg: strength goes with mass, strength times arm with size."""
    count, frames = len(factors), len(leg.frames)
    strength = leg.strength * (factors * scale.size[:, None])[:, None, None, :]
    moments = leg.moments * (scale.pace[:, leg.frames] * scale.size[:, None])[:, :, None]
    flat = (count * frames, len(LEG_COORDINATES))
    sharing = share_load(
        strength.reshape(*flat, len(LEG_UNITS)),
        moments.reshape(flat),
        variant.effort,
        start=start.reshape(flat),
    )
    return _Carried(
        loads_n=_loads(leg, sharing, scale, factors),
        residual=sharing.residual.reshape(count, frames).max(axis=1),
        reserves_nm=np.abs(sharing.reserves).reshape(count, frames, -1).max(axis=1),
        multipliers=sharing.multipliers.reshape(count, frames, -1),
    )


def _loads(leg: _Leg, sharing: LoadSharing, scale: PeopleScale, factors: FloatArray) -> FloatArray:
    """Mean force of each muscle and peak load of each structure [N], shape (n, n_carriers)."""
    count, frames = len(factors), len(leg.frames)
    activations = sharing.activations.reshape(count, frames, -1)
    forces = activations * leg.force * (factors * scale.mass[:, None])[:, None, :]
    found = np.empty((count, len(CARRIERS)))
    mean = np.ascontiguousarray(forces.mean(axis=1))
    for place, muscle in enumerate(UNITS):
        found[:, place] = sum(mean[:, unit] for unit in unit_indices(muscle))
    # What a structure carries is linear in muscle forces and motion: divide one, and the whole is divided.
    larger = scale.pace[:, leg.frames] * scale.mass[:, None]
    alike = (forces / larger[:, :, None]).reshape(count * frames, -1)
    loads = structure_loads(leg.load, np.tile(leg.frames, count), alike)
    for place, name in enumerate(STRUCTURES, start=len(UNITS)):
        found[:, place] = (loads[name].reshape(count, frames) * larger).max(axis=1)
    return found


def _peaks(leg: _Leg, scale: PeopleScale) -> FloatArray:
    """The greatest moment of each joint over the whole cycle [N·m], shape (n, n_coordinates)."""
    size = np.abs(leg.load.moments) * (scale.pace * scale.size[:, None])[:, :, None]
    peaks: FloatArray = np.maximum(size.max(axis=1), SMALLEST_PEAK_NM)
    return peaks


def _fill(
    outcome: ChunkOutcome,
    rows: IntArray,
    body: tuple[_Leg, PeopleScale],
    before: _Carried,
    after: _Carried,
) -> None:
    leg, scale = body
    earlier, reserves = before.loads_n, before.reserves_nm
    enough = leg.enough * np.where(np.arange(len(CARRIERS)) < len(UNITS), scale.mass[:, None], 1.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = after.loads_n / earlier - 1
    peak = _peaks(leg, scale)
    share = after.reserves_nm / peak
    outcome.before_n[rows], outcome.after_n[rows] = earlier, after.loads_n
    outcome.change[rows] = np.where(earlier >= enough, ratio, np.nan)
    outcome.residual[rows] = np.maximum(before.residual, after.residual)
    outcome.reserve_before_nm[rows] = reserves.max(axis=1)
    outcome.reserve_after_nm[rows] = after.reserves_nm.max(axis=1)
    outcome.short[rows] = np.where(share > np.maximum(SHORT, reserves / peak + ALLOWED_RISE), share, 0.0)
