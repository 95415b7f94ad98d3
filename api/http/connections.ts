import type { ServerOptions } from "node:http";

/**
 * Milliseconds for which a connection is kept after an answer. Node's own 5 s are less than a proxy keeps one (60 s
 * with most), and less than a server may be held up on a busy machine: a request that was on its way meanwhile met a closed connection.
 */
export const connections: ServerOptions = { keepAliveTimeout: 65_000 };
