/** What the name of a realm says: the tab, and the signed-in user. */
export interface TabIdentity {
  /** "Tab B" */
  readonly tabName: string;
  readonly userId: string | null;
}

/**
 * A name for one realm, as it goes on the channel and into the log (`Tandem-TabIdentity`): the tab's name,
 * eight random hexadecimal digits, and the user where their id fits: `Tab-B_5f0c93aa_usr-03`.
 */
export function createTabId(
  tabName: string,
  userId: string | null,
  random = randomDigits(),
): string {
  const user = userId !== null && /^[\w-]{1,24}$/.test(userId) ? `_${userId}` : "";
  return `${tabName.replaceAll(/[^A-Za-z0-9]+/g, "-").slice(0, 24)}_${random}${user}`;
}

/** Reads what `createTabId` wrote; never throws, as other programs may name themselves as they like. */
export function readTabId(origin: string): TabIdentity {
  const [name = "", , ...user] = origin.split("_");
  return { tabName: name.replaceAll("-", " "), userId: user.length > 0 ? user.join("_") : null };
}

/** Each realm holds a lock of this prefix and its name: it shows that the realm is in this browser. */
export const tabIdLock = "tandem-realm ";

/** `crypto.randomUUID` is missing on plain http beyond localhost. */
export function randomDigits(): string {
  const [random = 0] = crypto.getRandomValues(new Uint32Array(1));
  return random.toString(16).padStart(8, "0");
}
