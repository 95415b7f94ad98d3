import type { OracleContext } from "./context.ts";

/** Milliseconds that lost messages may leave a third stream open. */
const within = 10_000;

/** Claim "two streams": never more than two change streams in a browser, with Web Locks or without. */
export function createTwoStreams({ clock, fail }: OracleContext) {
  let generation = 0;
  let isOver = false;
  return {
    streaming(count: number) {
      if (count > 2 === isOver) return;
      isOver = count > 2;
      generation += 1;
      const begun = generation;
      const judge = () => {
        if (isOver && generation === begun) fail("two streams", `${count} for ${within} ms`);
      };
      if (isOver) clock.after(within, null, judge);
    },
  };
}
