"""The moving figure of a page: where its files are, which muscles it lights and what is said about them."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from weaklink.body.names import SUFFIX
from weaklink.figure.movement_file import lies
from weaklink.library.movements import movement_of
from weaklink.library.wording import spoken_name
from weaklink.library.working import working_muscles
from weaklink.movement.gait import RUNNING
from weaklink.movement.mirror import mirrored
from weaklink.web.figures.figure_files import FigureFiles
from weaklink.web.visit.visit import Visit

SLOW_STRIDE_S = 2.4  # a stride as slow as an eye can follow the chain
ORDER = ("weak", "works", "helps", "stretched", "takes")


class LitMuscle(msgspec.Struct, frozen=True, kw_only=True):
    """One lit muscle in words; `side` "" for both."""

    name: str
    tone: str
    says: str
    often: str
    side: str
    action: str
    running: str


class PainMark(msgspec.Struct, frozen=True):
    """Where it hurts, on which side."""

    site: str
    side: str


class LiveFigure(msgspec.Struct, frozen=True, kw_only=True):
    """What parts/live.html needs: the addresses of its files, what is lit, and how it is shown.

    `tempo`: seconds of each repetition, 0 for its own. With a chain: `pain`, and the muscles it runs from and
    through.
    """

    body: str
    movement: str
    words: str
    tall: bool
    muscles: list[LitMuscle]
    keyframes: int
    lit: str = ""
    view: str = ""
    tempo: float = 0.0
    pain: PainMark | None = None
    chain_from: str = ""
    chain_through: str = ""


def live_figure(seen: Visit, record_id: str, side: str = "") -> LiveFigure | None:
    """The figure of an exercise, stretch or test; None where there is no movement."""
    files = _files(seen)
    if not files.has(record_id) or record_id == RUNNING:
        return None
    library = seen.house.library
    movement = movement_of(record_id, library)
    if side and movement.side not in ("both", side):
        movement = mirrored(movement)
    lit = working_muscles(record_id, library, movement.side)
    tones = {
        muscle + SUFFIX["left" if each == "left" else "right"]: tone for (muscle, each), tone in lit.items()
    }
    return LiveFigure(
        body=files.body_address(seen),
        movement=files.movement_address(record_id, side),
        words=files.words_address(seen.house.settings.language),
        tall=not lies(movement),
        muscles=_muscles(seen, tones),
        keyframes=len(movement.keyframes),
    )


def chain_live_figure(
    seen: Visit, area: str, site: str, side: str, takes_over: tuple[str, ...] = ()
) -> LiveFigure:
    """The running stride with a chain on it: the weak muscles, what takes over, and where it hurts."""
    library, files = seen.house.library, _files(seen)
    suffix = SUFFIX["left" if side == "left" else "right"]
    tones = {muscle + suffix: "weak" for muscle in library.areas[area].muscles}
    for name in takes_over:
        spoken = library.areas[name].muscles if name in library.areas else [name]
        for muscle in spoken:
            tones.setdefault(muscle + suffix, "takes")
    return LiveFigure(
        body=files.body_address(seen),
        movement=files.movement_address(RUNNING, ""),
        words=files.words_address(seen.house.settings.language),
        tall=True,
        muscles=_muscles(seen, tones),
        keyframes=0,
        lit=" ".join(f"{name}:{tone}" for name, tone in tones.items()),
        view="best",
        tempo=SLOW_STRIDE_S,
        pain=PainMark(site, "left" if side == "left" else "right"),
        chain_from=next((name for name, tone in tones.items() if tone == "weak"), ""),
        chain_through=" ".join(name for name, tone in tones.items() if tone == "takes"),
    )


def _files(seen: Visit) -> FigureFiles:
    files: FigureFiles = seen.request.app.state.figure_files
    return files


def _muscles(seen: Visit, tones: Mapping[str, str]) -> list[LitMuscle]:
    """The lit muscles in words, the ones that matter most first; each muscle once, with its sides."""
    library = seen.house.library
    known = [name for name in tones if name[:-2] in library.muscles]
    known.sort(key=lambda name: (ORDER.index(tones[name]), library.muscles[name[:-2]].name, name))
    on_both = {name for name in known if {name[:-2] + suffix for suffix in SUFFIX.values()} <= set(tones)}
    shown = [name for name in known if not (name in on_both and name.endswith(SUFFIX["left"]))]
    return [_muscle(seen, name, tones[name], both=name in on_both) for name in shown]


def _muscle(seen: Visit, name: str, tone: str, *, both: bool) -> LitMuscle:
    muscle = seen.house.library.muscles[name[:-2]]
    side = "left" if name.endswith("_l") else "right"
    return LitMuscle(
        name=name,
        tone=tone,
        says=muscle.name,
        often=spoken_name(muscle),
        side="" if both else seen.wording.word(f"word.{side}"),
        action=muscle.action,
        running=muscle.in_running,
    )
