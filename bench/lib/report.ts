import { loadavg } from "node:os";
import { mark } from "../../scripts/marks.ts";

/**
 * Prints a table in the form from which `npm run bench` puts it into docs/performance.md. `id` is
 * `<script>/<table>`, with the name that the script has in package.json after `bench:`.
 */
export function report(
  id: string,
  head: readonly string[],
  rows: readonly (readonly unknown[])[],
): void {
  const options = process.argv.slice(2).map((option, at) => (at ? option : `-- ${option}`));
  const command = [`npm run bench:${id.split("/")[0]}`, ...options].join(" ");
  const source = `\`${command}\`, ${today()}, load ${loadavg()[0]?.toFixed(1)}`;
  console.log(`${mark(id, `${table(head, rows)}\n\n${source}`)}\n`);
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = (sorted.length - 1) * share;
  const below = sorted[Math.floor(rank)] ?? Number.NaN;
  const above = sorted[Math.ceil(rank)] ?? Number.NaN;
  return below + (above - below) * (rank - Math.floor(rank));
}

/** `123 (98–160)`: the median and the middle half. */
export function spread(values: readonly number[], digits = 0): string {
  const [low, mid, high] = [0.25, 0.5, 0.75].map((share) =>
    quantile(values, share).toFixed(digits),
  );
  return `${mid} (${low}–${high})`;
}

/** `1.20 (1.1–1.4)`: the median and the middle half of the ratios of what was measured in pairs. */
export function ratio(values: readonly number[], base: readonly number[]): string {
  return spread(
    values.map((value, at) => value / (base[at] ?? Number.NaN)),
    2,
  );
}

/** `12 / 20 / 31`: the 50th, 95th and 99th percentile. */
export function percentiles(values: readonly number[], digits = 0): string {
  return [0.5, 0.95, 0.99].map((share) => quantile(values, share).toFixed(digits)).join(" / ");
}

/** A count that should not vary: one number, or the median and the range if it does. */
export function range(values: readonly number[]): string {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return least === most ? `${most}` : `${median(values)} (${least}–${most})`;
}

export function kilobytes(bytes: number): string {
  if (bytes < 200) return `${bytes} B`;
  return `${(bytes / 1000).toFixed(bytes < 10_000 ? 1 : 0)} kB`;
}

function table(head: readonly string[], rows: readonly (readonly unknown[])[]): string {
  const line = (cells: readonly unknown[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** The number after `--name` on the command line; without it `fallback`, and `short` in a run with `--short`. */
export function option(name: string, fallback: number, short = fallback): number {
  const at = process.argv.indexOf(`--${name}`);
  if (at !== -1) return Number(process.argv[at + 1]);
  return process.argv.includes("--short") ? short : fallback;
}

export function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}

/** Changes the order by round, so that each item is first, in the middle and last equally often. */
export function rotate<T>(items: readonly T[], round: number): T[] {
  const start = round % items.length;
  return [...items.slice(start), ...items.slice(0, start)];
}
