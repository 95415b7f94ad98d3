import { QueryCache, QueryClient } from "@tanstack/query-core";
import { expect, test, vi } from "vitest";
import type { Change } from "../wire/change.ts";
import { effectOn } from "./effects.ts";

test("a rule that throws leaves it to the server, and is reported", () => {
  const reported = vi.fn();
  vi.stubGlobal("queueMicrotask", reported);
  const queryKey: readonly unknown[] = ["broken"];
  const query = new QueryCache().build(new QueryClient(), { queryKey });
  const broken = {
    effect() {
      throw new Error("no");
    },
  };
  expect(effectOn({ broken }, query, {} as Change, {})).toBe("stale");
  expect(reported).toHaveBeenCalledOnce();
});
