import * as fc from "fast-check";
import { expect, test } from "vitest";
import { findWho, formatWho, mainWorkspace, roles, whoCookie } from "./who.ts";

const name = whoCookie(new URL("http://localhost:4174"));

test("any id of a user is read as it was written, among other cookies", () => {
  fc.assert(
    fc.property(
      fc
        .string({ minLength: 1, maxLength: 60, unit: "grapheme" })
        .filter((id) => id.isWellFormed()),
      fc.constantFrom(...roles),
      fc.constantFrom(mainWorkspace, "field-sales"),
      (userId, role, workspace) => {
        const who = { sessionId: "Ab-9_", role, userId, workspace };
        expect(findWho(`a=1; ${name}=${formatWho(who)}; b=2`, name)).toEqual(who);
      },
    ),
  );
});

test("a cookie of before there were workspaces is of the main one", () => {
  expect(findWho(`${name}=s1.editor.usr-1`, name)?.workspace).toBe(mainWorkspace);
  const who = {
    sessionId: "s1",
    role: "editor",
    userId: "usr-1",
    workspace: mainWorkspace,
  } as const;
  expect(formatWho(who)).toBe("s1.editor.usr-1");
});

test("junk is nobody", () => {
  fc.assert(
    fc.property(fc.string(), (junk) => {
      const found = findWho(`${name}=${junk}`, name);
      if (found) expect(roles).toContain(found.role);
    }),
  );
});

test("each port has its own cookie, and https one that no other host can set", () => {
  expect(name).toBe("tandem-who-4174");
  expect(whoCookie(new URL("https://panes.example"))).toBe("__Host-tandem-who");
});
