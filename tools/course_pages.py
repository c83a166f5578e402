"""What the seven stories get beside what a clinician would give: `python -m tools.course_pages`.

Writes docs/validation/courses.md: weeks 1, 4, 8 and 12 side by side, and each demand with whether it is kept.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.rehearsal.musts import MUSTS
from tests.rehearsal.stories import NAMES, course

from weaklink.cli.story_course import dose_words

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "validation" / "courses.md"
CLINICIAN = ROOT / "tests" / "rehearsal" / "clinician.toml"
HEAD = """# Seven courses beside a clinician's

Made by `python -m tools.course_pages` from `tests/cases/courses` (good responders) and
`tests/rehearsal/clinician.toml`. Ours is the last session of the week as it was asked for; the clinician's
loads are design. `weaklink course STORY.toml` prints every week.
"""


def main() -> None:
    """Write the page."""
    PAGE.write_text("\n".join(lines()) + "\n", encoding="utf-8")
    print(PAGE.relative_to(ROOT))


def lines() -> Iterator[str]:
    """The page, line by line."""
    clinician = tomllib.loads(CLINICIAN.read_text(encoding="utf-8"))
    kept = {must: must.keeps(course(must.story)) for must in MUSTS}
    yield HEAD
    yield f"{sum(kept.values())} of {len(MUSTS)} demands are kept."
    for name in NAMES:
        yield from ("", f"## {name}", "", "| week | clinician | weaklink | difference |", "|---|---|---|---|")
        for number, theirs in clinician[name].items():
            yield _row(number, theirs, course(name))
        yield ""
        for must, holds in kept.items():
            if must.story == name:
                yield f"- {'kept' if holds else 'not kept'}: {must.says}"


def _row(number: str, theirs: list[str], lived: dict[str, Any]) -> str:
    week = next((one for one in lived["weeks"] if one["week"] == int(number)), None)
    items = week["sessions"][-1]["items"] if week and week["sessions"] else []
    ours = [dose_words(item) for item in items if item["kind"] == "exercise"] or ["no session"]
    about = difference(theirs, items, week or {})
    return f"| {number} | {'<br>'.join(theirs)} | {'<br>'.join(ours)} | {about} |"


def difference(theirs: list[str], items: list[dict[str, Any]], week: dict[str, Any]) -> str:
    """What differs, in words: upkeep, moves that are missing, moves we add, the heaviest load, the sets."""
    wanted = [re.split(r"[ ,]", move)[0] for move in theirs]
    given = [item["id"] for item in items if item["kind"] == "exercise"]
    heaviest = max((float((item["load"] or {}).get("kg", 0)) for item in items), default=0.0)
    theirs_kg = max((float(n) for move in theirs for n in re.findall(r"([\d.]+) kg", move)), default=0.0)
    theirs_sets = sum(int(n) for move in theirs for n in re.findall(r" (\d+)x", move)[:1])
    sets = sum(item["sets"] for item in items if item["kind"] == "exercise")
    said = ["already upkeep"] if week.get("upkeep") else []
    said += [f"phase {week['phase']}"] if week.get("phase") else []
    missing, more = [m for m in wanted if m not in given], [m for m in given if m not in wanted]
    said += [f"without {', '.join(missing)}"] if missing else []
    said += [f"with {', '.join(more)}"] if more else []
    said += [f"{sets} sets for {theirs_sets}"] if sets != theirs_sets else []
    said += [f"heaviest {heaviest:g} kg for {theirs_kg:g}"] if heaviest != theirs_kg else []
    return "; ".join(said) or "none"


if __name__ == "__main__":
    main()
