"""`weaklink sim`: what if a muscle had less strength, and the runner kept moving in the same way?"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

import typer

from weaklink.cli.assess import print_json
from weaklink.cli.options import require_within
from weaklink.quantities import WeaklinkError

if TYPE_CHECKING:
    from weaklink.body.weakness import Weakness
    from weaklink.library.reading import Library
    from weaklink.mechanics.load_pack import LoadPack
    from weaklink.mechanics.redistribution import Change, Redistribution

WEAKEN = typer.Option(
    [], help="A muscle or area and its share of strength, e.g. gluteus-medius=0.5; may be repeated."
)
OUT = typer.Option(
    None, help="Write a row per muscle, structure, variant and window: a .parquet, .csv or .json file."
)
SIDES = ("right", "left", "both")
LISTED = 8


class UnreadableWeaknessError(WeaklinkError):
    """A --weaken that is not "muscle=share"."""


def sim(
    motion: str = typer.Option("running", help="The motion, e.g. running, or an exercise, e.g. clamshell."),
    weaken: list[str] = WEAKEN,
    side: str = typer.Option("right", help="The weak side: right, left or both."),
    window: str = typer.Option("stance", help="What is averaged: stance or the whole stride."),
    mass_kg: float = typer.Option(None, help="The runner's mass, 20 to 250; without it, the template's."),
    height_m: float = typer.Option(None, help="The runner's height, 1 to 2.5; without it, the template's."),
    speed: float = typer.Option(None, help="Speed in m/s, 2 to 5.5; without it, the template's."),
    cadence: float = typer.Option(None, help="Steps per minute, 140 to 220; without it, usual at the speed."),
    as_json: bool = typer.Option(False, "--json", help="Print one JSON object and nothing else."),
    out: Path = OUT,
) -> None:
    """Show who takes over when a muscle is weaker and the motion stays the same; of an exercise, its load."""
    from weaklink.cli.sim_table import check_file
    from weaklink.library.own import sound_library
    from weaklink.library.packs import pack_at
    from weaklink.mechanics.redistribution import redistribution

    _check_runner(mass_kg, height_m, speed, cadence)
    library = sound_library()
    if motion in library.movements:
        _show_exercise(motion, library, weaken, as_json=as_json)
        return
    _one_of("--side", side, SIDES)
    _one_of("--window", window, ("stance", "stride"))
    if out:
        check_file(out)
    weak = [one for text in weaken for one in weaknesses(text, side, library)]
    pack = pack_at(motion, mass_kg, height_m, speed, cadence)
    legs = redistribution(pack, weak, cast(Literal["stance", "stride"], window))
    if out:
        _write(out, pack, weak)
    if as_json:
        print_json({**document(motion, legs), "runner": runner_document(pack)})
    elif not out:
        print("\n".join([runner_line(pack), *(line for leg in legs for line in lines(leg, library))]))


def _show_exercise(motion: str, library: Library, weaken: list[str], *, as_json: bool) -> None:
    """What an exercise loads. Raises: UnreadableWeaknessError when something is to be weakened."""
    from weaklink.cli.load_report import exercise_document, exercise_lines

    if weaken:
        raise UnreadableWeaknessError(
            f"--weaken: who takes over is known for running and single-leg-stance; without it, sim shows "
            f"what {motion} loads"
        )
    if as_json:
        print_json(exercise_document(motion, library))
    else:
        print("\n".join(exercise_lines(motion, library)))


def _write(out: Path, pack: LoadPack, weak: list[Weakness]) -> None:
    """Write every row, and say so where it does not disturb a JSON object on the standard output."""
    from weaklink.cli.sim_table import table_rows, write_table

    rows = list(table_rows(pack, weak))
    about = {"runner": runner_document(pack), "sources": list(pack.sources), "limits": pack.limits}
    write_table(out, rows, about)
    print(f"{len(rows)} rows in {out}", file=sys.stderr)


def weaknesses(text: str, side: str, library: Library) -> list[Weakness]:
    """The weaknesses of one --weaken: a muscle, or every muscle of an area that the leg model has.

    Raises: UnreadableWeaknessError naming what was found and what would be right.
    """
    from weaklink.body.muscles import UNITS
    from weaklink.body.weakness import Weakness

    name, _, share = text.partition("=")
    try:
        strength = float(share)
    except ValueError:
        raise UnreadableWeaknessError(
            f"--weaken {text!r}: expected muscle=share, e.g. gluteus-medius=0.5"
        ) from None
    area = library.areas.get(name)
    muscles = [muscle for muscle in area.muscles if muscle in UNITS] if area else [name]
    if not muscles:
        raise UnreadableWeaknessError(f"--weaken {text!r}: the leg model has no muscle of the area {name}")
    legs = ("right", "left") if side == "both" else (side,)
    return [
        Weakness(muscle=muscle, strength=strength, side=cast(Any, leg)) for leg in legs for muscle in muscles
    ]


def _check_runner(
    mass_kg: float | None, height_m: float | None, speed: float | None, cadence: float | None
) -> None:
    """Raises: OptionError for a runner there is none of."""
    from weaklink.body.scaling import HEIGHTS_M, MASSES_KG
    from weaklink.movement.pace import CADENCES_SPM, SPEEDS_M_S

    require_within("--mass-kg", mass_kg, MASSES_KG, "kg", what="the mass")
    require_within("--height-m", height_m, HEIGHTS_M, "m", what="the height")
    require_within("--speed", speed, SPEEDS_M_S, "m/s", what="speed_m_s")
    require_within("--cadence", cadence, CADENCES_SPM, "steps per minute", what="cadence_spm")


def _one_of(option: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        raise UnreadableWeaknessError(f"{option} {value!r}: expected {', '.join(known)}")


def document(motion: str, legs: tuple[Redistribution, ...]) -> dict[str, Any]:
    """The answer as plain values; a single weak leg stands at the top, two under `legs`."""
    if len(legs) == 1:
        return {"motion": motion, **leg_document(legs[0])}
    return {"motion": motion, "legs": [leg_document(leg) for leg in legs]}


def runner_document(pack: LoadPack) -> dict[str, Any]:
    """The runner the load was made for; speed shows in the period, a pose has none."""
    return {
        "mass_kg": round(pack.body.mass_kg, 2),
        "height_m": round(pack.body.height_m, 3),
        "cadence_spm": round(120 / pack.period_s, 1) if pack.period_s else None,
    }


def runner_line(pack: LoadPack) -> str:
    """Whose load it is: the template's own runner, or one it was scaled to."""
    said = runner_document(pack)
    pace = f", {said['cadence_spm']:g} steps a minute" if said["cadence_spm"] else ""
    return f"{pack.name}: a runner of {said['mass_kg']:g} kg and {said['height_m']:g} m{pace}"


