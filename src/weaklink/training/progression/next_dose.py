"""Progression: what one session says about the next dose, as pure rules with an id for each."""

from __future__ import annotations

import msgspec

from weaklink.case.load import Load
from weaklink.quantities import Message
from weaklink.training.dose.load_words import with_load
from weaklink.training.dose.pain_profile import Colour, PainProfile
from weaklink.training.dose.training_state import Action, Decision, Performed, Rung, SlotState
from weaklink.training.dose.weights import stepped_down
from weaklink.training.progression.easing import after_clean, after_unclean, lowered
from weaklink.training.progression.raising import (
    MOST_TRIES,
    STILL_TO_ADD_A_SET,
    at_bottom,
    far_too_easy,
    is_at_top,
    leap_of_weight,
    looks_for_a_weight,
    next_bout,
    next_weight,
    raised,
)

MORNING_RISE = 2  # next-morning pain this much higher breaks the 24-hour rule; design
FAULTY_SHARE = 0.25  # form faults in more than a quarter of the repetitions; design
AMBERS_TO_REGRESS = 2
TOPS_TO_MOVE_ON = 2  # two sessions in a row at the top with effort to spare (ACSM 2009, from memory)
SPARE_AT_TOP = 2  # one session is enough where so many more than asked were left; design
MOST_AT_MAXIMUM = 1  # left in a set of as many as possible: that is how it is meant
PAINFUL_EASIEST_TO_REFER = 2  # article B; twice is design
OFFER_AGAIN_DAYS = 7  # a move that hurt is offered again a week later
LONGEST_WAIT_DAYS = 56  # and twice as late each time it hurts once more, up to this; design
RED_CUT = 0.20  # of what was moved, when a move that hurt comes back; design
HARD_TO_EASE = 2  # sessions in a row that were too hard; design
HARD_CUT = 0.05
HARD_FEWER_REPS = 2
HARD_SHORTER = 0.8  # of the seconds of a hold


def _decide(state: SlotState, action: Action, rule: str, **values: str | int | float) -> Decision:
    message = Message(f"training.rule-{rule}", {"exercise": state.exercise, **values})
    return Decision(state=state, action=action, rule=rule, because=message)


def colour_of(session: Performed, profile: PainProfile) -> Colour:
    """The colour of a session. Where no pain is allowed, pain on the next morning counts as well."""
    pain = session.pain
    if profile.settles == "no-pain":
        pain = max(pain, session.pain_next_morning or 0)
    return profile.colour(pain, session.spreads)


def bad_morning(session: Performed) -> bool:
    """Whether the next morning was clearly worse than the one before (24-hour rule)."""
    after = session.pain_next_morning
    risen = after is not None and after - session.pain_before >= MORNING_RISE
    return risen or session.stiffer_next_morning


def morning_red(session: Performed, profile: PainProfile) -> bool:
    """Whether the next morning was red, and no less than the one before: then nothing grows.

    Where no pain is allowed, less than before is red all the same.
    """
    after = session.pain_next_morning
    no_less = after is not None and (after >= session.pain_before or profile.settles == "no-pain")
    return after is not None and profile.colour(after) == "red" and no_less


def not_settled(session: Performed, profile: PainProfile) -> bool:
    """Whether pain that has to settle by the next morning is still above where it was."""
    after = session.pain_next_morning
    return profile.settles == "next-morning" and after is not None and after > session.pain_before


# --- pain ----------------------------------------------------------------------------------


def after_pain(state: SlotState, session: Performed, ladder: dict[str, Rung]) -> Decision:
    """Red once, or "this hurts": at once the easier move; on the easiest twice, a professional."""
    rung = ladder[state.exercise]
    if rung.easier:
        wait = min(LONGEST_WAIT_DAYS, OFFER_AGAIN_DAYS * 2**state.setbacks)
        aside = msgspec.structs.replace(
            state,
            set_aside=state.exercise,
            aside_load=state.load,
            offer_on_day=session.day + wait,
            setbacks=state.setbacks + 1,
        )
        eased = at_bottom(aside, ladder, rung.easier)
        if session.this_hurts:
            return _decide(eased, "swap", "this-hurts", exercise2=state.exercise)
        return _decide(eased, "regress", "pain-red", exercise2=state.exercise)
    count = state.painful_on_easiest + 1
    marked = msgspec.structs.replace(lowered(state, rung), painful_on_easiest=count)
    if count >= PAINFUL_EASIEST_TO_REFER:
        return _decide(marked, "refer", "easiest-painful-twice")
    return _decide(marked, "regress", "easiest-painful")


