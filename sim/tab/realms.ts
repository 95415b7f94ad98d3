import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as react from "react";
import * as jsxRuntime from "react/jsx-runtime";
import { build } from "vite";
import * as zod from "zod";
import * as zodMini from "zod/mini";
import type { FileSubstitution } from "../source/by-file.ts";
import { root } from "../source/sources.ts";
import { type ChangedFile, type Substitution, substitute } from "../source/substitute.ts";

type RealmModule = typeof import("./realm-entry.ts");

/** The globals of one page, as its code sees them. */
export type Globals = Readonly<Record<(typeof globalNames)[number], unknown>>;

const globalNames = [
  "setTimeout",
  "clearTimeout",
  "setInterval",
  "clearInterval",
  "queueMicrotask",
  "Date",
  "Math",
  "fetch",
  "EventSource",
  "BroadcastChannel",
  "window",
  "document",
  "navigator",
  "crypto",
  "console",
] as const;

/** One instance of all the modules of a tab, as a browser makes one for each page. */
export interface Realm {
  readonly code: RealmModule;
  /** The page that its globals belong to now. */
  globals: Globals;
}

export interface Realms {
  take(globals: Globals): Realm;
  /** For another page to use, once nothing of the last one can run any more. */
  giveBack(realm: Realm): void;
}

/** Changes that the ledger of a tab remembers. */
export const ledgerCapacity = 60;

/** A small memory, so that its limit is met within a schedule. */
const scale: Substitution = {
  within: "createLedger",
  search: "capacity = 2000",
  replace: `capacity = ${ledgerCapacity}`,
};

/** Stateless, so that all realms share them. */
const shared: Readonly<Record<string, unknown>> = {
  react,
  "react/jsx-runtime": jsxRuntime,
  zod,
  "zod/mini": zodMini,
};

/** Bundles the tab's code once, with its globals as parameters, to be run any number of times. */
export async function createRealms(
  substitutions: readonly (Substitution | FileSubstitution)[] = [],
): Promise<Realms> {
  const code = await bundle(substitute([scale, ...substitutions]));
  const instantiate = new Function(
    "require",
    "exports",
    "module",
    "globalThis",
    ...globalNames,
    code,
  );
  const free: Realm[] = [];

  function create(globals: Globals): Realm {
    const realm = { globals } as { globals: Globals; code: RealmModule };
    const delegates = globalNames.map((name) => delegate(name, () => realm.globals[name]));
    const everything = Object.create(
      globalThis,
      Object.fromEntries(globalNames.map((name, at) => [name, { value: delegates[at] }])),
    );
    const module = { exports: {} };
    instantiate((name: string) => shared[name], module.exports, module, everything, ...delegates);
    realm.code = module.exports as RealmModule;
    return realm;
  }

  return {
    take(globals) {
      const realm = free.pop();
      if (!realm) return create(globals);
      realm.globals = globals;
      return realm;
    },
    giveBack: (realm) => void free.push(realm),
  };
}

/** Stands for a global of whichever page the realm belongs to. */
function delegate(name: string, target: () => unknown): unknown {
  const held = () => target() as object;
  if (/^[a-z]+[A-Z]|^fetch$/.test(name))
    return (...args: unknown[]) => (target() as (...args: unknown[]) => unknown)(...args);
  return new Proxy(class {}, {
    get: (_, key) => Reflect.get(held(), key),
    construct: (_, args) => Reflect.construct(held() as new () => object, args),
  });
}

async function bundle(changed: readonly ChangedFile[]): Promise<string> {
  const missing = new Map(changed.map(({ path, text }) => [join(root, path), text]));
  const result = await build({
    configFile: false,
    logLevel: "error",
    root,
    plugins: [
      {
        name: "substitute",
        load(id: string) {
          const code = missing.get(id);
          missing.delete(id);
          return code === undefined ? null : { code, map: null };
        },
        enforce: "pre",
      },
    ],
    build: {
      write: false,
      minify: false,
      target: "node20",
      rollupOptions: {
        input: fileURLToPath(new URL("realm-entry.ts", import.meta.url)),
        preserveEntrySignatures: "strict",
        external: Object.keys(shared),
        output: { format: "cjs" },
      },
    },
  });
  if (missing.size > 0) throw new Error(`${[...missing.keys()].join(", ")}: no part of a tab`);
  const [output] = Array.isArray(result) ? result : [result];
  const chunk = output && "output" in output ? output.output[0] : undefined;
  if (!chunk) throw new Error("The tab's code made no bundle");
  return chunk.code;
}
