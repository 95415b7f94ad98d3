import { fileURLToPath } from "node:url";

const at = (path: string) => fileURLToPath(new URL(`../sync/${path}`, import.meta.url));

/** The doors of `tandem-sync` as one that is installed has them, for code that uses nothing else of ours. Also in `tsconfig.json`. */
export const packageDoors = [
  { find: /^tandem-sync$/, replacement: at("index.ts") },
  { find: /^tandem-sync\/http$/, replacement: at("http.ts") },
  { find: /^tandem-sync\/testing$/, replacement: at("testing.ts") },
];
