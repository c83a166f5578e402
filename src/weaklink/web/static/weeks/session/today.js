// Today: sends what waits, and gets the session ready so that it starts without a connection.

import { fetchFigures, fetchToday, settleIn } from "./fetching.js";
import { goesOn } from "./guide.js";
import { openKeeping, readyName } from "./keeping.js";
import { Postman } from "./outbox.js";
import { formOf } from "./plurals.js";

const runSets = document.querySelector('[data-part="run-sets"]')?.dataset.sets.split(" ") ?? [];
const strip = document.querySelector('[data-part="sync"]');

function tell({ left }) {
  strip.hidden = left === 0;
  strip.textContent = formOf(strip.dataset.waiting, { n: left }, document.documentElement.lang).replace("{n}", left);
}

async function getReady() {
  const port = await openKeeping();
  await new Postman(port, tell).go();
  const kept = await port.get("session");
  if (goesOn(kept)) return;
  const found = await fetchToday();
  if (found?.closing) await port.forget();
  const packs = [found, ...(await Promise.all(runSets.map((around) => fetchToday({ around }))))].map((day) => day?.pack).filter(Boolean);
  if (packs.length === 0) return;
  for (const pack of packs) await port.put(readyName(pack.around), { pack });
  await settleIn();
  await fetchFigures(port, packs);
}

getReady().catch(() => {}); // the page says what to do today without any of this
