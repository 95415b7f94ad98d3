import type { Revision } from "#sync";
import type { Page } from "#sync/testing";
import type { Reply } from "./reply.ts";

/** Is told of every request and every stream of a page. */
export interface RequestWatch {
  requested(page: Page, method: string, path: string): RequestEnd;
  /** A write sets out. Returns what is called when it has arrived, or cannot any more. */
  sent(method: string, path: string, body: unknown): () => void;
  streamOpened(page: Page): void;
  /** How many streams are open by now, those of hung pages included. */
  streaming(count: number): void;
  /** The stream named the revision at which it begins; `reset`: the log does not reach back so far. */
  streamBegan(page: Page, event: "hello" | "reset", revision: Revision): void;
}

export interface RequestEnd {
  answered(reply: Reply): void;
  /** Answered, failed or aborted. May be called again. */
  over(): void;
}
