import { expect, type Page, type Request, type Route } from "@playwright/test";

/** Requests on their way that the server has not seen yet. */
export interface Held {
  /** Waits until this many are held. */
  arrived(count: number): Promise<void>;
  /** Lets one go on, by the order they came in. */
  pass(at: number): Promise<void>;
  /** Answers one with 503 in the server's place. */
  refuse(at: number): Promise<void>;
}

/** From now on holds every request to the API that matches. */
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
