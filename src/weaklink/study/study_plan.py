"""The plan of a study: every name resolved, every scenario numbered, all that decides a result hashed."""

from __future__ import annotations

import functools
import hashlib
import itertools
import platform
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from weaklink.body.muscles import UNITS, UnknownMuscleError, units_of
from weaklink.body.scaling import BodySize
from weaklink.library.packs import PACKS, load_pack, pack_ids, stride_template
from weaklink.library.reading import Library, nearest
from weaklink.mechanics.variants import VARIANTS, Variant
from weaklink.movement.pace import PaceError, pace_of
from weaklink.study.distribution import Distribution
from weaklink.study.study_file import ALL, MOST_SCENARIOS, Study, StudyError

FORMAT = 1
SOURCE_ROOT = Path(__file__).resolve().parent.parent
# Whatever decides a number; a study is never finished by other code than it was begun with. A test holds this
# list against what the solver really imports.
CODE = {
    "body": ("muscles", "names", "scaling", "weakness"),
    "mechanics": (
        "article_claims", "contact", "effort", "load_at_pace", "load_pack", "muscle_forces", "redistribution",
        "variants",
    ),
    "movement": ("curves", "format", "pace"),
    "study": ("cohort", "distribution", "study_file", "study_plan", "similarity", "solving"),
}  # fmt: skip
IntArray = npt.NDArray[np.int64]


class Weakening(msgspec.Struct, frozen=True):
    """The muscles that are weak together, under the name the study gives them."""

    label: str
    muscles: tuple[str, ...]


class Scenarios(NamedTuple):
    """Some scenarios in a row, each as its place in the plan's lists; arrays of shape (n_scenarios,)."""

    person: IntArray
    motion: IntArray
    side: IntArray
    variant: IntArray
    weakening: IntArray
    strength: IntArray


