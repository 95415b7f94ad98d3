import { expect, test } from "vitest";
import { readSettings } from "./settings.ts";
import { SettingsError } from "./settings-error.ts";

test("without settings Tandem serves db.json on ports 4173 and 4174", () => {
  expect(readSettings({})).toEqual({
    host: "localhost",
    shellPort: 4173,
    panePort: 4174,
    shellUrl: null,
    paneUrl: null,
    db: "db.json",
    databaseUrl: null,
    api: null,
    metrics: null,
    rateLimits: null,
    logFormat: "text",
    signIn: null,
    keepsPages: true,
    remotesFile: "remotes.json",
    isOpen: false,
  });
});

test.each([
  { HOST: "0.0.0.0" },
  { HOST: "192.168.1.7" },
  { HOST: "::" },
  { PANE_URL: "https://panes.tandem.example" },
  { HOST: "0.0.0.0", ACCESS: "yes" },
])("without sign-in %j is refused, for other machines could change everything", (env) => {
  expect(() => readSettings(env as NodeJS.ProcessEnv)).toThrow(/ACCESS/);
});

test("ACCESS=open lets other machines in, and the pages know of it", () => {
  expect(readSettings({ HOST: "0.0.0.0", ACCESS: "open" }).isOpen).toBe(true);
  expect(readSettings({ HOST: "127.0.0.1", ACCESS: "open" }).isOpen).toBe(false);
  expect(readSettings({ SHELL_URL: "http://localhost:8080" }).isOpen).toBe(false);
});

test("OFFLINE_PAGES=off has browsers keep no pages, and nothing else is understood", () => {
  expect(readSettings({ OFFLINE_PAGES: "off" }).keepsPages).toBe(false);
  expect(() => readSettings({ OFFLINE_PAGES: "no" })).toThrow("OFFLINE_PAGES");
});

test.each(["http://localhost:3001", "http://localhost:3001/", "https://example.com/crm"])(
  "API can be %s",
  (api) => {
    expect(readSettings({ API: api }).api).toEqual(new URL(api));
  },
);

test.each([
  { API: "localhost:3001" },
  { API: "3001" },
  { API: "ftp://localhost" },
  { API: "http://localhost:3001/?x=1" },
  { API: "http://localhost:4174/api" },
  { API: "http://127.0.0.1:4173" },
  { API: "http://tandem.example", HOST: "tandem.example", PORT: "80" },
  { SHELL_URL: "tandem.example" },
  { SHELL_URL: "http://tandem.example/app" },
  { PANE_URL: "http://user:secret@tandem.example" },
  { SHELL_URL: "http://tandem.example", PANE_URL: "http://tandem.example/" },
  { SHELL_URL: "https://tandem.example", PANE_URL: "http://panes.tandem.example" },
  { SHELL_URL: "https://tandem.example" },
  { DATABASE_URL: "mysql://db.example/tandem" },
  { DATABASE_URL: "db.example" },
  { DATABASE_URL: "postgres://db.example/tandem", DB: "db.json" },
  { DATABASE_URL: "postgres://db.example/tandem", API: "http://localhost:3001" },
  { PORT: "0" },
  { METRICS_PORT: "many" },
  { LOG: "xml" },
  { TRUST_PROXY: "yes" },
  { PORT: "5000", PANE_PORT: "5000" },
])("%j is refused with a SettingsError", (env) => {
  expect(() => readSettings(env as NodeJS.ProcessEnv)).toThrow(SettingsError);
});

test("a wrong DATABASE_URL is not repeated, for it may hold a password", () => {
  const read = () => readSettings({ DATABASE_URL: "mysql://tandem:secret@db.example" });
  expect(read).toThrow(expect.objectContaining({ message: expect.not.stringContaining("secret") }));
});

const oidc = { OIDC_ISSUER: "https://login.example", OIDC_CLIENT_ID: "tandem" };
const outer = { SHELL_URL: "https://tandem.example", PANE_URL: "https://panes.tandem.example" };

test("sign-in is by a provider, for members only, for 12 hours without use and a week in all", () => {
  const { signIn, isOpen } = readSettings({
    ...oidc,
    ...outer,
    HOST: "0.0.0.0",
    ADMINS: "Ada@Example.com, ,bo@example.com",
  });
  expect(isOpen).toBe(false);
  expect(signIn).toEqual({
    issuer: "https://login.example",
    clientId: "tandem",
    clientSecret: null,
    admins: ["ada@example.com", "bo@example.com"],
    newMembers: null,
    idleMs: 12 * 3_600_000,
    maxMs: 168 * 3_600_000,
  });
});

test.each([
  { OIDC_CLIENT_ID: "tandem" },
  { NEW_MEMBERS: "viewer" },
  { OIDC_ISSUER: "https://login.example" },
  { ...oidc, OIDC_ISSUER: "http://login.example" },
  { ...oidc, OIDC_ISSUER: "login.example" },
  { ...oidc, ACCESS: "open" },
  { ...oidc, API: "http://localhost:3001" },
  { ...oidc, HOST: "0.0.0.0" },
  { ...oidc, SHELL_URL: "http://tandem.example", PANE_URL: "http://panes.tandem.example" },
  { ...oidc, NEW_MEMBERS: "admin" },
  { ...oidc, SESSION_HOURS: "soon" },
  { ...oidc, SESSION_IDLE_HOURS: "0" },
])("%j is refused, for people would not be safe", (env) => {
  expect(() => readSettings(env as NodeJS.ProcessEnv)).toThrow(SettingsError);
});
