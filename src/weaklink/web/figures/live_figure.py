"""The moving figure of a page: where its files are, which muscles it lights and what is said about them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

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


def live_figure(seen: Visit, record_id: str, side: str = "") -> dict[str, Any] | None:
    """What parts/live.html needs to draw an exercise, stretch or test; None where there is no movement."""
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
    return {
        **_addresses(seen, record_id, side),
        "tall": not lies(movement),
        "muscles": _muscles(seen, tones),
        "keyframes": len(movement.keyframes),
    }


def chain_live_figure(
    seen: Visit, area: str, site: str, side: str, takes_over: tuple[str, ...] = ()
) -> dict[str, Any] | None:
    """The running stride with a chain on it: the weak muscles, what takes over, and where it hurts."""
    library = seen.house.library
    suffix = SUFFIX["left" if side == "left" else "right"]
    tones = {muscle + suffix: "weak" for muscle in library.areas[area].muscles}
    for name in takes_over:
        spoken = library.areas[name].muscles if name in library.areas else [name]
        for muscle in spoken:
            tones.setdefault(muscle + suffix, "takes")
    through = [name for name, tone in tones.items() if tone == "takes"]
    weak = [name for name, tone in tones.items() if tone == "weak"]
    return {
        **_addresses(seen, RUNNING, ""),
        "tall": True,
        "muscles": _muscles(seen, tones),
        "keyframes": 0,
        "pain": {"site": site, "side": "left" if side == "left" else "right"},
        "from": weak[0] if weak else "",
        "through": " ".join(through),
        "view": "best",
        "tempo": SLOW_STRIDE_S,
        "lit": " ".join(f"{name}:{tone}" for name, tone in tones.items()),
    }


def _addresses(seen: Visit, record_id: str, side: str) -> dict[str, str | float]:
    files = _files(seen)
    return {
        "body": files.body_address(seen),
        "movement": files.movement_address(record_id, side),
        "words": files.words_address(seen.house.settings.language),
        "lit": "",
        "view": "",
        "tempo": 0.0,
    }


def _files(seen: Visit) -> FigureFiles:
    files: FigureFiles = seen.request.app.state.figure_files
    return files


def _muscles(seen: Visit, tones: Mapping[str, str]) -> list[dict[str, str]]:
    """The lit muscles in words, the ones that matter most first; each muscle once, with its sides."""
    library = seen.house.library
    known = [name for name in tones if name[:-2] in library.muscles]
    known.sort(key=lambda name: (ORDER.index(tones[name]), library.muscles[name[:-2]].name, name))
    rows = []
    for name in known:
        muscle = library.muscles[name[:-2]]
        both = {name[:-2] + suffix for suffix in SUFFIX.values()} <= set(tones)
        if both and name.endswith(SUFFIX["left"]):
            continue
        rows.append(
            {
                "name": name,
                "tone": tones[name],
                "says": muscle.name,
                "often": spoken_name(muscle),
                "side": ""
                if both
                else seen.wording.word(f"word.{'left' if name.endswith('_l') else 'right'}"),
                "action": muscle.action,
                "running": muscle.in_running,
            }
        )
    return rows