def stepped_back(state: SlotState, ladder: dict[str, Rung], rule: str) -> Decision:
    """Less weight where there is one, else one rung easier, else less of the same on the easiest."""
    rung = ladder[state.exercise]
    loaded = rung.rack is not None and state.load is not None and state.load.kind != "none"
    less = lowered(state, rung)
    if (loaded and less.load != state.load) or not rung.easier:
        return _decide(less, "regress", f"{rule}-less")
    down = at_bottom(state, ladder, rung.easier)
    return _decide(down, "regress", rule, exercise2=state.exercise)


def held(state: SlotState, rule: str) -> Decision:
    """The same dose again."""
    return _decide(msgspec.structs.replace(state, tops=0), "hold", rule)


# --- what hurt and is offered again --------------------------------------------------------------------


def may_offer_again(state: SlotState, session: Performed, ladder: dict[str, Rung]) -> bool:
    """Whether the move that hurt is due again."""
    due = state.offer_on_day is not None and session.day >= state.offer_on_day
    return due and state.set_aside in ladder and state.set_aside != state.exercise


def waits_for_offer(state: SlotState, session: Performed, ladder: dict[str, Rung]) -> bool:
    """Whether the way up leads to the move that hurt, and its day has not come."""
    aside = bool(state.set_aside) and ladder[state.exercise].harder == state.set_aside
    early = state.offer_on_day is not None and session.day < state.offer_on_day
    return aside and early and is_at_top(state, ladder[state.exercise])


def offered_again(state: SlotState, ladder: dict[str, Rung]) -> Decision:
    """The move that hurt, from the bottom of its range and with a fifth less, on trial."""
    rung = ladder[state.set_aside]
    back = at_bottom(state, ladder, state.set_aside)
    if rung.rack is not None and state.aside_load is not None:
        lighter = stepped_down(rung.rack, state.aside_load, RED_CUT)
        back = msgspec.structs.replace(back, load=lighter if lighter is not None else back.load)
    clear = msgspec.structs.replace(back, set_aside="", aside_load=None, offer_on_day=None, sought=MOST_TRIES)
    return _decide(clear, "offer-again", "offered-again", exercise2=state.exercise)


# --- without trouble ----------------------------------------------------------------------------------


def why_to_hold(session: Performed, target: int) -> str:
    """The rule that keeps the dose as it is; empty if none does. Effort nobody told holds nothing back."""
    if session.completed < 1:
        return "not-completed"
    return "effort-too-hard" if session.rir is not None and session.rir < target else ""


def after_hard(state: SlotState, rung: Rung, session: Performed, target: int, rule: str) -> Decision:
    """Harder than asked: the same once more; twice in a row a little less weight or fewer repetitions."""
    far = session.completed < 1 or (session.rir is not None and session.rir < target - 1)
    hard = state.hard + 1 if far else 0
    if hard < HARD_TO_EASE:
        return _decide(msgspec.structs.replace(state, tops=0, still=0, hard=hard), "hold", rule)
    less = msgspec.structs.replace(_a_little_less(state, rung), hard=0, tops=0, still=0)
    return _decide(less, "regress", "too-hard-twice")


def _a_little_less(state: SlotState, rung: Rung) -> SlotState:
    lighter = stepped_down(rung.rack, state.load, HARD_CUT) if rung.rack is not None else None
    if lighter is not None:
        return msgspec.structs.replace(state, load=lighter)
    if state.reps is not None:
        low = rung.reps[0] if rung.reps is not None else 1
        return msgspec.structs.replace(state, reps=min(state.reps, max(low, state.reps - HARD_FEWER_REPS)))
    now = state.hold_s or 0
    low = rung.hold_s[0] if rung.hold_s is not None else 1
    return msgspec.structs.replace(state, hold_s=min(now, max(low, round(now * HARD_SHORTER))))


