import * as z from "zod/mini";
import { storedAccountSchema } from "#contract/rows.ts";

/** An account as a request makes it. */
export const accountRowSchema = z.omit(storedAccountSchema, { version: true });
