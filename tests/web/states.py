"""States: what a runner may have said so far, and the pages worth looking at in each."""

from __future__ import annotations

import functools
import uuid
from collections.abc import Callable

import msgspec

from tests.web.visitor import Visitor
from tests.web.weeks import entry, session, some_weeks, tell
from weaklink.bootstrap import House
from weaklink.care.ports import Episode, KeptPlan, Runner

KNEE_PAIN = {"run": "4", "walk": "0", "stairs": "3", "sit": "3", "rest": "0", "night": "0"}
KNEE_ANSWERS = {
    "knee-cave-in": "right",
    "squatting-hurts": "yes",
    "pain-spread": "palm",
    "pain-pattern": "builds-up",
}
ANKLE_PAIN = {"run": "3", "walk": "1", "morning": "1", "rest": "0", "night": "0"}
ANKLE_ANSWERS = {"ankle-sprain": "recent", "pain-onset": "gradual", "arch-dropping": "left"}
NIGHT_PAIN = {"run": "5", "night": "3", "rest": "0"}


State = Callable[[Visitor], None]
Kept = tuple[Runner, Episode, tuple[KeptPlan, ...]]
NO_SETTINGS: dict[str, str] = {}


def said_once(forms: State) -> State:
    """The first of a process says it all, form by form; what was kept is put there for those who come after."""
    kept: dict[str, Kept] = {}

    @functools.wraps(forms)
    def state(visitor: Visitor) -> None:
        house = visitor.house
        there = house.records.present() if house else None
        if house is None or (there and there[0].settings != NO_SETTINGS):
            forms(visitor)  # who chose something may get another plan
        elif found := kept.get(house.settings.language):
            _put(house, *found)
        else:
            forms(visitor)
            if there is None:
                kept[house.settings.language] = kept_by(house)

    return state


def kept_by(house: House) -> Kept:
    """Who is there, with the episode and its plans."""
    runner, episode = house.records.present() or (None, None)
    assert runner is not None
    assert episode is not None
    return runner, episode, house.records.plans(episode.id)


def _put(house: House, runner: Runner, episode: Episode, plans: tuple[KeptPlan, ...]) -> None:
    """A new episode for whoever is there, else for that runner, as told before."""
    there, _ = house.records.present() or (None, None)
    if there is None:
        house.records.keep_runner(runner).result(5)
    whose, now = (there or runner).id, house.clock.now()
    begun = msgspec.structs.replace(
        episode, id=str(uuid.uuid4()), runner_id=whose, created_at=now, updated_at=now
    )
    house.records.keep_episode(begun).result(5)
    for plan in plans:
        new = msgspec.structs.replace(plan, id=str(uuid.uuid4()), episode_id=begun.id, created_at=now)
        house.records.keep_plan(new).result(5)


def fresh(visitor: Visitor) -> None:
    """Nothing was said, or everything was erased."""
    visitor.post("/settings/erase", confirm="1")


def begun(visitor: Visitor) -> None:
    """The first button was pressed."""
    visitor.post("/start", aim="pain", new="1")


def pointed(visitor: Visitor) -> None:
    """It hurts at the kneecap; nothing was asked yet."""
    visitor.begin(sex="female")
    visitor.hurts("knee-anterior:right", story="Stairs down are worst.")


@said_once
def ranked(visitor: Visitor) -> None:
    """Every question is answered."""
    pointed(visitor)
    visitor.answer(KNEE_ANSWERS, KNEE_PAIN)


@said_once
def planned(visitor: Visitor) -> None:
    """Three tests are done and the week is known."""
    ranked(visitor)
    for test, right, left in (
        ("sl-heel-raise-reps", 11, 18),
        ("straight-leg-raise-reps", 9, 16),
        ("step-down-quality", 3, 1),
    ):
        visitor.post(f"/tests/{test}", value__right=right, value__left=left)
    visitor.answer(KNEE_ANSWERS, KNEE_PAIN)
    visitor.post("/week", minutes="15", days=["mon", "wed", "fri"])


def trained(visitor: Visitor) -> None:
    """Five weeks of training: sessions, runs, mornings, and a test done again."""
    fresh(visitor)  # what another state told stays where it was told
    planned(visitor)
    visitor.get("/plan")
    some_weeks(visitor)


def phased(visitor: Visitor) -> None:
    """Five weeks in the phases of a programme, and a question that opens the next one."""
    fresh(visitor)
    planned(visitor)
    visitor.send("/programme", {"does": "follow"})
    some_weeks(visitor)
    tell(visitor, [entry("reviewed", 20, answers={}, pains={"stairs": 6})])


def sent_on(visitor: Visitor) -> None:
    """A plan that goes on gently: it is much worse, and somebody should be seen."""
    fresh(visitor)
    planned(visitor)
    visitor.get("/plan")
    tell(visitor, [*session(20), *session(6), entry("reported", 1, pain_worst=8, change=-4)])


