import { dirname, join } from "node:path/posix";

interface ChunkingContext {
  getModuleInfo(
    id: string,
  ): { readonly importedIds: readonly string[]; readonly code?: string | null } | null;
}

/** A package whose door re-exports hundreds of files: of these only those count that are named. */
const barrel = { name: "lucide-react", door: /\/lucide-react\.mjs$/ };

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

export function reachableFrom(entry: string, context: ChunkingContext): ReadonlySet<string> {
  const found = new Set([entry]);
  for (const id of found) {
    const { importedIds = [], code } = context.getModuleInfo(id) ?? {};
    for (const imported of importedIds) {
      if (!barrel.door.test(imported)) found.add(imported);
      else for (const file of filesOf(imported, namesIn(code ?? ""), context)) found.add(file);
    }
  }
  return found;
}

/** What a module imports from the barrel, by name. */
function namesIn(code: string): ReadonlySet<string> {
  const imports = code.matchAll(/import\s*\{([^}]*)\}\s*from\s*["']([^"']+)["']/g);
  const names = [...imports]
    .filter(([, , from]) => from === barrel.name)
    .flatMap(([, list = ""]) => list.split(","))
    .map((each) => each.trim().split(/\s+as\s+/)[0] ?? "");
  return new Set(names);
}

function filesOf(door: string, names: ReadonlySet<string>, context: ChunkingContext) {
  const code = context.getModuleInfo(door)?.code ?? "";
  return [...code.matchAll(/export\s*\{([^}]*)\}\s*from\s*["']([^"']+)["']/g)]
    .filter(([, list = ""]) =>
      list.split(",").some((each) => names.has(each.trim().split(/\s+as\s+/)[1] ?? "")),
    )
    .map(([, , file = ""]) => join(dirname(door), file));
}
