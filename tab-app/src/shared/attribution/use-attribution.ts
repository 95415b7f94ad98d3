import { useWhoChanged } from "#data/hooks/use-who-changed.ts";
import { useUsers } from "#shared/users/use-users.ts";
import { describeAuthor, describePlace } from "./describe-attribution.ts";

/** Where a version of a row was made, to stand after "changed", and its author. Null until that is known. */
export function useAttribution(
  resource: string,
  id: string,
  version: number,
): { place: string; author: string } | null {
  const changed = useWhoChanged(resource, id, version);
  const userName = useUsers().get(changed?.userId ?? "")?.name;
  return (
    changed && {
      place: describePlace(changed, userName),
      author: describeAuthor(changed, userName),
    }
  );
}
