"""References: every id one record names of another, with the field it stands in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import singledispatch
from typing import NamedTuple

from weaklink.library import programme_records, records
from weaklink.library.programme_records import Milestone, ProgrammePhase
from weaklink.library.records import Record, Trigger


class Reference(NamedTuple):
    """One id that must exist in at least one of these kinds."""

    field: str
    target: str
    kinds: tuple[str, ...]


CIRCUMSTANCES = ("conditions", "guards", "regions", "red-flags")


def references(record: Record) -> Iterator[Reference]:
    """All ids a record names, sources first."""
    for cited in record.sources:
        yield Reference("sources", cited.cite, ("sources",))
    yield from own_references(record)


def _all(field: str, targets: Iterable[str], *kinds: str) -> Iterator[Reference]:
    for target in targets:
        if target:
            yield Reference(field, target, kinds)


@singledispatch
def own_references(record: Record) -> Iterator[Reference]:  # noqa: ARG001 - the shape of all
    """The ids in the fields of one kind of record; kinds without references give none."""
    return iter(())


@own_references.register
def _(record: records.Region) -> Iterator[Reference]:
    yield from _all("articulation", [record.articulation], "joints")
    yield from _all("loaded_by", record.loaded_by, "areas")


@own_references.register
def _(record: records.Area) -> Iterator[Reference]:
    yield from _all("muscles", record.muscles, "muscles")


@own_references.register
def _(record: records.Condition) -> Iterator[Reference]:
    yield from _all("sites", record.sites, "regions")
    yield from _all("other_sites", record.other_sites, "regions")
    yield from _all("differentials", record.differentials, "conditions")
    yield from _all("programme", [record.programme], "programmes")
    for field, signs in (("signs", record.signs), ("against", record.against)):
        yield from _all(field, (sign.finding for sign in signs), "findings")
        yield from _all(f"{field}.source", (sign.source for sign in signs), "sources")


@own_references.register
def _(record: records.WeakLink) -> Iterator[Reference]:
    yield from _all("area", [record.area], "areas")
    yield from _all("site", [record.site], "regions")
    yield from _all("conditions", record.conditions, "conditions")
    yield from _all("facts", record.facts, "facts")
    # What takes over is a muscle, or a structure in plain words; plain words have spaces, ids have hyphens.
    muscles = (name for name in record.takes_over if " " not in name and "-" in name)
    yield from _all("takes_over", muscles, "muscles")
    for field in ("predicts", "present", "helps"):
        yield from _all(f"{field}.sources", getattr(record, field).sources, "sources")


def triggers(field: str, found: Iterable[Trigger]) -> Iterator[Reference]:
    """The ids in a list of triggers."""
    for trigger in found:
        places = [*trigger.sites, *trigger.both_sides, *trigger.one_sided]
        yield from _all(f"{field}.sites", places, "regions")
        questions = [*trigger.answers, *trigger.not_answers, *trigger.unless_below, *trigger.unless_from]
        yield from _all(f"{field}.answers", questions, "questions")
        tests = [
            *trigger.tests,
            *trigger.tests_missing,
            *trigger.side_differences,
            *trigger.both_below,
            *trigger.any_below,
            *trigger.unless_tests,
        ]
        yield from _all(f"{field}.tests", tests, "clinical-tests")
        yield from _all(f"{field}.guards", trigger.guards, "guards")


@own_references.register
def _(record: records.RedFlag) -> Iterator[Reference]:
    yield from _all("sites", record.sites, "regions")
    yield from _all("suggests", record.suggests, "conditions")
    yield from _all("contradicted_by", record.contradicted_by, "findings")
    yield from triggers("when", record.when)
    yield from triggers("triggers", record.triggers)
    for upgrade in record.upgrades:
        yield from triggers("upgrades.when", upgrade.when)
    for lesser in record.lesser:
        yield from triggers("lesser.when", lesser.when)
        yield from triggers("lesser.unless", lesser.unless)


@own_references.register
def _(record: records.Guard) -> Iterator[Reference]:
    yield from triggers("true_when", record.true_when)
    yield from _all("needs_answers", record.needs_answers, "questions")


@own_references.register
def _(record: records.Question) -> Iterator[Reference]:
    yield from _all("detail_of", [record.detail_of], "red-flags", "guards")
    yield from _all("implies", [record.implies], "questions")
    yield from _all("sites", record.sites, "regions")
    yield from _all("areas", record.areas, "areas")
    yield from triggers("when", record.when)


@own_references.register
def _(record: records.Screen) -> Iterator[Reference]:
    yield from _all("questions", record.questions, "questions")
    yield from triggers("when", record.when)


@own_references.register
def _(record: records.ClinicalTest) -> Iterator[Reference]:
    yield from _all("areas", record.areas, "areas")
    yield from _all("criteria.source", (criterion.source for criterion in record.criteria), "sources")
    yield from _all("standards.source", (standard.source for standard in record.standards), "sources")
    yield from _all("finds_pain_of", (sign.finding for sign in record.finds_pain_of), "conditions")
    yield from _all("finds_pain_of.source", (sign.source for sign in record.finds_pain_of), "sources")
    yield from triggers("not_when", record.not_when)


@own_references.register
def _(record: records.Exercise) -> Iterator[Reference]:
    yield from _all("areas", record.areas, "areas")
    yield from _all("stretches", record.stretches, "muscles", "areas")
    yield from _all("dose", [record.dose], "doses")
    yield from _all("easier", (rung for rung in record.easier if rung != "stop"), "exercises")
    yield from _all("harder", [record.harder], "exercises")
    yield from _all("gate", [record.gate], "gates")
    yield from _all("never_in", record.never_in, *CIRCUMSTANCES)
    yield from _all("later_in", (later.when for later in record.later_in), *CIRCUMSTANCES)
    yield from _all("followed_by", [record.followed_by], "exercises")
    yield from _all("around_runs_with", record.around_runs_with, "areas")
    yield from _all("around_runs_sites", record.around_runs_sites, "regions")
    yield from _all("for_sites", record.for_sites, "regions")
    if record.first_for is not None:
        yield from _all("first_for.sites", record.first_for.sites, "regions")
        yield from _all("first_for.painless_in", [record.first_for.painless_in], "clinical-tests")
    yield from _all("substitutes", record.substitutes.values(), "exercises")
    yield from _all("load_explained", record.load_explained, "areas", "muscles")
    yield from _all("emg.source", (emg.source for emg in record.emg), "sources")


@own_references.register
def _(record: records.Questionnaire) -> Iterator[Reference]:
    yield from _all("sites", record.sites, "regions")
    for field, found in (("error", record.error), ("matters", record.matters)):
        if found is not None:
            yield Reference(f"{field}.source", found.source, ("sources",))


@own_references.register
def _(record: programme_records.Circuit) -> Iterator[Reference]:
    yield from _all("exercises", record.exercises, "exercises")


def milestones(field: str, found: Iterable[Milestone]) -> Iterator[Reference]:
    """The ids in a list of milestones."""
    for one in found:
        yield from _all(f"{field}.test", [one.test], "clinical-tests")
        yield from _all(f"{field}.exercise", [one.exercise], "exercises")
        yield from _all(f"{field}.gate", [one.gate], "gates")
        yield from milestones(field, one.any_of)


@own_references.register
def _(record: programme_records.GateRecord) -> Iterator[Reference]:
    yield from milestones("milestones", record.milestones)


@own_references.register
def _(record: programme_records.Programme) -> Iterator[Reference]:
    yield from _all("in_place_of", [record.in_place_of], "programmes")
    yield from _all("after_clearance_of", record.after_clearance_of, "conditions")
    yield from _all("running_gate", [record.running_gate], "gates")
    yield from triggers("when", record.when)
    for phase in record.phases:
        yield from _of_phase(phase)


def _of_phase(phase: ProgrammePhase) -> Iterator[Reference]:
    moves = phase.moves
    yield from _all("phases.moves.exercise", (move.exercise for move in moves), "exercises")
    yield from _all("phases.moves.instead", (name for move in moves for name in move.instead), "exercises")
    yield from _all("phases.moves.then", (move.then for move in moves), "exercises")
    yield from _all("phases.gate", [phase.gate, *(move.gate for move in moves)], "gates")
    for field in ("skip_if", "enter", "leave"):
        yield from milestones(f"phases.{field}", getattr(phase, field))


@own_references.register
def _(record: records.Fact) -> Iterator[Reference]:
    yield from _all("sites", record.sites, "regions")


@own_references.register
def _(record: records.ArticleDisagreement) -> Iterator[Reference]:
    yield from _all("areas", record.areas, "areas")
    yield from _all("conditions", record.conditions, "conditions")
