// Today: sends what waits, and gets the session ready so that it starts without a connection.

import { fetchFigures, fetchToday, settleIn } from "./fetching.js";
import { goesOn } from "./guide.js";
import { openKeeping } from "./keeping.js";
import { Postman } from "./outbox.js";

const strip = document.querySelector('[data-part="sync"]');

function tell({ left }) {
  strip.hidden = left === 0;
  strip.textContent = strip.dataset.waiting.replace("{n}", left);
}

async function getReady() {
  const port = await openKeeping();
  await new Postman(port, tell).go();
  const kept = await port.get("session");
  if (goesOn(kept)) return;
  const found = await fetchToday();
  if (found?.closing) await port.forget();
  if (!found?.pack) return;
  await port.put("ready", { pack: found.pack, at: Date.now() });
  await settleIn();
  await fetchFigures(port, found.pack);
}

getReady().catch(() => {}); // the page says what to do today without any of this
