"""Standards: which marks of weak and strong count for somebody, and what is wrong with those of a test."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from weaklink.library.records import ClinicalTest, Standard

KG = "kg"
SEXES: tuple[Literal["female", "male"], ...] = ("female", "male")


def standards_for(test: ClinicalTest, sex: str, age: int) -> tuple[Standard, ...]:
    """The marks that count at an age: one of each sex where the sex was not said and they differ."""
    sexes = [one for one in SEXES if sex == one] or list(SEXES)
    return tuple(dict.fromkeys(one for which in sexes for one in _latest(test, which, age)))


def _latest(test: ClinicalTest, sex: str, age: int) -> list[Standard]:
    fitting = [one for one in test.standards if one.sex in ("any", sex) and one.age_from <= age]
    return [max(fitting, key=lambda one: one.age_from)] if fitting else []


def standard_problems(test: ClinicalTest) -> Iterator[tuple[str, str]]:
    """What is wrong with the standards of a test, as field and message."""
    if not test.standards:
        return
    if test.value != "number" or test.better != "higher":
        yield "standards", "need a test counted in numbers of which more is better"
    if not test.disputed.strip():
        yield "disputed", "is empty beside standards; say what speaks against them, or that they are our own"
    for sex in SEXES:
        if not standards_for(test, sex, 0):
            yield "standards", f"say nothing for the youngest ({sex}); begin at age 0"
    for one in test.standards:
        if not 0 <= one.weak_below < one.strong_from:
            yield "standards", f"weak below {one.weak_below:g} and strong from {one.strong_from:g} cannot be"
        if one.share_of_body_mass and test.unit != KG:
            yield "standards", f'are a share of the body mass; the unit is "{test.unit}", not "{KG}"'