def next_rung(state: SlotState, ladder: dict[str, Rung], rule: str) -> Decision:
    """The next rung, from its bottom."""
    harder = ladder[state.exercise].harder
    up = at_bottom(state, ladder, harder)
    return _decide(up, "next-variant", rule, exercise2=state.exercise)


def with_weight(state: SlotState, rung: Rung, load: Load, rule: str, *, low: bool) -> Decision:
    """The same move with another weight; from the bottom of the range after a step at its top."""
    reps = rung.reps[0] if low and rung.reps is not None else state.reps
    heavier = msgspec.structs.replace(state, load=load, reps=reps, tops=0, hard=0, still=0)
    because = with_load(f"training.rule-{rule}", load, {"exercise": state.exercise})
    return Decision(state=heavier, action="progress", rule=rule, because=because)


def is_bare(state: SlotState) -> bool:
    """Whether it is done without a weight."""
    return state.load is None or state.load.kind == "none"


def at_the_top(state: SlotState, ladder: dict[str, Rung], session: Performed, target: int) -> Decision:
    """The range is used up, twice or once with effort to spare: weight, else the next rung (S25)."""
    rung = ladder[state.exercise]
    if rung.maximum:
        if session.rir is None or session.rir <= MOST_AT_MAXIMUM:
            return _decide(msgspec.structs.replace(state, tops=0), "hold", "right-for-maximum")
    elif state.tops + 1 < TOPS_TO_MOVE_ON and not (
        session.rir is not None and session.rir >= target + SPARE_AT_TOP
    ):
        return _decide(msgspec.structs.replace(state, tops=state.tops + 1), "hold", "top-once")
    if is_bare(state) and rung.harder:
        return next_rung(state, ladder, "top-twice")
    heavier = next_weight(state, rung)
    if heavier is not None:
        return with_weight(state, rung, heavier, "more-load", low=not rung.maximum)
    return next_rung(state, ladder, "top-twice") if rung.harder else _the_end(state, rung)


def _the_end(state: SlotState, rung: Rung) -> Decision:
    """Nothing above: one set more after some sessions, then it stays."""
    still = state.still + 1
    if still >= STILL_TO_ADD_A_SET and state.sets < rung.most_sets and rung.reps is not None:
        more = msgspec.structs.replace(state, sets=state.sets + 1, still=0)
        return _decide(more, "progress", "one-set-more")
    return _decide(msgspec.structs.replace(state, still=still), "hold", "top-of-ladder")


def _leap(state: SlotState, ladder: dict[str, Rung], session: Performed, target: int) -> Decision | None:
    """What comes when it was far too easy: a larger step of the weight, or the next rung at once."""
    rung = ladder[state.exercise]
    if not far_too_easy(state, rung, session):
        return None
    leap = leap_of_weight(state, rung, session, target)
    if leap is not None:
        return with_weight(state, rung, leap, "far-too-easy-load", low=False)
    return next_rung(state, ladder, "far-too-easy") if is_bare(state) and rung.harder else None


def _after_bouts(state: SlotState, ladder: dict[str, Rung]) -> Decision:
    """Bouts within the pain limit: the next step after two sessions, whatever else was left."""
    rung = ladder[state.exercise]
    more = next_bout(state, rung)
    if state.tops + 1 < TOPS_TO_MOVE_ON:
        return _decide(msgspec.structs.replace(state, tops=state.tops + 1), "hold", "bouts-once")
    if more is not None:
        return _decide(more, "progress", "more-bouts", sets=more.sets)
    return next_rung(state, ladder, "top-twice") if rung.harder else _decide(state, "hold", "top-of-ladder")


