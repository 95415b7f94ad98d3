import { createContext } from "react";
import type { FeedFilter } from "#data/queries/feed-filter.ts";

/** What a link opens: an account, an activity of it, or its filtered feed. */
export interface LinkTarget {
  readonly accountId: string;
  readonly activity?: { readonly id: string; readonly at: string };
  readonly filter?: FeedFilter;
}

/** The URL to hand to somebody else. */
export type LinkTo = (target: LinkTarget) => string;

/** Null on a page without links, as in a test of one component. */
export const LinkContext = createContext<LinkTo | null>(null);
