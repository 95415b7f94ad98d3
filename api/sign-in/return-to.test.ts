import { expect, test } from "vitest";
import { returnAddress } from "./return-to.ts";

const origins = { pane: "http://localhost:4174", shell: "http://localhost:4173" };

test.each([
  "https://evil.example/",
  "//evil.example/",
  "/\\evil.example/",
  "\\\\evil.example",
  "https:evil.example",
  "http:\\\\evil.example",
  "javascript:alert(1)",
  "data:text/html,x",
  "http://localhost@evil.example/",
  "http://localhost:4174.evil.example/",
  "http://localhost:41740/",
  "https://localhost:4174/",
  "blob:http://localhost:4174/x",
  "/access/sign-out",
  "/./access/sign-out",
  "a".repeat(3_000),
  " //evil.example",
  "\t//evil.example",
  "/\n/evil.example",
  "",
])("a sign-in does not lead to %j", (asked) => {
  expect(returnAddress(asked, origins)).toBe("http://localhost:4174/");
});

test.each([
  ["/?account=acc-1&hide=details", "http://localhost:4174/?account=acc-1&hide=details"],
  ["http://localhost:4173/?layout=focus", "http://localhost:4173/?layout=focus"],
  ["shell", "http://localhost:4173/?back"],
  [null, "http://localhost:4174/"],
])("%j leads to %s", (asked, to) => {
  expect(returnAddress(asked, origins)).toBe(to);
});
