import fs from "node:fs";
import path from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import {
  createBrowser,
  type SignedInTandem,
  signIn,
  startWithSignIn,
} from "./testing/start-with-sign-in.ts";

const start = (more = {}) => startWithSignIn(onTestFinished, more);

/** A browser that is signed in as one of the people, who is a member. */
async function signedIn(tandem: SignedInTandem, sub: string) {
  const browser = createBrowser();
  const { status } = await signIn(tandem, sub, browser);
  expect(status).toBe(302);
  return browser;
}

const sessionCookie = ({ pane }: SignedInTandem) => `tandem-session-${new URL(pane).port}`;

describe("signing in", () => {
  test("nothing is told to whom has not signed in, and everything to an admin who has", async () => {
    const tandem = await start();
    const browser = createBrowser();
    const paths = ["accounts", "changes", "presence", "overview", "status", "db", "faults"];
    for (const name of paths) {
      const { status, text, headers } = await browser.send("GET", `${tandem.api}/${name}`);
      expect([name, status, JSON.parse(text).title]).toEqual([name, 401, "Not signed in"]);
      expect(headers["www-authenticate"]).toContain("/access/sign-in");
    }
    const { headers } = await signIn(tandem, "ada", browser, "/?account=acc-01");
    expect(headers.location).toBe(`${tandem.pane}/?account=acc-01`);
    for (const name of paths.filter((each) => each !== "faults"))
      expect((await browser.send("GET", `${tandem.api}/${name}`)).status).toBe(200);
    const { text } = await browser.send("GET", `${tandem.api}/users?name=Ada%20Admin`);
    expect(JSON.parse(text)).toMatchObject([{ name: "Ada Admin" }]);
  });

  test("signed out at the provider too, one is asked who one is at the next sign-in, and comes back to where one was", async () => {
    const tandem = await start();
    const ada = await signedIn(tandem, "ada");
    const json = { "Content-Type": "application/json" };
    const ended = await ada.send("POST", `${tandem.pane}/access/sign-out`, {
      body: {},
      headers: json,
    });
    expect(ended.status).toBe(204);
    const next = async () => {
      let url = `${tandem.pane}/access/sign-in`;
      while (!url.startsWith(`${tandem.pane}/access/callback`)) {
        if (url.includes("/interaction/")) return "asked";
        const { headers } = await ada.send("GET", url);
        url = new URL(String(headers.location), url).href;
      }
      return "let in";
    };
    expect(await next()).toBe("let in");

    const where = encodeURIComponent("/?account=acc-01");
    const { headers } = await ada.send(
      "GET",
      `${tandem.pane}/access/provider-sign-out?return_to=${where}`,
    );
    const page = await ada.send("GET", String(headers.location));
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page.text)?.[1];
    const confirmed = await ada.send("POST", `${tandem.provider.issuer}/session/end/confirm`, {
      body: `xsrf=${xsrf}&logout=yes`,
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
    });
    const back = await ada.send("GET", String(confirmed.headers.location));
    expect(back.headers.location).toBe(`${tandem.pane}/?account=acc-01`);
    expect(await next()).toBe("asked");
    const evil = await ada.send(
      "GET",
      `${tandem.pane}/access/signed-out?state=https%3A%2F%2Fevil.example`,
    );
    expect(evil.headers.location).toBe(`${tandem.pane}/`);
  });

  test("the secret is in a cookie that no script reads, and only its hash is on disk", async () => {
    const tandem = await start();
    const browser = createBrowser();
    const { headers } = await signIn(tandem, "ada", browser);
    const port = new URL(tandem.pane).port;
    const [session, who, dropped] = headers["set-cookie"] ?? [];
    expect(session).toMatch(
      new RegExp(
        `^tandem-session-${port}=[\\w-]{43}; Path=/; SameSite=Lax; Max-Age=604800; HttpOnly$`,
      ),
    );
    expect(who).toMatch(new RegExp(`^tandem-who-${port}=[\\w-]+\\.admin\\.usr-[0-9a-f]{12}; `));
    expect(who).not.toContain("HttpOnly");
    expect(dropped).toContain("Max-Age=0");
    const { db } = tandem.settings;
    const file = path.join(path.dirname(db), ".tandem", `${path.basename(db)}.sign-in.json`);
    const stored = fs.readFileSync(file, "utf8");
    expect(fs.statSync(file).mode & 0o777).toBe(0o600);
    expect(stored).toContain("ada@example.com");
    expect(stored).not.toContain(browser.cookies.get(sessionCookie(tandem)));
    expect(fs.readFileSync(db, "utf8")).not.toContain("example.com");
  });

  test("a person whom nobody has let in stays out, and one who was invited by email is in", async () => {
    const tandem = await start();
    const stranger = createBrowser();
    const { status, text } = await signIn(tandem, "ed", stranger);
    expect([status, text.includes("You are not a member")]).toEqual([403, true]);
    expect((await stranger.send("GET", `${tandem.api}/accounts`)).status).toBe(401);

    const ada = await signedIn(tandem, "ada");
    const body = { email: "ED@example.com", role: "editor", id: "usr-1" };
    const members = `${tandem.pane}/access/members`;
    expect((await ada.send("POST", members, { body })).status).toBe(201);
    const ed = await signedIn(tandem, "ed");
    expect(ed.cookies.get(`tandem-who-${new URL(tandem.pane).port}`)).toMatch(/\.editor\.usr-1$/);
    const known = JSON.parse((await ada.send("GET", members)).text).members;
    expect(known).toContainEqual({
      id: "usr-1",
      role: "editor",
      email: "ed@example.com",
      hasSignedIn: true,
    });
  });

  test("an email counts only where the provider has verified it", async () => {
    const tandem = await start();
    const ada = await signedIn(tandem, "ada");
    const body = { email: "vi@example.com", role: "viewer" };
    await ada.send("POST", `${tandem.pane}/access/members`, { body });
    expect((await signIn(tandem, "eve", createBrowser())).status).toBe(403);
    expect((await signIn(tandem, "vi", createBrowser())).status).toBe(302);
  });

  test("an address that the provider gives to somebody else later makes nobody of them", async () => {
    const tandem = await start();
    const ada = await signedIn(tandem, "ada");
    const body = { email: "vi@example.com", role: "viewer" };
    await ada.send("POST", `${tandem.pane}/access/members`, { body });
    await signedIn(tandem, "vi");
    expect((await signIn(tandem, "mallory", createBrowser())).status).toBe(403);
    expect((await signIn(tandem, "vi", createBrowser())).status).toBe(302);
  });

  test("NEW_MEMBERS lets in whomever the provider knows", async () => {
    const tandem = await start({ newMembers: "viewer" });
    const eve = await signedIn(tandem, "eve");
    expect((await eve.send("GET", `${tandem.api}/accounts`)).status).toBe(200);
  });
});

