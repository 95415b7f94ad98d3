/** What a server says while it runs. Neither rows nor texts that were searched for are in it. */
export interface Log {
  line(text: string): void;
  request(answered: AnsweredRequest): void;
}

export interface AnsweredRequest {
  /** The answer names it in `Request-Id`, and a problem of the server's in its text. */
  readonly id: string;
  readonly origin: "shell" | "pane";
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** 0 where the client left before the answer. */
  readonly status: number;
  readonly ms: number;
}

/** As text for a person, without the requests; as JSON for a collector of logs, a line each. */
export async function createLog(
  format: "text" | "json",
  destination?: { write(line: string): void },
): Promise<Log> {
  if (format === "text") return { line: (text) => console.log(text), request() {} };
  // Who reads text does not load it.
  const { pino } = await import("pino");
  const options = { base: null, timestamp: pino.stdTimeFunctions.isoTime };
  const logger = destination ? pino(options, destination) : pino(options);
  return {
    line: (text) => logger.info(text),
    request({ status, ...answered }) {
      const level = status >= 500 ? "error" : "info";
      logger[level]({ ...answered, status }, "request");
    },
  };
}