def returned(visitor: Visitor) -> None:
    """The kneecap hurts again, in a new start."""
    planned(visitor)
    pointed(visitor)


def lifting(visitor: Visitor) -> None:
    """She does strength work already, one move of it not for now."""
    planned(visitor)
    for name, sets, days in (("Wall squat", "3", ["mon"]), ("Romanian deadlift", "4", ["mon", "fri"])):
        visitor.post("/routine", does="add", name=name, sets=sets, reps="8", days=days)
    visitor.get("/plan")


def treated(visitor: Visitor) -> None:
    """A physiotherapist treats her: a move we know, one in her own words, and one that waits."""
    planned(visitor)
    dose = {"does": "keep", "sets": "3", "reps": "12", "by": "Anna"}
    visitor.post("/prescribed", move="clamshell", side="both", days=["mon", "wed"], **dose)
    own = {"named": "Heel drops on the stairs", "areas": ["calf-soleus", "calf-gastroc"], "jumps": "no"}
    visitor.post(
        "/prescribed", side="left", days=["mon", "wed", "fri"], held="kettlebell", kg="8", **own, **dose
    )
    visitor.post("/prescribed", move="pogo-hop", side="none", days=["fri"], **dose)
    visitor.get("/plan")


@said_once
def waiting(visitor: Visitor) -> None:
    """A swollen knee: gentle training until a professional has looked at it."""
    pointed(visitor)
    visitor.answer(KNEE_ANSWERS | {"knee-swelling": "yes"}, KNEE_PAIN)
    visitor.post("/week", minutes="15", days=["mon", "thu"])


@said_once
def halfway(visitor: Visitor) -> None:
    """The inner ankle and behind the knee hurt; only the signs were not asked yet."""
    visitor.begin(level="regular", since="5")
    visitor.hurts("ankle-medial:left", "knee-posterior:left")
    visitor.answer(ANKLE_ANSWERS, ANKLE_PAIN, until="/q/signs")


@said_once
def sprained(visitor: Visitor) -> None:
    """The same, a sprain five weeks ago and an arch that comes down, with a plan."""
    halfway(visitor)
    visitor.answer(ANKLE_ANSWERS, ANKLE_PAIN)
    visitor.post("/tests/heel-raise-inversion-check", option__right="able", option__left="partly")
    visitor.post("/week", minutes="20", days=["mon", "thu"], equipment=["ball"])


@said_once
def sleepless(visitor: Visitor) -> None:
    """The shin wakes her; what eases it was not asked yet."""
    visitor.begin()
    visitor.hurts("shin-medial:right")
    visitor.answer({}, NIGHT_PAIN, until="/q/details")


@said_once
def referred(visitor: Visitor) -> None:
    """The shin wakes her at night."""
    visitor.begin()
    visitor.hurts("shin-medial:right", story="It wakes me.")
    visitor.answer({"night-pain-positional": "no"}, NIGHT_PAIN)


@said_once
def hot_calf(visitor: Visitor) -> None:
    """One calf is newly warm and swollen."""
    visitor.begin()
    visitor.hurts("calf:left")
    visitor.answer({"dvt": "yes"}, {"run": "4", "night": "0", "rest": "0"})


@said_once
def emergency(visitor: Visitor) -> None:
    """Numb between the legs."""
    visitor.begin()
    visitor.hurts("back-lower:none")
    visitor.answer({"cauda-equina": "yes"}, {"run": "3", "night": "0", "rest": "0"})


@said_once
def prevention(visitor: Visitor) -> None:
    """No pain; starts to run next month."""
    visitor.begin("prevent", level="planning", since="")
    visitor.answer({})
    visitor.post("/week", minutes="25", days=["tue", "fri"], equipment=["band"])


def coaching(visitor: Visitor) -> None:
    """A coach hands the plan to a group."""
    prevention(visitor)
    visitor.get("/plan")
    visitor.post("/hand-on", does="group", count="6")


@said_once
def conflict(visitor: Visitor) -> None:
    """Wants seven areas and three rounds in ten minutes."""
    visitor.begin("prevent", level="regular", since="")
    visitor.answer({})
    visitor.post("/week", minutes="10", days=["tue", "fri"], areas="7", rounds="3")


STATES: dict[str, State] = {
    state.__name__: state
    for state in (
        fresh, begun, pointed, ranked, planned, phased, trained, returned, lifting, treated, waiting, halfway,
        sent_on, sprained, sleepless, referred, hot_calf, emergency, prevention, coaching, conflict,
    )
}  # fmt: skip

