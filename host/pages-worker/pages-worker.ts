import { pagesCachePrefix } from "#contract/pages-worker.ts";

/** What the server says of the build that it serves at this origin. */
export interface ServedPages {
  readonly build: string;
  /** Files without a hash in their name, pages among them. */
  readonly fixed: readonly string[];
  /** Files whose names contain a hash of their content. */
  readonly hashed: readonly string[];
}

export interface PagesRequest {
  readonly request: Request;
  /** The page that asks, or the one that a navigation leads to. */
  readonly clientId: string;
}

export interface PagesWorker {
  /** Stores the whole build. Rejects, and stores no page of it, where the server has another one by now. */
  install(): Promise<void>;
  /** Deletes what builds before the last one left. */
  activate(): Promise<void>;
  /** Null for what is not of the build: rows, sign-in, other origins. The browser then asks as ever. */
  answer(asked: PagesRequest): Promise<Response> | null;
}

export interface PagesWorkerOptions {
  served: ServedPages;
  /** The origin of the worker. */
  origin: string;
  caches: Pick<CacheStorage, "open" | "keys" | "delete" | "match">;
  fetch: (request: Request) => Promise<Response>;
  /** Milliseconds until the server counts as unreachable. */
  patience?: number;
}

/** Also the build before: tabs that are open still load parts of it. */
const keptBuilds = 2;
/** A gateway answered in place of the server. */
const unanswered: ReadonlySet<number> = new Set([502, 503, 504]);

/**
 * Opens pages without a network. Online nothing is old: what has no hash in its name is asked of the server first, so
 * a reload brings the newest build, as without a worker. What has a hash cannot be of another build.
 */
export function createPagesWorker({
  served,
  origin,
  caches,
  fetch,
  patience = 3_000,
}: PagesWorkerOptions): PagesWorker {
  const cacheName = pagesCachePrefix + served.build;
  /** Pages that were opened from the cache: what they load by a fixed name comes from there as well. */
  const offlinePages = new Set<string>();
  /** `/assets/`, and that of each further remote. A file may be of the build before. */
  const hashedFolders = [
    ...new Set(served.hashed.map((path) => path.slice(0, path.lastIndexOf("/") + 1))),
  ];

  async function store(cache: Cache, path: string, isFixed: boolean): Promise<void> {
    const url = origin + path;
    const response = await fetch(new Request(url, { cache: isFixed ? "reload" : "default" }));
    const build = response.headers.get("Tandem-Build");
    if (!response.ok || (isFixed && build !== served.build))
      throw new Error(`${path} answered ${response.status}, of the build ${build}`);
    await cache.put(url, response);
  }

  async function kept(path: string): Promise<Response | undefined> {
    const cache = await caches.open(cacheName);
    return cache.match(origin + path, { ignoreVary: true });
  }

  async function answerFixed({ request, clientId }: PagesRequest, path: string) {
    const isPage = request.mode === "navigate";
    if (!isPage && offlinePages.has(clientId)) return (await kept(path)) ?? fetch(request);
    const asking = fetch(request).catch(() => null);
    const answer = await Promise.race([asking, after(patience)]);
    if (answer && !unanswered.has(answer.status)) return answer;
    const stored = await kept(path);
    if (stored && isPage) offlinePages.add(clientId);
    return stored ?? (await asking) ?? Response.error();
  }

  async function answerHashed(request: Request): Promise<Response> {
    return (await caches.match(request.url, { ignoreVary: true })) ?? fetch(request);
  }

  return {
    async install() {
      // Anew, so that it is the last of the caches.
      await caches.delete(cacheName);
      const cache = await caches.open(cacheName);
      await Promise.all(served.hashed.map((path) => store(cache, path, false)));
      await Promise.all(served.fixed.map((path) => store(cache, path, true)));
    },
    async activate() {
      const ours = (await caches.keys()).filter((name) => name.startsWith(pagesCachePrefix));
      await Promise.all(ours.slice(0, -keptBuilds).map((name) => caches.delete(name)));
    },
    answer(asked) {
      const { request } = asked;
      const { origin: from, pathname } = new URL(request.url);
      if (request.method !== "GET" || from !== origin) return null;
      if (hashedFolders.some((folder) => pathname.startsWith(folder))) return answerHashed(request);
      return served.fixed.includes(pathname) ? answerFixed(asked, pathname) : null;
    },
  };
}

function after(ms: number): Promise<null> {
  return new Promise((resolve) => setTimeout(() => resolve(null), ms));
}
