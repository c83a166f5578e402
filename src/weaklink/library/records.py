"""The records of the knowledge: one thing, one file, one type for each folder of `knowledge/`."""

from __future__ import annotations

import datetime
from typing import Literal

import msgspec

from weaklink.movement import format as moving
from weaklink.quantities import Allows, Grade, Level, LoadKind, Mark, Tier, WeakLinkKind

Status = Literal["draft", "reviewed", "retired"]
PreventionGroup = Literal[
    "gluteals", "quadriceps", "hamstrings", "calf", "tibialis-posterior", "core", "upper-back"
]
PainSituation = Literal["run", "walk", "stairs", "sit", "night", "rest", "morning", "jump"]
Equipment = Literal[
    "mat", "wall", "chair", "towel", "step", "band", "ball", "belt", "box", "bench", "weight", "heavy-band",
    "machine", "sliders", "anchor", "swiss-ball", "bar", "roller", "decline-board",
]  # fmt: skip
ALWAYS_THERE: frozenset[Equipment] = frozenset({"mat", "wall", "chair", "towel", "step"})


class RecordPart(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A part of a record: unknown keys are errors, values never change."""


class Cited(RecordPart, frozen=True, kw_only=True):
    """What one source supports, in our own words."""

    cite: str  # id of a file in knowledge/sources
    supports: str
    level: str = ""  # kind of study, e.g. "systematic review", "trial", "expert opinion"
    mark: Mark


class Record(RecordPart, frozen=True, kw_only=True):
    """What every record carries. `id` is filled from the file name."""

    id: str = ""
    status: Status
    reviewed_by: str = ""
    last_checked: datetime.date
    replaced_by: str = ""
    statements: list[str] = []  # S1..S77 this record fulfils or carries
    sources: list[Cited] = []


class Source(Record, frozen=True, kw_only=True):
    """One reference. `read` says whether we read it (nearly always: its abstract) or remember it."""

    citation: str
    read: Mark
    doi: str = ""
    url: str = ""
    note: str = ""


class Region(Record, frozen=True, kw_only=True):
    """A place that can hurt (a site id of the contract)."""

    name: str
    common_names: list[str]
    figure_region: str  # the coarse tap region on the body map, e.g. "knee"
    views: list[Literal["front", "back", "side"]]
    sided: bool = True
    order: int = 0
    articulation: str = ""  # nearest joint id, if any
    pain_moments: list[PainSituation] = []  # asked for a number besides a run, a walk, the night and rest
    strength_first: bool = False  # pain here asks for a strength test before a full plan
    loaded_by: list[str] = []  # areas whose work it feels; empty: of any area


class Joint(Record, frozen=True, kw_only=True):
    """A joint, with its names and its ids elsewhere."""

    name: str
    common_names: list[str] = []
    uberon: str = ""
    fma: str = ""


class Muscle(Record, frozen=True, kw_only=True):
    """A muscle: what it does, and what it does in running."""

    name: str
    common_names: list[str] = []
    action: str  # what it does, one sentence
    in_running: str  # what it does during a stride, one sentence
    uberon: str = ""  # empty where the ontology file we read has no entry
    fma: str = ""


GreatLift = Literal["squat", "deadlift"]


class Area(Record, frozen=True, kw_only=True):
    """A trainable part of the body: one or more muscles, one of seven prevention groups or none."""

    name: str  # anatomical
    common_names: list[str]  # the first is what a runner reads, e.g. "side of the hip"
    muscles: list[str]
    role: str  # one sentence: what it does for a runner
    prevention_group: PreventionGroup | None = None
    sided: bool = True
    simulated: bool = False  # has units in the leg model
    order: int = 0
    what_if_first: bool = False  # the what-if page begins with it
    lifted_by: list[GreatLift] = []  # whoever lifts much in one of these is strong here


class Sign(RecordPart, frozen=True, kw_only=True):
    """A finding and how strongly it goes with the condition (coarse likelihood bins, not percentages)."""

    finding: str  # a question id, "<question>=<option>", "pain-<situation>", or "<test>=<meaning>"
    link: Literal["hallmark", "typical", "sometimes"]
    mark: Mark = "design"
    source: str = ""


# What advice on running comes to, most careful first: none, turns of walking and running once the signs are
# there, no more than now, or as before.
Runs = Literal["not", "turns", "kept", "on"]


class Condition(Record, frozen=True, kw_only=True):
    """What pain may be often called: where, how it behaves, what speaks for and against it."""

    name: str
    common_names: list[str] = []
    sites: list[str]  # where it hurts, main site first
    other_sites: list[str] = []  # where it may also be felt
    icd10cm: list[str] = []  # unspecified, right, left; labels a hypothesis for clinicians only
    icd10cm_other: list[str] = []  # a second code in use for the same picture, same order
    tier: Tier  # default urgency when it leads
    share: Literal["common", "uncommon", "rare", "only-with-flag"]  # only-with-flag: needs its red flag
    programme: str = ""  # the training for it
    pain_profile: Literal["tendon", "tendon-compressed", "joint", "bone", "muscle", "spine", "shin"] = "joint"
    location: str = ""
    behaviour: str = ""  # one or two sentences, for the clinician's view
    often_called: str = ""  # what a runner may have heard
    signs: list[Sign] = []
    against: list[Sign] = []  # findings that make it less likely
    needs_age: tuple[int, int] | None = None
    differentials: list[str] = []
    outlook: str = ""  # honest prognosis sentence
    treatment: list[str] = []  # what trials found, in our own words
    running: str = ""  # load advice sentence id or text for the runner
    runs: Runs = "on"  # what that advice comes to
    safety_net: str = ""  # what must be shown with it: when to stop and be seen


class GradedClaim(RecordPart, frozen=True, kw_only=True):
    """One part of a claim with its grade: predicts it, is present in it, strengthening helps it."""

    grade: Grade
    says: str  # one sentence in our own words
    mark: Mark
    sources: list[str] = []


class WeakLink(Record, frozen=True, kw_only=True):
    """One causal claim: a weak area, what compensates, where it hurts; three separate grades."""

    area: str
    site: str
    conditions: list[str] = []
    kind: WeakLinkKind = "strength"
    chain: list[str]  # compensation steps in plain words, in order; the weak part and the pain not repeated
    takes_over: list[str] = []  # muscle ids or plain structure words
    predicts: GradedClaim
    present: GradedClaim
    helps: GradedClaim
    against: str  # the evidence against, or "No study tested this." Never empty
    article: Literal["", "A", "B", "A+B"] = ""
    facts: list[str] = []  # facts told with this link


class Trigger(RecordPart, frozen=True, kw_only=True):
    """All keys that stand in it must hold; a list of triggers means: any of them."""

    sites: list[str] = []  # any of these hurts
    pain: dict[PainSituation, int] = {}  # each at least
    pain_below: dict[PainSituation, int] = {}  # each said and below
    answers: dict[str, list[str]] = {}  # question id -> any of these answers
    not_answers: dict[str, list[str]] = {}  # question id -> none of these answers (unanswered holds)
    tests: dict[str, list[str]] = {}  # test id -> any of these options, on any side
    age_min: int | None = None
    age_max: int | None = None
    sex: list[Literal["female", "male", "not-said"]] = []
    since_days_max: int | None = None
    since_days_min: int | None = None
    levels: list[Level] = []
    guards: list[str] = []  # any of these guards holds
    pain_free: bool | None = None  # true: nothing hurts; false: something does
    both_sides: list[str] = []  # any of these sites hurts on both sides
    tests_missing: list[str] = []  # any of these tests has not been done
    side_differences: dict[str, float] = {}  # any of these tests: sides differ by this % of the larger one
    both_below: dict[str, float] = {}  # any of these tests: both sides below, and even
    any_below: dict[str, float] = {}  # any of these tests: a side below
    unless_below: dict[str, float] = {}  # number questions: holds unless the number is said and below
    unless_from: dict[str, float] = {}  # number questions: holds unless the number is said and at least
    one_sided: list[str] = []  # any of these sites hurts, and not on both sides
    unless_tests: dict[str, list[str]] = {}  # holds unless it gave only these, on every sore side
    unless_since_to: int | None = None  # holds unless the days are said and at most
    unless_since_from: int | None = None  # holds unless the days are said and at least


class Upgrade(RecordPart, frozen=True, kw_only=True):
    """A red flag that is answered yes becomes this tier when one of the triggers holds."""

    tier: Tier
    allows: Allows | None = None  # None: the flag's own
    see: str = ""  # replaces the flag's own line; must when the tier differs
    soon: str = ""  # replaces the tier's words on how soon
    when: list[Trigger]


class Lesser(RecordPart, frozen=True, kw_only=True):
    """A red flag that only its own answer sets off is this much less urgent when one of `when` holds.

    Never where a trigger or an upgrade of the flag holds, or one of `unless`. So that more pain or another
    danger never makes it hold: `when` names reassuring answers, `unless` pains and dangers.
    """

    tier: Tier
    allows: Allows
    see: str  # replaces the flag's own line
    soon: str = ""  # replaces the tier's words on how soon
    when: list[Trigger]
    unless: list[Trigger] = []


# What a diary says by itself: a limp after a run or a walk, the easiest version painful in two sessions, pain
# that rises from morning to morning, weeks that bring nothing.
Noticed = Literal["limp", "easiest-hurts-twice", "mornings-rise", "no-better", "not-allowed"]


# For whom the whole list of safety questions comes before every session, never one tap instead.
EveryTime = Literal["minor", "pregnancy", "birth", "bone"]


class RedFlag(Record, frozen=True, kw_only=True):
    """A reason to be seen before training. Its yes/no question has the same id."""

    tier: Tier
    allows: Allows
    unsure_allows: Allows = Allows.NO_IMPACT  # when "unsure" counts as see-professional only
    asked: Literal["always", "sites", "never"]  # never: fired by triggers or the weeks after only
    sites: list[str] = []  # with asked = "sites": the sites that make it relevant
    when: list[Trigger] = []  # asked only if one holds as well (age, sex); empty = no further condition
    triggers: list[Trigger] = []  # fires by itself, without its question, when one holds
    asked_once: bool = (
        False  # cannot begin between two sessions: asked before the plan, not before each of them
    )
    noticed: Noticed | None = None  # what in the diary answers it with yes
    whole_list: EveryTime | None = None  # answered yes or unsure, no session begins with one tap
    upgrades: list[Upgrade] = []
    lesser: list[Lesser] = []
    suggests: list[str] = []  # condition ids a professional will think of
    because: str  # one line for the runner: why this needs a professional
    see: str  # whom to see, one line; "{emergency}" is the country's number
    soon: str = ""  # how soon, where it is not what the tier says
    tell: list[str]  # what to tell them
    meanwhile: list[str] = []  # what is safe until then (never an exercise)
    today_if: list[str] = []  # what else cannot wait until then: clauses after "go today if"
    contradicted_by: list[str] = []  # "question=option" that speaks against it; named, never obeyed


class Guard(Record, frozen=True, kw_only=True):
    """A circumstance that changes plans or reasoning without being a red flag."""

    name: str
    true_when: list[Trigger]
    tier: Tier | None = None  # raises the disposition to this tier
    allows: Allows = Allows.ALL
    max_level: int | None = None
    min_rir: int | None = None
    forbids_tags: list[str] = []  # exercise tags never given (e.g. "prone", "impact", "supine")
    forbids_running: bool = False
    needs_answers: list[str] = []  # questions to be answered before a plan
    strength_untold: bool = False  # nobody can tell what is weak until someone has looked
    whole_list: EveryTime | None = None  # while it holds, whatever the weeks, no session begins with one tap
    because: str
    effect: list[str]  # what is different, one sentence each
    see: str = ""  # with a tier: whom to see, as for a red flag
    soon: str = ""  # how soon, where it is not what the tier says
    tell: list[str] = []  # with a tier: what to tell them


class Option(RecordPart, frozen=True, kw_only=True):
    """One answer of a question, or one result of a test."""

    id: str
    text: str
    meaning: str = ""  # for tests: normal | weak | unclear | stop


class Example(RecordPart, frozen=True, kw_only=True):
    """What a runner may say, with the facts it rests on; read in the book, and run as a case.

    An alarming one is answered with yes and refers at its question's tier or `tier`; a benign one is
    answered with no and is not more urgent than `tier`.
    """

    says: str
    at: list[str] = []  # where it hurts; empty: nowhere
    age: int = 35
    sex: Literal["female", "male", "not-said"] = "not-said"
    since_days: int | None = None
    pain: dict[PainSituation, int] = {}
    answers: dict[str, str | float] = {}
    tier: Tier | None = None  # None: of an alarming one its flag's, of a benign one see-professional


class Question(Record, frozen=True, kw_only=True):
    """Wording, answers and what the answer decides. When it is asked is policy (`screens`, red flags)."""

    kind: Literal["yes-no", "choice", "number"]
    common_names: list[str] = []  # what a yes says, short: "the knee falls inward"
    text: str
    tick: str = ""  # what a yes says among others under one heading: "New shoes"
    help: str = ""
    why: str = ""  # one line: why we ask
    options: list[Option] = []  # for choice
    unit: str = ""
    min: float | None = None
    max: float | None = None
    decides: Literal["red-flag", "guard", "finding", "runner", "detail"]
    sided: bool = False  # a choice of right, left, both, no; "yes" means a side was not said
    detail_of: str = ""  # decides = "detail": the red flag it refines
    sites: list[str] = []  # relevant only when one of these hurts; empty = anywhere
    when: list[Trigger] = []
    kind_of_link: WeakLinkKind | None = None  # findings about mobility, stability, control or load
    areas: list[str] = []  # areas a yes (or an option) speaks for, e.g. knee-cave-in -> glute-med
    areas_for: list[str] = []  # answers that speak for those areas; default: yes
    excuses: PainSituation | None = None  # a yes says that pain then is harmless; new pain asks again
    counts_weeks: bool = False  # the number grows by one each week, and nobody asks it again
    running_load: bool = False  # a yes says that running itself became more
    implies: str = ""  # a question that a yes here also answers with yes, e.g. more hills: more running
    plan_note: str = ""  # a yes puts the note of this name into the plan
    calming: bool = False  # a yes is the calm answer
    alarming: list[Example] = []  # of a danger: what has to be answered with yes
    benign: list[Example] = []  # and what sounds like it and must not be


class ScreenPart(RecordPart, frozen=True, kw_only=True):
    """Some questions of a long screen, under a heading of their own."""

    heading: str
    questions: list[str]


class Screen(Record, frozen=True, kw_only=True):
    """One screen of the intake: questions shown together count as one question."""

    title: str
    why: str
    questions: list[str]
    order: int
    kind: Literal["flags", "story"]
    parts: list[ScreenPart] = []  # where it is long: all its questions, each under one heading
    names_place: bool = False  # its questions are about the painful place, which stands above them
    when: list[Trigger] = []


class Criterion(RecordPart, frozen=True, kw_only=True):
    """When a result is a deficit. `published` exceeds the test's own error; `design` is provisional."""

    kind: Literal["side-difference", "side-difference-percent", "below", "above", "option"]
    value: float | None = None
    and_value: float | None = None  # for side-difference-percent: and at least this many units
    options: list[str] = []
    basis: Literal["published", "design"]
    sex: Literal["female", "male", "any"] = "any"
    age_min: int | None = None
    age_max: int | None = None
    source: str = ""
    note: str = ""


class Standard(RecordPart, frozen=True, kw_only=True):
    """What counts as weak and as strong in a test from an age on: below `weak_below`, at `strong_from`.

    It orders where training begins; it is no deficit (`Criterion`) and no norm.
    """

    sex: Literal["female", "male", "any"] = "any"
    age_from: int = 0
    weak_below: float
    strong_from: float
    share_of_body_mass: bool = False  # the numbers are kilograms beside the body, per kilogram of it
    mark: Mark = "design"
    source: str = ""


RunningCheck = Literal["stance", "squat", "heel-raise"]


class ClinicalTest(Record, frozen=True, kw_only=True):
    """A strength or quality test a runner can do, or a clinician's; with its error and thresholds."""

    name: str
    areas: list[str]
    performed_by: Literal["self", "clinic", "instrument"]
    value: Literal["number", "option", "pain-at-levels"]
    unit: str  # reps, s, faults, cm ...
    min: float = 0
    max: float = 1000
    whole: bool = True
    options: list[Option] = []
    levels: list[str] = []  # for pain-at-levels, e.g. deg-30
    sided: bool = True
    better: Literal["higher", "lower", "none"]
    kind_of_link: WeakLinkKind = "strength"
    steps: list[str]
    stop: list[str]
    stops_above: int | None = None  # pain 0..10 above which it ends; what was counted hurt no more
    counts: str = ""  # what counts as a repetition or a fault
    rep_s: int | None = None  # seconds of one repetition where the steps set a pace; None: one's own pace
    within_s: int | None = None  # seconds in which as many as possible are done
    minutes: float
    needs: list[Equipment] = []
    criteria: list[Criterion] = []
    error: str = ""  # the test's error in words, with its number
    least_change: float | None = (
        None  # the smallest change beyond its own error, in its unit; None: not known
    )
    least_change_percent: float | None = None  # the same in percent of the first result
    norms: list[str] = []
    finds_pain_of: list[Sign] = []  # condition signs carried by pain in this test ("finding" = condition id)
    not_when: list[Trigger] = []
    posture: str = ""
    before_running: RunningCheck | None = None  # what it shows on the way back to running
    standards: list[Standard] = []
    disputed: str = ""  # what other studies say of the standards, for whoever reads them


class Prescription(RecordPart, frozen=True, kw_only=True):
    """Numbers of a dose; ranges are [low, high]. Missing = not part of this dose."""

    sets: tuple[int, int] | None = None
    reps: tuple[int, int] | None = None
    hold_s: tuple[int, int] | None = None
    rest_s: int | None = None
    rir: int | None = None
    tempo: str = ""  # seconds up-hold-down, e.g. "2-0-2"
    per_week: tuple[int, int] | None = None
    load: str = ""


class Dose(Record, frozen=True, kw_only=True):
    """A class of dose: the ranges it gives, and on what basis."""

    name: str
    gives: Prescription
    basis: str  # in words
    stop: str = ""  # when a set ends


class Later(RecordPart, frozen=True, kw_only=True):
    """Allowed from `from_week` after two green sessions, with the stated cap."""

    when: str  # condition, guard or site id
    from_week: int = 3
    cap: str  # e.g. "knee bend no deeper than 45 degrees"


class Emg(RecordPart, frozen=True, kw_only=True):
    """A published activation of one muscle in an exercise."""

    muscle: str
    value: str
    source: str
    mark: Mark


class FirstFor(RecordPart, frozen=True, kw_only=True):
    """Whose sessions an exercise opens, if it may be given; all that is said must hold."""

    levels: list[Level]
    sites: list[str] = []  # any of these hurts; empty: wherever it hurts
    painless_in: str = ""  # a test that did not hurt; where something hurts, it has been done


class KnownBy(RecordPart, frozen=True, kw_only=True):
    """A great lift that tells how much an exercise takes: so much of what is moved in it once."""

    lift: GreatLift
    share: float = 1.0


class Weighted(RecordPart, frozen=True, kw_only=True):
    """How a weight is held in an exercise, how much of the body moves with it, and what one begins with.

    Kilograms are what stands on the thing: of one hand where two are held (`dumbbell-each`), of bar and
    plates together, of a machine's pin. Steps are percent of the mass that is moved: `body_share` of the
    body and all that is held.
    """

    held: list[LoadKind]  # ways to hold it, the usual one first
    body_share: float = 0.0  # 0..1
    begin: tuple[float, float, float] = (0.0, 0.0, 0.0)  # all that is held, per body mass: weak to strong
    most: float | None = None  # never more than this per body mass
    known_by: KnownBy | None = None  # a great lift that tells its first weight
    upper: bool = False  # an exercise of arms and shoulders: smaller steps, smaller first weights
    mark: Mark = "design"


class Exercise(Record, frozen=True, kw_only=True):
    """An exercise, stretch or drill: how to do it, what it trains, its dose, and whom it is not for."""

    name: str
    common_names: list[str] = []
    kind: Literal["exercise", "stretch", "drill"]
    areas: list[str]  # main area first; empty for stretches that strengthen nothing
    stretches: list[str] = []  # muscle or area ids lengthened
    level: int  # 0 bed/isometric .. 6 plyometric
    needs: list[Equipment] = []
    tags: list[
        str
    ] = []  # supine prone side-lying standing seated quadruped single-leg impact barefoot overhead
    position: str
    steps: list[str]
    cues: list[str]
    cheats: list[str]  # common ways the body escapes, with what to do instead
    stop_if: list[str]
    dose: str  # dose id
    own_dose: Prescription | None = None  # overrides parts of the class
    article_dose: str = ""
    article: Literal["", "A", "B", "A+B"] = ""
    sided: bool  # one side at a time
    easier: list[str]  # exercise ids, or exactly ["stop"] on the lowest rung
    harder: str = ""  # the one next rung; empty: the ladder ends here and a weight, time or range goes on
    leave_at: int | None = None  # repetitions at which the next rung is offered; None: the top of the range
    gate: str = ""  # it waits for this gate
    weighted: Weighted | None = None  # it can be done with a weight
    never_in: list[str] = []  # condition, guard or site ids
    later_in: list[Later] = []
    followed_by: str = ""  # a stretch that starts by itself after it
    around_runs: list[Literal["before-run", "after-run"]] = []  # when a stretch is offered on a run day
    around_runs_with: list[str] = []  # areas of which one is trained in such weeks; empty: any
    around_runs_sites: list[str] = []  # with pain, offered so only where one of these hurts
    first_for: FirstFor | None = None
    for_sites: list[str] = []  # given only where one of these hurts; empty: to anybody
    substitutes: dict[str, str] = {}  # equipment -> exercise id to use instead
    why: str  # one line for the runner
    seconds_per_rep: float = 4.0
    emg: list[Emg] = []
    loads: list[str] = []  # published joint or tendon load, in words with its source
    load_explained: dict[str, str] = {}  # area or muscle -> why the model says otherwise than this record
    note: str = ""


class Posture(Record, frozen=True, kw_only=True):
    """A way to lie, stand or sit that movements start from."""

    name: str
    things: list[moving.Thing] = []
    angles: dict[str, float] = {}
    free: list[str] = []
    contacts: list[moving.Contact] = []
    aims: list[moving.Aim] = []
    balanced: bool = False
    view: tuple[float, float] = (0.0, 8.0)


class MovementRecord(Record, frozen=True, kw_only=True):
    """How the exercise or the test of the same id moves; written for the side it works."""

    same_as: str = ""  # another movement that shows it as well; then nothing else is said
    posture: str = ""
    side: moving.Side = "both"
    things: list[moving.Thing] = []  # a thing of a name the posture has replaces it
    held: list[moving.Held] = []
    angles: dict[str, float] = {}
    free: list[str] = []
    without: list[str] = []  # parts that do not touch as the posture says
    contacts: list[moving.Contact] = []
    aims: list[moving.Aim] = []
    own_aims: bool = False  # the posture's aims do not hold
    balanced: bool | None = None  # None: as the posture
    travels: bool = False
    quick: bool = False
    at_limit: list[str] = []
    keyframes: list[moving.Keyframe] = []
    view: tuple[float, float] | None = None  # None: as the posture
    feet: bool = False  # the picture shows only what is below the knees


class Difference(RecordPart, frozen=True, kw_only=True):
    """A difference of two total scores, in points, and what is known of it."""

    points: float
    says: str  # what kind of number it is, e.g. "smallest detectable change"
    source: str
    mark: Mark


class Questionnaire(Record, frozen=True, kw_only=True):
    """A questionnaire filled in elsewhere, of which only the total is entered.

    Its questions belong to their owners: there is no field for them, and an unknown key is an error.
    """

    name: str
    about: str  # in our own words
    sites: list[str] = []  # empty: for any place
    min: float
    max: float
    whole: bool = True
    better: Literal["higher", "lower"]
    error: Difference | None = None  # a smaller change is within its own error; None: not known
    matters: Difference | None = None  # the smallest change people notice; None: not known
    licence: str


# With what may follow, with the chains, with what else weighs in, first of all facts, with when to be seen,
# with the advice on running.
Told = Literal["consequences", "chains", "other-culprits", "first", "safety-net", "load-advice"]


class Fact(Record, frozen=True, kw_only=True):
    """A figure or sentence that is shown with its source, e.g. how many runners get hurt in a year."""

    says: str
    topic: str
    told: Told | None = None  # where it is told besides the list of facts
    order: int = 0  # among those told there
    sites: list[str] = []  # told only where one of these hurts
    in_pain: bool = False  # told only where something hurts


class ArticleDisagreement(Record, frozen=True, kw_only=True):
    """Where an article and the literature part ways, and for whom what was decided matters.

    What is said is the message `explanation.<id>`, with the cited sources.
    """

    order: int
    touches: Literal[
        "everyone", "in-pain", "areas", "conditions", "load", "ideas-only", "untested", "any-condition"
    ]
    areas: list[str] = []  # with touches = "areas": any of them is ranked
    conditions: list[str] = []  # with touches = "conditions": each that is likely or possible
    fills: list[Literal["minutes", "condition"]] = []  # what the sentence names
    about: bool = False  # told to everybody on the page about weaklink
