import { readMeta } from "./page-meta.ts";

/** Of the caches in which a worker keeps builds. */
export const pagesCachePrefix = "tandem-pages ";

/**
 * Has the browser keep this origin's pages, so that they open without a network. The server names the worker in the page,
 * and names none in development and where it is switched off. It begins when the page has loaded.
 */
export function registerPagesWorker({
  url = readMeta("tandem-pages-worker"),
  // Missing where the page is no secure context.
  container = globalThis.navigator.serviceWorker as ServiceWorkerContainer | undefined,
} = {}): void {
  if (!url.startsWith("/") || !container) return;
  // Refused, as by a setting of the browser: the pages need the server then.
  const register = () => void container.register(url).catch(() => {});
  if (document.readyState === "complete") register();
  else window.addEventListener("load", register, { once: true });
}
