// @vitest-environment happy-dom
import { expect, it, vi } from "vitest";
import type { ShellMethods } from "#contract/pane.ts";
import { connectFrame } from "./pane-link.ts";

const origin = "http://pane.test";
const syn = { namespace: "penpal", type: "SYN", participantId: "zzz" };

function setUp() {
  const sent = vi.fn();
  const target = { postMessage: sent };
  const frame = document.createElement("iframe");
  Object.defineProperty(frame, "contentWindow", { value: target });
  const methods: ShellMethods = {
    hello: () => null,
    ready: vi.fn(),
    failed: vi.fn(),
    state: vi.fn(),
    status: vi.fn(),
    trace: vi.fn(),
    chord: vi.fn(),
    reveal: vi.fn(),
    commands: () => [],
    run: vi.fn(),
    focused: vi.fn(),
    title: vi.fn(),
    outdated: vi.fn(),
  };
  const counted = vi.fn();
  const blocked = vi.fn();
  const link = connectFrame(frame, origin)(methods, { onMessage: counted, onBlocked: blocked });
  sent.mockClear();
  const say = (data: unknown, from: { source: unknown; origin: string }) =>
    window.dispatchEvent(Object.assign(new Event("message"), { data, ports: [], ...from }));
  return { link, target, sent, say, counted, blocked };
}

it("completes the handshake with its own frame on the pane origin", () => {
  const { target, sent, say, link } = setUp();
  say(syn, { source: target, origin });
  expect(sent).toHaveBeenCalled();
  link.close();
});

it("ignores other windows, other origins and junk", () => {
  const { target, sent, say, link } = setUp();
  say(syn, { source: window, origin });
  say(syn, { source: target, origin: "http://evil.test" });
  for (const junk of [null, 1, "SYN", {}, { namespace: "penpal" }, { ...syn, channel: "x" }]) {
    say(junk, { source: target, origin });
  }
  expect(sent).not.toHaveBeenCalled();
  link.close();
});

it("counts all that its own window sends, junk too and after a goodbye, until it is closed", () => {
  const { target, say, link, counted } = setUp();
  say(syn, { source: window, origin });
  expect(counted).not.toHaveBeenCalled();
  say({ namespace: "penpal", type: "DESTROY" }, { source: target, origin });
  counted.mockClear();
  say("junk", { source: target, origin: "http://evil.test" });
  expect(counted).toHaveBeenCalledTimes(1);
  link.close();
  say("junk", { source: target, origin });
  expect(counted).toHaveBeenCalledTimes(1);
});

it("tells what the policy of the page blocks in frames, and nothing else that it blocks", () => {
  const { link, blocked } = setUp();
  const violate = (effectiveDirective: string, disposition: string) =>
    document.dispatchEvent(
      Object.assign(new Event("securitypolicyviolation"), {
        ...{ effectiveDirective, disposition },
        blockedURI: "https://login.test",
      }),
    );
  violate("img-src", "enforce");
  violate("frame-src", "report");
  expect(blocked).not.toHaveBeenCalled();
  violate("frame-src", "enforce");
  expect(blocked).toHaveBeenCalledExactlyOnceWith("https://login.test");
  link.close();
  violate("frame-src", "enforce");
  expect(blocked).toHaveBeenCalledOnce();
});