def leg_document(leg: Redistribution) -> dict[str, Any]:
    """One leg as plain values. `change` 0.3 is 30 % more; null where a muscle hardly works before."""
    return {
        "side": leg.side,
        "window": leg.window,
        "weak": [{"muscle": one.muscle, "strength": one.strength} for one in leg.weak],
        "muscles": [change_document(change) for change in leg.muscles],
        "contact": [change_document(change) for change in leg.structures],
        "claims": [
            {"id": one.claim, "statement": one.statement, "verdict": one.holds, "change": rounded(one.change),
             "low": rounded(one.low), "high": rounded(one.high), "unsure": one.unsure}
            for one in leg.claims
        ],
        "falls_short": [
            {"coordinate": one.coordinate, "share": rounded(one.share)} for one in leg.shortfalls
        ],
        "residual": leg.residual,
        "reserve_nm": rounded(leg.reserve_nm),
        "variants": list(leg.variants),
        "sources": list(leg.sources),
        "limits": leg.limits,
    }  # fmt: skip


def change_document(change: Change) -> dict[str, Any]:
    """One muscle or structure as plain values."""
    return {
        "id": change.id,
        "change": rounded(change.change),
        "low": rounded(change.low),
        "high": rounded(change.high),
        "before_n": round(change.before_n, 1),
        "after_n": round(change.after_n, 1),
        "unsure": change.unsure,
    }


def rounded(value: float | None) -> float | None:
    """Four digits after the point; the model knows no more."""
    return None if value is None else round(value, 4)


def lines(leg: Redistribution, library: Library) -> Iterator[str]:
    """The answer of one leg in words; newtons are means over the window, joints show changes only."""
    named = ", ".join(f"{spoken(one.muscle, library)} at {one.strength:.0%}" for one in leg.weak)
    yield f"If on the {leg.side} side: {named}, and the motion stays exactly the same"
    for change in [one for one in leg.muscles if one.change is not None][:LISTED]:
        newtons = f"{change.before_n:5.0f} N to {change.after_n:5.0f} N"
        yield f"  {spoken(change.id, library):32} {newtons}  {words(change)}"
    yield "What joints and bands carry at their peak"
    for change in leg.structures:
        yield f"  {change.id.replace('-', ' '):32} {words(change)}"
    if leg.claims:
        yield "What the articles say"
    for claim in leg.claims:
        yield f"  {claim.claim.replace('-', ' '):32} {claim.holds.replace('-', ' ')} ({claim.statement})"
        if claim.unsure:
            yield "      unsure: the model is known to miss this muscle"
    for short in leg.shortfalls:
        yield f"  Muscles cannot carry this motion: {short.coordinate} lacks {short.share:.0%} of its peak."
    yield f"Range: {len(leg.variants)} variants of the model."
    yield f"Residual {leg.residual:.0e}, largest reserve {leg.reserve_nm:.2f} N·m."
    yield "Real runners also change how they move. This shows a mechanism, not a diagnosis."


def words(change: Change) -> str:
    """A change with its range."""
    if change.change is None or change.low is None or change.high is None:
        return "hardly works here"
    flag = "  unsure: the model is known to miss this muscle" if change.unsure else ""
    return f"{change.change:+5.0%}  ({change.low:+.0%} to {change.high:+.0%}){flag}"


def spoken(muscle: str, library: Library) -> str:
    """A muscle's name."""
    return library.muscles[muscle].name if muscle in library.muscles else muscle
