import { QueryClient, queryOptions } from "@tanstack/vue-query";
import { createSync } from "tandem-sync";

export interface Light {
  id: number;
  room: string;
  on: boolean;
}

export const queryClient = new QueryClient({
  defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } },
});

export const sync = createSync({
  name: "lights",
  queryClient,
  effects: {
    lights: {
      effect: ({ row }, data: Light[]) =>
        row ? { patched: data.map((each) => (each.id === row.id ? row : each)) } : "stale",
    },
  },
});

export async function request<T>(path: string, init?: RequestInit): Promise<T> {
  const response = await fetch(path, init);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.json();
}

export const lightsQuery = queryOptions({
  queryKey: ["lights"],
  queryFn: () => request<Light[]>("/lights"),
});

export async function turn(light: Light): Promise<void> {
  const row = await request<Light>(`/lights/${light.id}`, {
    method: "PATCH",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ on: !light.on }),
  });
  publish(row);
}

/** Tells all tabs of this browser, this one included. */
export function publish(row: Light): void {
  sync.publish(null, [{ resource: "lights", id: String(row.id), op: "update", row: { ...row } }]);
}
