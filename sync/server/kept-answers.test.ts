import { expect, test } from "vitest";
import { createKeptAnswers } from "./kept-answers.ts";

const answer = (key: string, text: string) => ({
  key,
  fingerprint: "f",
  status: 201,
  body: { text },
  changes: [],
  rev: 1,
  at: 0,
});

test("kept answers are bounded in size: the oldest go first, the newest stays", () => {
  const answers = createKeptAnswers({
    answers: [answer("old", "x".repeat(4_000))],
    limit: 1_000,
    maxSize: 10_000,
    maxAgeMs: 1_000,
    now: () => 0,
  });
  for (let n = 0; n < 156; n += 1) answers.add([answer(`k${n}`, "x".repeat(4_000))]);
  expect(answers.all().map(({ key }) => key)).toEqual(["k154", "k155"]);
  answers.add([answer("k155", "")]);
  expect(answers.all().map(({ key }) => key)).toEqual(["k154", "k155"]);
  expect(answers.find("old")).toBeUndefined();
});