class StudyPlan(msgspec.Struct, frozen=True, kw_only=True):
    """A study ready to be run anywhere: small enough to travel with every chunk."""

    study: Study
    variants: tuple[Variant, ...]
    weakenings: tuple[Weakening, ...]
    edition: str  # of the knowledge
    packs: dict[str, str]  # motion → sha256 of its files
    engine: str  # fingerprint of the code and of the numerical library

    @property
    def people(self) -> int:
        """How many people there are; one without a cohort."""
        return self.study.cohort.people if self.study.cohort else 1

    @property
    def shape(self) -> tuple[int, ...]:
        """How many of each: people, motions, sides, variants, weakenings, strengths. Last is fastest."""
        sweep = self.study.sweep
        return (
            self.people, len(sweep.motions), len(sweep.sides), len(self.variants), len(self.weakenings),
            len(sweep.strengths),
        )  # fmt: skip

    @property
    def scenarios(self) -> int:
        """How many scenarios there are."""
        count = 1
        for length in self.shape:
            count *= length
        return count

    @property
    def chunks(self) -> int:
        """How many chunks they are kept in."""
        return -(-self.scenarios // self.study.chunk)

    def span(self, chunk: int) -> tuple[int, int]:
        """The first scenario of a chunk and the one after its last."""
        first = chunk * self.study.chunk
        return first, min(first + self.study.chunk, self.scenarios)

    def places(self, first: int, last: int) -> Scenarios:
        """What each scenario from `first` to before `last` is made of."""
        return Scenarios(*np.unravel_index(np.arange(first, last, dtype=np.int64), self.shape))

    @property
    def digest(self) -> str:
        """A fingerprint of everything that decides the result."""
        return hashlib.sha256(msgspec.json.encode([FORMAT, self], order="deterministic")).hexdigest()


def planned(study: Study, library: Library) -> StudyPlan:
    """The plan of a study.

    Raises: StudyError naming the field that names something unknown.
    """
    sweep = study.sweep
    _known("sweep.motions", sweep.motions, [motion for motion in pack_ids() if _is_load_pack(motion)])
    _check_cohort(study, library)
    _check_pace(study)
    plan = StudyPlan(
        study=study,
        variants=_variants(sweep.variants),
        weakenings=tuple(_weakenings(study, library)),
        edition=library.edition,
        packs={motion: pack_digest(motion) for motion in sweep.motions},
        engine=engine(),
    )
    if plan.scenarios > MOST_SCENARIOS:
        raise StudyError(
            f"the study has {plan.scenarios:,} scenarios; at most {MOST_SCENARIOS:,}: name fewer people, "
            "strengths or variants"
        )
    return plan


def _is_load_pack(motion: str) -> bool:
    return (PACKS / f"{motion}.toml").is_file()


def _variants(named: tuple[str, ...]) -> tuple[Variant, ...]:
    if named == (ALL,):
        return VARIANTS
    by_id = {variant.id: variant for variant in VARIANTS}
    _known("sweep.variants", named, [*by_id, ALL])
    if ALL in named:
        raise StudyError('sweep.variants: "all" stands alone')
    return tuple(by_id[name] for name in named)


def _weakenings(study: Study, library: Library) -> Iterator[Weakening]:
    labels: set[str] = set()
    for entry in study.sweep.weaken:
        names = (entry,) if isinstance(entry, str) else entry
        if not names:
            raise StudyError("sweep.weaken: an empty list weakens nothing")
        muscles = tuple(dict.fromkeys(muscle for name in names for muscle in _muscles(name, library)))
        label = " + ".join(names)
        if label in labels:
            raise StudyError(f"sweep.weaken: {label} is named twice")
        labels.add(label)
        yield Weakening(label, muscles)


def _muscles(name: str, library: Library) -> tuple[str, ...]:
    """A muscle of the leg model, or those of an area."""
    area = library.areas.get(name)
    if area is not None:
        found = tuple(muscle for muscle in area.muscles if muscle in UNITS)
        if not found:
            raise StudyError(f"sweep.weaken: the leg model has no muscle of the area {name}")
        return found
    _check_muscle("sweep.weaken", name)
    return (name,)


def _check_muscle(field: str, name: str) -> None:
    try:
        units_of(name)
    except UnknownMuscleError as error:
        raise StudyError(f"{field}: {error}") from None


def _check_cohort(study: Study, library: Library) -> None:
    if study.cohort is None:
        return
    for muscle in study.cohort.muscles:
        _check_muscle("cohort.muscles", muscle)
    for name, stated in study.cohort.stated():
        if stated.source:
            _known(f"cohort.{name}.source", (stated.source,), list(library.sources))


def _check_pace(study: Study) -> None:
    """Nothing, if every runner of the cohort can run at the pace that may be drawn for them."""
    cohort = study.cohort
    if cohort is None or (cohort.speed_m_s is None and cohort.cadence_spm is None):
        return
    strides = [motion for motion in study.sweep.motions if load_pack(motion).period_s]
    if not strides:
        raise StudyError("cohort: speed_m_s or cadence_spm is stated, but no motion of the sweep is a stride")
    for motion in strides:
        template = stride_template(motion)
        for height, speed, cadence in itertools.product(
            _ends(cohort.height_m, template.body.height_m), _ends(cohort.speed_m_s), _ends(cohort.cadence_spm)
        ):
            body = BodySize(mass_kg=template.body.mass_kg, height_m=height or template.body.height_m)
            try:
                pace_of(template, body, speed, cadence)
            except PaceError as error:
                where = f"at the ends of what may be drawn, height {body.height_m:g} m"
                raise StudyError(f"cohort, {where}: {error}") from None


def _ends(stated: Distribution | None, otherwise: float | None = None) -> tuple[float | None, ...]:
    return (otherwise,) if stated is None else (stated.low, stated.high)


def _known(field: str, named: tuple[str, ...], known: list[str]) -> None:
    for name in named:
        if name not in known:
            raise StudyError(f'{field}: no "{name}"; nearest: {nearest(name, known)}')


@functools.cache
def pack_digest(motion: str) -> str:
    """A fingerprint of the files of a load pack."""
    load_pack(motion)
    both = b"".join((PACKS / f"{motion}{ending}").read_bytes() for ending in (".toml", ".npz"))
    return hashlib.sha256(both).hexdigest()


@functools.cache
def engine() -> str:
    """A fingerprint of the code that computes, with the numerical library and the kind of processor."""
    digest = hashlib.sha256()
    for chapter, modules in CODE.items():
        for module in modules:
            digest.update((SOURCE_ROOT / chapter / f"{module}.py").read_bytes())
    return f"{digest.hexdigest()[:16]} numpy-{np.__version__} {platform.machine()}"
