"""`weaklink sim --motion <exercise>`: what an exercise or test loads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from weaklink.library.load_summary import LoadSummary
    from weaklink.library.reading import Library

WHY = {
    "quick": "No load: the movement is quick, and the ground's push was not measured.",
    "travels": "No load: the drawn steps are pictures, not measured steps.",
    "machine": "No load: it depends on what the machine is set to.",
    "not-carried": "No load: the drawn pose would not hold itself up.",
    "pressed": "Hardly anything works against weight; how hard you press is not known.",
    "at-its-limit": "The model runs out of muscle in this pose: read the order, not the numbers.",
    "stretch": "A stretch: what it lengthens says more than what it loads.",
}
LISTED = 10


def exercise_document(record_id: str, library: Library) -> dict[str, Any]:
    """The load of an exercise or test as plain values, computed now when it is new.

    Raises: UnknownIdError, MovementError, MissingExtraError.
    """
    import msgspec

    from weaklink.mechanics.exercise_load import BODY
    from weaklink.mechanics.variants import VARIANTS

    summary, activations = _found(record_id, library)
    return {
        "motion": record_id,
        **msgspec.to_builtins(summary),
        "activations": activations,
        "runner": {"mass_kg": BODY.mass_kg, "height_m": BODY.height_m},
        "variants": [variant.id for variant in VARIANTS],
    }


def _found(record_id: str, library: Library) -> tuple[LoadSummary, dict[str, dict[str, list[float]]]]:
    from weaklink.store.figure_store import Figures
    from weaklink.store.load_store import ExerciseLoads

    loads = ExerciseLoads(Figures(library), library)
    loads.load(record_id)  # says what is missing; the summary alone would only say that it is not computed
    return loads.summary(record_id), loads.activations(record_id)


def exercise_lines(record_id: str, library: Library) -> Iterator[str]:
    """The same in words.

    Raises: UnknownIdError, MovementError, MissingExtraError.
    """
    summary, _ = _found(record_id, library)
    yield f"{record_id.replace('-', ' ').capitalize()}: a strong body of 75 kg and 1.75 m"
    if summary.why:
        yield f"  {WHY[summary.why]}"
    for one in [one for one in summary.muscles if one.amount != "hardly"][:LISTED]:
        side = "" if one.leg == "both" else f" ({one.leg} leg)"
        flag = "  unsure: the model is known to miss this muscle" if one.unsure else ""
        name = f"{_name(one.muscle, library)}{side}"
        yield f"  {name:40} {one.amount:7} {one.peak:4.0%}  ({one.low:.0%} to {one.high:.0%}){flag}"
    for long in summary.lengthened:
        yield f"  {_name(long.muscle, library):40} lengthened, {long.share:.0%} of its way ({long.leg} leg)"
    trunk = f"{summary.back_nm:.0f} back, {summary.front_nm:.0f} front, {summary.side_nm:.0f} side"
    yield f"  Net moments at the lowest lumbar joint [N m]: {trunk}"
    yield f"Carried in {summary.carried:.0%} of the phases. Residual {summary.residual:.0e}."
    yield "Greatest share of what each muscle can give. Muscles tightened against each other are not seen."


def _name(muscle: str, library: Library) -> str:
    return library.muscles[muscle].name if muscle in library.muscles else muscle