describe("sessions end", () => {
  test("for all browsers of a person at a sign-out everywhere, and their streams say so", async () => {
    const tandem = await start();
    const [here, there] = [await signedIn(tandem, "ada"), await signedIn(tandem, "ada")];
    const stream = await there.openStream(`${tandem.api}/changes`);
    const out = `${tandem.pane}/access/sign-out`;
    const { status } = await here.send("POST", out, { body: { everywhere: true } });
    expect(status).toBe(204);
    expect([...here.cookies.keys()].filter((name) => name.startsWith("tandem"))).toEqual([]);
    await stream.ended;
    expect(stream.text()).toMatch(/event: signed-out\ndata: {}\n\n$/);
    for (const browser of [here, there])
      expect((await browser.send("GET", `${tandem.api}/accounts`)).status).toBe(401);
  });

  test("for one browser at a plain sign-out", async () => {
    const tandem = await start();
    const [here, there] = [await signedIn(tandem, "ada"), await signedIn(tandem, "ada")];
    await here.send("POST", `${tandem.pane}/access/sign-out`, { body: {} });
    expect((await here.send("GET", `${tandem.api}/accounts`)).status).toBe(401);
    expect((await there.send("GET", `${tandem.api}/accounts`)).status).toBe(200);
  });

  test("at once for a member who is removed, has another role, or is signed out by an admin", async () => {
    const tandem = await start({ newMembers: "editor" });
    const ada = await signedIn(tandem, "ada");
    const members = `${tandem.pane}/access/members`;
    const endings = [
      { method: "PATCH", at: "", body: { role: "viewer" } },
      { method: "DELETE", at: "/sessions" },
      { method: "DELETE", at: "" },
    ];
    for (const { method, at, ...more } of endings) {
      const ed = await signedIn(tandem, "ed");
      const list = JSON.parse((await ada.send("GET", members)).text).members;
      const { id } = list.find(({ email }: { email: string }) => email === "ed@example.com");
      const stream = await ed.openStream(`${tandem.api}/changes`);
      const { status } = await ada.send(method, `${members}/${id}${at}`, more);
      expect([method, at, status < 300]).toEqual([method, at, true]);
      await stream.ended;
      expect((await ed.send("GET", `${tandem.api}/accounts`)).status).toBe(401);
    }
  });
});
