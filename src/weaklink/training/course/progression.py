"""Progression: what one session says about the next dose, as pure rules with an id for each."""

from __future__ import annotations

import msgspec

from weaklink.quantities import Message
from weaklink.training.dose.dose import DEFAULT_RIR, HOLD_STEP_S
from weaklink.training.dose.pain_profile import Colour, PainProfile
from weaklink.training.dose.training_state import Action, Decision, Performed, Rung, SlotState

MORNING_RISE = 2  # next-morning pain this much higher breaks the 24-hour rule; design
FAULTY_SHARE = 0.25  # form faults in more than a quarter of the repetitions; design
MISSED_TO_STEP_BACK = 2  # missed sessions in a row; design
AMBERS_TO_REGRESS = 2
TOPS_TO_MOVE_ON = 2  # two sessions in a row at the top with effort to spare (ACSM 2009, from memory)
PAINFUL_EASIEST_TO_REFER = 2  # article B; twice is design
LOAD_STEP_PERCENT = 5  # 2 to 10 % (ACSM 2009, from memory); the middle is design
OFFER_AGAIN_DAYS = 7  # a move that hurt is offered again a week later
LONGEST_WAIT_DAYS = 56  # and twice as late each time it hurts once more, up to this; design
ENOUGH_FOR_AN_OFFER = ("", "effort-just-right", "effort-unknown")
CUT = 0.6  # the next load after a bad morning: a cut of 30 to 50 %; design


def _decide(state: SlotState, action: Action, rule: str, **values: str | int) -> Decision:
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


def at_bottom(state: SlotState, rung: Rung, exercise: str) -> SlotState:
    """The start of another rung: its lowest numbers and nothing remembered but what was set aside."""
    return SlotState(
        exercise=exercise,
        sets=state.sets,
        reps=rung.reps[0] if rung.reps else None,
        hold_s=rung.hold_s[0] if rung.hold_s else None,
        painful_on_easiest=state.painful_on_easiest,
        set_aside=state.set_aside,
        offer_on_day=state.offer_on_day,
        setbacks=state.setbacks,
    )


def lowered(state: SlotState, rung: Rung) -> SlotState:
    """About 40 % less of the same move, never below the bottom of its range; nothing goes up."""
    reps = state.reps and min(state.reps, max((rung.reps or (1, 1))[0], int(state.reps * CUT)))
    hold_s = state.hold_s and min(state.hold_s, max((rung.hold_s or (1, 1))[0], int(state.hold_s * CUT)))
    sets = max(1, state.sets - 1) if (reps, hold_s) == (state.reps, state.hold_s) else state.sets
    return msgspec.structs.replace(state, reps=reps, hold_s=hold_s, sets=sets, tops=0, ambers=0)


def after_pain(state: SlotState, session: Performed, ladder: dict[str, Rung]) -> Decision:
    """Red once, or "this hurts": at once the easier move; on the easiest twice, a professional."""
    rung = ladder[state.exercise]
    if rung.easier:
        wait = min(LONGEST_WAIT_DAYS, OFFER_AGAIN_DAYS * 2**state.setbacks)
        aside = msgspec.structs.replace(
            state, set_aside=state.exercise, offer_on_day=session.day + wait, setbacks=state.setbacks + 1
        )
        eased = at_bottom(aside, ladder[rung.easier], rung.easier)
        if session.this_hurts:
            return _decide(eased, "swap", "this-hurts", exercise2=state.exercise)
        return _decide(eased, "regress", "pain-red", exercise2=state.exercise)
    count = state.painful_on_easiest + 1
    marked = msgspec.structs.replace(lowered(state, rung), painful_on_easiest=count)
    if count >= PAINFUL_EASIEST_TO_REFER:
        return _decide(marked, "refer", "easiest-painful-twice")
    return _decide(marked, "regress", "easiest-painful")


def stepped_down(state: SlotState, ladder: dict[str, Rung], rule: str) -> Decision:
    """One rung easier, or less of the same on the easiest."""
    rung = ladder[state.exercise]
    if rung.easier:
        return _decide(
            at_bottom(state, ladder[rung.easier], rung.easier), "regress", rule, exercise2=state.exercise
        )
    return _decide(lowered(state, rung), "regress", f"{rule}-less")


def held(state: SlotState, rule: str) -> Decision:
    """The same dose again."""
    return _decide(msgspec.structs.replace(state, tops=0), "hold", rule)


def why_to_hold(state: SlotState, session: Performed, target: int) -> str:
    """The rule that keeps the dose as it is; empty if none does."""
    if session.completed < 1:
        return "not-completed"
    if session.missed_before:
        return "missed-one"
    if session.rir is None:
        return "effort-unknown" if state.reps is not None else ""
    if session.rir < target:
        return "effort-too-hard"
    return "effort-just-right" if session.rir == target else ""