# Every page in at least one state in which it shows itself: state, address, the route it belongs to.
PAGES: tuple[tuple[str, str, str], ...] = (
    ("fresh", "/", "/"),
    ("fresh", "/about", "/about"),
    ("fresh", "/sources", "/sources"),
    ("fresh", "/settings", "/settings"),
    ("fresh", "/what-if", "/what-if"),
    ("fresh", "/pair", "/pair"),
    ("fresh", "/devices", "/devices"),
    ("begun", "/who", "/who"),
    ("pointed", "/", "/"),
    ("pointed", "/where", "/where"),
    ("pointed", "/story", "/story"),
    ("pointed", "/pain", "/pain"),
    ("pointed", "/q/first-checks", "/q/{screen}"),
    ("pointed", "/q/how-it-is-now", "/q/{screen}"),
    ("pointed", "/q/your-health", "/q/{screen}"),
    ("pointed", "/q/about-you", "/q/{screen}"),
    ("pointed", "/q/knee-cave-in", "/q/{screen}"),
    ("ranked", "/answers", "/answers"),
    ("ranked", "/result", "/result"),
    ("ranked", "/result?view=clinician", "/result"),
    ("ranked", "/tests", "/tests"),
    ("ranked", "/tests/wall-squat-pain", "/tests/{test}"),
    ("ranked", "/tests/heel-raise-inversion-check", "/tests/{test}"),
    ("planned", "/tests/sl-heel-raise-reps", "/tests/{test}"),
    ("planned", "/tests/sidelying-hip-abduction-hold-or-reps", "/tests/{test}"),
    ("planned", "/tests/straight-leg-raise-reps", "/tests/{test}"),
    ("planned", "/tests/step-down-quality", "/tests/{test}"),
    ("planned", "/q/after-one-weak-side", "/q/{screen}"),
    ("planned", "/tests", "/tests"),
    ("planned", "/result", "/result"),
    ("planned", "/what-if", "/what-if"),
    ("planned", "/week", "/week"),
    ("planned", "/plan", "/plan"),
    ("planned", "/today", "/today"),
    ("planned", "/session", "/session"),
    ("planned", "/session/check", "/session/check"),
    ("planned", "/hand-on", "/hand-on"),
    ("planned", "/plan/print", "/plan/print"),
    ("planned", "/exercises/straight-leg-raise", "/exercises/{exercise}"),
    ("planned", "/exercises/clamshell", "/exercises/{exercise}"),
    ("planned", "/evidence/quads--knee-anterior", "/evidence/{link}"),
    ("planned", "/diary", "/diary"),
    ("planned", "/progress", "/progress"),
    ("planned", "/running", "/running"),
    ("planned", "/programme", "/programme"),
    ("phased", "/programme", "/programme"),
    ("phased", "/plan", "/plan"),
    ("sent_on", "/today", "/today"),
    ("sent_on", "/visited", "/visited"),
    ("trained", "/diary", "/diary"),
    ("trained", "/diary/session", "/diary/session"),
    ("trained", "/progress", "/progress"),
    ("trained", "/running", "/running"),
    ("planned", "/offline", "/offline"),
    ("planned", "/episodes?aim=pain", "/episodes"),
    ("returned", "/before", "/before"),
    ("returned", "/episodes", "/episodes"),
    ("planned", "/routine", "/routine"),
    ("lifting", "/routine", "/routine"),
    ("planned", "/prescribed", "/prescribed"),
    ("treated", "/prescribed", "/prescribed"),
    ("treated", "/plan", "/plan"),
    ("lifting", "/plan", "/plan"),
    ("lifting", "/today", "/today"),
    ("waiting", "/result", "/result"),
    ("waiting", "/plan", "/plan"),
    ("waiting", "/referral", "/referral"),
    ("halfway", "/q/signs", "/q/{screen}"),
    ("sprained", "/where", "/where"),
    ("sprained", "/q/leg-clots", "/q/{screen}"),
    ("sprained", "/pain", "/pain"),
    ("sprained", "/answers", "/answers"),
    ("sprained", "/result", "/result"),
    ("sprained", "/tests/sl-hamstring-bridge-reps", "/tests/{test}"),
    ("sprained", "/tests/one-leg-sts-5", "/tests/{test}"),
    ("sprained", "/plan", "/plan"),
    ("sprained", "/exercises/tennis-ball-heel-raise", "/exercises/{exercise}"),
    ("sleepless", "/q/details", "/q/{screen}"),
    ("referred", "/", "/"),
    ("referred", "/answers", "/answers"),
    ("referred", "/referral", "/referral"),
    ("referred", "/referral/letter", "/referral/letter"),
    ("hot_calf", "/referral", "/referral"),
    ("emergency", "/referral", "/referral"),
    ("emergency", "/referral/letter", "/referral/letter"),
    ("prevention", "/who", "/who"),
    ("prevention", "/result", "/result"),
    ("prevention", "/plan", "/plan"),
    ("coaching", "/hand-on", "/hand-on"),
    ("coaching", "/hand-on/slips", "/hand-on/slips"),
    ("conflict", "/plan", "/plan"),
)
