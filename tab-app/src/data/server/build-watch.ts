import * as z from "zod/mini";
import { type Channel, createChannel, createEmitter } from "#sync";

/** Notices that the server serves another build than the one that this page is of. */
export interface BuildWatch {
  /** The build that is served, where it is another one; else null. */
  readonly other: string | null;
  /** Takes what an answer or the change stream says, which may be nothing or junk. */
  hear(build: unknown): void;
  subscribe(listener: () => void): () => void;
  close(): void;
}

export interface BuildWatchOptions {
  /** The build of this page; "" where it is of none, as in development. */
  own: string;
  channel?: Channel;
}

const buildSchema = z.string().check(z.minLength(1), z.maxLength(64));

/**
 * It asks nothing: answers name the build that is served, and so does the change stream when it opens, which one
 * tab of a browser hears. What is news is told to the others. A forged message shows a notice and does no more.
 */
export function createBuildWatch({
  own,
  channel = createChannel({ name: "tandem-build" }),
}: BuildWatchOptions): BuildWatch {
  const changed = createEmitter<void>();
  let served = own;

  /** Whether it is news. */
  function note(build: unknown): boolean {
    const { data = served } = buildSchema.safeParse(build);
    if (data === served || own === "") return false;
    served = data;
    changed.emit();
    return true;
  }

  channel.subscribe(note);
  return {
    get other() {
      return served === own ? null : served;
    },
    hear(build) {
      if (note(build)) channel.post(served);
    },
    subscribe: changed.subscribe,
    close: channel.close,
  };
}
