import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Provider } from "oidc-provider";

/** What the provider says of a person, beside their `sub`. */
export interface TestPerson {
  readonly email: string;
  readonly email_verified: boolean;
  readonly name: string;
}

export interface TestProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  close(): Promise<void>;
}

/**
 * A real OpenID Connect provider on a free port, with these people by their `sub`. Its page asks for no password: it has a
 * button for each of them.
 */
export async function startProvider(
  redirectUri: string,
  people: Readonly<Record<string, TestPerson>>,
): Promise<TestProvider> {
  const client = { clientId: "tandem", clientSecret: "a-secret-of-the-test" };
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`;
  const provider = withoutNotices(
    () =>
      new Provider(issuer, {
        clients: [
          {
            client_id: client.clientId,
            client_secret: client.clientSecret,
            redirect_uris: [redirectUri],
            post_logout_redirect_uris: [new URL("signed-out", redirectUri).href],
          },
        ],
        claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
        cookies: { keys: ["a key of the test"] },
        ttl: { AccessToken: 600, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
        features: {
          devInteractions: { enabled: false },
          // Its own page loads a font from elsewhere.
          rpInitiatedLogout: {
            logoutSource(ctx: { body: string }, form: string) {
              ctx.body = `<title>Provider</title>${form}<button form="op.logoutForm" name="logout" value="yes">Yes, sign me out</button>`;
            },
          },
        },
        interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
        findAccount: (_: unknown, sub: string) => ({
          accountId: sub,
          claims: () => ({ sub, ...people[sub] }),
        }),
      }),
  );

  async function interact(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const { params } = await provider.interactionDetails(req, res);
    const sub = new URLSearchParams(await textOf(req)).get("sub");
    if (sub === null) {
      const buttons = Object.entries(people).map(
        ([id, { name }]) => `<button name="sub" value="${id}">Continue as ${name}</button>`,
      );
      res.setHeader("Content-Type", "text/html");
      res.end(`<title>Provider</title><form method="post">${buttons.join("")}</form>`);
      return;
    }
    const grant = new provider.Grant({ accountId: sub, clientId: params.client_id ?? "" });
    grant.addOIDCScope("openid email profile");
    const result = { login: { accountId: sub }, consent: { grantId: await grant.save() } };
    await provider.interactionFinished(req, res, result, { mergeWithLastSubmission: false });
  }

  const handle = provider.callback();
  server.on("request", (req, res) => {
    if (!req.url?.startsWith("/interaction/")) return handle(req, res);
    interact(req, res).catch((error: unknown) => {
      res.statusCode = 500;
      res.end(String(error));
    });
  });
  return {
    issuer,
    ...client,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** It warns of keys that are for development, which these are. */
function withoutNotices<T>(make: () => T): T {
  const { info, warn } = console;
  Object.assign(console, { info() {}, warn() {} });
  try {
    return make();
  } finally {
    Object.assign(console, { info, warn });
  }
}

async function textOf(req: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of req) text += chunk;
  return text;
}
