// The diary: sends what waits on this device, and shows what was kept aside. The page itself needs no script.

import { dangerIsUnsent } from "../../visit/unsent_danger.js";
import { openQueue } from "./queue.js";

/** While danger is unsent no move is named here either; what was kept aside stays within reach. */
async function nameNoMove() {
  if (!(await dangerIsUnsent())) return;
  for (const part of document.querySelectorAll("#stretch, [data-names-moves]")) part.hidden = true;
  const note = document.querySelector('[data-part="closed-note"]');
  note.hidden = false;
  note.querySelector("a").href = "/session";
}

addEventListener("pageshow", () => nameNoMove().catch(() => {}));
openQueue().catch(() => {});
