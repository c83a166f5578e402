// What the session keeps on this device: the pack, where one is, and what was not sent yet. IndexedDB, one database.
//
// A port: get(name), put(name, value), change(decide), tell(entry, episode), waiting(), sent(numbers), refuse(number, why), drop(number),
// forget(), clear().
// `change` reads the session, lets `decide` work out the next one, and writes it with its entries in one
// transaction: two pages, or a page that is killed, never keep half of it.

import { KEPT, OUTBOX, STORE } from "../../visit/unsent_danger.js";

/** Where a pack that is ready is kept: the day's training, or the stretches before or after a run. */
export const readyName = (around = "") => (around ? `ready ${around}` : "ready");
const OF_PLAN = ["pack", "figures", "ready", readyName("before-run"), readyName("after-run")];

export async function openKeeping(name = STORE) {
  const db = await asked(opening(name));
  db.onversionchange = () => db.close();
  return new Keeping(db);
}

function opening(name) {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(KEPT);
    request.result.createObjectStore(OUTBOX, { keyPath: "number", autoIncrement: true }).createIndex("id", "entry.id");
  };
  return request;
}

class Keeping {
  #db;

  constructor(db) {
    this.#db = db;
  }

  async get(name) {
    return asked(this.#db.transaction(KEPT).objectStore(KEPT).get(name));
  }

  async put(name, value) {
    const work = this.#writing([KEPT]);
    work.objectStore(KEPT).put(value, name);
    return done(work);
  }

  /** `decide(session)` answers { session, entries, … } or null for no change; it must not wait for anything. */
  async change(decide) {
    const work = this.#writing([KEPT, OUTBOX]);
    const kept = work.objectStore(KEPT);
    let outcome = null;
    const reading = kept.get("session");
    reading.onsuccess = () => {
      outcome = decide(reading.result ?? null);
      if (!outcome) return;
      if (outcome.forget) for (const name of OF_PLAN) kept.delete(name);
      kept.put(outcome.session, "session");
      for (const entry of outcome.entries) work.objectStore(OUTBOX).add({ entry, episode: outcome.session.episode });
    };
    await done(work);
    return outcome;
  }

  /** Keeps an entry that belongs to no session, to be sent later. */
  async tell(entry, episode) {
    const work = this.#writing([OUTBOX]);
    work.objectStore(OUTBOX).add({ entry, episode });
    return done(work);
  }

  /** Everything that was not sent, oldest first: [{ number, entry, episode, refused }]. */
  async waiting() {
    return asked(this.#db.transaction(OUTBOX).objectStore(OUTBOX).getAll());
  }

  async sent(numbers) {
    const work = this.#writing([OUTBOX]);
    for (const number of numbers) work.objectStore(OUTBOX).delete(number);
    return done(work);
  }

  /** An entry the server will never take is kept aside with its reason, { why, reason }, and shown. */
  async refuse(number, why) {
    const work = this.#writing([OUTBOX]);
    const rows = work.objectStore(OUTBOX);
    const reading = rows.get(number);
    reading.onsuccess = () => reading.result && rows.put({ ...reading.result, refused: why });
    return done(work);
  }

  /** The runner wants one that was kept aside gone. */
  async drop(number) {
    return this.sent([number]);
  }

  /** Nothing of the plan stays; what was not sent does. */
  async forget() {
    const work = this.#writing([KEPT]);
    for (const name of [...OF_PLAN, "session", "seen"]) work.objectStore(KEPT).delete(name);
    return done(work);
  }

  async clear() {
    const work = this.#writing([KEPT, OUTBOX]);
    for (const store of [KEPT, OUTBOX]) work.objectStore(store).clear();
    return done(work);
  }

  close() {
    this.#db.close();
  }

  #writing(stores) {
    return this.#db.transaction(stores, "readwrite", { durability: "strict" });
  }
}

function asked(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("another page holds an older database"));
  });
}

function done(work) {
  return new Promise((resolve, reject) => {
    work.oncomplete = () => resolve();
    work.onabort = () => reject(work.error ?? new Error("nothing was kept"));
    work.onerror = () => reject(work.error);
  });
}
