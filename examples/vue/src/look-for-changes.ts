import { runInOneTab } from "tandem-sync/one-tab";
import { type Light, lightsQuery, publish, queryClient, request, sync } from "./lights.ts";

/** The server tells nothing by itself, so one tab of the browser asks it every second, for all of them. */
export function lookForChanges(): void {
  runInOneTab("lights", poll, { visibility: sync.visibility });
}

async function poll(signal: AbortSignal) {
  while (!signal.aborted) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const lights = await request<Light[]>("/lights?poll", { signal }).catch(() => []);
    const known = queryClient.getQueryData(lightsQuery.queryKey) ?? [];
    for (const light of lights)
      if (known.some(({ id, on }) => id === light.id && on !== light.on)) publish(light);
  }
}
