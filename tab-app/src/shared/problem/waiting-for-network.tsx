import { WifiOff } from "lucide-react";
import { EmptyState } from "#ui/empty-state.tsx";

/** Replaces content whose first load waits for the network. */
export function WaitingForNetwork() {
  return (
    <EmptyState
      icon={<WifiOff />}
      title="You are offline"
      description="This loads by itself once the network is back."
    />
  );
}
