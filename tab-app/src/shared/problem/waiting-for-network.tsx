import { WifiOff } from "lucide-react";
import { EmptyState } from "#ui/empty-state.tsx";

/** In place of a first load that has not even been tried. */
export function WaitingForNetwork() {
  return (
    <EmptyState
      icon={<WifiOff />}
      title="You are offline"
      description="This loads by itself once the network is back."
    />
  );
}
