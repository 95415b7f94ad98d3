import type { Remote, Remotes } from "#contract/remotes.ts";

const line = { module: "mount", contract: [1, 2] as [number, number], sandbox: [], allow: [] };

export const accounts: Remote = {
  ...line,
  name: "tabApp",
  title: "Accounts",
  manifest: "/mf-manifest.json",
  standalone: "/",
};
export const billing: Remote = {
  ...line,
  name: "billing",
  title: "Billing",
  manifest: "/billing/mf-manifest.json",
};
export const foreign: Remote = {
  name: "foreign",
  title: "Foreign",
  page: "https://foreign.test/pane",
  contract: [1, 2],
  sandbox: [],
  allow: [],
};
export const remotes: Remotes = [accounts, billing, foreign];
