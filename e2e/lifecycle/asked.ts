import type { Requests } from "../requests.ts";
import type { Tab } from "../tab.ts";

/** What one tab asked of the server. */
export interface Asked {
  /** How often it asked what it had missed. */
  readonly questions: number;
  /** What it read, in alphabetical order. */
  readonly reads: readonly string[];
}

const question = /^GET \/changes\?since=/;

export async function askedBy(requests: Requests, tab: Tab): Promise<Asked> {
  return sortOut(await requests.by(tab));
}

export function sortOut(requests: readonly string[]): Asked {
  return {
    questions: requests.filter((each) => question.test(each)).length,
    reads: requests.filter((each) => !question.test(each)).sort(),
  };
}

/** The reads of what stands open on one account. */
export const detailsOf = ({ id }: { id: string }) => `GET /accounts/${id}`;
export const feedOf = ({ id }: { id: string }) => `GET /activities?accountId=${id}&_limit=10`;
