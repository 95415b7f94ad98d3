import * as react from "react";
import * as jsxRuntime from "react/jsx-runtime";
import * as zod from "zod";
import * as zodMini from "zod/mini";
import { type Substitution, substitute } from "../source/substitute.ts";
import { bundle } from "./bundle.ts";

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
  "performance",
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
  /** Of the page that has the realm now. */
  globals: Globals;
}

export interface Realms {
  acquire(globals: Globals): Realm;
  /** Frees the realm for another page, once no code of the last one can run in it. */
  release(realm: Realm): void;
}

/** Changes that the ledger of a tab remembers: few, so that the limit is met within a schedule. */
export const ledgerCapacity = 60;
/** Changes of one slice, and how many may wait: few, so that what arrives at once is often more. */
const scale: readonly Substitution[] = [
  {
    within: "createLedger",
    search: "capacity = 2000",
    replace: `capacity = ${ledgerCapacity}`,
  },
  // Of six accounts a list has several pages.
  { within: "accountListQuery", search: "pageSize: 50", replace: "pageSize: 2" },
  { within: "createInbox", search: "size = 200", replace: "size = 2" },
  { within: "createInbox", search: "limit = 2000", replace: "limit = 12" },
];

/** Modules without state, which all realms share. */
const shared: Readonly<Record<string, unknown>> = {
  react,
  "react/jsx-runtime": jsxRuntime,
  zod,
  "zod/mini": zodMini,
};

/** Bundles the code of a tab once, as a function of its globals, to be run for any number of realms. */
export async function createRealms(substitutions: readonly Substitution[] = []): Promise<Realms> {
  const code = await bundle(substitute([...scale, ...substitutions]), Object.keys(shared));
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
    acquire(globals) {
      const realm = free.pop();
      if (!realm) return create(globals);
      realm.globals = globals;
      return realm;
    },
    release: (realm) => void free.push(realm),
  };
}

/** Stands for a global of the page that has the realm now. */
function delegate(name: string, target: () => unknown): unknown {
  const held = () => target() as object;
  if (/^[a-z]+[A-Z]|^fetch$/.test(name))
    return (...args: unknown[]) => (target() as (...args: unknown[]) => unknown)(...args);
  return new Proxy(class {}, {
    get: (_, key) => Reflect.get(held(), key),
    construct: (_, args) => Reflect.construct(held() as new () => object, args),
  });
}
