import * as client from "openid-client";

export interface ProviderOptions {
  readonly issuer: string;
  readonly clientId: string;
  /** Null for a public client. */
  readonly clientSecret: string | null;
  readonly redirectUri: string;
  /** Where the provider leads whom it has signed out (RP-Initiated Logout). */
  readonly signedOutUri: string;
}

/** Somebody who has signed in at the provider. */
export interface Person {
  /** `<issuer> <sub>`: an issuer gives a `sub` to nobody else, ever. */
  readonly subject: string;
  /** In lower case; null unless the provider has verified it. */
  readonly email: string | null;
  readonly name: string;
}

/** What the answer of the provider is checked against. It stays with the browser that began. */
export interface Checks {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** An OpenID Connect provider: the authorization code flow with PKCE, state and nonce. */
export interface Provider {
  begin(): Promise<{ readonly url: URL; readonly checks: Checks }>;
  /** `search` is the query that the provider's redirect has brought. Rejects where anything does not fit. */
  finish(search: string, checks: Checks): Promise<Person>;
  /**
   * Where a person signs out at the provider, which asks them first: it is not told who asks. It brings `state` back. Null
   * for a provider that offers none.
   */
  signOut(state: string): Promise<URL | null>;
}

export function createProvider(options: ProviderOptions): Provider {
  const { issuer, clientId, clientSecret, redirectUri, signedOutUri } = options;
  let discovered: Promise<client.Configuration> | null = null;

  /** When it is first needed: the provider may start after this server. */
  function discover(): Promise<client.Configuration> {
    if (discovered) return discovered;
    const url = new URL(issuer);
    const asking = client.discovery(
      url,
      clientId,
      clientSecret ?? undefined,
      clientSecret === null ? client.None() : client.ClientSecretBasic(clientSecret),
      // `readSettings` lets plain http pass on loopback only.
      url.protocol === "http:" ? { execute: [client.allowInsecureRequests] } : {},
    );
    discovered = asking;
    asking.catch(() => {
      discovered = null;
    });
    return asking;
  }

  return {
    async begin() {
      const config = await discover();
      const checks: Checks = {
        state: client.randomState(),
        nonce: client.randomNonce(),
        verifier: client.randomPKCECodeVerifier(),
      };
      const url = client.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: "openid email profile",
        state: checks.state,
        nonce: checks.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(checks.verifier),
        code_challenge_method: "S256",
      });
      return { url, checks };
    },
    async finish(search, { state, nonce, verifier }) {
      const config = await discover();
      // By our own address, whatever `Host` the request names.
      const current = new URL(redirectUri);
      current.search = search;
      const tokens = await client.authorizationCodeGrant(config, current, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (!claims) throw new Error("the provider sent no ID token");
      // Many providers put the email only there.
      const more =
        claims.email === undefined && config.serverMetadata().userinfo_endpoint
          ? await client.fetchUserInfo(config, tokens.access_token, claims.sub)
          : {};
      return toPerson({ ...more, ...claims }, claims.iss, claims.sub);
    },
    async signOut(state) {
      const config = await discover();
      if (!config.serverMetadata().end_session_endpoint) return null;
      return client.buildEndSessionUrl(config, { post_logout_redirect_uri: signedOutUri, state });
    },
  };
}

function toPerson(claims: Readonly<Record<string, unknown>>, issuer: string, sub: string): Person {
  const given = typeof claims.email === "string" ? claims.email.trim().toLowerCase() : "";
  const email = given !== "" && claims.email_verified === true ? given : null;
  const named = [claims.name, claims.preferred_username, given].find(
    (name): name is string => typeof name === "string" && name.trim() !== "",
  );
  return { subject: `${issuer} ${sub}`, email, name: (named ?? sub).trim().slice(0, 200) };
}