def is_at_top(state: SlotState, rung: Rung) -> bool:
    """Whether the range is used up."""
    if rung.reps is not None and state.reps is not None:
        return state.reps >= rung.reps[1]
    return rung.hold_s is None or state.hold_s is None or state.hold_s >= rung.hold_s[1]


def raised(state: SlotState, rung: Rung) -> SlotState:
    """A little more within the range: repetitions, or seconds of a pure hold."""
    if rung.reps is not None and state.reps is not None:
        return msgspec.structs.replace(state, reps=min(rung.reps[1], state.reps + rung.step), tops=0)
    top = rung.hold_s[1] if rung.hold_s else 0
    return msgspec.structs.replace(state, hold_s=min(top, (state.hold_s or 0) + HOLD_STEP_S), tops=0)


def more_load(state: SlotState, rung: Rung) -> Decision:
    """A little more weight from the bottom of the range; without a weight the hardest move stays."""
    if not rung.loaded:
        return _decide(state, "hold", "top-of-ladder")
    start = at_bottom(state, rung, state.exercise)
    heavier = msgspec.structs.replace(start, load_percent=state.load_percent + LOAD_STEP_PERCENT)
    return _decide(heavier, "progress", "more-load", percent=LOAD_STEP_PERCENT)


def after_easy(state: SlotState, ladder: dict[str, Rung]) -> Decision:
    """Effort to spare: more within the range; twice at its top, the next variant (S25)."""
    rung = ladder[state.exercise]
    if not is_at_top(state, rung):
        return _decide(raised(state, rung), "progress", "more-in-range")
    if state.tops + 1 < TOPS_TO_MOVE_ON:
        return _decide(msgspec.structs.replace(state, tops=state.tops + 1), "hold", "top-once")
    if not rung.harder:
        return more_load(state, rung)
    up = at_bottom(state, ladder[rung.harder], rung.harder)
    return _decide(up, "next-variant", "top-twice", exercise2=state.exercise)


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
    """The move that hurt, from the bottom of its range, on trial."""
    back = at_bottom(state, ladder[state.set_aside], state.set_aside)
    clear = msgspec.structs.replace(back, set_aside="", offer_on_day=None)
    return _decide(clear, "offer-again", "offered-again", exercise2=state.exercise)


def after_green(state: SlotState, session: Performed, ladder: dict[str, Rung], target: int) -> Decision:
    """No pain to speak of: completion, a missed session and effort decide."""
    calm = msgspec.structs.replace(state, ambers=0)
    rule = why_to_hold(calm, session, target)
    if rule in ENOUGH_FOR_AN_OFFER and may_offer_again(calm, session, ladder):
        return offered_again(calm, ladder)
    if not rule and waits_for_offer(calm, session, ladder):
        return held(calm, "waits-for-offer")
    return held(calm, rule) if rule else after_easy(calm, ladder)


def reason_to_step_down(state: SlotState, session: Performed, colour: Colour) -> str:
    """The rule that leads to an easier move; empty if none does."""
    if colour == "amber" and state.ambers + 1 >= AMBERS_TO_REGRESS:
        return "pain-amber-twice"
    return "form" if session.faulty > FAULTY_SHARE else ""


def reason_for_less(session: Performed) -> str:
    """The rule that cuts the dose of the same move; empty if none does."""
    if bad_morning(session):
        return "bad-morning"
    return "missed-more" if session.missed_before >= MISSED_TO_STEP_BACK else ""


def next_dose(
    state: SlotState,
    session: Performed,
    ladder: dict[str, Rung],
    profile: PainProfile,
    target: int = DEFAULT_RIR,
) -> Decision:
    """What to do next time and why; the most careful rule that holds decides, effort comes last.

    Args:
        ladder: the rungs this runner may use, by exercise id; holds the state's exercise.
        profile: the strictest pain profile of the likely and possible conditions.
        target: repetitions to keep in reserve.
    """
    colour = colour_of(session, profile)
    if colour == "red" or session.this_hurts:
        return after_pain(state, session, ladder)
    if rule := reason_to_step_down(state, session, colour):
        return stepped_down(state, ladder, rule)
    ambers = state.ambers + 1 if colour == "amber" else 0
    if rule := reason_for_less(session):
        less = msgspec.structs.replace(lowered(state, ladder[state.exercise]), ambers=ambers)
        return _decide(less, "regress", rule)
    if colour == "amber":
        return held(msgspec.structs.replace(state, ambers=ambers), "pain-amber")
    if morning_red(session, profile):
        return held(msgspec.structs.replace(state, ambers=0), "morning-red")
    if not_settled(session, profile):
        return held(msgspec.structs.replace(state, ambers=0), "not-settled")
    return after_green(state, session, ladder, target)
