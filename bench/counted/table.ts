import { countWay } from "./count.ts";
import type { Way } from "./notes-app.ts";

const ways: readonly { readonly way: Way; readonly name: string }[] = [
  { way: "focus", name: "`refetchOnWindowFocus`, the default" },
  { way: "query-client", name: "`broadcastQueryClient`" },
  { way: "everything", name: "a message, and everything is invalidated" },
  { way: "selective", name: "a message, and what it names is invalidated" },
  { way: "polling", name: "polling each 10 s" },
  { way: "tabs-only", name: "**tandem-sync**, any REST API, read at 10 s" },
  { way: "validators", name: "**tandem-sync**, with validators, read at 10 s" },
  { way: "log", name: "**tandem-sync**, with a change log" },
];

const size = (bytes: number) => (bytes < 1024 ? `${bytes} B` : `${(bytes / 1024).toFixed(1)} KB`);
const cost = ({ reads, bytes }: { reads: number; bytes: number }) =>
  reads === 0 ? "0" : `${reads} (${size(bytes)})`;
const seconds = (time: number | null) =>
  time === null ? "never" : time < 1 ? "at once" : `after ${Math.round(time)} s`;

/** The table of docs/guide/alternatives.md. */
export async function countAll(): Promise<string> {
  const rows = [];
  for (const { way, name } of ways) {
    const { write, hidden, idle, shown, showsRefused } = await countWay(way);
    rows.push([
      name,
      seconds(shown.here),
      seconds(shown.elsewhere),
      cost(write),
      write.messages ? size(write.messages) : "0",
      hidden,
      cost(idle),
      showsRefused ? "yes" : "no",
    ]);
  }
  const head = [
    "",
    "a write here is seen in the other tab",
    "a write from elsewhere",
    "reads for one write",
    "on the channel",
    "reads of 8 hidden tabs for 20 writes",
    "reads in 10 minutes without a write",
    "shows there what the server refused",
  ];
  return [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}
