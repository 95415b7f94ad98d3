import * as z from "zod/mini";

const faultsSchema = z.object({
  latencyMs: z.number(),
  /** Fraction of requests that fail, 0 to 1. */
  errorRate: z.number(),
  failNextWrites: z.number(),
  loseNextAnswers: z.number(),
  /** Missing from a server of an earlier deploy. */
  holdStream: z._default(z.boolean(), false),
});
export type Faults = z.infer<typeof faultsSchema>;

export const noFaults: Faults = {
  latencyMs: 0,
  errorRate: 0,
  failNextWrites: 0,
  loseNextAnswers: 0,
  holdStream: false,
};

/** The faults that the server injects on request. `null`: it injects none, or is unreachable. */
export async function readFaults(fetcher: typeof fetch = fetch): Promise<Faults | null> {
  return read(fetcher("/faults", { headers: { accept: "application/json" } }));
}

export async function patchFaults(
  patch: Partial<Faults>,
  fetcher: typeof fetch = fetch,
): Promise<Faults | null> {
  return read(
    fetcher("/faults", {
      method: "PATCH",
      headers: { "content-type": "application/json", "tandem-faults": "1" },
      body: JSON.stringify(patch),
    }),
  );
}

async function read(answer: Promise<Response>): Promise<Faults | null> {
  try {
    const response = await answer;
    return response.ok ? (faultsSchema.safeParse(await response.json()).data ?? null) : null;
  } catch {
    // Unreachable or not JSON: the menu shows the same as for 404.
    return null;
  }
}
