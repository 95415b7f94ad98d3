import { expect, type Page, type Request, type Route } from "@playwright/test";

/** Requests that are held back before they reach the server. */
export interface Held {
  /** Waits until this many are held. */
  arrived(count: number): Promise<void>;
  /** Sends one on to the server, by the order of arrival. */
  pass(at: number): Promise<void>;
  /** Answers one with 503 instead of sending it. */
  refuse(at: number): Promise<void>;
}

/** Holds every matching request to the API from now on. */
export async function holdRequests(
  page: Page,
  matches: (request: Request) => boolean,
): Promise<Held> {
  const held: Route[] = [];
  const take = (at: number) => {
    const route = held[at];
    if (!route) throw new Error(`${held.length} requests are held, there is no number ${at}`);
    return route;
  };
  await page.route("**/api/**", async (route) => {
    if (matches(route.request())) held.push(route);
    else await route.fallback();
  });
  return {
    arrived: (count) => expect.poll(() => held.length).toBe(count),
    pass: (at) => take(at).continue(),
    refuse: (at) =>
      take(at).fulfill({
        status: 503,
        contentType: "application/problem+json",
        json: { title: "Service Unavailable", status: 503 },
      }),
  };
}

export const isWrite = (request: Request) => request.method() === "PATCH";
