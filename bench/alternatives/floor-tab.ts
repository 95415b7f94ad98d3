import { type HarnessTab, now, watch } from "./harness-tab.ts";
import { send } from "./send.ts";

interface Answer {
  readonly id: string;
  readonly pinned: boolean;
  readonly version: number;
}

/**
 * The least that any way has to do: the writer sends the PATCH and posts the answer, the other tab sets two text
 * nodes. No cache, no framework, no check; nothing survives a lost message.
 */
export function openFloorTab(accountId: string): HarnessTab {
  const row = document.body.appendChild(document.createElement("p"));
  const count = document.body.appendChild(document.createElement("p"));
  const channel = new BroadcastChannel("floor");
  channel.onmessage = ({ data }: MessageEvent<{ answer: Answer; pinnedCount: number }>) => {
    row.textContent = `${data.answer.id} ${data.answer.pinned}`;
    count.textContent = String(data.pinnedCount);
  };
  const subscribe = (listener: () => void) => {
    const observer = new MutationObserver(listener);
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
    return () => observer.disconnect();
  };

  return {
    async load() {
      const account = await send<{ pinnedCount: number }>("GET", `/accounts/${accountId}`);
      count.textContent = String(account.pinnedCount);
    },
    pin(activityId, pinned) {
      const clicked = now();
      void patch(activityId, pinned);
      return clicked;
    },
    whenShown: (expected, limit) =>
      watch(subscribe, expected, limit, () => ({
        pinned:
          row.textContent === `${expected.id} ${expected.pinned}` ? expected.pinned : undefined,
        pinnedCount: Number(count.textContent),
        isConfirmed: true,
      })),
  };

  async function patch(activityId: string, pinned: boolean) {
    const response = await fetch(`/api/activities/${activityId}`, {
      method: "PATCH",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ pinned }),
    });
    const answer: Answer = await response.json();
    const [change] = JSON.parse(response.headers.get("Tandem-Changes") ?? "[]");
    channel.postMessage({ answer, ...change.derived[`accounts/${accountId}`] });
  }
}
