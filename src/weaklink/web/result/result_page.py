"""Result: the sentence, the chain, for and against, the ranking, the evidence, what would change it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from weaklink.case.assessment import Assessment
from weaklink.case.hypothesis import Hypothesis
from weaklink.library.model_findings import shipped_findings
from weaklink.quantities import Message
from weaklink.reasoning.battery import battery
from weaklink.reasoning.chain import Chain
from weaklink.reasoning.explanation import Explanation, explain
from weaklink.reasoning.safety_net import safety_net
from weaklink.web.figures.live_figure import chain_live_figure
from weaklink.web.result.changes import changed_since
from weaklink.web.result.ranking import ranks, row_name, untold
from weaklink.web.result.result_lines import (
    CareLine,
    ChainFigure,
    ChainLine,
    ConditionLine,
    GradeShown,
    NextTestLine,
    ReasonLine,
    ResultPage,
    TestsLeft,
)
from weaklink.web.visit.assessments import assessment_of
from weaklink.web.visit.pain_places import place_pairs
from weaklink.web.visit.visit import Visit, show, visit

MOST_REASONS = 5
LONGEST_FACT = 70  # letters before a colon that may stand in bold
CLAUSE_END = re.compile(r"\.\s| \(")
# The same thing in other words: by which reason it is said as well.
SAID_AS_WELL_BY = {
    "differential.not-tested": "differential.seen-only",
    "differential.not-tested-unsided": "differential.seen-only",
    "differential.first-against": "differential.claim-against",
    "differential.first-conflicting": "differential.claim-against",
    "differential.first-none-known": "differential.claim-against",
}
OF_STUDIES = ("differential.claim-against", "differential.claim-helps", "differential.claim-present")


async def result_page(request: Request) -> Response:
    """GET /result."""
    seen = visit(request)
    found = await assessment_of(seen)
    if found is None:
        return RedirectResponse(seen.leads_to, status_code=303)
    if found.disposition.refers:
        return RedirectResponse("/referral", status_code=303)
    if seen.leads_to != "/result":
        return RedirectResponse(seen.leads_to, status_code=303)
    if not found.disposition.unasked:
        request.app.state.assessments.prepare_plan(seen.house.library.language)
    library, findings = seen.house.library, shipped_findings()
    explained = await anyio.to_thread.run_sync(explain, found.given, library, found.differential, findings)
    return show(request, "result/result.html", _shown(seen, found, explained))


def _shown(seen: Visit, found: Assessment, explained: Explanation) -> ResultPage:
    leading = found.differential.hypotheses[0] if found.differential.hypotheses else None
    chain = _chain_of(leading, explained)
    # No link is drawn as weak where the words say that nobody can tell.
    drawn = chain if leading is not None and _is_found(leading) else None
    clinician = seen.request.query_params.get("view") == "clinician"
    sentence, lede = _opening(seen, found, leading)
    return ResultPage(
        back="/answers",
        stage="full" if found.given.tests else "first",
        sentence=sentence,
        lede=lede,
        care=_care(seen, found),
        safety_net=_said(seen, safety_net(found.differential, seen.house.library)),
        changed=changed_since(seen, found),
        figure=_figure(seen, leading, drawn) if leading is not None else None,
        places=place_pairs(seen),
        chain=_chain_steps(seen, drawn, clinician),
        consequence=_said(seen, (*((drawn.extent,) if drawn else ()), *explained.consequences)),
        reasons_title=_reasons_title(seen, leading),
        reasons_for=_reasons(seen, leading.reasons_for if leading else ()),
        reasons_against=_reasons(seen, leading.reasons_against if leading else ()),
        ranks=ranks(seen, found),
        untold=untold(seen, found),
        claims=_claims(seen, chain),
        model=_said(seen, chain.model if chain else ()),
        facts=_said(seen, explained.facts),
        disagreements=_said(seen, explained.disagreements),
        next_test=_next_test(seen, found),
        tests_left=_left(seen, found),
        can_plan=not found.disposition.unasked,
        view="clinician" if clinician else "runner",
        conditions=_conditions(seen, found) if clinician else [],
        often_called=_often_called(seen, found),
    )


def _said(seen: Visit, messages: Iterable[Message]) -> list[str]:
    return [seen.wording.say(message) for message in messages]


def _chain_of(leading: Hypothesis | None, explained: Explanation) -> Chain | None:
    if leading is None:
        return None
    fits = (c for c in explained.chains if c.area == leading.area and c.side == leading.side)
    return next(fits, None)


def _is_found(leading: Hypothesis) -> bool:
    """Whether what leads is more than an idea nobody has looked at."""
    return leading.verdict in ("likely", "possible")


def _is_in_phases(found: Assessment) -> bool:
    return found.plan is not None and found.plan.follows is not None


def _opening(seen: Visit, found: Assessment, leading: Hypothesis | None) -> tuple[str, str]:
    """The sentence at the top, and one line on what the part does for a runner."""
    word = seen.wording.word
    if leading is None or not _is_found(leading):
        kind = "prevention" if found.disposition.tier == "prevention" else "cannot-tell"
        # Before any test no weak link was looked for.
        says = "untested" if kind == "prevention" and not found.given.tests else kind
        lede = "weights" if kind == "prevention" and _is_in_phases(found) else kind
        return word(f"result.sentence.{says}"), word(f"result.lede.{lede}")
    if leading.kind != "strength":
        said = Message(f"result.sentence.{leading.kind}.{leading.verdict}")
        return seen.wording.say(said), word(f"result.lede.{leading.kind}")
    area = seen.house.library.areas[leading.area]
    sided = "sided" if leading.side in ("right", "left") else "unsided"
    said = Message(f"result.sentence.{leading.verdict}.{sided}", {"area": area.id, "side": leading.side})
    return seen.wording.say(said), area.role


def _reasons_title(seen: Visit, leading: Hypothesis | None) -> str:
    """What the reasons are about: the sentence at the top, or the first of the ideas where it names none."""
    if leading is None or _is_found(leading):
        return seen.wording.word("result.reasons.found")
    return seen.wording.word("result.reasons.idea", name=row_name(seen, leading))


def _care(seen: Visit, found: Assessment) -> list[CareLine]:
    if found.disposition.tier != "see-professional":
        return []
    return [CareLine(says=seen.wording.say(rule.because)) for rule in found.disposition.rules]


def _figure(seen: Visit, leading: Hypothesis, chain: Chain | None) -> ChainFigure | None:
    if chain is None or not chain.site:
        return None
    label = seen.wording.word(f"result.label.{leading.kind}")
    values: dict[str, str | int | float] = {
        "label": label[:1].upper() + label[1:],
        "area": chain.area,
        "site": chain.site,
    }
    described = seen.wording.say(Message("result.figure", values))
    side = chain.side if chain.side in ("right", "left", "both") else "left"
    return ChainFigure(
        area=chain.area,
        site=chain.site,
        side=side,
        takes_over=list(chain.takes_over),
        label=label,
        described=described,
        live=chain_live_figure(seen, chain.area, chain.site, side, tuple(chain.takes_over)),
    )


def _chain_steps(seen: Visit, chain: Chain | None, clinician: bool) -> list[ChainLine]:
    if chain is None:
        return []
    say = seen.wording.say
    weak = ChainLine(kind="weak", says=say(chain.weak), note=_muscles(seen, chain.area) if clinician else "")
    steps = [ChainLine(kind="takes", says=say(step)) for step in chain.steps]
    return [weak, *steps, ChainLine(kind="pain", says=say(chain.pain))]


def _muscles(seen: Visit, area: str) -> str:
    """The first muscles of an area by their own names, which a runner is spared."""
    library = seen.house.library
    named = [library.muscles[name].name for name in library.areas[area].muscles if name in library.muscles]
    return ", ".join(named[:3])


def _reasons(seen: Visit, messages: Sequence[Message]) -> list[ReasonLine]:
    """The first few reasons; never empty. What another says as well opens with it."""
    told = {message.id for message in messages}
    below = [message for message in messages if SAID_AS_WELL_BY.get(message.id) in told]
    lines = [_reason(seen, message, below) for message in messages if message not in below]
    return lines[:MOST_REASONS] or [ReasonLine(fact=seen.wording.word("result.nothing-yet"))]


def _reason(seen: Visit, message: Message, below: Iterable[Message]) -> ReasonLine:
    """What was seen or measured in bold with its meaning; of studies the first clause, the rest on a tap."""
    text = seen.wording.say(message)
    if message.id in OF_STUDIES:
        head = CLAUSE_END.split(text)[0].rstrip(".")
        whole = [text, *(seen.wording.say(one) for one in below if SAID_AS_WELL_BY[one.id] == message.id)]
        said_all = len(whole) == 1 and len(text) <= len(head) + 1
        return ReasonLine(fact=f"{head}.", more="" if said_all else " ".join(whole))
    head, found, rest = text.partition(": ")
    if found and len(head) <= LONGEST_FACT:
        return ReasonLine(fact=head, says=" " + rest[:1].upper() + rest[1:])
    return ReasonLine(fact=text)


def _claims(seen: Visit, chain: Chain | None) -> list[GradeShown]:
    if chain is None:
        return []
    say = seen.wording.say
    return [
        GradeShown(
            question=say(line.question),
            grade=line.grade,
            says=say(line.says),
            url=f"/evidence/{chain.link}",
            sources=len(line.says.sources),
        )
        for line in chain.grades
    ]


def _next_test(seen: Visit, found: Assessment) -> NextTestLine | None:
    if found.next_test is None:
        return None
    test = seen.house.library.clinical_tests[found.next_test.id]
    return NextTestLine(
        url=f"/tests/{test.id}",
        name=test.name,
        why=seen.wording.say(found.next_test.why),
        minutes=_minutes(seen, test.minutes),
    )


def _left(seen: Visit, found: Assessment) -> TestsLeft | None:
    """The tests to begin with, as long as none was done."""
    todo = battery(found.given, seen.house.library, found.differential)
    if not todo or found.given.tests:
        return None
    return TestsLeft(count=len(todo), minutes=_minutes(seen, sum(test.minutes for test in todo)))


def _minutes(seen: Visit, minutes: float) -> str:
    return seen.wording.word("result.about-minutes", minutes=max(1, round(minutes)))


def _conditions(seen: Visit, found: Assessment) -> list[ConditionLine]:
    library = seen.house.library
    rows = []
    for ranked in found.differential.conditions[:6]:
        record = library.conditions[ranked.id]
        side = {"right": 1, "left": 2}.get(ranked.side, 0)
        codes = [code for code in (record.icd10cm[side : side + 1] or record.icd10cm[:1]) if code]
        rows.append(
            ConditionLine(
                name=record.name,
                verdict=ranked.verdict,
                icd=codes,
                why=record.behaviour,
                side=seen.wording.word(f"word.{ranked.side}"),
            )
        )
    return rows


def _often_called(seen: Visit, found: Assessment) -> list[str]:
    if not found.given.pain_at:
        return []
    near = [ranked.id for ranked in found.differential.conditions if ranked.verdict in ("likely", "possible")]
    called = [seen.house.library.conditions[name].often_called.rstrip(".") for name in near]
    return [seen.wording.word("result.often-called", name=name) for name in dict.fromkeys(called) if name]
