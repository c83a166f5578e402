"""Reviews: what a made-up runner answers every two weeks to what the programmes ask.

The kind of entry it is written as may not be known yet; then nothing is written.
"""

from __future__ import annotations

import re
from typing import Any

from weaklink.case.diary import KINDS
from weaklink.library.milestones import asked_in
from weaklink.library.programme_records import Milestone
from weaklink.library.reading import Library
from weaklink.rehearsal.story import Story
from weaklink.rehearsal.tissue import Tissue

REVIEWED = "reviewed"
FIRST_WEEK, EVERY_WEEKS = 1, 2  # of the course, as the page asks
TRIED_LEVEL = 4  # of the moves that questions name; about one leg bent
# Answered by what is said of the bones alone; unsure is no.
CLEARANCES = frozenset({"bones-cleared-for-lifting", "cleared-by-a-clinician"})
HELP_IN_A_GYM = "somebody-watches"
PAIN_SAID = re.compile(r"pain of (\d+)|hurt[s]? (\d+) at most")
ANSWERED_WELL_BELOW = 2  # pain of a day up to which what names no number is answered yes; design


def is_known() -> bool:
    """Whether the diary has such an entry."""
    return any(getattr(kind.__struct_config__, "tag", "") == REVIEWED for kind in KINDS)


def review_of(story: Story, tissue: Tissue, library: Library) -> dict[str, Any]:
    """The entry of a review, without id and time."""
    pains = {moment: tissue.in_moment(moment) for moment in story.given.pain}
    return {"kind": REVIEWED, "answers": answers_of(story, tissue, library), "pains": pains}


def answers_of(story: Story, tissue: Tissue, library: Library) -> dict[str, str]:
    """Every question of a milestone with yes or no, by the pain there would be when it is tried."""
    asked = {name for programme in library.programmes.values() for name in asked_in(programme, library)}
    says = {one.asked: one.says for one in _milestones(library)}
    return {name: _answer(name, says.get(name, ""), story, tissue) for name in sorted(asked)}


def _answer(name: str, says: str, story: Story, tissue: Tissue) -> str:
    if name in CLEARANCES:
        return "yes" if story.low_bone == "cleared" or (story.low_bone == "no" and "bones" in name) else "no"
    if name == HELP_IN_A_GYM:
        return "yes" if any(one.kind == "gym" for one in story.given.owns or ()) else "no"
    said = PAIN_SAID.search(says)
    most = next((int(n) for n in said.groups() if n), None) if said else None
    if most is None:
        return "yes" if tissue.today <= ANSWERED_WELL_BELOW else "no"
    pain = tissue.in_moment("run") if "run" in says else tissue.in_trial(TRIED_LEVEL)
    return "yes" if pain <= most else "no"


def _milestones(library: Library) -> list[Milestone]:
    phases = [phase for programme in library.programmes.values() for phase in programme.phases]
    first = [one for phase in phases for one in (*phase.skip_if, *phase.enter, *phase.leave)]
    gates = [one for gate in library.gates.values() for one in gate.milestones]
    return [way for one in (*first, *gates) for way in (one, *one.any_of)]
