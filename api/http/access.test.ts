import http from "node:http";
import { describe, expect, test } from "vitest";
import { startApi, type TestApi } from "#api/testing/start-api.ts";

/** Sends the request as a browser would: `fetch` does not allow these headers to be set. */
function ask(
  { port }: TestApi,
  method: string,
  headers: Record<string, string>,
): Promise<{ status: number; headers: http.IncomingHttpHeaders }> {
  return new Promise((resolve, reject) => {
    const options = { host: "127.0.0.1", port, method, path: "/activities/act-02", headers };
    const request = http.request(options, (response) => {
      response.resume();
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers }),
      );
    });
    request.on("error", reject);
    if (method === "PATCH") request.setHeader("Content-Type", "application/json");
    request.end(method === "PATCH" ? '{"pinned":true}' : undefined);
  });
}

describe("Host", () => {
  test.each(["localhost:1", "127.0.0.1", "[::1]:4174", "app.example.com"])(
    "%s is allowed",
    async (host) => {
      const api = await startApi({ allowedHosts: ["app.example.com"] });
      expect((await ask(api, "GET", { Host: host })).status).toBe(200);
    },
  );

  test.each(["evil.example.com", "localhost.evil.com", "127.0.0.1.evil.com"])(
    "%s is refused, reads included",
    async (host) => {
      const api = await startApi();
      expect((await ask(api, "GET", { Host: host })).status).toBe(403);
    },
  );
});

describe("Origin", () => {
  test("a page of the API's own host may write", async () => {
    const api = await startApi();
    const host = `localhost:${api.port}`;
    const answer = await ask(api, "PATCH", { Host: host, Origin: `http://${host}` });
    expect(answer.status).toBe(200);
  });

  test.each(["http://evil.example.com", "http://localhost:1", "null"])(
    "a page of %s cannot write, and gets no CORS header to read",
    async (origin) => {
      const api = await startApi();
      const headers = { Host: `localhost:${api.port}`, Origin: origin };
      expect((await ask(api, "PATCH", headers)).status).toBe(403);
      expect((await ask(api, "OPTIONS", headers)).status).toBe(403);
      const read = await ask(api, "GET", headers);
      expect(read.headers["access-control-allow-origin"]).toBeUndefined();
      expect((await api.get("/activities/act-02")).json.pinned).toBe(false);
    },
  );

  test("a page of an allowed origin may write, and read the answer and its headers", async () => {
    const origin = "http://localhost:4173";
    const api = await startApi({ allowedOrigins: [origin] });
    const headers = { Host: `localhost:${api.port}`, Origin: origin };
    const answer = await ask(api, "PATCH", headers);
    expect(answer.status).toBe(200);
    expect(answer.headers["access-control-allow-origin"]).toBe(origin);
    expect(answer.headers["access-control-expose-headers"]).toContain("Tandem-Revision");
    const preflight = await ask(api, "OPTIONS", headers);
    expect(preflight.status).toBe(204);
    expect(preflight.headers["access-control-allow-methods"]).toContain("PATCH");
    expect(preflight.headers.vary).toContain("Origin");
  });
});
