import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Remote } from "./remotes.ts";
import { formatShellUrl, layouts, nextId, parseShellUrl } from "./shell-url.ts";

const first: Remote = { name: "tabApp", title: "Accounts", manifest: "/m.json", module: "mount" };
const second: Remote = { ...first, name: "billing", title: "Billing" };
const remotes = [first, second] as const;
const parse = (search: string) => parseShellUrl(search, remotes);

describe("the shell's URL", () => {
  it("is empty for a shell as it opens first", () => {
    expect(parse("").panes.map((pane) => pane.id)).toEqual(["A", "B"]);
    expect(formatShellUrl(parse(""), remotes)).toBe("");
  });

  it("keeps tabs, places and what is hidden", () => {
    const { panes } = parse("?tabs=A,C:billing&A=%2F%3Faccount%3Dacc-01&hidden=C");
    expect(panes).toEqual([
      { id: "A", remote: first, place: "/?account=acc-01", hidden: false },
      { id: "C", remote: second, place: "/", hidden: true },
    ]);
  });

  it("remembers that all tabs were closed", () => {
    expect(parse("?tabs=").panes).toEqual([]);
    expect(formatShellUrl(parse("?tabs="), remotes)).toBe("?tabs=");
  });

  it("comes back as it was from every plan", () => {
    const plan = fc
      .record({
        ids: fc.uniqueArray(fc.constantFrom(..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"), { maxLength: 16 }),
        place: fc.webQueryParameters().map((query) => `/?q=${encodeURIComponent(query)}`),
        hidden: fc.boolean(),
        remote: fc.constantFrom(first, second),
        layout: fc.constantFrom(...layouts),
      })
      .map(({ ids, layout, ...rest }) => ({
        panes: ids.map((id) => ({ id, ...rest })),
        layout,
        front: ids[0] ?? "",
      }));
    fc.assert(
      fc.property(plan, (plan) => {
        expect(parse(formatShellUrl(plan, remotes))).toEqual(plan);
      }),
    );
  });

  it("makes a usable plan of any junk, and settles at once", () => {
    const junk = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.webQueryParameters().map((query) => `?tabs=${query}&A=${query}&hidden=${query}`),
      fc.constantFrom("?A=//evil.test", "?tabs=%00,aa,A,A:none&A=javascript:1&layout=9&front=[]"),
    );
    fc.assert(
      fc.property(junk, (search) => {
        const plan = parse(search);
        for (const { id, place } of plan.panes) {
          expect(id).toMatch(/^[A-Z]$/);
          expect(new URL(place, "http://pane.test").origin).toBe("http://pane.test");
        }
        expect(parse(formatShellUrl(plan, remotes)).panes).toEqual(plan.panes);
      }),
    );
  });
});

describe("nextId", () => {
  it("is the first letter that is free", () => {
    expect(nextId(["A", "B"])).toBe("C");
    expect(nextId(["A", "C"])).toBe("B");
    expect(nextId([..."ABCDEFGHIJKLMNOP"])).toBeNull();
  });
});
