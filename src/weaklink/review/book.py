"""The book: the whole knowledge, the cases and the sources as one page for a clinician's review."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import jinja2
import msgspec
from markupsafe import Markup, escape

from weaklink.library.load_summary import LoadSummary, shipped_summaries
from weaklink.library.reading import KINDS, Library
from weaklink.library.records import Exercise, Prescription, Record, Standard, WeakLink, Weighted
from weaklink.library.wording import catalogue, spoken_name
from weaklink.quantities import GRADES
from weaklink.reasoning.disagreements import in_order, sentence_of
from weaklink.review import programme_words
from weaklink.review.loads import load_context
from weaklink.review.pictures import BookPictures, movement_pictures
from weaklink.review.question_graph import detail_graph, screen_graphs
from weaklink.review.statements import statement_report
from weaklink.review.trigger_words import triggers_in_words

TEMPLATES = Path(__file__).parent / "templates"

MARK_WORDS = {
    "read": "read by us, nearly always at the level of its abstract",
    "memory": "from memory, not looked up; the record stays a draft",
    "mixed": "partly read, some numbers from memory",
    "design": "our own choice, where no study decides",
    "measured": "measured by us",
}


PROGRAMME_WORDS = ("begins", "often", "how", "steps_of", "every", "measured")


class CaseStory(msgspec.Struct, frozen=True):
    """One case file as the book shows it."""

    name: str
    story: str
    text: str


def render_book(
    library: Library,
    cases: Path | None,
    loads: Mapping[str, LoadSummary] | None = None,
    pictures: BookPictures | None = None,
) -> str:
    """One self-contained HTML page.

    Args:
        cases: the folder of case files, or None to leave them out.
        loads: what exercises load, by id; None takes what ships.
        pictures: where drawings of movements come from, or None to leave them out.
    """
    tests = cases.parent if cases is not None else None
    page = _environment(library).get_template("book.html.jinja")
    return page.render(
        library=library,
        css=(TEMPLATES / "book.css").read_text(encoding="utf-8"),
        counts={kind: len(library.of_kind(kind)) for kind in KINDS},
        grades=[(grade, catalogue()[f"explanation.grade-{grade}"]) for grade in GRADES],
        marks=MARK_WORDS,
        flags=sorted(library.red_flags.values(), key=lambda flag: (flag.tier, flag.id)),
        screens=[(screen, Markup(graph)) for screen, graph in screen_graphs(library)],  # noqa: S704 - ours
        details=Markup(detail_graph(library)),  # noqa: S704 - our own SVG, every text in it escaped
        links=links_by_area(library),
        ladders=exercises_by_area(library),
        drawn=movement_pictures(library, pictures) if pictures is not None else {},
        article_disagreements=[(one, catalogue().get(sentence_of(one), one.id)) for one in in_order(library)],
        stories=list(case_stories(cases)) if cases is not None else [],
        statements=statement_report(library, tests),
        cited_by=cited_by(library),
        **load_context(library, shipped_summaries(library) if loads is None else loads),
        sources=sorted(library.sources.values(), key=lambda source: source.id),
    )


def _environment(library: Library) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals.update(
        link=lambda kind, record_id: link(library, kind, record_id),
        triggers=lambda found: triggers_in_words(found, library),
        dose=lambda exercise: dose_in_words(dose_of(exercise, library)),
        gives=dose_in_words,
        weak_and_strong=marks_in_words,
        spoken=spoken_name,
        circumstance=lambda name: circumstance(library, name),
        led_to=conditions_by_programme(library),
        **{name: getattr(programme_words, name) for name in PROGRAMME_WORDS},
    )
    environment.filters["bout"] = programme_words.bout
    environment.filters["words"] = lambda text: str(text).replace("-", " ")
    environment.filters["weight"] = weight_in_words
    return environment


def anchor(kind: str, record_id: str) -> str:
    """The place of a record in the book."""
    return f"{kind}--{record_id}"


def link(library: Library, kind: str, record_id: str) -> Markup:
    """A record's name as a link to its place, or the bare id when nothing has it."""
    record = library.of_kind(kind).get(record_id)
    if record is None:
        return Markup("<code>{}</code>").format(record_id)
    shown = record_id if kind == "sources" else getattr(record, "name", record_id)
    return Markup('<a href="#{}">{}</a>').format(anchor(kind, record_id), shown)


def circumstance(library: Library, name: str) -> Markup:
    """The condition, guard, site or red flag an exercise is kept from, as a link."""
    for kind in ("conditions", "guards", "regions", "red-flags"):
        if name in library.of_kind(kind):
            return link(library, kind, name)
    return escape(name)


