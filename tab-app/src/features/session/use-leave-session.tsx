import { type ReactNode, useState } from "react";
import { useData } from "#data/hooks/use-data.ts";
import { AlertDialog } from "#ui/popup/alert-dialog.tsx";
import { describeUnsent } from "./describe-unsent.ts";

interface Leave {
  /** Label of the action: "Switch to Priya Raman". */
  readonly label: string;
  /** Its short form: "Switch". */
  readonly shortLabel: string;
  readonly go: () => void;
}

/**
 * Leaves the session: at once when nothing would be lost, otherwise after the user confirms. The
 * caller renders `warning`.
 */
export function useLeaveSession(): { leave: (how: Leave) => void; warning: ReactNode } {
  const { countUnsent } = useData();
  const [asked, setAsked] = useState<Leave & { readonly lost: string }>();
  const [isOpen, setOpen] = useState(false);

  async function leave(how: Leave) {
    const unsent = await countUnsent().catch(() => null);
    const lost = unsent ? describeUnsent(unsent) : "what was not sent";
    if (lost === "") {
      how.go();
      return;
    }
    setAsked({ ...how, lost });
    setOpen(true);
  }

  const warning = asked && (
    <AlertDialog
      open={isOpen}
      onStay={() => setOpen(false)}
      onGo={asked.go}
      title={`${asked.label} and lose ${asked.lost}?`}
      description="The server does not have this yet. It is only in the tabs of this browser."
      goLabel={`Discard and ${asked.shortLabel.toLowerCase()}`}
    />
  );
  return { leave: (how) => void leave(how), warning };
}
