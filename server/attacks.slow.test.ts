import { describe, expect, onTestFinished, test } from "vitest";
import {
  createBrowser,
  type SignedInTandem,
  signIn,
  startWithSignIn,
} from "./testing/start-with-sign-in.ts";

const start = () => startWithSignIn(onTestFinished);

async function signedIn(tandem: SignedInTandem, sub = "ada") {
  const browser = createBrowser();
  await signIn(tandem, sub, browser);
  return browser;
}

const named = ({ pane }: SignedInTandem, name: string) => `tandem-${name}-${new URL(pane).port}`;
const pinned = { body: { pinned: true } };

describe("a stranger's page, in the browser of somebody who is signed in", () => {
  test.each([
    ["of another site", { Origin: "https://evil.example", "Sec-Fetch-Site": "cross-site" }],
    ["of a sibling host", { Origin: "https://evil.localhost", "Sec-Fetch-Site": "same-site" }],
    ["of another port", { Origin: "http://localhost:1" }],
    ["without an origin", { Origin: "null" }],
  ])("%s writes nothing", async (_, page) => {
    const tandem = await start();
    const ada = await signedIn(tandem);
    const json = { ...page, "Content-Type": "application/json" };
    const urls = [`${tandem.api}/activities/act-02`, `${tandem.pane}/access/members`];
    expect((await ada.send("PATCH", urls[0] ?? "", { ...pinned, headers: json })).status).toBe(403);
    const body = { email: "evil@example.com", role: "admin" };
    expect((await ada.send("POST", urls[1] ?? "", { body, headers: json })).status).toBe(403);
    const out = `${tandem.pane}/access/sign-out`;
    expect((await ada.send("POST", out, { body: {}, headers: json })).status).toBe(403);
    expect((await ada.send("GET", `${tandem.api}/accounts`)).status).toBe(200);
  });

  test("reads nothing, and does not learn by the time it takes that there is something", async () => {
    const tandem = await start();
    const ada = await signedIn(tandem);
    for (const site of ["cross-site", "same-site"]) {
      const headers = { "Sec-Fetch-Site": site, "Sec-Fetch-Mode": "no-cors" };
      for (const url of [`${tandem.api}/users`, `${tandem.pane}/access/members`]) {
        const answer = await ada.send("GET", url, { headers });
        expect([answer.status, answer.text.includes("Maya")]).toEqual([403, false]);
      }
    }
    const { headers } = await ada.send("GET", `${tandem.api}/users`, {
      headers: { Origin: "https://evil.example" },
    });
    expect(headers["access-control-allow-origin"]).toBeUndefined();
    expect(headers["cross-origin-resource-policy"]).toBe("same-origin");
  });

  test("sends no form: not the type that a form has", async () => {
    const tandem = await start();
    const ada = await signedIn(tandem);
    const form = { "Content-Type": "application/x-www-form-urlencoded" };
    for (const url of [`${tandem.api}/users`, `${tandem.pane}/access/sign-out`])
      expect((await ada.send("POST", url, { body: "name=Evil", headers: form })).status).toBe(415);
    const plain = { "Content-Type": "text/plain" };
    const { status } = await ada.send("POST", `${tandem.api}/users`, {
      body: '{"name":"Evil"}',
      headers: plain,
    });
    expect(status).toBe(415);
  });
});

