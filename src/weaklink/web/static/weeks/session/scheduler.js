// The clock of one set as a pure function: (step, pace, clock, now) → what to show. It keeps moments, never ticks:
// a page that slept, was killed or drew nothing for a minute reads the same truth as one that looked all the time.
//
// clock: { since, held_ms, paused_at, before_ms, hold_ms, floor_ms, taps, by_tap }, moments in milliseconds.

export const MORE_MS = 10_000;
export const AWAY_MS = 5_000; // longer unseen than this, and nothing goes on by itself
const SOON_MS = 60; // so that the beginning is still ahead, and is heard
const SETTLE_MS = 2_000; // a tap this soon after the start was meant for the set before
const PLAIN = [2, 0, 2]; // seconds up, held, down where neither the dose nor a drawing says otherwise
const LEAST_REP_S = 1;

/** A new clock for a step that begins at a moment. */
export function clockFrom(now, { byTap = false } = {}) {
  return { since: now, held_ms: 0, paused_at: null, before_ms: 0, hold_ms: 0, floor_ms: 0, taps: 0, by_tap: byTap };
}

/** Seconds up, held and down of one repetition: from the dose's tempo, else from the drawing. */
export function phasesOf(step, pace, tempo = "") {
  const said = /^(\d+)-(\d+)-(\d+)$/.exec(tempo);
  if (said) return said.slice(1).map(Number);
  if (!pace) return step.hold_s ? [PLAIN[0], step.hold_s, PLAIN[2]] : PLAIN;
  const drawn = [pace.reached_s, pace.left_s - pace.reached_s, Math.max(pace.duration_s - pace.left_s, 0)];
  if (step.reps !== null && step.hold_s) drawn[1] = step.hold_s;
  const total = drawn[0] + drawn[1] + drawn[2];
  return total < LEAST_REP_S ? PLAIN : drawn.map((part) => Math.round(part * 2) / 2);
}

/** Whether a set is one hold rather than repetitions. */
export const isHold = (step) => step.reps === null || (step.reps === 1 && step.hold_s > 0);

/** What to show at a moment. */
export function read(step, pace, clock, now, tempo = "") {
  const raw = (clock.paused_at ?? now) - clock.since - clock.held_ms;
  const t = Math.max(raw, clock.floor_ms, 0);
  const before = beforeOf(step, clock);
  const shared = { t, paused: clock.paused_at !== null, breath_s: raw < clock.floor_ms ? seconds(clock.floor_ms - raw) : 0 };
  if (t < before) {
    const left = before - t;
    return { ...shared, phase: "before", before: step.before, left_s: seconds(left), share: entering(step, pace, left), count: 0, over: false };
  }
  const work = t - before;
  return isHold(step) ? holding(step, pace, clock, work, shared) : repeating(step, pace, clock, work, shared, tempo);
}

function holding(step, pace, clock, work, shared) {
  const length = lengthOf(step, clock);
  const left = Math.max(length - work, 0);
  const over = work >= length;
  return { ...shared, phase: "work", kind: "hold", left_s: seconds(left), done_s: Math.floor(Math.min(work, length) / 1000), length_s: length / 1000, share: farShare(pace), count: 0, over };
}

function repeating(step, pace, clock, work, shared, tempo) {
  const phases = phasesOf(step, pace, tempo);
  const rep = repMs(phases);
  const most = step.to_the_limit ? Infinity : step.reps;
  const led = clock.by_tap ? 0 : Math.min(Math.floor(work / rep), most);
  const count = Math.max(led + clock.taps, 0);
  const over = !step.to_the_limit && count >= step.reps;
  const within = over && !clock.by_tap ? 0 : work % rep;
  return { ...shared, phase: "work", kind: "reps", count, of: step.reps, part: partOf(phases, within), share: shareOf(phases, pace, within), rep_s: rep / 1000, over, settled: work >= SETTLE_MS };
}

/** When the hold of this clock is over [ms of its own time]; null for repetitions, which end at a tap. */
export function endOf(step, clock) {
  return isHold(step) ? beforeOf(step, clock) + lengthOf(step, clock) : null;
}

/** The moment a time of the clock falls on, while it is not paused. */
export const momentOf = (clock, t) => clock.since + clock.held_ms + t;

/**
 * The clock after a look at `now`, the look before it having been at `seen`. Work that would have begun while nobody
 * looked waits at its beginning: nothing is counted that nobody could have done.
 */
export function looked(step, clock, seen, now) {
  if (clock.paused_at !== null || now - seen <= AWAY_MS) return clock;
  const before = beforeOf(step, clock);
  const begins = momentOf(clock, before);
  if (begins <= seen || begins > now) return clock;
  return { ...clock, paused_at: begins };
}

