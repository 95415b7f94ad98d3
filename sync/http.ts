export { type Change, changeSchema } from "./change.ts";
export { formatRevision, parseRevision, type Revision } from "./revision.ts";
