import { whoCookie } from "#contract/who.ts";

/** Milliseconds that a person has to sign in at the provider. */
export const checksMs = 600_000;

export interface CookieNames {
  /** The secret of the session. */
  readonly session: string;
  /** What pages may know of it. */
  readonly who: string;
  /** A sign-in that was begun. */
  readonly pending: string;
  /** The workspace that this browser had last. */
  readonly workspace: string;
  readonly secure: boolean;
}

/** With https the prefix has browsers refuse a cookie that another host of the same site sets. */
export function cookieNames(paneOrigin: string): CookieNames {
  const url = new URL(paneOrigin);
  const secure = url.protocol === "https:";
  const named = (name: string) => (secure ? `__Host-tandem-${name}` : `tandem-${name}-${url.port}`);
  return {
    session: named("session"),
    who: whoCookie(url),
    pending: named("sign-in"),
    workspace: named("workspace"),
    secure,
  };
}
