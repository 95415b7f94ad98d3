import { join } from "node:path";
import { buildStale } from "#server/build-stale.ts";

/** Builds before the workers start: otherwise each of their servers would build what is stale. */
export default () => buildStale(join(import.meta.dirname, "../.."));
