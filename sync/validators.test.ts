import { describe, expect, test } from "vitest";
import { httpValidators, validatorOf } from "./validators.ts";
import { onlyIfSame, unlessSame } from "./wire/validator.ts";

/** Answers one request after the other, and keeps what was asked. */
function createServer(...answers: (() => Response)[]) {
  const asked: { method: string; url: string; cache: string | undefined; headers: object }[] = [];
  const fetch = async (url: RequestInfo | URL, init: RequestInit = {}) => {
    const headers = Object.fromEntries(new Headers(init.headers));
    const { method = "GET", cache } = init;
    asked.push({ method, url: String(url), cache, headers });
    const answer = answers[asked.length - 1];
    if (!answer) throw new Error("not expected");
    return answer();
  };
  return { asked, fetch };
}

const json =
  (body: unknown, headers: Record<string, string> = {}) =>
  () =>
    Response.json(body, { headers });
const status =
  (code: number, headers: Record<string, string> = {}) =>
  () =>
    new Response(null, { status: code, headers });

describe("a read", () => {
  test("asks for what it has by its tag, past the browser's cache, and is given the same object where nothing changed", async () => {
    const server = createServer(json({ n: 1 }, { ETag: '"a"' }), status(304, { ETag: '"a"' }));
    const http = httpValidators({ fetch: server.fetch });
    const first = await http.read("/notes/1");
    expect(first).toEqual({ body: { n: 1 }, asOf: null, validator: { etag: '"a"' } });
    expect(await http.read("/notes/1")).toBe(first);
    expect(server.asked).toMatchObject([
      { cache: "no-cache", headers: {} },
      { cache: "no-store", headers: { "if-none-match": '"a"' } },
    ]);
  });

  test("of another URL, or of one that named no validator, is not conditional", async () => {
    const server = createServer(json(1, { ETag: '"a"' }), json(2), json(3));
    const http = httpValidators({ fetch: server.fetch });
    for (const url of ["/a", "/b", "/b"]) await http.read(url);
    expect(server.asked.map(({ headers }) => headers)).toEqual([{}, {}, {}]);
  });

  test("of what was forgotten costs a body, and nothing else", async () => {
    const tag = { ETag: '"a"' };
    const server = createServer(json(1, tag), json(2, tag), json(3, tag), status(304), json(4));
    const http = httpValidators({ fetch: server.fetch, capacity: 2 });
    for (const url of ["/a", "/b", "/c"]) await http.read(url);
    expect((await http.read("/c")).body).toBe(3);
    expect((await http.read("/a")).body).toBe(4);
    expect(server.asked.at(-1)?.headers).toEqual({});
  });

  test("keeps the headers of the app, and rejects with the response where it is refused", async () => {
    const server = createServer(status(404));
    const http = httpValidators({ fetch: server.fetch });
    const reading = http.read("/notes/1", { headers: { Authorization: "me" } });
    const error: Error = await reading.catch((reason) => reason);
    expect(error.message).toMatch("/notes/1: 404");
    expect((error.cause as Response).status).toBe(404);
    expect(server.asked[0]?.headers).toEqual({ authorization: "me" });
  });

  test("of a server that keeps a log says the revision of each answer, of one without a body too", async () => {
    const at = (revision: string) => ({ ETag: '"a"', "Tandem-Revision": revision });
    const server = createServer(json(1, at("e.4")), status(304, at("e.7")), status(304, at("f.7")));
    const http = httpValidators({ fetch: server.fetch });
    expect((await http.read("/a")).asOf).toEqual({ epoch: "e", rev: 4 });
    expect(await http.read("/a")).toMatchObject({ body: 1, asOf: { epoch: "e", rev: 7 } });
    expect(await http.read("/a")).toMatchObject({ body: 1, asOf: { epoch: "f", rev: 7 } });
  });
});

