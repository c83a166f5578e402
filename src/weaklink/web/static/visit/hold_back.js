// Holds a page back while danger that was said on this device is unsent: whom to see stands in the session's page.

import { dangerIsUnsent } from "./unsent_danger.js";

async function look() {
  if (await dangerIsUnsent()) location.replace("/session");
}

const safely = () => look().catch(() => {}); // a device that keeps nothing has nothing unsent

safely();
// Said in another tab, or before this page came back from the history.
if (window.BroadcastChannel) new BroadcastChannel("weaklink-session").addEventListener("message", safely);
addEventListener("pageshow", ({ persisted }) => persisted && safely());
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && safely());
