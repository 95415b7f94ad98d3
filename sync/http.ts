export { type Change, changeSchema } from "./wire/change.ts";
export { type HttpLogOptions, httpLog } from "./wire/http-log.ts";
export { formatRevision, parseRevision, type Revision, revisionOf } from "./wire/revision.ts";
export { withTimeLimit } from "./wire/time-limit.ts";
