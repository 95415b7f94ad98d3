import { expect, test } from "vitest";
import { ApiError } from "#data/server/api-error.ts";
import { refusedField } from "./refused-field.ts";

const refusal = (status: number, problem: { field?: string; detail?: string }) =>
  new ApiError("refused", status, { title: "Cannot be accepted", status, ...problem });

test("a refusal that names a field is about that field, with the server's reason", () => {
  expect(refusedField(refusal(422, { field: "/name", detail: "name: too short" }))).toEqual({
    field: "name",
    message: "Too short",
  });
  expect(
    refusedField(refusal(422, { field: "/ownerId", detail: 'users has no row "usr-9".' })),
  ).toEqual({ field: "ownerId", message: 'Users has no row "usr-9".' });
});

test("any other error is not about a field", () => {
  expect(refusedField(refusal(422, { field: "/version" }))).toBeNull();
  expect(refusedField(refusal(422, {}))).toBeNull();
  expect(refusedField(refusal(503, { field: "/name" }))).toBeNull();
  expect(refusedField(new TypeError("Failed to fetch"))).toBeNull();
});
