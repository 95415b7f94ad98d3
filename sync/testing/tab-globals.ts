import { AsyncLocalStorage } from "node:async_hooks";

/** What the code of one tab finds as its globals. */
export type TabGlobals = Readonly<Record<string, unknown>>;

/** The tab whose code runs: it follows that code through promises and callbacks. */
const current = new AsyncLocalStorage<TabGlobals>();

// Node loads its fetch at the first use, and keeps what `performance` is at that moment: not that of a tab.
Reflect.get(globalThis, "Response");

/** Of the code that runs; undefined for code of no tab. */
export function currentTab(): TabGlobals | undefined {
  return current.getStore();
}

/** Runs code as that of one tab. */
export function runIn<T>(globals: TabGlobals, run: () => T): T {
  return current.run(globals, run);
}

/** Runs code as that of no tab: the process's own globals are back. */
export function runOutside<T>(run: () => T): T {
  return current.exit(run);
}

/**
 * Has the globals of that name be those of the tab whose code reads them. Other code finds what it
 * found before. Returns the undo.
 */
export function installGlobals(names: readonly string[]): () => void {
  const undo = names.map(installGlobal);
  return () => {
    for (const each of undo) each();
  };
}

function installGlobal(name: string): () => void {
  const before = Object.getOwnPropertyDescriptor(globalThis, name);
  const own = before?.get ? undefined : { value: before?.value as unknown };
  const outside = () => (own ? own.value : before?.get?.call(globalThis));
  Object.defineProperty(globalThis, name, {
    configurable: true,
    enumerable: before?.enumerable ?? false,
    get() {
      const globals = current.getStore();
      return globals && name in globals ? globals[name] : outside();
    },
    set(value: unknown) {
      if (own) own.value = value;
    },
  });
  return () => {
    if (!before) Reflect.deleteProperty(globalThis, name);
    else Object.defineProperty(globalThis, name, before);
  };
}
