export { type Change, changeSchema } from "./wire/change.ts";
export { type HttpLogOptions, httpLog, revisionOf } from "./wire/http-log.ts";
export { formatRevision, parseRevision, type Revision } from "./wire/revision.ts";
export { withTimeLimit } from "./wire/time-limit.ts";
