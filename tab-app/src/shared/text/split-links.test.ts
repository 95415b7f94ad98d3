import fc from "fast-check";
import { expect, test } from "vitest";
import { splitLinks } from "./split-links.ts";

const linksIn = (text: string) => splitLinks(text).flatMap(({ href }) => href ?? []);

test.each([
  ["See https://example.com/a?b=1#c.", ["https://example.com/a?b=1#c"]],
  [
    "(http://example.com/a_(b)), and HTTPS://EXAMPLE.COM!",
    ["http://example.com/a_(b)", "HTTPS://EXAMPLE.COM"],
  ],
  ["javascript:alert(1) data:text/html,x ftp://a.b https:// xhttps://a.b", []],
  ['<a href="https://a.b/c">', ["https://a.b/c"]],
])("the links of a text are its http and https URLs: %s", (text, links) => {
  expect(linksIn(text)).toEqual(links);
});

test("whatever the text, its parts are the text, and no link has another scheme", () => {
  const piece = fc.constantFrom(
    "https://",
    "http://",
    "javascript:",
    "a.b",
    "/",
    ")",
    "(",
    ".",
    " ",
    "\n",
    "'",
    "é",
  );
  fc.assert(
    fc.property(
      fc.array(fc.oneof(piece, fc.string({ maxLength: 3 })), { maxLength: 12 }),
      (pieces) => {
        const text = pieces.join("");
        expect(
          splitLinks(text)
            .map((part) => part.text)
            .join(""),
        ).toBe(text);
        for (const href of linksIn(text)) expect(new URL(href).protocol).toMatch(/^https?:$/);
      },
    ),
  );
});
