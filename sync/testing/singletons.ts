import { currentTab } from "./tab-globals.ts";

type Methods = Record<string, (...args: unknown[]) => unknown>;

/**
 * Has an object that a module made once be another one in each tab, as where each loads the module for
 * itself. Other code goes on with the first. Returns the undo.
 */
export function separate(singleton: object): () => void {
  const own = new WeakMap<object, Methods>();

  function ofTab(tab: object): Methods {
    const made = own.get(tab) ?? Reflect.construct(singleton.constructor as new () => Methods, []);
    own.set(tab, made);
    return made;
  }

  const undo = methodsOf(singleton).map((name) => {
    const original = (singleton as Methods)[name] as Methods[string];
    Object.defineProperty(singleton, name, {
      configurable: true,
      value(...args: unknown[]) {
        const tab = currentTab();
        const target = tab ? ofTab(tab) : null;
        return target ? target[name]?.(...args) : original.apply(singleton, args);
      },
    });
    return () => Reflect.deleteProperty(singleton, name);
  });
  return () => {
    for (const each of undo) each();
  };
}

/** Of its class, and of those above that. */
function methodsOf(singleton: object): readonly string[] {
  const names = new Set<string>();
  for (
    let of = Object.getPrototypeOf(singleton);
    of && of !== Object.prototype;
    of = Object.getPrototypeOf(of)
  )
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(of)))
      if (typeof value === "function" && name !== "constructor") names.add(name);
  return [...names];
}
