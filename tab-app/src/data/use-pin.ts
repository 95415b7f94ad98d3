import { useMutation } from "@tanstack/react-query";
import { useData } from "./use-data.ts";

export interface PinOptions {
  /** The pin was rolled back. `retry` tries the same again. */
  onError(error: Error, retry: () => void): void;
}

/** Pins and unpins one activity: shown at once, rolled back when the server refuses. */
export function usePin(activityId: string, { onError }: PinOptions) {
  const { mutate, isPending } = useMutation({
    ...useData().pinActivity(activityId),
    onError: (error, variables) => onError(error, () => mutate(variables)),
  });
  return { setPinned: (pinned: boolean) => mutate({ pinned }), isPending };
}
