// Unsent danger: what was said on this device before or in a session, leads to somebody who should look at it or to
// questions about a new place, and has not reached the computer yet. Until it has, the computer's pages are too old.

export const STORE = "weaklink-session";
export const KEPT = "kept";
export const OUTBOX = "outbox";

/**
 * Whether the kept session ended so and something of it still waits. What was refused and kept aside waits as well,
 * unless its plan is gone: another one begins with its own safety questions.
 */
export function dangerWaits(session, waiting) {
  if (!["closed", "not-today"].includes(session?.state.phase)) return false;
  const mine = waiting.filter(({ entry, refused }) => entry?.session === session.state.session && refused?.reason !== "episode");
  return mine.length > 0 && (Boolean(session.closing) || mine.some(({ entry }) => entry.new_places?.length > 0));
}

/** The same for what this device keeps. Asking makes no store where there is none. */
export async function dangerIsUnsent() {
  const db = await opened();
  if (!db) return false;
  try {
    const work = db.transaction([KEPT, OUTBOX]);
    const [session, waiting] = await Promise.all([asked(work.objectStore(KEPT).get("session")), asked(work.objectStore(OUTBOX).getAll())]);
    return dangerWaits(session, waiting);
  } finally {
    db.close();
  }
}

/** The store of this device; null where there is none. */
function opened() {
  const request = indexedDB.open(STORE);
  request.onupgradeneeded = () => request.transaction.abort(); // never there: it is not begun here
  return asked(request).catch(() => null);
}

function asked(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