def after_easy(state: SlotState, ladder: dict[str, Rung], session: Performed, target: int) -> Decision:
    """Done as asked: a leap, the weight that is looked for, more within the range, what is above it."""
    rung = ladder[state.exercise]
    if rung.bouts:
        return _after_bouts(state, ladder)
    leap = _leap(state, ladder, session, target)
    if leap is not None:
        return leap
    sought = looks_for_a_weight(state, rung, session, target)
    if sought is not None:
        looking = msgspec.structs.replace(state, sought=state.sought + 1)
        return with_weight(looking, rung, sought, "weight-found", low=False)
    state = msgspec.structs.replace(state, sought=MOST_TRIES)
    if is_at_top(state, rung):
        return at_the_top(state, ladder, session, target)
    more = raised(state, rung, session, target)
    same = (more.reps, more.hold_s) == (state.reps, state.hold_s)
    return _decide(more, "hold", "held-to-the-end") if same else _decide(more, "progress", "more-in-range")


def after_green(state: SlotState, session: Performed, ladder: dict[str, Rung], target: int) -> Decision:
    """No pain to speak of: what is cut comes back first, then completion and effort decide."""
    found = _of_calm(state, session, ladder, target)
    return msgspec.structs.replace(found, state=msgspec.structs.replace(found.state, ambers=0))


def _of_calm(state: SlotState, session: Performed, ladder: dict[str, Rung], target: int) -> Decision:
    rung, rule = ladder[state.exercise], why_to_hold(session, target)
    back = after_clean(state, rung)
    if back is not None:
        comes_back = _dose_of(back) != _dose_of(state)
        return _decide(back, "progress", "given-back") if comes_back else _decide(back, "hold", "clean-once")
    if not rule and may_offer_again(state, session, ladder):
        return offered_again(state, ladder)
    if rule:
        return after_hard(state, rung, session, target, rule)
    if waits_for_offer(state, session, ladder):
        return held(state, "waits-for-offer")
    return after_easy(state, ladder, session, target)


def _dose_of(state: SlotState) -> tuple[int, int | None, int | None, Load | None]:
    return state.sets, state.reps, state.hold_s, state.load


def reason_to_step_down(state: SlotState, session: Performed, colour: Colour) -> str:
    """The rule that leads to an easier move; empty if none does."""
    if colour == "amber" and state.ambers + 1 >= AMBERS_TO_REGRESS:
        return "pain-amber-twice"
    return "form" if session.faulty > FAULTY_SHARE else ""


def next_dose(
    state: SlotState,
    session: Performed,
    ladder: dict[str, Rung],
    profile: PainProfile,
    target: int = 0,
) -> Decision:
    """What to do next time and why; the most careful rule that holds decides, effort comes last.

    Args:
        ladder: the rungs this runner may use, by exercise id; holds the state's exercise.
        profile: the strictest pain profile of the likely and possible conditions.
        target: the fewest repetitions this runner keeps in reserve; the rung may ask for more.
    """
    rung = ladder[state.exercise]
    target = rung.reserve if rung.maximum else max(target, rung.reserve)
    colour = colour_of(session, profile)
    state = as_held(state, session, rung)
    if colour == "red" or session.this_hurts:
        return after_pain(state, session, ladder)
    if rule := reason_to_step_down(state, session, colour):
        return stepped_back(state, ladder, rule)
    ambers = state.ambers + 1 if colour == "amber" else 0
    if bad_morning(session) and rung.apart:
        return held(msgspec.structs.replace(after_unclean(state), ambers=ambers), "bad-morning-elsewhere")
    if bad_morning(session):
        less = msgspec.structs.replace(lowered(state, rung), ambers=ambers)
        return _decide(less, "regress", "bad-morning")
    unclean = msgspec.structs.replace(after_unclean(state), ambers=ambers)
    if colour == "amber":
        return held(unclean, "pain-amber")
    if morning_red(session, profile):
        return held(unclean, "morning-red")
    if not_settled(session, profile):
        return held(unclean, "not-settled")
    if session.stiffening and not rung.apart:
        return held(unclean, "stiffening")
    return after_green(state, session, ladder, target)


def as_held(state: SlotState, session: Performed, rung: Rung) -> SlotState:
    """The state with the load that was really held, where it was said and may be held in this move."""
    if session.load is None or rung.rack is None or session.load == state.load:
        return state
    return msgspec.structs.replace(state, load=None if session.load.kind == "none" else session.load)