describe("a time", () => {
  const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toUTCString();

  test("names a state where the answer is a second younger, and not within that second, when more may change", () => {
    const validator = (now: number) =>
      validatorOf(new Response(null, { headers: { "Last-Modified": at(5), Date: at(now) } }));
    expect(validator(5)).toBe(null);
    expect(validator(6)).toEqual({ modified: at(5) });
    expect(validatorOf(new Response(null, { headers: { "Last-Modified": at(5) } }))).toBe(null);
  });

  test("makes a read conditional and guards a write, where there is no strong tag", () => {
    const modified = at(5);
    expect(unlessSame({ modified })).toEqual({ "If-Modified-Since": modified });
    expect(unlessSame({ modified, etag: 'W/"a"' })).toEqual({ "If-None-Match": 'W/"a"' });
    expect(onlyIfSame({ modified, etag: '"a"' })).toEqual({ "If-Match": '"a"' });
    expect(onlyIfSame({ modified, etag: 'W/"a"' })).toEqual({ "If-Unmodified-Since": modified });
    expect([onlyIfSame({ etag: 'W/"a"' }), onlyIfSame(null)]).toEqual([null, null]);
  });
});

describe("a write on top of what the user has seen", () => {
  const patch = { method: "PATCH", headers: { Authorization: "me" }, body: "{}" };
  const seen = (headers: Record<string, string>) => ({
    body: { title: "old", n: 1 },
    asOf: null,
    validator: validatorOf(new Response(null, { headers })),
  });
  const methods = ({ asked }: ReturnType<typeof createServer>) => asked.map(({ method }) => method);

  test("goes with the tag of that, and not of what was read since", async () => {
    const server = createServer(json(2, { ETag: '"b"' }), json({ title: "new" }, { ETag: '"c"' }));
    const http = httpValidators({ fetch: server.fetch });
    await http.read("/notes/1");
    const written = await http.write("/notes/1", patch, seen({ ETag: '"a"' }));
    expect(server.asked[1]?.headers).toEqual({ authorization: "me", "if-match": '"a"' });
    expect(written).toMatchObject({
      accepted: true,
      body: { title: "new" },
      validator: { etag: '"c"' },
    });
  });

  test.each([409, 412])("is refused by %i: what is there now is read", async (code) => {
    const server = createServer(status(code), json({ title: "theirs" }, { ETag: '"b"' }));
    const http = httpValidators({ fetch: server.fetch });
    const written = await http.write("/notes/1", patch, seen({ ETag: '"a"' }));
    expect(written).toMatchObject({
      accepted: false,
      body: { title: "theirs" },
      validator: { etag: '"b"' },
    });
    expect(methods(server)).toEqual(["PATCH", "GET"]);
    expect(server.asked[1]?.headers).toEqual({ authorization: "me" });
  });

  test("is compared before, by a weak tag where there is one, and not sent where that is another", async () => {
    const weak = { ETag: 'W/"a"' };
    const same = createServer(json({ title: "old" }, { ETag: '"a"' }), json(1));
    const written = httpValidators(same).write("/notes/1", patch, seen(weak));
    expect(await written).toMatchObject({ accepted: true });
    expect(methods(same)).toEqual(["GET", "PATCH"]);

    const other = createServer(json({ title: "old", n: 1 }, { ETag: 'W/"b"' }));
    const refused = httpValidators(other).write("/notes/1", patch, seen(weak));
    expect(await refused).toMatchObject({ accepted: false });
    expect(methods(other)).toEqual(["GET"]);
  });

  test("is compared before by what was read, in any order of its fields, where nothing names a state", async () => {
    const same = createServer(json({ n: 1, title: "old" }), json(1));
    expect((await httpValidators(same).write("/notes/1", patch, seen({}))).accepted).toBe(true);
    const other = createServer(json({ n: 1, title: "theirs" }));
    const refused = await httpValidators(other).write("/notes/1", patch, seen({}));
    expect(refused).toMatchObject({ accepted: false, body: { title: "theirs" } });
  });

  test("without it is not guarded: a refusal is an error, and an answer may have no body", async () => {
    const server = createServer(status(409), status(204));
    const http = httpValidators(server);
    await expect(http.write("/notes/1", patch)).rejects.toThrow("/notes/1: 409");
    expect(await http.write("/notes/1", { method: "DELETE" })).toEqual({
      accepted: true,
      body: null,
      asOf: null,
      validator: null,
    });
  });
});
