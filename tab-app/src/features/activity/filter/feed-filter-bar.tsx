import { Pin } from "lucide-react";
import { activityKinds } from "#contract/rows.ts";
import { type FeedFilter, isFiltering, noFilter } from "#data/queries/feed-filter.ts";
import { KindIcon } from "#shared/fields/kind-icon.tsx";
import { useCopyLink } from "#shared/links/use-copy-link.ts";
import { capitalize } from "#shared/text/capitalize.ts";
import { useUsers } from "#shared/users/use-users.ts";
import { Button } from "#ui/button.tsx";
import { dayOf, endOfDay, startOfDay } from "./day.ts";
import { DayField } from "./day-field.tsx";
import styles from "./feed-filter-bar.module.css";
import { FilterText } from "./filter-text.tsx";

export interface FeedFilterBarProps {
  accountId: string;
  filter: FeedFilter;
  onFilter: (filter: FeedFilter) => void;
}

/** What the feed shows: its kinds, author, pinned rows, days and text. */
export function FeedFilterBar({ accountId, filter, onFilter }: FeedFilterBarProps) {
  const users = useUsers();
  const copyLink = useCopyLink();
  const toggleKind = (kind: string) => {
    const { kinds } = filter;
    onFilter({
      ...filter,
      kinds: kinds.includes(kind) ? kinds.filter((each) => each !== kind) : [...kinds, kind],
    });
  };
  const kinds = [...new Set([...activityKinds, ...filter.kinds])];

  return (
    <search aria-label="Filter activity" className={styles.bar}>
      <div className={styles.line}>
        <FilterText text={filter.text} onText={(text) => onFilter({ ...filter, text })} />
        <select
          aria-label="Person"
          className={styles.select}
          value={filter.authorId ?? ""}
          onChange={({ target }) => onFilter({ ...filter, authorId: target.value || null })}
        >
          <option value="">Anyone</option>
          {filter.authorId !== null && !users.has(filter.authorId) && (
            <option value={filter.authorId}>{filter.authorId}</option>
          )}
          {[...users.values()].map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
        <span className={styles.days}>
          <DayField
            label="From"
            day={dayOf(filter.from)}
            max={dayOf(filter.to)}
            onDay={(day) => onFilter({ ...filter, from: startOfDay(day) })}
          />
          <span aria-hidden="true">–</span>
          <DayField
            label="To"
            day={dayOf(filter.to)}
            min={dayOf(filter.from)}
            onDay={(day) => onFilter({ ...filter, to: endOfDay(day) })}
          />
        </span>
      </div>
      <div className={styles.line}>
        <button
          type="button"
          className={styles.chip}
          aria-pressed={filter.pinned}
          onClick={() => onFilter({ ...filter, pinned: !filter.pinned })}
        >
          <Pin aria-hidden="true" />
          Pinned
        </button>
        {kinds.map((kind) => (
          <button
            key={kind}
            type="button"
            className={styles.chip}
            aria-pressed={filter.kinds.includes(kind)}
            onClick={() => toggleKind(kind)}
          >
            <KindIcon kind={kind} />
            {capitalize(kind)}
          </button>
        ))}
        {isFiltering(filter) && (
          <>
            <Button size="sm" variant="ghost" onClick={() => onFilter(noFilter)}>
              Clear
            </Button>
            <Button size="sm" variant="ghost" onClick={() => copyLink({ accountId, filter })}>
              Copy link
            </Button>
          </>
        )}
      </div>
    </search>
  );
}
