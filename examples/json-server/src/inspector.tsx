import { useState } from "react";
import { createDevtools } from "tandem-sync/devtools";
import { SyncDevtools } from "tandem-sync/devtools/react";
import { queryClient, sync } from "./query-client.ts";

const devtools = createDevtools({ sync, queryClient, name: "notes" });

/** What this tab and the others do, and why. Until it is opened nothing is sent. */
export function Inspector() {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>Inspector</summary>
      <div style={{ height: 400 }}>{isOpen && <SyncDevtools devtools={devtools} />}</div>
    </details>
  );
}
