import http from "node:http";
import { makeFile, type OnDone, smallData } from "#api/testing/data-file.ts";
import { freePorts } from "#api/testing/free-ports.ts";
import { startProvider, type TestPerson, type TestProvider } from "#api/testing/start-provider.ts";
import { createTandem } from "#server/create-tandem.ts";
import { readSettings, type Settings } from "#server/settings.ts";

export const people: Readonly<Record<string, TestPerson>> = {
  ada: { email: "Ada@Example.com", email_verified: true, name: "Ada Admin" },
  ed: { email: "ed@example.com", email_verified: true, name: "Ed Editor" },
  vi: { email: "vi@example.com", email_verified: true, name: "Vi Viewer" },
  sal: { email: "sal@example.com", email_verified: true, name: "Sal Sales" },
  mallory: { email: "vi@example.com", email_verified: true, name: "Mallory" },
  eve: { email: "vi@example.com", email_verified: false, name: "Eve" },
};

export interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
}

/** A client with cookies, as a browser has. It does not follow redirects. */
export interface Browser {
  readonly cookies: Map<string, string>;
  send(
    method: string,
    url: string,
    options?: { body?: unknown; headers?: Record<string, string> },
  ): Promise<Answer>;
  /** Opens the change stream. `text` is what has arrived; `ended` resolves when it has ended. */
  openStream(
    url: string,
  ): Promise<{ status: number; text(): string; ended: Promise<void>; close(): void }>;
}

export type SignedInTandem = Awaited<ReturnType<typeof startWithSignIn>>;

/**
 * Tandem on both origins with a data file, or a database in its place, and a provider. Ada is an admin; nobody else is a
 * member yet.
 */
export async function startWithSignIn(
  onDone: OnDone,
  more: Partial<NonNullable<Settings["signIn"]>> = {},
  databaseUrl?: string,
) {
  const [shellPort = 0, panePort = 0] = await freePorts(2);
  const pane = `http://localhost:${panePort}`;
  const shell = `http://localhost:${shellPort}`;
  const provider = await startProvider(`${pane}/access/callback`, people);
  onDone(provider.close);
  const settings = readSettings({
    PORT: String(shellPort),
    PANE_PORT: String(panePort),
    ...(databaseUrl === undefined
      ? { DB: makeFile(smallData, onDone) }
      : { DATABASE_URL: databaseUrl }),
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: provider.clientId,
    OIDC_CLIENT_SECRET: provider.clientSecret,
    ADMINS: "ada@example.com",
  });
  if (!settings.signIn) throw new Error("sign-in is not set");
  const page = (_: unknown, response: http.ServerResponse) => void response.end("a page");
  const tandem = await createTandem(
    { ...settings, signIn: { ...settings.signIn, ...more } },
    () => ({ shell: page, pane: page, build: () => null, close: async () => {} }),
  );
  onDone(tandem.close);
  return { pane, shell, api: `${pane}/api`, provider, settings };
}

/** Goes through the provider as one of `people`. Returns the answer to its redirect, and the URL of that. */
export async function signIn(
  { pane, provider }: { pane: string; provider: Pick<TestProvider, "issuer"> },
  sub: string,
  browser: Browser,
  returnTo?: string,
  workspace?: string,
): Promise<Answer & { readonly url: string }> {
  const query = new URLSearchParams({
    ...(returnTo !== undefined && { return_to: returnTo }),
    ...(workspace !== undefined && { workspace }),
  });
  let url = `${pane}/access/sign-in?${query}`;
  // Its own session would sign in whoever was there before.
  for (const name of browser.cookies.keys()) if (name.startsWith("_")) browser.cookies.delete(name);
  for (;;) {
    const isInteraction = url.startsWith(`${provider.issuer}/interaction/`);
    const answer = await (isInteraction
      ? browser.send("POST", url, {
          body: `sub=${sub}`,
          headers: { "Content-Type": "application/x-www-form-urlencoded" },
        })
      : browser.send("GET", url));
    const { location } = answer.headers;
    if (url.startsWith(`${pane}/access/callback`) || location === undefined)
      return { ...answer, url };
    url = new URL(location, url).href;
  }
}

export function createBrowser(): Browser {
  const cookies = new Map<string, string>();

  function request(method: string, url: string, headers: Record<string, string>) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    return http.request(url, {
      method,
      agent: false,
      headers: { ...(cookie && { Cookie: cookie }), ...headers },
    });
  }

  function keep(response: http.IncomingMessage): void {
    for (const line of response.headers["set-cookie"] ?? []) {
      const [pair = ""] = line.split(";");
      const [name = "", ...value] = pair.split("=");
      if (/max-age=0|expires=Thu, 01 Jan 1970/i.test(line)) cookies.delete(name);
      else cookies.set(name, value.join("="));
    }
  }

  return {
    cookies,
    send(method, url, { body, headers = {} } = {}) {
      return new Promise((resolve, reject) => {
        const type = typeof body === "string" ? {} : { "Content-Type": "application/json" };
        const sent = request(method, url, { ...(body !== undefined && type), ...headers });
        sent.on("error", reject);
        sent.on("response", (response) => {
          keep(response);
          let text = "";
          response.on("data", (chunk) => {
            text += chunk;
          });
          response.on("error", reject);
          response.on("end", () =>
            resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
          );
        });
        sent.end(body === undefined || typeof body === "string" ? body : JSON.stringify(body));
      });
    },
    openStream(url) {
      return new Promise((resolve, reject) => {
        const sent = request("GET", url, { Accept: "text/event-stream" });
        sent.on("error", reject);
        sent.on("response", (response) => {
          let text = "";
          response.on("data", (chunk) => {
            text += chunk;
          });
          const ended = new Promise<void>((done) => response.on("close", done));
          resolve({
            status: response.statusCode ?? 0,
            text: () => text,
            ended,
            close: () => sent.destroy(),
          });
        });
        sent.end();
      });
    },
  };
}
