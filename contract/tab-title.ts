import * as z from "zod/mini";

/** What a tab shows, for the title of its pane and of the shell. */
export const tabTitleSchema = z.object({
  /** Null where nothing is chosen. */
  name: z.nullable(z.string().check(z.maxLength(200))),
  /** What others changed since this person looked. */
  unread: z.int().check(z.nonnegative()),
});
export type TabTitle = z.infer<typeof tabTitleSchema>;

export const noTitle: TabTitle = { name: null, unread: 0 };

/** The title of a document: `(3) Kestrel Robotics · Tandem`. */
export function titleOfDocument({ name, unread }: TabTitle): string {
  const count = unread > 0 ? `(${unread}) ` : "";
  return name === null ? `${count}Tandem` : `${count}${name} · Tandem`;
}
