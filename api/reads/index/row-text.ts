import type { Row } from "#api/rows/document.ts";
import { servedTime } from "#api/rows/time.ts";

/** Between the values of a row. A search for it is not answered by the index. */
export const separator = "\0";

/** What `q` of json-server searches in a row: every value that a person has written, in lower case, but for 0 and false. */
export function leavesOf(resource: string, row: Row): string[] {
  const leaves: string[] = [];
  const add = (value: unknown): void => {
    if (typeof value === "object" && value !== null)
      for (const each of Object.values(value)) add(each);
    else if (value) leaves.push(String(value).toLowerCase());
  };
  if (resource === "activities") add({ ...row, at: servedTime(row) });
  else add(row);
  return leaves;
}
