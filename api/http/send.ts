import type { Response } from "express";
import { formatRevision } from "#sync/http";
import { etagOf, jsonOf, namesEtag } from "./etag.ts";

export interface Reply {
  readonly status: number;
  readonly body: unknown;
  /** The revision that the body reflects; without one, it is of no rows. */
  readonly revision?: { readonly epoch: string; readonly rev: number } | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Every answer leaves here, so that each of rows says its revision; express makes HEADs of it. */
export function send(res: Response, { status, body, revision, headers }: Reply): void {
  if (res.headersSent || res.destroyed) return;
  res.status(status);
  if (revision) res.set("Tandem-Revision", formatRevision(revision));
  for (const [name, value] of Object.entries(headers ?? {})) res.setHeader(name, value);
  if (status === 204) {
    res.end();
    return;
  }
  if (status < 400) {
    const etag = etagOf(body);
    res.set("ETag", etag);
    const { method } = res.req;
    const tags = res.req.get("If-None-Match");
    // Not express's own check: it takes `Cache-Control: no-cache`, which fetch adds, for a reload.
    if (tags !== undefined && (method === "GET" || method === "HEAD") && namesEtag(tags, etag)) {
      res.status(304).end();
      return;
    }
  }
  res.set("Content-Type", status < 400 ? "application/json" : "application/problem+json");
  res.send(jsonOf(body));
}
