import { type ReactNode, useState } from "react";
import { useData } from "#data/hooks/use-data.ts";
import { AlertDialog } from "#ui/popup/alert-dialog.tsx";
import { describeUnsent } from "./describe-unsent.ts";

interface Leave {
  /** What the user wants: "Switch to Priya Raman". */
  readonly wish: string;
  /** The same in a word or two: "Switch". */
  readonly verb: string;
  readonly go: () => void;
}

/**
 * Leaves the session: at once where nothing would be lost by it, else when the user has agreed.
 * `warning` is to be rendered.
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
      title={`${asked.wish} and lose ${asked.lost}?`}
      description="The server does not have this yet. It is only in the tabs of this browser."
      goLabel={`${asked.verb} and discard`}
    />
  );
  return { leave: (how) => void leave(how), warning };
}
