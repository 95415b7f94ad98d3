import type { Problem } from "#contract/rows.ts";

const titles: Readonly<Record<number, string>> = {
  400: "Bad request",
  401: "Not signed in",
  403: "Forbidden",
  404: "Not found",
  405: "Method not allowed",
  406: "Not acceptable",
  408: "Request timeout",
  409: "Conflict",
  410: "Gone",
  412: "Precondition failed",
  413: "Too large",
  414: "URL too long",
  415: "Unsupported media type",
  422: "Cannot be accepted",
  429: "Too many requests",
  500: "Server error",
  503: "Unavailable",
  504: "No answer from the database",
};

/** Thrown to refuse a request. `problem` is the body of the answer (RFC 9457); its detail says what to change. */
export class Refusal extends Error {
  readonly problem: Problem;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    detail: string,
    more: { field?: string; current?: Problem["current"]; headers?: Record<string, string> } = {},
  ) {
    super(detail);
    const { field, current, headers } = more;
    this.headers = headers ?? {};
    this.problem = {
      title: titles[status] ?? "Error",
      status,
      detail,
      ...(field !== undefined && { field }),
      ...(current !== undefined && { current }),
    };
  }
}
