"""The transcripts of ten typical cases, one for each region, as the table of docs/validation/interview.md.

python -m tests.cases.transcripts     writes the table anew
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.cases.running import FOLDER, read
from weaklink.care.transcript import Transcript, transcript
from weaklink.case.given import Given
from weaklink.library.reading import Library, shipped_library
from weaklink.library.wording import shipped_wording
from weaklink.reasoning.urgency import urgency

PAGE = Path(__file__).resolve().parents[2] / "docs" / "validation" / "interview.md"
BEGIN, END = "<!-- table: begin -->\n", "<!-- table: end -->\n"
TYPICAL = {
    "v01-kneecap-novice": "front of the knee",
    "v02-outer-knee-marathon": "outer knee",
    "v03-outer-hip-lying": "side of the hip",
    "v04-achilles-club": "Achilles tendon",
    "v05-shins-running-club": "shin",
    "v06-heel-first-steps": "heel",
    "v08-groin-femoral-neck": "groin",
    "v11-low-back-desk": "low back",
    "v12-sit-bone-tempo": "sit bone",
    "v15-between-the-shoulder-blades": "upper back",
}
# Counted on the edition before this interview: screens, words of questions and safety, items of safety, and
# whether the story (onset, load, pattern) was asked; the words around the questions were not counted then.
BEFORE = {
    "v01-kneecap-novice": (13, 864, 702, 33, 1),
    "v02-outer-knee-marathon": (13, 847, 661, 29, 2),
    "v03-outer-hip-lying": (14, 939, 770, 34, 1),
    "v04-achilles-club": (13, 758, 632, 28, 1),
    "v05-shins-running-club": (13, 764, 595, 27, 1),
    "v06-heel-first-steps": (13, 802, 656, 29, 1),
    "v08-groin-femoral-neck": (10, 871, 836, 37, 0),
    "v11-low-back-desk": (13, 643, 551, 23, 1),
    "v12-sit-bone-tempo": (13, 748, 643, 30, 2),
    "v15-between-the-shoulder-blades": (12, 708, 626, 29, 1),
}
STORY = ("pain-onset", "recent-load-increase", "pain-pattern")


class Typical(NamedTuple):
    """One typical case and its transcript."""

    name: str
    truth: Given
    made: Transcript


class Counts(NamedTuple):
    """What a transcript counts, to the first ranking or referral."""

    screens: int
    taps: int
    words: int
    safety_screens: int
    safety_words: int
    safety_lines: int
    story: int  # how many of onset, load and pattern were asked


def typical(library: Library) -> Iterator[Typical]:
    """The ten cases, each interviewed."""
    for name in TYPICAL:
        truth = read(FOLDER / "vignettes" / f"{name}.toml", library).given
        yield Typical(name, truth, transcript(truth, library, shipped_wording()))


def counted(made: Transcript) -> Counts:
    """The counts of a transcript."""
    safety = [one for one in made.screens if one.shown.kind == "flags"]
    asked = {name for one in made.screens for name in one.questions}
    return Counts(
        screens=len(made.screens) - 1,
        taps=sum(one.taps for one in made.screens),
        words=sum(one.shown.words for one in made.screens),
        safety_screens=len(safety),
        safety_words=sum(one.shown.words for one in safety),
        safety_lines=sum(len(one.questions) for one in safety),
        story=sum(name in asked for name in STORY),
    )


def table(library: Library) -> str:
    """The table, before and after."""
    lines = [
        "| where | screens | taps | words | safety: screens, lines, words | story asked | ends |",
        "|---|---|---|---|---|---|---|",
    ]
    for case in typical(library):
        now, before = counted(case.made), BEFORE[case.name]
        ends = urgency(case.truth, library).tier
        lines.append(
            f"| {TYPICAL[case.name]} | {before[0]} → {now.screens} | {now.taps} | {before[1]}+ → {now.words} "
            f"| {now.safety_screens}, {before[3]} → {now.safety_lines}, {before[2]} → {now.safety_words} "
            f"| {before[4]} of 3 → {now.story} of 3 | {ends} |"
        )
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write the table into the page."""
    text = PAGE.read_text(encoding="utf-8")
    found = BEGIN + table(shipped_library()) + END
    new = re.sub(re.escape(BEGIN) + ".*?" + re.escape(END), lambda _: found, text, flags=re.DOTALL)
    PAGE.write_text(new, encoding="utf-8")


if __name__ == "__main__":
    main()
