import * as fc from "fast-check";
import { expect, test } from "vitest";
import { findWho, formatWho, roles, whoCookie } from "./who.ts";

const name = whoCookie(new URL("http://localhost:4174"));

test("any id of a user is read as it was written, among other cookies", () => {
  fc.assert(
    fc.property(
      fc
        .string({ minLength: 1, maxLength: 60, unit: "grapheme" })
        .filter((id) => id.isWellFormed()),
      fc.constantFrom(...roles),
      (userId, role) => {
        const who = { sessionId: "Ab-9_", role, userId };
        expect(findWho(`a=1; ${name}=${formatWho(who)}; b=2`, name)).toEqual(who);
      },
    ),
  );
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
