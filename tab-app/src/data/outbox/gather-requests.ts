import type * as z from "zod/mini";
import type { Api, BatchLine, Confirmed } from "#data/server/api.ts";
import { ApiError } from "#data/server/api-error.ts";

/** A request that waits until all others of its round have been asked for. */
interface Gathered {
  readonly line: BatchLine;
  readonly schema: z.ZodMiniType<object>;
  /** The same as a request of its own. */
  readonly alone: () => Promise<Confirmed<object>>;
  readonly resolve: (confirmed: Confirmed<object>) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Runs what sends one row for each of several, and sends their requests as one: as soon as each of them waits for an
 * answer, or is done. What has to ask again, as an edit that is merged with a later version, does so in the next
 * request. A retry with the same `key` asks the same, and so has the same answers. Where the server takes no batches,
 * each request is one by itself.
 */
export function gatherRequests<T, R>(
  api: Api,
  key: string,
  of: readonly T[],
  send: (gathered: Api, each: T) => Promise<R>,
): Promise<PromiseSettledResult<R>[]> {
  let running = of.length;
  let round = 0;
  let waiting: Gathered[] = [];

  function flushOnceAllWait() {
    if (waiting.length === 0 || waiting.length < running) return;
    const gathered = waiting;
    waiting = [];
    round += 1;
    void flush(gathered, `${key}-${round}`);
  }

  async function flush(gathered: readonly Gathered[], name: string) {
    try {
      const isOffered = api.keepsLog !== false && gathered.length > 1;
      const results = isOffered ? await askFor(gathered, name) : null;
      for (const [at, { alone, resolve, reject }] of gathered.entries()) {
        const result = results?.[at];
        if (result === undefined) await alone().then(resolve, reject);
        else if (result instanceof ApiError) reject(result);
        else resolve(result);
      }
    } catch (error) {
      for (const { reject } of gathered) reject(error);
    }
  }

  /** Null from a server that takes no batches, or not this one. */
  async function askFor(gathered: readonly Gathered[], name: string) {
    try {
      return await api.batch(gathered, name);
    } catch (error) {
      const isRefusedWhole =
        error instanceof ApiError && [404, 405, 413, 422].includes(error.status);
      if (isRefusedWhole) return null;
      throw error;
    }
  }

  const gather = <R extends object>(
    line: BatchLine,
    schema: z.ZodMiniType<R>,
    alone: () => Promise<Confirmed<R>>,
  ): Promise<Confirmed<R>> =>
    new Promise<Confirmed<object>>((resolve, reject) => {
      waiting.push({ line, schema, alone, resolve, reject });
      flushOnceAllWait();
    }) as Promise<Confirmed<R>>;

  const gathered: Api = {
    get: api.get,
    batch: api.batch,
    patch: (path, body, schema, own) =>
      gather({ method: "PATCH", ...placeOf(path), body }, schema, () =>
        api.patch(path, body, schema, own),
      ),
    post(path, body, schema, own, age) {
      const alone = () => api.post(path, body, schema, own, age);
      // A batch has no age.
      if (age !== undefined) return alone();
      const { id, ...fields } = body as { readonly id: string };
      return gather({ method: "POST", ...placeOf(path), id, body: fields }, schema, alone);
    },
    delete: (path, schema, own, version) =>
      gather(
        { method: "DELETE", ...placeOf(path), ...(version !== undefined && { version }) },
        schema,
        () => api.delete(path, schema, own, version),
      ),
    get keepsLog() {
      return api.keepsLog;
    },
  };

  return Promise.allSettled(
    of.map(async (each) => {
      try {
        return await send(gathered, each);
      } finally {
        running -= 1;
        flushOnceAllWait();
      }
    }),
  );
}

function placeOf(path: string): Pick<BatchLine, "resource" | "id"> {
  const [, resource = "", id = ""] = path.split("/");
  return { resource, id: decodeURIComponent(id) };
}
