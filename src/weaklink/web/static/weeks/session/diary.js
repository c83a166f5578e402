// The diary: sends what waits on this device, and shows what was kept aside. The page itself needs no script.

import { openQueue } from "./queue.js";

openQueue().catch(() => {});
