interface ChunkingContext {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null;
}

/**
 * A group for `codeSplitting`: all that `entry` imports statically, in one file. By
 * itself the bundler makes one of what `entry` shares with a chunk that is loaded later.
 */
export function firstFile(name: string, entry: string) {
  let first: ReadonlySet<string> | undefined;
  return {
    debugName: name,
    name(id: string, context: ChunkingContext): string | null {
      first ??= reachableFrom(entry, context);
      return first.has(id) ? name : null;
    },
  };
}

function reachableFrom(entry: string, context: ChunkingContext): ReadonlySet<string> {
  const found = new Set([entry]);
  for (const id of found)
    for (const imported of context.getModuleInfo(id)?.importedIds ?? []) found.add(imported);
  return found;
}
