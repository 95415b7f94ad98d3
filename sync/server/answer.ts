/** An answer before it is put into bytes. */
export interface Answer {
  readonly status: number;
  /** JSON. */
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

const titles: Readonly<Record<number, string>> = {
  400: "Bad request",
  405: "Method not allowed",
  410: "Gone",
  503: "Unavailable",
};

/** A refusal that says what to change (RFC 9457). */
export function problem(
  status: number,
  detail: string,
  { field, headers = {} }: { field?: string; headers?: Answer["headers"] } = {},
): Answer {
  const title = titles[status] ?? "Error";
  const body = { title, status, detail, ...(field !== undefined && { field }) };
  return { status, headers, body };
}

const encoder = new TextEncoder();

/** It has its length, so that a compressing middleware knows what is worth it. */
export function toResponse({ status, body, headers }: Answer): Response {
  const bytes = encoder.encode(JSON.stringify(body));
  return new Response(bytes, {
    status,
    headers: {
      "Content-Type": status < 400 ? "application/json" : "application/problem+json",
      "Content-Length": String(bytes.length),
      "Cache-Control": "no-cache",
      ...headers,
    },
  });
}
