// Getting a session ready while there is a connection: the pack, its figures, and the page itself.

import { figureFiles } from "./stage.js";
import { today } from "./device.js";
import { exercisesOf } from "./route.js";

const FIGURES = "weaklink-figures";
const PATIENCE_MS = 8_000;

// What stands in the way of a session, by the key a refusal names; any other: there is no plan.
const IN_THE_WAY = { episode: "erased", "query.date": "clock" };

/** The answer for today; null without a connection. */
export async function fetchToday(wishes = {}) {
  const query = new URLSearchParams({ date: today(), ...wishes });
  try {
    const response = await fetch(`/api/v1/sessions/today?${query}`, { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (response.status === 409) {
      const { key } = await response.json();
      return { why_not: IN_THE_WAY[key] ?? "no-plan", pack: null, closing: null, changes: [] };
    }
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

/** The session that was begun somewhere and not ended, and whether the one this device has did; null without a connection. */
export async function fetchOpen(session = "") {
  try {
    const response = await fetch(`/api/v1/sessions/open?${new URLSearchParams({ session })}`, { signal: AbortSignal.timeout(PATIENCE_MS) });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

/** Where the figures of some packs are; kept, and their files with them. */
export async function fetchFigures(port, packs) {
  const moves = new Set(packs.flatMap(exercisesOf));
  const query = new URLSearchParams({ moves: [...moves].join(",") });
  const response = await fetch(`/session/figures?${query}`);
  if (!response.ok) return null;
  const figures = await response.json();
  await port.put("figures", { packs: packs.map(({ id }) => id), figures });
  keepFiles(figureFiles(figures)).catch(() => {}); // without them the still or the words remain
  return figures;
}

/** Puts files into the cache the service worker answers from; what is there is not fetched again. */
async function keepFiles(addresses) {
  if (!window.caches) return;
  const cache = await caches.open(FIGURES);
  const wanted = new Set(addresses.map((address) => new URL(address, location.href).href));
  for (const request of await cache.keys()) if (!wanted.has(request.url)) await cache.delete(request);
  for (const address of addresses) if (!(await cache.match(address))) await cache.add(address).catch(() => {});
}

/** Nothing of the plan stays on the device. */
export async function forgetFiles() {
  if (window.caches) await caches.delete(FIGURES);
}

/** Makes the page work without a connection where the browser allows it. */
export async function settleIn() {
  if (!("serviceWorker" in navigator) || !window.isSecureContext) return false;
  try {
    await navigator.serviceWorker.register("/service-worker.js", { scope: "/", updateViaCache: "none" });
    await navigator.serviceWorker.ready;
    await navigator.storage?.persist?.();
    return true;
  } catch {
    return false;
  }
}
