import type { Plugin } from "vite";

const entry = /^virtual:mf-REMOTE_ENTRY_ID:/;
const starts = {
  /** Awaited before the page's own code. */
  initHost: /^\0virtual:mf:.*__hostAutoInit__/,
  preloadPendingShares: /^\0virtual:mf:.*__pendingShares__/,
};

/**
 * A remote that shares nothing has nothing to negotiate: its entry is `init`, which does nothing, and `get`. Put
 * after `federation({ shared: {} })`, whose own entry and start bring the whole federation runtime. The build fails
 * when there is nothing to replace, as after an update that names these modules anew.
 */
export function lightContainer(): Plugin {
  let replaced = new Set<RegExp>();
  return {
    name: "light-container",
    apply: "build",
    enforce: "post",
    buildStart() {
      replaced = new Set();
    },
    transform: {
      order: "post",
      filter: { id: [entry, ...Object.values(starts)] },
      handler(code, id) {
        for (const [name, start] of Object.entries(starts)) {
          if (!start.test(id)) continue;
          replaced.add(start);
          return { code: `export async function ${name}() {}`, map: null };
        }
        const exposes = /"(virtual:mf-exposes:[^"]+)"/.exec(code)?.[1];
        if (!exposes) return null;
        replaced.add(entry);
        return { code: containerOf(exposes), map: null };
      },
    },
    buildEnd(error) {
      if (error || replaced.size === 3) return;
      this.error("@module-federation/vite has no entry or no start of the kind that this replaces");
    },
  };
}

const containerOf = (exposes: string) => `
import exposes from "${exposes}";
export function init() {}
export async function get(name) {
  if (!Object.hasOwn(exposes, name)) throw new Error("There is no module " + name);
  const module = await exposes[name]();
  return () => module;
}
`;
