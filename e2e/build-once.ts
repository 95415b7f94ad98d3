import { join } from "node:path";
import { buildStale } from "../server/build-stale.ts";

/** Before the workers start their servers, which would else each build what is stale. */
export default () => buildStale(join(import.meta.dirname, ".."));
