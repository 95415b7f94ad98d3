import { useEffect, useRef, useState } from "react";
import { useOutbox } from "#data/hooks/use-work.ts";
import { ConflictError } from "#data/outbox/conflict-error.ts";
import type { OutboxEntry } from "#data/outbox/outbox.ts";
import { kindOf } from "#data/outbox/writes.ts";
import { useAttribution } from "#shared/attribution/use-attribution.ts";
import { ResolveConflict } from "#shared/conflict/resolve-conflict.tsx";
import { capitalize } from "#shared/text/capitalize.ts";
import { useCloseToast, useToast } from "#ui/popup/use-toast.ts";
import { describeWrite } from "./describe-write.ts";

/** Shows a toast for each write that runs into a conflict, and asks about it. Not for those from before a reload. */
export function Conflicts() {
  const entries = useOutbox();
  const conflicts = entries.filter(({ state }) => state === "conflict");
  const [before] = useState(() => new Set(conflicts.map(({ write }) => write.key)));
  return conflicts
    .filter(({ write }) => !before.has(write.key))
    .map((entry) => <Conflict key={entry.write.key} entry={entry} />);
}

function Conflict({ entry }: { entry: OutboxEntry }) {
  const { write, error } = entry;
  const version = error instanceof ConflictError ? error.theirs.version : 0;
  const attribution = useAttribution(kindOf(write).resource, write.id, version);
  const [isOpen, setOpen] = useState(false);
  const toast = useToast();
  const close = useCloseToast();
  const isTold = useRef(false);

  useEffect(() => {
    if (!attribution || isTold.current) return;
    isTold.current = true;
    toast({
      id: `conflict ${write.key}`,
      tone: "danger",
      title: `${capitalize(attribution.author)} changed this since`,
      description: describeWrite(write),
      action: { label: "Review", onClick: () => setOpen(true) },
    });
  }, [attribution, toast, write]);
  useEffect(() => () => close(`conflict ${write.key}`), [close, write.key]);

  return <ResolveConflict entry={entry} open={isOpen} onClose={() => setOpen(false)} />;
}
