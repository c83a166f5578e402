// The queue of this device on a page: sends what waits, says how much is left, and shows what was kept aside.

import { showAside } from "./aside.js";
import { openKeeping } from "./keeping.js";
import { Postman } from "./outbox.js";
import { showStrip } from "./strip.js";
import { Words } from "./words.js";

/** The port to what this device keeps, once everything that may be sent was sent. `sent` is called after a round that sent some. */
export async function openQueue(sent = () => {}) {
  const port = await openKeeping();
  const strip = document.querySelector('[data-part="sync"]');
  const words = new Words(strip.dataset, document.documentElement.lang);
  const tell = async (told) => {
    const aside = (await port.waiting()).filter((row) => row.refused);
    if (told.sent) sent();
    const listed = showAside(port, aside, () => tell({ ...told, clashes: 0 }));
    showStrip(strip, (name, values) => words.get(name, values), { ...told, clashes: 0 }, listed ? 0 : aside.length);
  };
  await new Postman(port, tell).go();
  return port;
}
