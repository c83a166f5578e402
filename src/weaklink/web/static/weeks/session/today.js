// Today: sends what waits, and gets the session ready so that it starts without a connection.

import { fetchFigures, fetchToday, settleIn } from "./fetching.js";
import { goesOn } from "./guide.js";
import { readyName } from "./keeping.js";
import { openQueue } from "./queue.js";

const runSets = document.querySelector('[data-part="run-sets"]')?.dataset.sets.split(" ") ?? [];

async function getReady() {
  // The page was made before the computer knew: it is made again, now that nothing is left to send of it.
  const port = await openQueue(() => location.reload());
  const kept = await port.get("session");
  if (goesOn(kept)) return;
  const found = await fetchToday();
  if (found?.closing) await port.forget();
  // A session that was got ready before is none any more where life is in the way now.
  if (found?.away && !found.pack) for (const around of ["", "before-run", "after-run"]) await port.put(readyName(around), null);
  const packs = [found, ...(await Promise.all(runSets.map((around) => fetchToday({ around }))))].map((day) => day?.pack).filter(Boolean);
  if (packs.length === 0) return;
  for (const pack of packs) await port.put(readyName(pack.around), { pack });
  await settleIn();
  await fetchFigures(port, packs);
}

getReady().catch(() => {}); // the page says what to do today without any of this
