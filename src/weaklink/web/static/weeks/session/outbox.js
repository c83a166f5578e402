// The way home for what was kept: batches with backoff, once each. Only what the server said it has is let go.

export const MOST = 200;
const FIRST_MS = 1_000;
const LONGEST_MS = 60_000;

/** Sends what waits. `post(entries)` answers { status, body } and throws where there is no connection. */
export async function sync(port, post, episode) {
  const all = (await port.waiting()).filter((row) => !row.refused);
  const rows = episode ? all.filter((row) => row.episode === episode) : all;
  const told = { sent: 0, left: all.length, clashes: 0, closed: false, failed: "" };
  for (let from = 0; from < rows.length; from += MOST) {
    const outcome = await sendAll(port, post, rows.slice(from, from + MOST).map((row) => row.entry));
    told.sent += outcome.sent;
    told.left -= outcome.sent + outcome.refused;
    told.clashes = outcome.clashes ?? told.clashes;
    told.closed = outcome.closed ?? told.closed;
    if (outcome.failed) return { ...told, failed: outcome.failed };
  }
  return told;
}

async function sendAll(port, post, entries) {
  let answer;
  try {
    answer = await post(entries);
  } catch {
    return { sent: 0, refused: 0, failed: "no-connection" };
  }
  if (answer.status === 200) {
    await port.sent(entries.map((entry) => entry.id));
    return { sent: entries.length, refused: 0, clashes: answer.body.clashes, closed: answer.body.closed };
  }
  if (answer.status !== 422) return { sent: 0, refused: 0, failed: `status-${answer.status}` };
  if (entries.length > 1) return halves(port, post, entries);
  await port.refuse(entries[0].id, answer.body?.detail ?? "422");
  return { sent: 0, refused: 1 };
}

/** One entry that cannot be read must not hold back the others. */
async function halves(port, post, entries) {
  const middle = Math.floor(entries.length / 2);
  const first = await sendAll(port, post, entries.slice(0, middle));
  if (first.failed) return first;
  const second = await sendAll(port, post, entries.slice(middle));
  return { ...first, ...second, sent: first.sent + second.sent, refused: first.refused + second.refused };
}

/** How long to wait before the next try, with a little chance so that phones do not all come at once. */
export function waitFor(tries, chance = Math.random()) {
  return Math.min(FIRST_MS * 2 ** tries, LONGEST_MS) * (0.75 + chance / 2);
}

/** Sends over the network. */
export async function postDiary(entries) {
  const response = await fetch("/api/v1/diary", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ entries }),
  });
  return { status: response.status, body: await response.json().catch(() => null) };
}

/** Keeps trying: now, when the connection is back, when the page is seen again, and after ever longer waits. */
export class Postman {
  #tries = 0;
  #timer = 0;
  #running = null;
  #again = false;

  constructor(port, tell, episode = () => "") {
    this.port = port;
    this.tell = tell;
    this.episode = episode;
    addEventListener("online", () => this.hurry());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.hurry());
  }

  hurry() {
    this.#tries = 0;
    return this.go();
  }

  /** One page sends at a time; what comes meanwhile goes in the next round. */
  async go() {
    if (this.#running) {
      this.#again = true;
      return this.#running;
    }
    clearTimeout(this.#timer);
    this.#running = this.#locked().finally(() => (this.#running = null));
    const told = await this.#running;
    if (this.#again) {
      this.#again = false;
      return this.go();
    }
    return told;
  }

  async #locked() {
    const work = () => sync(this.port, postDiary, this.episode());
    const told = navigator.locks ? await navigator.locks.request("weaklink-diary", work) : await work();
    this.tell(told);
    if (told.failed) this.#timer = setTimeout(() => this.go(), waitFor(this.#tries++));
    else this.#tries = 0;
    return told;
  }
}
