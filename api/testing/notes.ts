import type { Revision } from "#sync/http";

export async function readStatus(base: string): Promise<Revision> {
  const { epoch, head } = (await (await fetch(`${base}/status`)).json()) as {
    epoch: string;
    head: number;
  };
  return { epoch, rev: head };
}

/** Sends a note under a key of its own: 201; a status that says to come again; or 0 where no answer came. Throws for any other. */
export async function postNote(base: string, title: string): Promise<number> {
  try {
    const response = await fetch(`${base}/activities`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "Idempotency-Key": title.replace(" ", "-") },
      body: JSON.stringify({ accountId: "acc-1", kind: "failover", title }),
    });
    await response.text();
    if (![201, 503, 504].includes(response.status))
      throw new Error(`a note was answered with ${response.status}`);
    return response.status;
  } catch (error) {
    if (error instanceof TypeError) return 0;
    throw error;
  }
}

/** How often each note is there. */
export async function countNotes(base: string): Promise<ReadonlyMap<string, number>> {
  const response = await fetch(`${base}/activities?kind=failover`);
  const counts = new Map<string, number>();
  for (const { title } of (await response.json()) as { title: string }[])
    counts.set(title, (counts.get(title) ?? 0) + 1);
  return counts;
}