def dose_of(exercise: Exercise, library: Library) -> Prescription:
    """The dose an exercise is given with: its class, with the parts it overrides."""
    given = library.doses[exercise.dose].gives if exercise.dose in library.doses else Prescription()
    own = exercise.own_dose or Prescription()
    return msgspec.structs.replace(given, **{k: v for k, v in msgspec.structs.asdict(own).items() if v})


def dose_in_words(gives: Prescription) -> str:
    """A prescription as one line, e.g. "2 to 3 sets, 12 to 25 repetitions, 2 in reserve"."""
    parts = [
        _range(gives.sets, "sets"),
        _range(gives.reps, "repetitions"),
        _range(gives.hold_s, "s hold"),
        f"tempo {gives.tempo}" if gives.tempo else "",
        f"{gives.rir} in reserve" if gives.rir is not None else "",
        f"{gives.rest_s} s rest" if gives.rest_s is not None else "",
        _range(gives.per_week, "times a week"),
        gives.load,
    ]
    return ", ".join(part for part in parts if part)


def weight_in_words(weighted: Weighted) -> str:
    """How a weight is held, how much of the body it moves with, and what it begins with, as one line."""
    weak, average, strong = (f"{100 * share:g}" for share in weighted.begin)
    parts = [
        " or ".join(kind.replace("-", " ") for kind in weighted.held),
        f"{100 * weighted.body_share:g} % of the body moves with it" if weighted.body_share else "",
        f"begins with {weak}, {average}, {strong} % of the body mass (weak, average, strong)"
        if any(weighted.begin)
        else "",
        f"at most {100 * weighted.most:g} % of it" if weighted.most is not None else "",
    ]
    return "; ".join(part for part in parts if part)


def marks_in_words(standard: Standard, unit: str) -> str:
    """Whom marks of weak and strong are for, and the marks, as one line."""
    of = "of the body mass" if standard.share_of_body_mass else unit
    parts = [
        "" if standard.sex == "any" else standard.sex,
        f"from {standard.age_from} years" if standard.age_from else "",
        f"weak below {standard.weak_below:g}",
        f"strong from {standard.strong_from:g} {of}",
    ]
    return ", ".join(part for part in parts if part)


def _range(pair: tuple[int, int] | None, unit: str) -> str:
    if pair is None:
        return ""
    low, high = pair
    unit = unit.removesuffix("s") if high == 1 else unit
    return f"{low} {unit}" if low == high else f"{low} to {high} {unit}"


def conditions_by_programme(library: Library) -> Mapping[str, list[str]]:
    """The conditions that lead to each programme."""
    found: dict[str, list[str]] = {}
    for one in library.conditions.values():
        found.setdefault(one.programme, []).append(one.id)
    return found


def links_by_area(library: Library) -> list[tuple[Record, list[WeakLink]]]:
    """Areas in their own order, each with its claims; areas without a claim are left out."""
    areas = sorted(library.areas.values(), key=lambda area: area.order)
    claims = library.weak_links.values()
    pairs = [(area, [one for one in claims if one.area == area.id]) for area in areas]
    return [(area, found) for area, found in pairs if found]


def exercises_by_area(library: Library) -> list[tuple[str, list[Exercise]]]:
    """Exercises by main area, easiest first; what trains no area comes last."""
    areas = sorted(library.areas.values(), key=lambda area: area.order)
    groups = [(area.name, _rungs(library, area.id)) for area in areas]
    rest = [one for one in library.exercises.values() if not one.areas]
    return [(name, found) for name, found in [*groups, ("Stretches and drills", rest)] if found]


def _rungs(library: Library, area: str) -> list[Exercise]:
    found = [one for one in library.exercises.values() if one.areas[:1] == [area]]
    return sorted(found, key=lambda one: (one.level, one.id))


def case_stories(folder: Path) -> Iterator[CaseStory]:
    """Every case file: its story, and the rest of the file as it stands."""
    for path in sorted(folder.rglob("*.toml")):
        text = path.read_text(encoding="utf-8")
        try:
            story = str(tomllib.loads(text).get("story", ""))
        except (ValueError, RecursionError) as error:
            story = f"This file cannot be read: {error}"
        yield CaseStory(path.stem, story, text.strip())


def cited_by(library: Library) -> Mapping[str, list[tuple[str, str]]]:
    """For each source the records that cite it, as kind and id."""
    found: dict[str, list[tuple[str, str]]] = {}
    for kind in KINDS:
        for record in library.of_kind(kind).values():
            for source in sorted(_cites(record)):
                found.setdefault(source, []).append((kind, record.id))
    return found


def _cites(record: Record) -> set[str]:
    claims = [record.predicts, record.present, record.helps] if isinstance(record, WeakLink) else []
    return {cited.cite for cited in record.sources} | {name for claim in claims for name in claim.sources}
