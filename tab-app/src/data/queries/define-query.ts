import { infiniteQueryOptions, queryOptions, skipToken } from "@tanstack/react-query";
import * as z from "zod/mini";
import type { Api } from "#data/server/api.ts";
import { asOf, type Change, type Effect, type Revision, type Snapshot } from "#sync";
import { freshFor } from "./freshness.ts";
import { createPageReader, type Page } from "./page-reader.ts";

/** What queries need of the open session. `useData()` returns one. */
export interface QueryContext {
  readonly api: Pick<Api, "get" | "keepsLog">;
  /** Whether the change stream reaches this tab. */
  readonly isLive: () => boolean;
}

/** What a read is given, besides its id. */
export interface ReadContext extends Pick<QueryContext, "api"> {
  readonly signal: AbortSignal;
}

/** What the read of a page is given, besides its id, its cursor and its size. */
export interface PageReadContext<P> extends ReadContext {
  /** The pages before it. */
  readonly loaded: readonly P[];
}

/** A query without its types: sync and storage find it by `kind`. */
export interface QueryKind {
  /** The first element of its keys. The second is the id, where it has one. */
  readonly kind: string;
  /** The shape of its data: parses what is read from disk and what another tab lends. */
  readonly schema: z.ZodMiniType;
  readonly isInfinite: boolean;
  readonly persist: boolean;
  /** How a change touches `data`, held under `key`. */
  effect(change: Change, data: unknown, key: readonly unknown[]): Effect;
  /** Parses data that may pass between tabs; null for data that may not. */
  lend?(data: unknown, key: readonly unknown[]): (Snapshot & { readonly asOf: Revision }) | null;
}

interface KindDefinition<D, Id> {
  readonly kind: string;
  /** Patches `data` where the change tells the outcome. `known`, `stale` or `none` otherwise. */
  effect(change: Change, data: NoInfer<D>, id: Id): Effect;
  /** For how many milliseconds data is fresh while no change stream reports changes to it. */
  readonly freshFor: number;
  /** Whether the data survives a reload. True by default. */
  readonly persist?: boolean;
  /** Whether other tabs may take this answer. Worth it for small data that is the same in each tab. */
  lend?(data: NoInfer<D>, id: Id): boolean;
}

/** The data of an infinite query, as react-query holds it. A cursor is null for the first page. */
export interface Pages<P, C> {
  readonly pages: readonly P[];
  readonly pageParams: readonly (C | null)[];
}

/** A query of one row, or of the rows of a parent, takes an id: null while there is none. */
type IdArgument<Id> = Id extends string ? [id: string | null] : [];

/**
 * Defines a query: its key, its function, how changes touch it, and whether it survives a reload. The
 * result is a factory of query options: `useQuery(accountQuery(useData(), id))`. Sync and storage find
 * it by the list in `queries.ts`.
 */
export function defineQuery<D extends Snapshot, S, Id extends string | undefined = undefined>(
  definition: KindDefinition<D, Id> & {
    readonly schema: z.ZodMiniType<D>;
    read(context: ReadContext, id: Id): Promise<NoInfer<D>>;
    select(data: NoInfer<D>): S;
  },
) {
  const { kind, schema, read, select } = definition;
  const options = ({ api, isLive }: QueryContext, ...[id]: IdArgument<Id>) =>
    queryOptions({
      queryKey: id === undefined ? [kind] : [kind, id],
      queryFn:
        id === null ? skipToken : ({ signal, queryKey }) => read({ api, signal }, idOf(queryKey)),
      select,
      ...freshFor(definition.freshFor, isLive),
    });
  return Object.assign(options, kindOf(definition, schema, false));
}

/** `defineQuery` for data that is read page by page. A refetch costs one request. */
export function defineInfiniteQuery<P extends Page & Snapshot, C>(
  definition: KindDefinition<Pages<P, C>, string> & {
    readonly page: z.ZodMiniType<P>;
    readonly cursor: z.ZodMiniType<C>;
    /** Rows of a page. */
    readonly pageSize: number;
    /** Reads `limit` rows from the cursor on. */
    read(
      context: PageReadContext<NoInfer<P>>,
      id: string,
      cursor: C | null,
      limit: number,
    ): Promise<P>;
    /** The cursor of the page that follows these. */
    cursorAfter(pages: readonly P[]): C | undefined;
  },
) {
  const { kind, page, pageSize, read } = definition;
  const options = ({ api, isLive }: QueryContext, id: string | null) =>
    infiniteQueryOptions<P, Error, Pages<P, C>, (string | null)[], C | null>({
      queryKey: [kind, id],
      queryFn:
        id === null
          ? skipToken
          : createPageReader<P, C>(pageSize, (cursor, limit, signal, loaded) =>
              read({ api, signal, loaded }, id, cursor, limit),
            ),
      initialPageParam: null,
      getNextPageParam: (last, pages) => (last.more ? definition.cursorAfter(pages) : undefined),
      ...freshFor(definition.freshFor, isLive),
    });
  const pageParams = z.array(z.nullable(definition.cursor));
  const schema = z.object({ pages: z.array(page), pageParams });
  return Object.assign(options, kindOf(definition, schema, true));
}

/**
 * All data under a key of this kind was read, restored or borrowed as the schema describes it, and the
 * id in the key is one that the factory put there: here both get their types back.
 */
function kindOf<D extends object, Id>(
  { kind, effect, lend, persist = true }: KindDefinition<D, Id>,
  schema: z.ZodMiniType<D>,
  isInfinite: boolean,
): QueryKind {
  return {
    kind,
    schema,
    persist,
    isInfinite,
    effect: (change, data, key) => effect(change, data as D, idOf(key)),
    ...(lend && {
      lend(data, key) {
        const answer = schema.safeParse(data).data;
        const held = asOf(answer);
        return answer && held && lend(answer, idOf(key)) ? { ...answer, asOf: held } : null;
      },
    }),
  };
}

function idOf<Id>([, id]: readonly unknown[]): Id {
  return id as Id;
}
