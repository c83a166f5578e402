// The way home for what was kept: batches with backoff, once each. Only what the server said it has is let go.
//
// Every entry names the episode it was written in. One the server cannot keep is kept aside, with its reason, and no
// other waits for it; whatever else goes wrong, all stays on the device and is sent later.

export const MOST = 200;
const FIRST_MS = 1_000;
const LONGEST_MS = 60_000;
const PATIENCE_MS = 60_000;
// Here the batch itself may be the cause: it is sent in halves, down to single entries.
const BY_HALVES = new Set([400, 413, 422, 500]);
const NEVER = new Set([413, 422]); // alone, an entry refused in this way is refused for good
const MOST_STUCK = 3; // so many single entries fail only where the server itself does

/** Sends what waits. `post(entries)` answers { status, body } and throws where there is no connection. */
export async function sync(port, post) {
  const rows = (await port.waiting()).filter((row) => !row.refused);
  const round = { port, post, sent: 0, refused: 0, stuck: 0, clashes: 0, closed: false, failed: "" };
  for (let from = 0; from < rows.length && !round.failed; from += MOST) await send(round, rows.slice(from, from + MOST));
  const { sent, refused, clashes, closed, failed, stuck } = round;
  return { sent, refused, left: rows.length - sent - refused, clashes, closed, failed: failed || (stuck ? "status-500" : "") };
}

async function send(round, rows) {
  const answer = await round.post(rows.map(({ entry, episode }) => ({ ...entry, episode: episode ?? "" }))).catch(() => null);
  if (!answer) round.failed = "no-connection";
  else if (tellsEach(answer)) await settle(round, rows, answer);
  else if (!BY_HALVES.has(answer.status)) round.failed = `status-${answer.status}`;
  else if (rows.length > 1) await halves(round, rows);
  else await alone(round, rows[0], answer);
}

/** Whether an answer says of every entry what became of it. */
const tellsEach = ({ status, body }) => [200, 422].includes(status) && [body?.kept, body?.known, body?.refused].every(Array.isArray);

async function settle(round, rows, { status, body: { kept, known, refused, clashes, closed } }) {
  const there = new Set([...kept, ...known]);
  const aside = new Map(refused.filter((one) => rows[one.index]).map((one) => [rows[one.index], one]));
  const sent = rows.filter((row) => !aside.has(row) && there.has(row.entry.id));
  await round.port.sent(sent.map((row) => row.number));
  for (const [row, { why, reason }] of aside) await round.port.refuse(row.number, { why, reason });
  round.sent += sent.length;
  round.refused += aside.size;
  if (sent.length + aside.size < rows.length) round.failed = `status-${status}`;
  round.clashes = clashes ?? round.clashes;
  round.closed = closed ?? round.closed;
}

async function halves(round, rows) {
  const middle = Math.ceil(rows.length / 2);
  for (const half of [rows.slice(0, middle), rows.slice(middle)]) if (!round.failed) await send(round, half);
}

async function alone(round, row, { status, body }) {
  if (NEVER.has(status)) {
    await round.port.refuse(row.number, { why: body?.detail ?? String(status), reason: status === 413 ? "text" : "unreadable" });
    round.refused += 1;
  } else if (++round.stuck === MOST_STUCK) round.failed = `status-${status}`;
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
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  return { status: response.status, body: await response.json().catch(() => null) };
}

/** Keeps trying: now, when the connection is back, when the page is seen again, and after ever longer waits. */
export class Postman {
  #tries = 0;
  #timer = 0;
  #running = null;
  #again = false;

  constructor(port, tell) {
    this.port = port;
    this.tell = tell;
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
    const work = () => sync(this.port, postDiary);
    const told = navigator.locks ? await navigator.locks.request("weaklink-diary", work) : await work();
    this.tell(told);
    if (told.failed) this.#timer = setTimeout(() => this.go(), waitFor(this.#tries++));
    else this.#tries = 0;
    return told;
  }
}
