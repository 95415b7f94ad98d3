import type { IncomingMessage } from "node:http";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { isReading } from "./is-reading.ts";
import { parseUrl } from "./parse-url.ts";
import { Refusal } from "./refusal.ts";
import { senderOf } from "./who.ts";

export type LimitedKind = "writes" | "streams" | "sign-ins";

/** How many in a minute. */
export interface Limit {
  /** Of one session. Without sign-in there are none. */
  readonly session: number;
  /** Of one address, behind which an office may be. */
  readonly address: number;
}

export interface RateLimitsOptions {
  /** Proxies of ours in front, each of which adds the address that it was asked from to `X-Forwarded-For`. */
  proxies: number;
  limits?: Readonly<Record<LimitedKind, Limit>>;
}

/** Counts requests, and throws a 429 `Refusal` that says when to come back. */
export type RateLimits = (req: IncomingMessage, kind: LimitedKind) => Promise<void>;

/** A person's own hand stays far below them, a program that waits for its answers too. A batch is one write. */
const defaults: Readonly<Record<LimitedKind, Limit>> = {
  writes: { session: 600, address: 3_000 },
  streams: { session: 60, address: 600 },
  "sign-ins": { session: 30, address: 60 },
};

/** They are counted by each server for itself: of N servers the limits are N times as high. */
export function createRateLimits({ proxies, limits = defaults }: RateLimitsOptions): RateLimits {
  const kinds = Object.keys(limits) as LimitedKind[];
  const per = (of: keyof Limit) =>
    new Map(
      kinds.map((kind) => [
        kind,
        new RateLimiterMemory({ points: limits[kind][of], duration: 60 }),
      ]),
    );
  const [sessions, addresses] = [per("session"), per("address")];

  return async (req, kind) => {
    const session = senderOf(req)?.sessionId;
    try {
      if (session !== undefined) await sessions.get(kind)?.consume(session);
      await addresses.get(kind)?.consume(addressOf(req, proxies));
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      const seconds = Math.max(1, Math.ceil(error.msBeforeNext / 1_000));
      const detail = `Too many ${kind} in a minute. Come back in ${seconds} s.`;
      throw new Refusal(429, detail, { headers: { "Retry-After": String(seconds) } });
    }
  };
}

/** What of the API is limited; null for what is not. */
export function limitedKindOf(req: IncomingMessage): LimitedKind | null {
  const { method = "GET", headers, url = "/" } = req;
  const { path } = parseUrl(url);
  if (!isReading(method, path)) return "writes";
  const isStream = path[0] === "changes" && headers.accept?.includes("text/event-stream");
  return isStream ? "streams" : null;
}

/** Whether a request below `/access` begins, changes or ends a session. */
export function isSignIn({ url = "/" }: IncomingMessage): boolean {
  const [, name = ""] = parseUrl(url).path;
  return ["sign-in", "callback", "sign-out", "workspace"].includes(name);
}

/** A client writes what it likes into `X-Forwarded-For`: only what our own proxies have added counts. */
export function addressOf(req: IncomingMessage, proxies: number): string {
  const direct = req.socket.remoteAddress ?? "";
  if (proxies === 0) return direct;
  const told = [req.headers["x-forwarded-for"] ?? []].flat().join(",").split(",");
  return told.at(-proxies)?.trim() || direct;
}
