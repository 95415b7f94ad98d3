import * as z from "zod/mini";

/** Something that the shell can do, for a tab to list among its own commands. */
export const shellCommandSchema = z.object({
  id: z.string().check(z.minLength(1), z.maxLength(60)),
  title: z.string().check(z.minLength(1), z.maxLength(200)),
  /** As `keysOf` names them. */
  keys: z.optional(z.string().check(z.maxLength(40))),
});
export type ShellCommand = z.infer<typeof shellCommandSchema>;
export const shellCommandsSchema = z.array(shellCommandSchema).check(z.maxLength(200));
export const commandIdSchema = shellCommandSchema.shape.id;
