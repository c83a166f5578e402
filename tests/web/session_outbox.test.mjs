// The outbox against every answer a server, a proxy or a broken line can give: what is let go, kept aside, sent later.
import assert from "node:assert/strict";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

const at = (name) => import(new URL(name, pathToFileURL(`${process.env.SESSION_MODULES}/`)));
const { MOST, sync } = await at("outbox.js");
const { stripName } = await at("strip.js");

class Disk {
  constructor(entries) {
    this.rows = entries.map((entry, n) => ({ number: n + 1, entry, episode: `episode-${entry.of ?? 1}` }));
  }
  async waiting() {
    return structuredClone(this.rows);
  }
  async sent(numbers) {
    this.rows = this.rows.filter((row) => !numbers.includes(row.number));
  }
  async refuse(number, why) {
    this.rows.find((row) => row.number === number).refused = why;
  }
  get waits() {
    return this.rows.filter((row) => !row.refused).map((row) => row.entry.id);
  }
  get aside() {
    return this.rows.filter((row) => row.refused).map((row) => [row.entry.id, row.refused.reason]);
  }
}

const entries = (count) => Array.from({ length: count }, (_, n) => ({ id: `entry-${n}`, n }));

/** A server that judges each entry alone, as ours does; `fails(entries)` answers a status before that. */
function server({ odd = () => "", known = () => false, fails = () => 0 }) {
  const posts = [];
  const post = async (sent) => {
    posts.push(sent);
    const status = fails(sent);
    if (status) return { status, body: { detail: "no" } };
    const refused = sent.flatMap((entry, index) => (odd(entry) ? [{ id: entry.id, index, why: "why", reason: odd(entry) }] : []));
    const good = sent.filter((entry) => !odd(entry));
    const body = { kept: good.filter((e) => !known(e)).map((e) => e.id), known: good.filter(known).map((e) => e.id), refused, clashes: 1, closed: false };
    return { status: good.length ? 200 : 422, body };
  };
  return { post, posts };
}

test("an odd entry is kept aside with its reason and all others are let go", async () => {
  const disk = new Disk(entries(5));
  const { post, posts } = server({ odd: (e) => (e.n === 2 ? "time" : ""), known: (e) => e.n === 0 });
  const told = await sync(disk, post);

  assert.deepEqual([disk.waits, disk.aside, posts.length], [[], [["entry-2", "time"]], 1]);
  assert.deepEqual(told, { sent: 4, refused: 1, left: 0, clashes: 1, closed: false, failed: "" });
  await sync(disk, post);
  assert.equal(posts.length, 1);
});

test("where all are refused all are kept aside, and the next batch goes", async () => {
  const disk = new Disk(entries(MOST + 3));
  const { post } = server({ odd: (e) => (e.n < MOST ? "number" : "") });
  const told = await sync(disk, post);

  assert.deepEqual([disk.waits.length, disk.aside.length, told.sent], [0, MOST, 3]);
});

test("two versions of one id have fates of their own", async () => {
  const disk = new Disk([{ id: "one", n: 1 }, { id: "one", n: 2 }]);
  await sync(disk, server({ odd: (e) => (e.n === 2 ? "text" : "") }).post);

  assert.deepEqual([disk.waits, disk.aside], [[], [["one", "text"]]]);
});

test("every entry is sent with the episode it was written in", async () => {
  const disk = new Disk([{ id: "old", of: 1 }, { id: "new", of: 2 }]);
  disk.rows.push({ number: 9, entry: { id: "older" } });
  const { post, posts } = server({});
  await sync(disk, post);

  assert.deepEqual(posts[0].map((entry) => [entry.id, entry.episode]), [["old", "episode-1"], ["new", "episode-2"], ["older", ""]]);
});

for (const status of [401, 403, 404, 409, 429, 502, 503, 504, 507]) {
  test(`${status} keeps everything and is said, in one post`, async () => {
    const disk = new Disk(entries(4));
    const { post, posts } = server({ fails: () => status });
    const told = await sync(disk, post);

    assert.deepEqual([disk.waits.length, disk.aside, posts.length], [4, [], 1]);
    assert.deepEqual([told.failed, told.left], [`status-${status}`, 4]);
    assert.equal(stripName(told, 0), { 401: "unpaired", 507: "full" }[status] ?? "notTaken");
  });
}

test("without a connection everything stays", async () => {
  const disk = new Disk(entries(2));
  const told = await sync(disk, () => Promise.reject(new Error("offline")));

  assert.deepEqual([disk.waits.length, told.failed, stripName(told, 0)], [2, "no-connection", "waiting"]);
});

for (const status of [400, 500]) {
  test(`one entry that makes the server answer ${status} waits by itself and blocks no other`, async () => {
    const disk = new Disk(entries(200));
    const { post, posts } = server({ fails: (sent) => (sent.some((e) => e.n === 130) ? status : 0) });
    const told = await sync(disk, post);

    assert.deepEqual([disk.waits, disk.aside, told.sent, told.failed], [["entry-130"], [], 199, "status-500"]);
    assert.ok(posts.length < 30);
  });

  test(`a server that answers ${status} to everything is not asked for each entry`, async () => {
    const disk = new Disk(entries(200));
    const { post, posts } = server({ fails: () => status });
    await sync(disk, post);

    assert.equal(disk.waits.length, 200);
    assert.ok(posts.length < 20, String(posts.length));
  });
}

test("a batch that is too large goes in parts; one that is so alone is kept aside", async () => {
  const disk = new Disk(entries(9));
  const { post } = server({ fails: (sent) => (sent.length > 3 || sent.some((e) => e.n === 4) ? 413 : 0) });
  const told = await sync(disk, post);

  assert.deepEqual([disk.waits, disk.aside, told.sent], [[], [["entry-4", "text"]], 8]);
});

test("an answer that tells of no entry lets go of none", async () => {
  for (const body of [null, {}, { kept: 3, known: 0 }, { kept: [], known: [], refused: [] }]) {
    const disk = new Disk(entries(3));
    const told = await sync(disk, async () => ({ status: 200, body }));
    assert.deepEqual([disk.waits.length, told.failed], [3, "status-200"]);
  }
});

test("the strip says what was kept aside before anything else", () => {
  assert.equal(stripName({ left: 3, clashes: 1, failed: "status-507" }, 1), "refused");
  assert.equal(stripName({ left: 0, clashes: 1 }, 0), "clashes");
  assert.equal(stripName({ left: 0 }, 0), "");
});