describe("what was stolen or planted", () => {
  test("the URL of a stream is worth nothing without the cookie", async () => {
    const tandem = await start();
    const ada = await signedIn(tandem);
    const url = `${tandem.api}/changes`;
    const stream = await ada.openStream(url);
    expect([stream.status, (await createBrowser().openStream(url)).status]).toEqual([200, 401]);
    stream.close();
  });

  test("a session id that was planted before the sign-in is not the one after it", async () => {
    const tandem = await start();
    const planted = "A".repeat(43);
    const victim = createBrowser();
    victim.cookies.set(named(tandem, "session"), planted);
    expect((await signIn(tandem, "ada", victim)).status).toBe(302);
    expect(victim.cookies.get(named(tandem, "session"))).not.toBe(planted);
    const thief = createBrowser();
    thief.cookies.set(named(tandem, "session"), planted);
    expect((await thief.send("GET", `${tandem.api}/accounts`)).status).toBe(401);
  });

  test("a session of before ends with the next sign-in of the browser", async () => {
    const tandem = await start();
    const ada = await signedIn(tandem);
    const thief = createBrowser();
    const session = named(tandem, "session");
    thief.cookies.set(session, ada.cookies.get(session) ?? "");
    expect((await thief.send("GET", `${tandem.api}/accounts`)).status).toBe(200);
    await signIn(tandem, "ada", ada);
    expect((await thief.send("GET", `${tandem.api}/accounts`)).status).toBe(401);
  });

  test("of two cookies of the name, as a sibling host can plant one, none counts", async () => {
    const tandem = await start();
    const ada = await signedIn(tandem);
    const session = named(tandem, "session");
    const pairs = [`${session}=${ada.cookies.get(session)}`, `${session}=planted`];
    ada.cookies.clear();
    for (const Cookie of [pairs.join("; "), pairs.reverse().join("; ")]) {
      const { status } = await ada.send("GET", `${tandem.api}/accounts`, { headers: { Cookie } });
      expect(status).toBe(401);
    }
  });

  test("a code is good once, and only in the browser that began", async () => {
    const tandem = await start();
    const ada = createBrowser();
    let pending = "";
    const keep = named(tandem, "sign-in");
    const { url } = await signIn(tandem, "ada", {
      ...ada,
      send(method, to, options) {
        pending = ada.cookies.get(keep) ?? pending;
        return ada.send(method, to, options);
      },
    });
    const again = createBrowser();
    const without = await again.send("GET", url);
    expect([without.status, again.cookies.get(named(tandem, "session"))]).toEqual([400, undefined]);
    again.cookies.set(keep, pending);
    const replayed = await again.send("GET", url);
    expect(replayed.status).toBe(400);
    expect(again.cookies.get(named(tandem, "session"))).toBeUndefined();
  });

  test("a code of the attacker's does not sign another browser in as them", async () => {
    const tandem = await start();
    const victim = createBrowser();
    await victim.send("GET", `${tandem.pane}/access/sign-in`);
    const attacker = createBrowser();
    const codes: string[] = [];
    await signIn(tandem, "ada", {
      ...attacker,
      async send(method, url, options) {
        if (!url.includes("/callback")) return attacker.send(method, url, options);
        codes.push(url);
        return { status: 0, headers: {}, text: "" };
      },
    });
    expect(codes).toHaveLength(1);
    expect((await victim.send("GET", codes[0] ?? "")).status).toBe(400);
    expect(victim.cookies.get(named(tandem, "session"))).toBeUndefined();
  });
});

describe("where a sign-in leads", () => {
  test("not to a stranger's page", async () => {
    const tandem = await start();
    const { headers } = await signIn(tandem, "ada", createBrowser(), "//evil.example/");
    expect(headers.location).toBe(`${tandem.pane}/`);
  });

  test("to the pages of both origins, and to the shell as it was left", async () => {
    const tandem = await start();
    const lead = async (to: string) =>
      (await signIn(tandem, "ada", createBrowser(), to)).headers.location;
    expect(await lead("/?account=acc-1")).toBe(`${tandem.pane}/?account=acc-1`);
    expect(await lead(`${tandem.shell}/?layout=focus`)).toBe(`${tandem.shell}/?layout=focus`);
    expect(await lead("shell")).toBe(`${tandem.shell}/?back`);
  });

  test("a forged Host is refused, and leads no answer of the provider elsewhere", async () => {
    const tandem = await start();
    for (const path of ["/access/sign-in", "/access/callback?code=x&state=y", "/api/accounts"]) {
      const headers = { Host: "evil.example" };
      expect((await createBrowser().send("GET", tandem.pane + path, { headers })).status).toBe(403);
    }
    const headers = { Host: `127.0.0.1:${new URL(tandem.pane).port}` };
    const moved = await createBrowser().send("GET", `${tandem.pane}/access/sign-in`, { headers });
    expect(moved.headers.location).toBe(`${tandem.pane}/access/sign-in?moved=1`);
    const begun = await createBrowser().send("GET", `${tandem.pane}/access/sign-in`);
    const redirect = new URL(begun.headers.location ?? "").searchParams.get("redirect_uri");
    expect(redirect).toBe(`${tandem.pane}/access/callback`);
  });

  test("words of the request are no markup in a notice", async () => {
    const tandem = await start();
    const path = "/access/callback?error=x&error_description=<script>alert(1)</script>&state=<b>";
    const { text, headers } = await createBrowser().send("GET", tandem.pane + encodeURI(path));
    expect(text).not.toMatch(/<script>|<b>/);
    expect(headers["content-security-policy"]).toContain("default-src 'none'");
  });
});
