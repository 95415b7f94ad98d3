import { randomBytes } from "node:crypto";

/** Short enough for a person to read out. */
export function newRequestId(): string {
  return randomBytes(5).toString("hex");
}
