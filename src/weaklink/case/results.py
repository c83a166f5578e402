"""Test results as they are written down: a number, an option, pain by level, alone or per side."""

from __future__ import annotations

from typing import Any

import msgspec

from weaklink.case.given import Result
from weaklink.case.shown_value import shown
from weaklink.library.reading import nearest
from weaklink.library.records import ClinicalTest
from weaklink.quantities import Side

SIDE_KEYS: tuple[Side, ...] = ("right", "left", "both", "not-said", "none")


def read_results(found: Any, test: ClinicalTest) -> dict[Side, Result]:
    """One test's results by side; a test without sides keeps the worse of two under "none".

    Raises: ValueError whose text continues a key: ".right: found ...; expected ...".
    """
    if isinstance(found, dict) and found and all(key in SIDE_KEYS for key in found):
        return _by_side({side: _result(f".{side}", value, test) for side, value in found.items()}, test)
    if isinstance(found, dict) and any(key in SIDE_KEYS for key in found):
        stray = next(key for key in found if key not in SIDE_KEYS)
        raise ValueError(f": unknown side {shown(stray)}; known sides: {', '.join(SIDE_KEYS[:4])}")
    return {"not-said" if test.sided else "none": _result("", found, test)}


def _by_side(results: dict[Any, Result], test: ClinicalTest) -> dict[Side, Result]:
    if test.sided:
        both = results.pop("both", None)
        spread = {"right": both, "left": both} if both is not None else {}
        merged: dict[Any, Result] = {**spread, **results}
        return {side: merged[side] for side in SIDE_KEYS if side in merged}
    return {"none": _worse(list(results.values()), test)}


def _worse(results: list[Result], test: ClinicalTest) -> Result:
    sign = -1 if test.better == "lower" else 1
    ranked = sorted(
        results, key=lambda result: (sign * (result.value or 0), result.option or "", -(result.pain or 0))
    )
    pains = [result.pain for result in results if result.pain is not None]
    return msgspec.structs.replace(ranked[0], pain=max(pains) if pains else None)


def _result(key: str, found: Any, test: ClinicalTest) -> Result:
    if not isinstance(found, dict):
        return _plain(key, found, test)
    pain = _pain(f"{key}.pain", found["pain"]) if "pain" in found else None
    rest = {name: value for name, value in found.items() if name != "pain"}
    if test.value == "pain-at-levels":
        return _pain_at_levels(key, rest, pain, test)
    if set(rest) - {"value"}:
        raise ValueError(f"{key}: unknown key {shown(sorted(rest)[0])}; known keys: value, pain")
    if not rest and pain is None:
        raise ValueError(f"{key}: empty; expected {_expected(test)}")
    if "value" not in rest:
        return Result(pain=pain)
    return msgspec.structs.replace(_plain(f"{key}.value", rest["value"], test), pain=pain)


def _plain(key: str, found: Any, test: ClinicalTest) -> Result:
    if test.value == "option" and isinstance(found, str) and found in [option.id for option in test.options]:
        return Result(option=found)
    if test.value == "number" and type(found) in (int, float) and _fits(found, test):
        return Result(value=float(found))
    if test.value == "number" and found == "unable":
        worst = test.max if test.better == "lower" else test.min
        return Result(value=float(worst), option="unable")
    raise ValueError(f"{key}: found {shown(found)}; expected {_expected(test)}")


def _fits(found: float, test: ClinicalTest) -> bool:
    # The limits first: a number too long for a float fails them.
    return test.min <= found <= test.max and (not test.whole or whole_number(found) is not None)


def _pain_at_levels(key: str, rest: dict[str, Any], pain: int | None, test: ClinicalTest) -> Result:
    for level in rest:
        if level not in test.levels:
            raise ValueError(f"{key}: unknown level {shown(level)}; nearest: {nearest(level, test.levels)}")
    if not rest and pain is None:
        raise ValueError(f"{key}: empty; expected {_expected(test)}")
    return Result(pain_at={level: _pain(f"{key}.{level}", value) for level, value in rest.items()}, pain=pain)


def _pain(key: str, found: Any) -> int:
    pain = whole_number(found)
    if pain is None or not 0 <= pain <= 10:
        raise ValueError(f"{key}: found {shown(found)}; expected pain from 0 to 10")
    return pain


def whole_number(found: object) -> int | None:
    """A whole number however it is written, 7 or 7.0 as JSON allows; None when it is something else."""
    if type(found) is float and found.is_integer():
        return int(found)
    return found if type(found) is int else None


def _expected(test: ClinicalTest) -> str:
    if test.value == "option":
        return "one of " + ", ".join(option.id for option in test.options)
    if test.value == "pain-at-levels":
        return "pain 0 to 10 at " + ", ".join(test.levels)
    whole = "a whole number" if test.whole else "a number"
    return f"{whole} of {test.unit} from {test.min:g} to {test.max:g}"
