import { expect, test } from "vitest";
import type { Channel } from "#sync";
import { createBuildWatch } from "./build-watch.ts";

/** Tabs of one browser, each on a page of a build of its own. */
function openTabs(...builds: string[]) {
  const listeners = new Map<Channel, (value: unknown) => void>();
  let posted = 0;
  const openChannel = (): Channel => {
    const channel: Channel = {
      available: true,
      post(value) {
        posted += 1;
        for (const [other, listener] of listeners) if (other !== channel) listener(value);
      },
      subscribe(listener) {
        listeners.set(channel, listener);
        return () => listeners.delete(channel);
      },
      close: () => void listeners.delete(channel),
    };
    return channel;
  };
  const tabs = builds.map((own) => createBuildWatch({ own, channel: openChannel() }));
  const [first = createBuildWatch({ own: "" }), ...others] = tabs;
  return {
    first,
    others,
    forge: (value: unknown) => openChannel().post(value),
    count: () => posted,
  };
}

test("an answer of another build is noticed, and told to the other tabs once", () => {
  const { first, others, count } = openTabs("old", "old", "new");
  let heard = 0;
  others[0]?.subscribe(() => heard++);
  for (const build of ["old", "new", "new", null]) first.hear(build);
  expect(first.other).toBe("new");
  expect(others.map(({ other }) => other)).toEqual(["new", null]);
  expect([count(), heard]).toEqual([1, 1]);
});

test("a build that is taken back is nothing to reload for", () => {
  const { first, others } = openTabs("old", "old");
  for (const build of ["new", "old"]) first.hear(build);
  expect([first.other, others[0]?.other]).toEqual([null, null]);
});

test("an answer that names no build, and junk on the channel, change nothing", () => {
  const { first, forge } = openTabs("old");
  for (const build of [null, undefined, "", 7]) first.hear(build);
  for (const junk of [{}, [], "", "x".repeat(65), null]) forge(junk);
  expect(first.other).toBeNull();
});

test("a page of no build, as in development, is never out of date", () => {
  const { first } = openTabs("");
  first.hear("new");
  expect(first.other).toBeNull();
});
