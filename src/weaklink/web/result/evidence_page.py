"""Evidence: one claim with its three grades and what speaks against it; and all sources."""

from __future__ import annotations

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from weaklink.library.model_findings import shipped_findings
from weaklink.library.reading import Library
from weaklink.library.records import Cited, GradedClaim, WeakLink
from weaklink.library.wording import spoken_name
from weaklink.mechanics.stride_work import PERIODS
from weaklink.quantities import Message
from weaklink.reasoning.chain import FAILING
from weaklink.reasoning.model_says import model_says
from weaklink.web.result.remark_form import RemarkPart, remark_of
from weaklink.web.result.result_lines import ChainFigure, ChainLine
from weaklink.web.visit.visit import Visit, show, visit
from weaklink.web.words.evidence_lines import outside_link, source_link


class ClaimSource(msgspec.Struct, frozen=True, kw_only=True):
    """One source of a claim."""

    name: str
    url: str
    mark: str


class ClaimLine(msgspec.Struct, frozen=True, kw_only=True):
    """One of the three claims with its grade and its sources."""

    question: str
    grade: str
    says: str
    mark: str
    sources: list[ClaimSource]


class PhaseLine(msgspec.Struct, frozen=True, kw_only=True):
    """Percent of its strength that an area uses in one part of the stride."""

    name: str
    low: int
    high: int
    most: bool


class CitedLine(msgspec.Struct, frozen=True, kw_only=True):
    """One source, and what it supports."""

    id: str
    citation: str
    supports: str
    level: str
    mark: str
    url: str


class EvidencePage(msgspec.Struct, frozen=True, kw_only=True):
    """What the page of one claim shows."""

    back: str
    sentence: str
    origin: str
    figure: ChainFigure | None
    chain: list[ChainLine]
    claims: list[ClaimLine]
    against: str
    model: list[str]
    phases: list[PhaseLine]
    conditions: list[str]
    sources: list[CitedLine]
    status: str
    remark: RemarkPart


class SourceLine(msgspec.Struct, frozen=True, kw_only=True):
    """One source of the list of all."""

    id: str
    citation: str
    mark: str
    url: str
    note: str


class SourceCounts(msgspec.Struct, frozen=True, kw_only=True):
    """How many sources were read, and how many stand from memory."""

    read: int
    memory: int


class SourcesPage(msgspec.Struct, frozen=True, kw_only=True):
    """What the page of all sources shows."""

    sources: list[SourceLine]
    counts: SourceCounts


async def evidence_page(request: Request) -> Response:
    """GET /evidence/{link}."""
    seen = visit(request)
    link = seen.house.library.weak_links.get(request.path_params["link"])
    if link is None:
        raise HTTPException(404, "There is no such claim.")
    return show(request, "result/evidence.html", _shown(seen, link))


def _shown(seen: Visit, link: WeakLink) -> EvidencePage:
    library = seen.house.library
    conditions = [library.conditions[name] for name in link.conditions if name in library.conditions]
    status = seen.wording.word(f"evidence.status.{link.status}", date=link.last_checked.isoformat())
    return EvidencePage(
        back="/result" if seen.given else "/",
        sentence=seen.wording.say(_question(link)),
        origin=_origin(seen, link),
        figure=_figure(seen, link),
        chain=_chain(seen, link),
        claims=[_claim(seen, link, name) for name in ("predicts", "present", "helps")],
        against=link.against,
        model=[seen.wording.say(message) for message in _model(seen, link)],
        phases=_phases(seen, link),
        conditions=[spoken_name(condition) for condition in conditions],
        sources=[_cited(cited, library) for cited in link.sources],
        status=status,
        remark=remark_of(seen, "weak-link", link.id),
    )


def _cited(cited: Cited, library: Library) -> CitedLine:
    source = library.sources[cited.cite]
    return CitedLine(
        id=cited.cite,
        citation=source.citation,
        supports=cited.supports,
        level=cited.level,
        mark=cited.mark,
        url=outside_link(source),
    )


def _model(seen: Visit, link: WeakLink) -> tuple[Message, ...]:
    """What the muscle model says where strength is the question, for nobody in particular."""
    if link.kind in FAILING:
        return ()
    km = seen.given.km_per_week if seen.given else None
    said = model_says(link.area, link.site, None, km, shipped_findings())
    return tuple(message for message in said if message.id != "explanation.works-most")  # a table says it


def _phases(seen: Visit, link: WeakLink) -> list[PhaseLine]:
    """How hard the area works in each part of the stride, from landing to the next landing."""
    work = {} if link.kind in FAILING else shipped_findings().work.get(link.area, {})
    most = max((found.low for found in work.values()), default=0.0)
    return [
        PhaseLine(
            name=seen.wording.word(f"word.period.{period}"),
            low=round(100 * work[period].low),
            high=round(100 * work[period].high),
            most=work[period].low == most,
        )
        for period in PERIODS
        if period in work
    ]


def _question(link: WeakLink) -> Message:
    values: dict[str, str | int | float] = {"area": link.area, "site": link.site}
    return Message("evidence.question" if link.site else "evidence.question.no-site", values)


def _origin(seen: Visit, link: WeakLink) -> str:
    untested = all(claim.grade == "none-known" for claim in (link.predicts, link.present, link.helps))
    parts = [seen.wording.word("evidence.article")] if link.article else []
    parts += [seen.wording.word("explanation.idea")] if untested else []
    return " ".join(parts)


def _figure(seen: Visit, link: WeakLink) -> ChainFigure | None:
    if not link.site:
        return None
    label = seen.wording.word(f"result.label.{link.kind}")
    values: dict[str, str | int | float] = {"area": link.area, "site": link.site}
    named = values | {"label": label[:1].upper() + label[1:]}
    described = seen.wording.say(Message("result.figure", named))
    return ChainFigure(
        area=link.area,
        site=link.site,
        side="left",
        takes_over=list(link.takes_over),
        label=label,
        described=described,
    )


def _chain(seen: Visit, link: WeakLink) -> list[ChainLine]:
    say = seen.wording.say
    values: dict[str, str | int | float] = {"area": link.area, "site": link.site}
    steps = [ChainLine(kind="weak", says=say(Message("explanation.weak", values)))]
    steps += [ChainLine(kind="takes", says=step[:1].upper() + step[1:]) for step in link.chain]
    if link.site:
        steps.append(ChainLine(kind="pain", says=say(Message("explanation.pain", values))))
    return steps


def _claim(seen: Visit, link: WeakLink, name: str) -> ClaimLine:
    claim: GradedClaim = getattr(link, name)
    library = seen.house.library
    sources = []
    for source_id in claim.sources:
        named = source_link(library, source_id)
        mark = library.sources[source_id].read if source_id in library.sources else claim.mark
        sources.append(ClaimSource(name=named["source"], url=named["url"], mark=mark))
    question = Message(f"explanation.{name}", {"area": link.area, "link": link.id})
    return ClaimLine(
        question=seen.wording.say(question),
        grade=claim.grade,
        says=claim.says,
        mark=claim.mark,
        sources=sources,
    )


async def sources_page(request: Request) -> Response:
    """GET /sources."""
    seen = visit(request)
    records = sorted(seen.house.library.sources.values(), key=lambda source: source.citation.casefold())
    lines = [
        SourceLine(id=s.id, citation=s.citation, mark=s.read, url=outside_link(s), note=s.note)
        for s in records
    ]
    counts = SourceCounts(
        read=sum(source.read in ("read", "mixed") for source in records),
        memory=sum(source.read == "memory" for source in records),
    )
    return show(request, "result/sources.html", SourcesPage(sources=lines, counts=counts))
