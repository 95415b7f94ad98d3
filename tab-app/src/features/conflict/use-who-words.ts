import { useWhoChanged } from "#data/hooks/use-who-changed.ts";
import { useUsers } from "#features/users/use-users.ts";
import { whereWords, whoWords } from "./who-words.ts";

/** Who gave a row this version: to stand after "changed", and before "changed it". Null for a moment. */
export function useWhoWords(
  resource: string,
  id: string,
  version: number,
): { where: string; who: string } | null {
  const changed = useWhoChanged(resource, id, version);
  const userName = useUsers().get(changed?.userId ?? "")?.name;
  return changed && { where: whereWords(changed, userName), who: whoWords(changed, userName) };
}
