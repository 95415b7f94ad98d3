import type { Revision } from "tandem-sync";
import { revisionOf, withTimeLimit } from "tandem-sync/http";

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly asOf: Revision | null;
}

/** Reads a path of the API. Rejects where nothing answers, and where the answer is neither a success nor 410. */
export type Ask = (path: string) => Promise<Answer>;

const answerWithin = 15_000;

/** `onBuild` hears the build that the server serves. `onSignedOut` is called where the session has ended. */
export function createAsk({
  onBuild,
  onSignedOut,
}: {
  readonly onBuild: (build: string | null) => void;
  readonly onSignedOut: () => void;
}): Ask {
  return (path) =>
    withTimeLimit(answerWithin, async (signal) => {
      const response = await fetch(`/api${path}`, { signal });
      onBuild(response.headers.get("Tandem-Build"));
      if (response.status === 401) onSignedOut();
      if (!response.ok && response.status !== 410)
        throw new Error(`The server answered ${response.status}`);
      return { status: response.status, body: await response.json(), asOf: revisionOf(response) };
    });
}
