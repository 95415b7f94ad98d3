import type { BrowserContext, Page } from "@playwright/test";

/** A page of another site. */
export interface Attacker {
  readonly page: Page;
  /** Embeds a page and waits for the frame's `load` event. */
  frame(url: string): Promise<void>;
  /** Opens a page and keeps a reference to its window. */
  open(url: string): Promise<Page>;
  /** Posts junk and forged messages to the opened window and the frames in it. */
  post(): Promise<void>;
}

export async function attack(context: BrowserContext): Promise<Attacker> {
  await context.route("http://attacker.test/", (route) =>
    route.fulfill({ contentType: "text/html", body: "<title>Another site</title>" }),
  );
  const page = await context.newPage();
  await page.goto("http://attacker.test/");
  return {
    page,
    async frame(url) {
      await page.evaluate(
        (url) =>
          new Promise((resolve) => {
            const frame = document.createElement("iframe");
            frame.src = url;
            frame.onload = resolve;
            document.body.append(frame);
          }),
        url,
      );
    },
    async open(url) {
      const opened = context.waitForEvent("page");
      await page.evaluate((url) => {
        Object.assign(window, { victim: open(url) });
      }, url);
      return opened;
    },
    post: () =>
      page.evaluate(() => {
        const { victim } = window as unknown as { victim: Window };
        const targets = [victim, ...Array.from({ length: victim.length }, (_, at) => victim[at])];
        const penpal = { namespace: "penpal", channel: undefined };
        const place = { url: "/?account=acc-01", byUser: true };
        const messages = [
          undefined,
          null,
          0,
          "x".repeat(1e6),
          [],
          {},
          JSON.parse('{"__proto__":{"polluted":true}}'),
          { ...penpal, type: "SYN", participantId: "attacker" },
          { ...penpal, type: "ACK1", methodPaths: [["hello"], ["visible"]] },
          { ...penpal, type: "ACK2" },
          ...["hello", "ready", "failed", "state", "chord"].map((method) => ({
            ...penpal,
            type: "CALL",
            id: method,
            methodPath: [method],
            args: [place],
          })),
          ...["visible", "theme", "command", "ping"].map((method) => ({
            ...penpal,
            type: "CALL",
            id: method,
            methodPath: [method],
            args: [method === "visible" ? false : { type: "navigate", url: "/?account=acc-01" }],
          })),
          { ...penpal, type: "DESTROY" },
          { tandem: 1, from: "x", type: "changes", epoch: "e", changes: [] },
        ];
        for (const target of targets)
          for (const message of messages) target?.postMessage(message, "*");
      }),
  };
}
