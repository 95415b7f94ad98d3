import { createPagesWorker, type ServedPages } from "./pages-worker.ts";

/** The slice of the worker's scope that is used: TypeScript has its types only in place of a page's. */
interface Scope {
  /** Put in front of this script by the server. */
  readonly tandemPages: ServedPages;
  readonly location: { readonly origin: string };
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: "install", listener: (event: InstallEvent) => void): void;
  addEventListener(type: "activate", listener: (event: WaitingEvent) => void): void;
  addEventListener(type: "fetch", listener: (event: FetchEvent) => void): void;
}

interface WaitingEvent {
  waitUntil(done: Promise<unknown>): void;
}

interface InstallEvent extends WaitingEvent {
  /** Not in every browser: requests that need no worker do not wait for it to start. */
  addRoutes?(
    routes: readonly { condition: { urlPattern: string }; source: "network" }[],
  ): Promise<void>;
}

interface FetchEvent {
  readonly request: Request;
  readonly clientId: string;
  readonly resultingClientId: string;
  respondWith(response: Promise<Response>): void;
}

const scope = self as unknown as Scope;
const worker = createPagesWorker({
  served: scope.tandemPages,
  origin: scope.location.origin,
  caches,
  fetch: (request) => fetch(request),
});

scope.addEventListener("install", (event) => {
  const routes = ["/api/*", "/access/*"].map((urlPattern) => ({
    condition: { urlPattern },
    source: "network" as const,
  }));
  event.waitUntil(
    Promise.all([
      // Where it is refused, the worker is asked and does not answer.
      event.addRoutes?.(routes).catch(() => {}),
      // At once: no page is of the worker's build, and none is reloaded.
      worker.install().then(() => scope.skipWaiting()),
    ]),
  );
});

scope.addEventListener("activate", (event) => {
  event.waitUntil(Promise.all([worker.activate(), scope.clients.claim()]));
});

scope.addEventListener("fetch", (event) => {
  const { request, clientId, resultingClientId } = event;
  const answer = worker.answer({ request, clientId: resultingClientId || clientId });
  if (answer) event.respondWith(answer);
});
