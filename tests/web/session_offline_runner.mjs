// One device with the real modules and no browser: pages that are killed, a network that is cut before or after the
// server has heard, clocks that are set, pages that show an old state. Prints what was kept on the device.
import { pathToFileURL } from "node:url";

const [, , folder, address, seedText, countText] = process.argv;
const at = (name) => import(new URL(name, pathToFileURL(`${folder}/`)));
const { act, beginSession, goesOn, turnClock } = await at("guide.js");
const { sync } = await at("outbox.js");
const { stepOf } = await at("rules.js");
const scheduler = await at("scheduler.js");
const { timeOfDay } = await at("device.js");

function chance(seed) {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

class Killed extends Error {}

/** The same port as the browser's, in memory; a kill in the middle of a change leaves nothing of it. */
class Disk {
  kept = new Map();
  outbox = [];
  ledger = [];
  number = 0;
  killChance = () => false;

  async get(name) {
    return structuredClone(this.kept.get(name));
  }
  async put(name, value) {
    this.kept.set(name, structuredClone(value));
  }
  async change(decide) {
    const outcome = structuredClone(decide(structuredClone(this.kept.get("session")) ?? null));
    if (this.killChance()) throw new Killed("in the middle");
    if (!outcome) return outcome;
    this.kept.set("session", outcome.session);
    for (const entry of outcome.entries) {
      this.outbox.push({ number: ++this.number, entry, episode: outcome.session.episode });
      this.ledger.push(entry);
    }
    if (this.killChance()) throw new Killed("right after");
    return outcome;
  }
  async waiting() {
    return structuredClone(this.outbox);
  }
  async sent(numbers) {
    if (this.killChance()) throw new Killed("before it was noted");
    this.outbox = this.outbox.filter((row) => !numbers.includes(row.number));
  }
  async refuse(number, why) {
    for (const row of this.outbox) if (row.number === number) row.refused = why;
  }
}

async function fetched(path, options) {
  const response = await fetch(address + path, options);
  return { status: response.status, body: await response.json() };
}

/** The network: there, cut before the server hears, or cut before its answer comes back. */
function network(dice, told) {
  return async (entries) => {
    const luck = dice();
    if (luck < 0.35) throw new Error("no connection");
    const answer = await fetched("/api/v1/diary", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ entries }) });
    told.posts += 1;
    if (luck < 0.6) {
      told.lostAnswers += 1;
      throw new Error("the answer was lost");
    }
    return answer;
  };
}

const EVENTS = [
  [40, (dice, step) => ({ type: "set-done", reps: step?.reps ?? null, hold_s: step?.hold_s ?? null })],
  [12, (dice) => ({ type: "effort", rir: Math.floor(dice() * 5) })],
  [10, (dice) => ({ type: "pain", pain: dice() < 0.85 ? Math.floor(dice() * 3) : 5, ...(dice() < 0.3 ? { of: "now" } : {}) })],
  [6, (dice) => ({ type: "hurts", rep: Math.floor(dice() * 9) })],
  [8, () => ({ type: "undo" })],
  [5, (dice) => ({ type: "skip", what: dice() < 0.8 ? "set" : "move" })],
  [1, () => ({ type: "finish", minutes: 12 })],
];

function pick(dice, step) {
  let left = dice() * EVENTS.reduce((sum, [weight]) => sum + weight, 0);
  for (const [weight, make] of EVENTS) if ((left -= weight) < 0) return make(dice, step);
  return { type: "undo" };
}

async function course(pack, seed) {
  const dice = chance(seed);
  const disk = new Disk();
  const told = { seed, kills: 0, stale: 0, posts: 0, lostAnswers: 0, pages: 0 };
  let clock = Date.now();
  const page = async () => {
    told.pages += 1;
    return { by: `p${told.pages}`, session: await disk.get("session") };
  };
  await beginSession(disk, pack, { id: `seed-${seed}-${Math.floor(clock)}`, by: "p0", now: clock });
  const pages = [await page(), await page()];
  const doing = async (which, event) => {
    const { by, session } = pages[which];
    clock += dice() < 0.05 ? Math.floor((dice() - 0.5) * 7_200_000) : Math.floor(dice() * 30_000);
    const answer = await act(disk, pack, event, { version: session.version, by, now: clock, at: timeOfDay(new Date(clock)) });
    if (answer.stale) told.stale += 1;
    if (answer.session) pages[which].session = answer.session;
  };
  for (const question of pack.questions) await doing(0, { type: "answer", question: question.id, answer: "no" });
  await doing(0, { type: "start", pain: Math.floor(dice() * 2), places: [] });
  disk.killChance = () => dice() < 0.03;
  const post = network(dice, told);
  for (let turn = 0; turn < 90; turn++) {
    const which = dice() < 0.7 ? 0 : 1;
    try {
      const state = pages[which].session?.state;
      if (dice() < 0.12) await Promise.all([sync(disk, post), ...(dice() < 0.4 ? [sync(disk, post)] : [])]);
      else if (dice() < 0.06) throw new Killed("the tab");
      else if (dice() < 0.1 && pages[which].session.clock) {
        const answer = await turnClock(disk, (one) => scheduler.paused(one, clock), { version: pages[which].session.version, now: clock });
        if (answer.session) pages[which].session = answer.session;
      } else await doing(which, pick(dice, state?.phase === "work" ? stepOf(pack, state) : null));
    } catch (problem) {
      if (!(problem instanceof Killed)) throw problem;
      told.kills += 1;
      pages[which] = await page();
      const { session } = pages[which];
      if (session.clock) scheduler.read(stepOf(pack, session.state), null, scheduler.resumed(stepOf(pack, session.state), session.clock, session.seen, clock), clock);
    }
    if (!goesOn(await disk.get("session"))) break;
  }
  disk.killChance = () => false;
  const online = network(() => 1, told);
  for (let tries = 0; tries < 5 && disk.outbox.length; tries++) await sync(disk, online);
  await sync(disk, online);
  return { ...told, phase: (await disk.get("session")).state.phase, left: disk.outbox, kept: disk.ledger };
}

const { body } = await fetched("/api/v1/sessions/today?anyway=true");
const found = [];
for (let n = 0; n < Number(countText); n++) found.push(await course(body.pack, Number(seedText) + n));
process.stdout.write(JSON.stringify(found));
