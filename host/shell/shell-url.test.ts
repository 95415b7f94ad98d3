import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { accounts as first, remotes, billing as second } from "#host/shared/testing/remotes.ts";
import { labelOf, layouts, sizeOf } from "./shell-plan.ts";
import { formatShellUrl, parseShellUrl } from "./shell-url.ts";

const parse = (search: string) => parseShellUrl(search, remotes);

describe("the shell's URL", () => {
  it("is empty for a shell that is opened for the first time", () => {
    expect(parse("").panes.map((pane) => pane.id)).toEqual(["A", "B"]);
    expect(formatShellUrl(parse(""), remotes)).toBe("");
  });

  it("holds the tabs, their URLs and which are hidden", () => {
    const { panes } = parse(
      "?tabs=A,C:billing&A=%2F%3Faccount%3Dacc-01&hidden=C&C.name=Ours&C.size=150",
    );
    expect(panes).toEqual([
      { id: "A", remote: first, url: "/?account=acc-01", hidden: false, label: "", size: 100 },
      { id: "C", remote: second, url: "/", hidden: true, label: "Ours", size: 150 },
    ]);
  });

  it("tells a shell without tabs from a new one", () => {
    expect(parse("?tabs=").panes).toEqual([]);
    expect(formatShellUrl(parse("?tabs="), remotes)).toBe("?tabs=");
  });

  it("reads back every plan that it was written from", () => {
    const plan = fc
      .record({
        ids: fc.uniqueArray(fc.constantFrom(..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"), { maxLength: 16 }),
        url: fc.webQueryParameters().map((query) => `/?q=${encodeURIComponent(query)}`),
        hidden: fc.boolean(),
        label: fc.string({ unit: "binary", maxLength: 60 }).map(labelOf),
        remote: fc.constantFrom(first, second),
        size: fc.integer().map(sizeOf),
        layout: fc.constantFrom(...layouts),
        from: fc.constantFrom("side" as const, "stacked" as const),
      })
      .map(({ ids, layout, from, ...rest }) => ({
        panes: ids.map((id) => ({ id, ...rest })),
        layout,
        from: layout === "focus" ? from : layout,
        front: ids[0] ?? "",
      }));
    fc.assert(
      fc.property(plan, (plan) => {
        expect(parse(formatShellUrl(plan, remotes))).toEqual(plan);
      }),
    );
  });

  it("makes a usable plan of any junk, and a stable one", () => {
    const junk = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.webQueryParameters().map((query) => `?tabs=${query}&A=${query}&hidden=${query}`),
      fc.constantFrom("?A=//evil.test", "?tabs=%00,aa,A,A:none&A=javascript:1&layout=9&front=[]"),
    );
    fc.assert(
      fc.property(junk, (search) => {
        const plan = parse(search);
        for (const { id, url } of plan.panes) {
          expect(id).toMatch(/^[A-Z]$/);
          expect(new URL(url, "http://pane.test").origin).toBe("http://pane.test");
        }
        expect(parse(formatShellUrl(plan, remotes)).panes).toEqual(plan.panes);
      }),
    );
  });
});