/** A clock whose page came back: what was going on when it was last written waits there. */
export function resumed(step, clock, seen, now) {
  if (clock.paused_at !== null) return clock;
  const gone = now - seen;
  if (gone >= 0 && gone <= AWAY_MS) return clock;
  const before = momentOf(clock, beforeOf(step, clock));
  if (gone > 0 && before > now) return clock; // still resting: the rest has gone on
  const work = seen >= before;
  return { ...clock, paused_at: gone < 0 ? seen : work ? Math.max(before, seen) : before };
}

export function paused(clock, now) {
  return clock.paused_at === null ? { ...clock, paused_at: now } : clock;
}

export function unpaused(clock, now) {
  if (clock.paused_at === null) return clock;
  return { ...clock, held_ms: clock.held_ms + (now - clock.paused_at), paused_at: null };
}

/** Ten seconds more: of the pause, of the hold, or of breath between two repetitions. */
export function more(step, clock, now) {
  const reading = read(step, null, clock, now);
  if (reading.phase === "before") return { ...clock, before_ms: clock.before_ms + MORE_MS };
  if (reading.kind === "hold") return { ...clock, hold_ms: clock.hold_ms + MORE_MS };
  return { ...clock, held_ms: clock.held_ms + MORE_MS, floor_ms: reading.t };
}

/** Work begins now. */
export function atOnce(step, clock, now) {
  const running = unpaused(clock, now);
  const { t, phase } = read(step, null, running, now);
  return phase === "before" ? { ...running, before_ms: running.before_ms - (beforeOf(step, running) - t) + SOON_MS } : running;
}

/** One repetition more, or less. */
export const tapped = (clock, by = 1) => ({ ...clock, taps: clock.taps + by });

/**
 * The sounds and words of a set between two of its own times, (from, to]: [{ t, sound, say, value }].
 * The number spoken at a time is the count read at that time.
 */
export function marks(step, pace, clock, from, to, tempo = "") {
  const found = [];
  const put = (t, sound, say = "", value = 0) => {
    if (t > from && t <= to) found.push({ t, sound, say, value });
  };
  const before = beforeOf(step, clock);
  put(Math.min(1, before), "", step.before === "rest" || step.before === "round" ? "rest" : "ready");
  if (step.before !== "prepare" && before > 8_000) put(before - 6_000, "", "ready");
  for (const left of [3, 2, 1]) put(before - left * 1000, "tick");
  put(before, "go", isHold(step) ? "hold" : "go");
  if (isHold(step)) holdMarks(put, before, lengthOf(step, clock));
  else if (!clock.by_tap) repMarks(put, before, step, clock, phasesOf(step, pace, tempo), to);
  return found.sort((a, b) => a.t - b.t);
}

function holdMarks(put, before, length) {
  if (length >= 20_000) put(before + length / 2, "half", "half");
  for (const left of [3, 2, 1]) put(before + length - left * 1000, "tick");
  put(before + length, "end", "end");
}

function repMarks(put, before, step, clock, phases, to) {
  const rep = repMs(phases);
  const most = step.to_the_limit ? Math.ceil((to - before) / rep) : step.reps;
  for (let n = 1; n <= most; n++) {
    const count = n + clock.taps;
    const last = !step.to_the_limit && count >= step.reps;
    put(before + n * rep, last ? "end" : "count", "count", count);
    if (last) return;
  }
}

// --- parts -------------------------------------------------------------------------------------------------

const seconds = (ms) => Math.ceil(ms / 1000 - 1e-6);
const beforeOf = (step, clock) => Math.max(step.before_s * 1000 + clock.before_ms, 0);
const lengthOf = (step, clock) => (step.hold_s ?? 0) * 1000 + clock.hold_ms;
const repMs = (phases) => Math.max((phases[0] + phases[1] + phases[2]) * 1000, LEAST_REP_S * 1000);

function partOf(phases, within) {
  if (within < phases[0] * 1000) return 0;
  return within < (phases[0] + phases[1]) * 1000 ? 1 : 2;
}

/** Where in the drawn repetition a moment of the prescribed one is, 0 to 1. */
function shareOf(phases, pace, within) {
  if (!pace) return 0;
  const [up, hold, down] = phases.map((part) => part * 1000);
  const { reached_s: reached, left_s: left, duration_s: all } = pace;
  let drawn;
  if (within < up) drawn = (within / up) * reached;
  else if (within < up + hold) drawn = reached + ((within - up) / hold) * (left - reached);
  else drawn = left + (down > 0 ? (within - up - hold) / down : 1) * (all - left);
  return Math.min(Math.max(drawn / all, 0), 1);
}

const farShare = (pace) => (pace ? pace.reached_s / pace.duration_s : 0);

/** The last two seconds before a hold lead into its pose. */
function entering(step, pace, left) {
  if (!pace || !isHold(step) || left >= 2000) return 0;
  return farShare(pace) * (1 - left / 2000);
}
