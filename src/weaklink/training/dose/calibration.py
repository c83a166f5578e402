"""Calibration: what a novice's "two more" is worth, from sets done to the limit (halperin-2022).

Most people guess too low before they have tried. The correction is careful: reserve that was not there is
taken off in full, reserve that was hidden is given back by one repetition at most.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from weaklink.case.diary import AnyEntry, Felt, SetDone
from weaklink.case.given import Given
from weaklink.training.dose.restrictions import MINOR_BELOW_AGE

FIRST_WEEKS = 2
MOST_GIVEN_BACK = 1  # design
MOST_TAKEN_OFF = 4  # design


def may_calibrate(given: Given, week: int) -> bool:
    """Whether a set to the limit may be asked for: novices without pain, grown up, in the first weeks."""
    novice = given.level in ("planning", "novice")
    return novice and not given.pain_at and given.age >= MINOR_BELOW_AGE and week <= FIRST_WEEKS


def bias(found: Mapping[int, int]) -> int:
    """How many more repetitions were left than said, over all sets to the limit; 0 without any.

    Args:
        found: how often each difference of `spares` was found.
    """
    ranked = [spare for spare, times in sorted(found.items()) for _ in range(times)]
    if not ranked:
        return 0
    return max(-MOST_TAKEN_OFF, min(MOST_GIVEN_BACK, ranked[(len(ranked) - 1) // 2]))


def spares(entries: Iterable[AnyEntry]) -> Iterator[int]:
    """What was left beyond what was said, for each set to the limit.

    A set to the limit counts against the set before it of the same move: what it did more than that set did
    was in reserve there.
    """
    sets, said = dict[tuple[str, ...], SetDone](), dict[tuple[str, ...], int]()
    for entry in entries:
        if isinstance(entry, Felt) and entry.rir is not None:
            said[_set_of(entry, entry.set)] = entry.rir
        if isinstance(entry, SetDone):
            sets[_set_of(entry, entry.set)] = entry
            if entry.rir is not None:
                said[_set_of(entry, entry.set)] = entry.rir
    for entry in sets.values():
        before = _set_of(entry, entry.set - 1)
        if entry.to_the_limit and before in sets and before in said:
            yield (entry.reps or 0) - (sets[before].reps or 0) - said[before]


def corrected(rir: int | None, by: int) -> int | None:
    """Repetitions left, as far as known from the sets to the limit; never below none."""
    return None if rir is None else max(0, rir + by)


def _set_of(entry: SetDone | Felt, number: int) -> tuple[str, ...]:
    return (entry.session, entry.slot, entry.exercise, entry.side, str(number))
