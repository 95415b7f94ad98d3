import { registerPagesWorker } from "#contract/pages-worker.ts";
import { whenIdle } from "#ui/parts/when-idle.ts";

const element = document.getElementById("tab");
if (!element) throw new Error("index.html has no #tab to mount in");

// Imported as federation does it, so that panes and standalone tabs fetch the same one file.
const { openStandalone } = await import("#app/mount.tsx");
openStandalone(element);
whenIdle(registerPagesWorker);
