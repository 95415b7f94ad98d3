import type { Requests } from "../support/requests.ts";
import type { Tab } from "../support/tab.ts";

/** The requests of one tab, less the change stream. */
export interface Traffic {
  /** How many catch-ups. */
  readonly catchUps: number;
  /** All others, in alphabetical order. */
  readonly reads: readonly string[];
}

const catchUp = /^GET \/changes\?since=/;

export async function trafficOf(requests: Requests, tab: Tab): Promise<Traffic> {
  return sortTraffic(await requests.by(tab));
}

/** Without the requests that found no server: how many there are depends on how long it takes to start. */
export async function answeredTrafficOf(requests: Requests, tab: Tab): Promise<Traffic> {
  return sortTraffic(await requests.answeredBy(tab));
}

export function sortTraffic(requests: readonly string[]): Traffic {
  return {
    catchUps: requests.filter((each) => catchUp.test(each)).length,
    reads: requests.filter((each) => !catchUp.test(each)).sort(),
  };
}

/** The reads that show an account. */
export const detailsOf = ({ id }: { id: string }) => `GET /accounts/${id}`;
export const feedOf = ({ id }: { id: string }) => `GET /activities?accountId=${id}&_limit=10`;
