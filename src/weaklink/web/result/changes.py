"""Changes: what became different since the result was last shown, in words."""

from __future__ import annotations

import msgspec

from weaklink.case.assessment import Assessment
from weaklink.case.case_file import CaseError, read_given
from weaklink.reasoning.reconsidering import reconsidered
from weaklink.web.visit.visit import Visit


class ChangedLines(msgspec.Struct, frozen=True, kw_only=True):
    """What became different, and that it was worked out again."""

    because: str
    lines: list[str]


def changed_since(seen: Visit, found: Assessment) -> ChangedLines | None:
    """What a changed answer or a new test changed; None at the first look or when nothing was touched."""
    before = seen.episode.earlier if seen.episode else None
    if not before or before == seen.table:
        return None
    try:
        earlier = read_given(before, seen.house.library, assume_unanswered_no=False)
    except CaseError:
        # What was shown came from an older edition of the knowledge; there is nothing to compare with.
        return None
    changed = reconsidered(earlier, found.given, seen.house.library)
    if not changed.answers:
        return None
    # Nothing is said of a plan where none was made.
    told = [message for message in changed.says if "days" in before or message.id != "reconsidered.plan"]
    lines = [seen.wording.say(message) for message in told]
    if not lines:
        return None
    return ChangedLines(because=seen.wording.word("result.changed"), lines=lines)
