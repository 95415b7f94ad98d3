import { broadcastQueryClient } from "@tanstack/query-broadcast-client-experimental";
import {
  type InfiniteData,
  InfiniteQueryObserver,
  QueryClient,
  QueryObserver,
} from "@tanstack/query-core";
import { createSync, type EffectRule, type Sync } from "#sync";
import { httpLog } from "#sync/http";
import { type Answer, httpValidators } from "#sync/validators";
import { type Note, pageSize } from "./notes-server.ts";

export type Way =
  | "focus"
  | "query-client"
  | "everything"
  | "selective"
  | "polling"
  | "tabs-only"
  | "validators"
  | "log";

/** The note that is shown by all queries but one, and written. */
export const written = "3";
/** Pages of the feed that are loaded. */
export const pages = 5;
/** Milliseconds. */
export const age = 10_000;

const isTandem = (way: Way) => ["tabs-only", "validators", "log"].includes(way);

/** Puts a row where it is: in the body of an answer, of a list or of a page. */
const inList = (body: readonly Note[], row: Note) =>
  body.some(({ id }) => id === row.id)
    ? body.map((each) => (each.id === row.id ? row : each))
    : body;
const put = <T extends Note | readonly Note[]>(answer: Answer<T>, row: Note): Answer<T> => {
  const { body } = answer;
  const next = "id" in body ? (body.id === row.id ? row : body) : inList(body, row);
  return next === body ? answer : { ...answer, body: next as T };
};
const putInPages = (data: InfiniteData<Answer<Note[]>>, row: Note) => ({
  ...data,
  pages: data.pages.map((page) => put(page, row)),
});

const rule = <T>(place: (data: T, row: Note) => T): EffectRule => ({
  effect({ row }, data: T) {
    if (!row) return "stale";
    const next = place(data, row as unknown as Note);
    return next === data ? "none" : { patched: next };
  },
});
const effects = {
  note: rule(put<Note>),
  notes: rule(put<Note[]>),
  feed: rule(putInPages),
  others: { effect: () => "none" as const },
};

/** The app: the same queries, and one way to keep its tabs in step. */
export function startApp(way: Way, onMessage: (bytes: number) => void) {
  countMessages(onMessage);
  const isAsking = way === "polling" || way === "tabs-only" || way === "validators";
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  client.mount();
  const http = httpValidators();
  const sync = isTandem(way) ? openSync(client, way) : null;
  const options = {
    staleTime: way === "focus" ? 0 : () => (sync?.isLive ? Number.POSITIVE_INFINITY : age),
    refetchInterval: () => (isAsking ? age : (false as const)),
  };
  const read = <T>(url: string) => http.read<T>(url);

  for (const [key, url] of [
    [["notes"], "/notes"],
    [["note", written], `/notes/${written}`],
    [["others"], "/others"],
  ] as const)
    new QueryObserver(client, { ...options, queryKey: key, queryFn: () => read(url) }).subscribe(
      () => {},
    );
  const feed = new InfiniteQueryObserver(client, {
    ...options,
    queryKey: ["feed"],
    queryFn: ({ pageParam }) => read<Note[]>(`/feed?page=${pageParam}`),
    initialPageParam: 0,
    getNextPageParam: ({ body }, _, page) => (body.length === pageSize ? page + 1 : undefined),
  });
  feed.subscribe(() => {});

  if (way === "query-client")
    broadcastQueryClient({ queryClient: client, options: { type: "native" } });
  const channel = way === "everything" || way === "selective" ? new BroadcastChannel("app") : null;
  if (channel)
    channel.onmessage = () => {
      const keys = way === "everything" ? [[]] : [["notes"], ["note", written], ["feed"]];
      for (const queryKey of keys) void client.invalidateQueries({ queryKey });
    };

  function show(row: Note) {
    for (const key of [["notes"], ["note", written]])
      client.setQueryData<Answer<Note | Note[]>>(key, (data) => data && put(data, row));
    client.setQueryData<InfiniteData<Answer<Note[]>>>(
      ["feed"],
      (data) => data && putInPages(data, row),
    );
  }

  /** Optimistic, as such apps are: shown at once, put right by the answer, and taken back where it is refused. */
  async function rename(title: string) {
    const before = client.getQueryData<Answer<Note>>(["note", written])?.body as Note;
    show({ ...before, title });
    const init = { method: "PATCH", body: JSON.stringify({ title }) };
    const headers = { "Tandem-Origin": sync?.tabId ?? "" };
    try {
      const { body, asOf } = await http.write<Note>(`/notes/${written}`, { ...init, headers });
      show(body);
      channel?.postMessage({ written });
      publish(sync, body, asOf);
    } catch {
      show(before);
    }
  }

  return {
    rename,
    async loadPages() {
      for (let page = 1; page < pages; page++) await feed.fetchNextPage();
    },
    title: () => client.getQueryData<Answer<Note>>(["note", written])?.body.title,
    titles: () => [
      client.getQueryData<Answer<Note>>(["note", written])?.body.title,
      client.getQueryData<Answer<Note[]>>(["notes"])?.body[Number(written)]?.title,
      client.getQueryData<InfiniteData<Answer<Note[]>>>(["feed"])?.pages[0]?.body[Number(written)]
        ?.title,
    ],
  };
}

function openSync(queryClient: QueryClient, way: Way): Sync {
  const server = way === "log" ? httpLog("/changes") : undefined;
  return createSync({ name: "notes", queryClient, server, effects });
}

function publish(sync: Sync | null, row: Note, asOf: Answer["asOf"]) {
  const change = { resource: "notes", id: row.id, op: "update" as const, row: { ...row } };
  if (asOf) {
    const { version } = row;
    sync?.publish(asOf, [{ ...change, rev: version, version, parents: {} }]);
  } else sync?.publish(null, [change]);
}

function countMessages(onMessage: (bytes: number) => void) {
  const { prototype } = BroadcastChannel;
  const { postMessage } = prototype;
  prototype.postMessage = function (message: unknown) {
    onMessage(JSON.stringify(message).length);
    postMessage.call(this, message);
  };
}
