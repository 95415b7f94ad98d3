import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { readAsSent } from "#api/testing/read-as-sent.ts";
import { startApi } from "#api/testing/start-api.ts";

test("an answer of more than a kilobyte is compressed, and means the same", async () => {
  const { base, get } = await startApi();
  const { headers, body } = await readAsSent(`${base}/activities`, "gzip");
  const plain = await get("/activities");
  expect(headers["content-encoding"]).toBe("gzip");
  expect(headers.vary).toContain("Accept-Encoding");
  expect(headers.etag).toBe(plain.headers.get("ETag"));
  expect(gunzipSync(body).toString()).toBe(plain.text);
  expect(body.length).toBeLessThan(plain.text.length / 3);
  const small = await readAsSent(`${base}/users/usr-1`, "gzip");
  expect(small.headers["content-encoding"]).toBeUndefined();
});

test("the change stream is not: each event arrives as it is written", async () => {
  const { base, call } = await startApi();
  const response = await fetch(`${base}/changes`, { headers: { accept: "text/event-stream" } });
  expect(response.headers.get("content-encoding")).toBeNull();
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  const until = async (what: string) => {
    while (!text.includes(what)) text += (await reader?.read())?.value ?? "";
  };
  await until("event: hello");
  await call("PATCH", "/activities/act-02", { pinned: true });
  await until("act-02");
  await reader?.cancel();
});
