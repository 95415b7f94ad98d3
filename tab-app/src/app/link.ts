import { noFilter } from "#data/queries/feed-filter.ts";
import type { LinkTo } from "#shared/links/link-to.ts";
import { formatRoute, noRoute, placeOf } from "./location.ts";

/**
 * A link opens what it is of, and nothing else of the tab that it is copied in: from a pane the shell, with that in its
 * first tab, and else a tab by itself. One to an activity shows the feed up to it, which is then on top, however old it is.
 */
export function createLinkTo(shellOrigin: string | undefined, ownOrigin: string): LinkTo {
  return ({ accountId, activity, filter = noFilter }) => {
    const place = activity ? placeOf({ ...activity, accountId }) : { accountId, filter };
    const url = formatRoute({ ...noRoute, ...place });
    return shellOrigin ? `${shellOrigin}/?A=${encodeURIComponent(url)}` : ownOrigin + url;
  };
}
