type Value = string | number | boolean | null | undefined | ((event: never) => void);
type Props = Readonly<Record<string, Value>>;
type Child = Node | string | null | undefined | false;

const svgNamespace = "http://www.w3.org/2000/svg";

/**
 * Makes an element. `on…` is a listener; of the rest, `true` is an empty attribute, and null, undefined and false are
 * none. Text is only ever text.
 */
export function h<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  props: Props = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  assign(element, props);
  element.append(...children.filter(isShown));
  return element;
}

export function s<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  props: Props = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[Name] {
  const element = document.createElementNS(svgNamespace, name);
  assign(element, props);
  element.append(...children.filter(isShown));
  return element;
}

export function assign(element: Element, props: Props): void {
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === "function")
      element.addEventListener(name.slice(2).toLowerCase(), value as (event: Event) => void);
    else if (value === null || value === undefined || value === false)
      element.removeAttribute(name);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
}

export interface Keyed {
  readonly key: string;
  /** The same for the same look: then the element stays. */
  readonly signature: string;
  render(): HTMLElement;
}

/** Brings the children of an element up to a list. What has not changed keeps its element, and so focus and selection. */
export function createKeyedList(parent: HTMLElement) {
  let shown = new Map<string, { signature: string; element: HTMLElement }>();
  return (items: readonly Keyed[]): void => {
    const next = new Map<string, { signature: string; element: HTMLElement }>();
    for (const item of items) {
      const before = shown.get(item.key);
      const isSame = before?.signature === item.signature;
      const element = isSame ? before.element : item.render();
      if (before && !isSame) {
        const hadFocus = before.element.contains(focusedIn(parent));
        before.element.replaceWith(element);
        if (hadFocus) element.querySelector("button")?.focus();
      }
      next.set(item.key, { signature: item.signature, element });
    }
    for (const [key, { element }] of shown) if (!next.has(key)) element.remove();
    shown = next;
    let at = parent.firstChild;
    for (const { element } of next.values()) {
      if (at === element) at = at.nextSibling;
      else parent.insertBefore(element, at);
    }
  };
}

/** The focused element, also in a shadow root. */
export function focusedIn(element: Node): Element | null {
  const root = element.getRootNode();
  return root instanceof ShadowRoot || root instanceof Document ? root.activeElement : null;
}

function isShown(child: Child): child is Node | string {
  return child !== null && child !== undefined && child !== false;
}
