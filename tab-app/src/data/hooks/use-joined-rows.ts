import { useMemo, useState } from "react";
import { createPageJoin } from "#data/queries/join-pages.ts";

/** The rows of loaded pages as one list, in which each row is once. Undefined before the first page. */
export function useJoinedRows<R extends { readonly id: string }>(
  pages: readonly { readonly rows: readonly R[] }[] | undefined,
): readonly R[] | undefined {
  const [join] = useState(() => createPageJoin<R>());
  return useMemo(() => pages && join(pages), [join, pages]);
}
