import { randomUUID } from "node:crypto";
import type { ApiClient } from "../support/api-client.ts";
import type { Tab } from "../support/tab.ts";
import { expect } from "../support/test.ts";

/**
 * Waits until each of these tabs, all in view, shows a change made now, which costs no request, and has received
 * the leader's broadcast of the head that follows half a second later. Every request that earlier changes cause
 * has been sent by then.
 */
export async function untilQuiet(tabs: readonly Tab[], api: ApiClient): Promise<void> {
  const channels = await Promise.all(tabs.map((tab) => tab.listen()));
  const name = `Settled ${randomUUID().slice(0, 8)}`;
  await api.send("PATCH", "/accounts/acc-28", { name });
  for (const tab of tabs) await expect(tab.account(name)).toBeAttached();
  for (const channel of channels)
    await expect.poll(async () => (await channel.messages()).join()).toContain('"type":"head"');
  for (const tab of tabs) await expect(tab.sync).toHaveText("Up to date");
}
