export { type Change, changeSchema } from "./change.ts";
export { type HttpLogOptions, httpLog, revisionOf } from "./http-log.ts";
export { formatRevision, parseRevision, type Revision } from "./revision.ts";
