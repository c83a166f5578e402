// Without a connection: the session that is kept here, and what is in the way, said now and sent later.

import { newId, timeOfDay } from "./device.js";
import { goesOn } from "./guide.js";
import { readyName } from "./keeping.js";
import { openQueue } from "./queue.js";

const RESTS = new Set(["fever", "illness"]);
const AROUND = ["", "before-run", "after-run"];

async function begin() {
  const port = await openQueue();
  const [kept, ready, pack] = await Promise.all(["session", readyName(), "pack"].map((name) => port.get(name)));
  const episode = (goesOn(kept) ? kept.episode : ready?.pack?.episode) ?? pack?.episode ?? "";
  document.querySelector('[data-part="kept"]').hidden = !ready?.pack && !goesOn(kept);
  const ways = document.querySelector('[data-part="ways"]');
  ways.hidden = false;
  ways.addEventListener("click", async ({ target }) => {
    const why = target.closest("button")?.value;
    if (!why) return;
    await port.tell({ kind: "away", id: newId(), at: timeOfDay(), why }, episode);
    // What was got ready before is no session any more.
    if (RESTS.has(why)) for (const around of AROUND) await port.put(readyName(around), null);
    document.querySelector('[data-part="kept"]').hidden ||= RESTS.has(why) && !goesOn(kept);
    ways.hidden = true;
    document.querySelector('[data-part="said"]').hidden = false;
  });
}

addEventListener("online", () => location.assign("/today"));
begin().catch(() => {}); // the page says where one is without any of this
