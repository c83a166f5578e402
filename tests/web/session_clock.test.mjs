// The clock of a set as laws: whatever the looks are like, jittered, late or a minute apart, it reads the same.
import assert from "node:assert/strict";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

const folder = pathToFileURL(process.env.SESSION_MODULES + "/");
const scheduler = await import(new URL("scheduler.js", folder));
globalThis.document = new EventTarget(); // what a page tells a clock about being seen
const { Moments } = await import(new URL("device.js", folder));
const { Words } = await import(new URL("words.js", folder));
const { atOnce, AWAY_MS, clockFrom, endOf, looked, marks, momentOf, more, paused, phasesOf, read, resumed, tapped, unpaused } = scheduler;

const RUNS = 400;

/** A small seeded generator (mulberry32). */
function chance(seed) {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const between = (dice, low, high) => low + Math.floor(dice() * (high - low + 1));

function randomSet(dice) {
  const hold = dice() < 0.4;
  const step = { before: ["prepare", "rest", "switch", "round"][between(dice, 0, 3)], before_s: between(dice, 0, 90), reps: hold ? null : between(dice, 1, 30), hold_s: hold ? between(dice, 5, 60) : dice() < 0.3 ? between(dice, 1, 5) : null, side: ["left", "right", "none"][between(dice, 0, 2)], to_the_limit: !hold && dice() < 0.15, exercise: "x" };
  if (step.reps === 1) step.hold_s = null;
  const reached = between(dice, 1, 3);
  const left = reached + between(dice, 0, 2);
  const pace = dice() < 0.8 ? { reached_s: reached, left_s: left, duration_s: left + between(dice, 1, 3), returns: true } : null;
  const tempo = dice() < 0.3 ? `${between(dice, 1, 3)}-${between(dice, 0, 2)}-${between(dice, 1, 3)}` : "";
  return { step, pace, tempo };
}

function eachRun(body) {
  for (let seed = 1; seed <= RUNS; seed++) {
    const dice = chance(seed);
    body(dice, randomSet(dice), 1.7e12 + Math.floor(dice() * 1e9), seed);
  }
}

test("what is read depends on the moment alone, not on how often or when one looked", () => {
  eachRun((dice, { step, pace, tempo }, since) => {
    let clock = clockFrom(since);
    const end = since + between(dice, 1_000, 200_000);
    for (let now = since; now < end; now += between(dice, 1, AWAY_MS - 1)) {
      clock = looked(step, clock, now, Math.min(now + between(dice, 0, AWAY_MS), end));
      read(step, pace, clock, now, tempo);
    }
    assert.deepEqual(read(step, pace, clock, end, tempo), read(step, pace, clockFrom(since), end, tempo));
  });
});

test("over two minutes of jittered looks the clock is off by nothing", () => {
  eachRun((dice, { pace }, since) => {
    const step = { before: "rest", before_s: 20, reps: null, hold_s: 100, side: "left", to_the_limit: false };
    const clock = clockFrom(since);
    const before = 20_000;
    for (let t = 0; t < 120_000; t += between(dice, 1, 900)) {
      const reading = read(step, pace, clock, since + t);
      const left = t < before ? before - t : 120_000 - t;
      assert.ok(Math.abs(reading.left_s * 1000 - left) < 1000, `${reading.left_s} at ${t}`);
      assert.equal(reading.left_s, Math.ceil(left / 1000));
    }
    assert.equal(momentOf(clock, endOf(step, clock)), since + 120_000);
  });
});

test("a page that slept over the beginning waits there; one that slept within a rest goes on resting", () => {
  eachRun((dice, { step, pace, tempo }, since) => {
    const clock = clockFrom(since);
    const begins = since + step.before_s * 1000;
    const seen = since + Math.floor(dice() * step.before_s * 1000);
    const now = seen + AWAY_MS + 1 + between(dice, 0, 600_000);
    const after = looked(step, clock, seen, now);
    if (begins <= seen || begins > now) assert.equal(after, clock);
    else {
      const reading = read(step, pace, after, now + 60_000, tempo);
      assert.equal(reading.paused, true);
      assert.equal(reading.count, 0);
      assert.equal(reading.t, step.before_s * 1000);
      assert.equal(read(step, pace, unpaused(after, now), now, tempo).t, reading.t);
    }
  });
});

test("a killed page comes back where it was, whatever the device's clock says by then", () => {
  eachRun((dice, { step, pace, tempo }, since) => {
    const clock = clockFrom(since);
    const seen = since + between(dice, 0, 150_000);
    const was = read(step, pace, clock, seen, tempo);
    const now = seen + between(dice, -86_400_000, 86_400_000);
    const back = resumed(step, clock, seen, now);
    const reading = read(step, pace, back, now, tempo);
    assert.ok(reading.t >= 0);
    if (was.phase === "work" && Math.abs(now - seen) > AWAY_MS) {
      assert.equal(reading.paused, true);
      assert.equal(reading.count, was.count);
      assert.equal(reading.t, was.t);
    }
    if (was.phase === "before" && reading.phase === "work" && now - seen > AWAY_MS) assert.equal(reading.count, 0);
  });
});

test("a pause costs nothing and gains nothing; ten seconds more are ten seconds", () => {
  eachRun((dice, { step, pace, tempo }, since) => {
    const at = since + between(dice, 0, 100_000);
    const long = between(dice, 0, 1_000_000);
    const clock = clockFrom(since);
    const was = read(step, pace, clock, at, tempo);
    const stopped = paused(clock, at);
    assert.deepEqual({ ...read(step, pace, stopped, at + long, tempo), paused: false }, was);
    assert.deepEqual(read(step, pace, unpaused(stopped, at + long), at + long, tempo), was);
    const longer = read(step, pace, more(step, clock, at), at, tempo);
    if (was.phase === "before" || (was.kind === "hold" && !was.over)) assert.equal(longer.left_s, was.left_s + 10);
    else if (was.kind === "hold") assert.equal(endOf(step, more(step, clock, at)), endOf(step, clock) + 10_000);
    else assert.deepEqual([longer.count, longer.breath_s, longer.t], [was.count, 10, was.t]);
  });
});

test("start now starts now", () => {
  eachRun((dice, { step, pace, tempo }, since) => {
    const at = since + between(dice, 0, step.before_s * 1000);
    const reading = read(step, pace, atOnce(step, clockFrom(since), at), at + 100, tempo);
    assert.equal(reading.phase, "work");
    assert.equal(reading.count, 0);
  });
});

test("figure, count and speech agree at every moment", () => {
  const words = new Words({ sayGo: "Go.", sayHold: "Hold.", sayHalf: "Half.", sayEnd: "Done.", sayRest: "Rest {s}.", sayReady: "{name}. {side}. {dose}.", sideLeft: "Left side", sideRight: "Right side", doseReps: "{n} repetitions", doseHold: "{n} seconds", doseLimit: "to the limit" });
  eachRun((dice, { step, pace, tempo }, since) => {
    let clock = clockFrom(since);
    let t = 0;
    let spoken = 0;
    for (let looks = 0; looks < 400 && t < 300_000; looks++) {
      const next = t + between(dice, 5, 2_000);
      if (dice() < 0.02 && !step.to_the_limit) clock = tapped(clock);
      const passed = marks(step, pace, clock, t, next, tempo).filter((mark) => mark.say === "count");
      for (const mark of passed) {
        spoken = Number(words.spoken(mark, step, "X"));
        // The number said is the number read at that very moment, and the figure is back at its start.
        const then = read(step, pace, clock, since + mark.t, tempo);
        assert.equal(spoken, then.count);
        assert.ok(then.share < 1e-6, `the figure is at ${then.share}`);
      }
      t = next;
    }
    const side = words.spoken({ say: "ready" }, step, "X");
    if (step.side !== "none") assert.ok(side.includes(step.side === "left" ? "Left side" : "Right side"));
  });
});

test("the beeps of a set are the same however the time is cut up", () => {
  eachRun((dice, { step, pace, tempo }, since) => {
    const clock = clockFrom(since);
    const end = between(dice, 10_000, 150_000);
    const cut = [];
    for (let t = -1; t < end; ) {
      const next = Math.min(t + between(dice, 1, 4_000), end);
      cut.push(...marks(step, pace, clock, t, next, tempo));
      t = next;
    }
    assert.deepEqual(cut, marks(step, pace, clock, -1, end, tempo));
    const hold = endOf(step, clock);
    if (hold !== null && hold <= end) assert.equal(cut.filter((mark) => mark.sound === "end").length, 1);
  });
});

test("the figure passes its far end when the words say hold, and never jumps back within a repetition", () => {
  eachRun((dice, { step, pace, tempo }, since) => {
    if (!pace || step.reps === null) return;
    const clock = clockFrom(since);
    const [up, hold, down] = phasesOf(step, pace, tempo);
    const begin = step.before_s * 1000;
    let last = -1;
    for (let t = 1; t < (up + hold + down) * 1000; t += 37) {
      const { share, part } = read(step, pace, clock, since + begin + t, tempo);
      assert.ok(share >= last - 1e-9 && share >= 0 && share <= 1);
      assert.equal(part, t < up * 1000 ? 0 : t < (up + hold) * 1000 ? 1 : 2);
      last = share;
    }
  });
});

/** A device: true time goes on; one clock stands still while it sleeps, the other is set by hand now and then. */
class Device {
  at = 1.7e12;
  slept = 0;
  set = 0;

  constructor() {
    Object.defineProperty(performance, "now", { value: () => this.at - 1.7e12 - this.slept, configurable: true });
    Date.now = () => this.at + this.set;
  }

  run(ms) {
    this.at += ms;
  }

  sleep(ms) {
    this.at += ms;
    this.slept += ms;
  }

  seen(visible) {
    document.visibilityState = visible ? "visible" : "hidden";
    document.dispatchEvent(new Event("visibilitychange"));
  }
}

test("a device that sleeps under the clock, or is set while it is looked at, shows the same time as one that did not", () => {
  const real = [performance.now, Date.now];
  eachRun((dice) => {
    const device = new Device();
    device.seen(true);
    const moments = new Moments();
    const clock = clockFrom(moments.now());
    const began = device.at;
    const step = { before: "rest", before_s: 3_600, reps: 10, hold_s: null, side: "left", to_the_limit: false };
    for (let turn = 0; turn < 30; turn++) {
      const luck = dice();
      if (luck < 0.5) device.run(between(dice, 1, 20_000));
      else if (luck < 0.7) {
        // Set by hand while it is seen; put right again before the screen is turned off.
        device.set = between(dice, -3_600_000, 3_600_000);
        device.run(between(dice, 1, 3_000));
        assert.ok(Math.abs(moments.now() - clock.since - (device.at - began)) <= 50);
        device.set = 0;
      } else {
        device.seen(false);
        device.run(between(dice, 0, 9_000));
        device.sleep(dice() < 0.5 ? 0 : between(dice, 1, 60_000));
        device.seen(true);
      }
      const { t, left_s } = read(step, null, clock, moments.now());
      assert.ok(Math.abs(t - (device.at - began)) <= 50, `off by ${t - (device.at - began)} ms`);
      assert.equal(left_s, Math.ceil((3_600_000 - t) / 1000 - 1e-6));
    }
  });
  Object.defineProperty(performance, "now", { value: real[0], configurable: true });
  Date.now = real[1];
});
