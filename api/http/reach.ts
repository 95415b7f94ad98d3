import { isLoopback } from "./loopback.ts";

export interface Reach {
  /** Host names and addresses, without a port, by which the server is reached. */
  readonly hosts: readonly string[];
  /** The setting `ACCESS`. */
  readonly access: string | undefined;
  readonly hasSignIn: boolean;
}

/**
 * Whether the data are open to other machines without sign-in. Without sign-in people choose who they are, which is for
 * one machine: throws an `Error` for a person to read where `ACCESS` does not say that more is meant.
 */
export function checkReach({ hosts, access, hasSignIn }: Reach): boolean {
  if (access && access !== "open") throw new Error(`ACCESS is "${access}": the only value is open`);
  if (access && hasSignIn)
    throw new Error("ACCESS=open and OIDC_ISSUER are both set: with sign-in, access is not open");
  const outer = hosts.find((host) => !isLoopback(host));
  if (outer === undefined || hasSignIn) return false;
  if (access) return true;
  throw new Error(
    `"${outer}" can be reached from other machines, and there is no sign-in: whoever reaches it could read and ` +
      "change everything. Set OIDC_ISSUER for sign-in (docs/deploy.md), or ACCESS=open if everybody may.",
  );
}
